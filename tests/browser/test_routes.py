"""The routes beside the dashboard: they answer whom the page has let in, for what the page shows, and nobody else."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from factories import make_chronology
from hosted import Provider, hosting, write_secrets
from playwright.sync_api import Browser, Page, WebSocketRoute, expect
from running import OpenPage, _free_port
from test_hosting import MINE, bring
from test_sign_in import sign_in

from timeline.store import write_chronology

EVENT = re.compile(r"/visit/[^/]+/event\?")
SCREEN = re.compile(r"/visit/[^/]+/screen\?")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("routes") / "out"
    write_chronology(make_chronology(), folder)
    return folder


@pytest.fixture(scope="module")
def workbench(folder: Path) -> Iterator[str]:
    with hosting(folder) as address:
        yield address


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a desk's size, so that scripts and sockets can be put in its way before it opens an address."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def drawn(page: Page) -> Page:
    """Once Streamlit has started too: what is shown before that has no pass yet."""
    expect(page.locator(".stApp [data-drawn] .plot-container")).to_be_visible()
    return page


def opened(page: Page) -> str:
    """Opens the bombing; the address of the route that brought it."""
    with page.expect_response(EVENT) as told:
        page.locator(".tl-mark[aria-label*='attacks the port']").first.click()
    expect(page.locator(".tl-panel blockquote").first).to_contain_text("port")
    assert told.value.ok
    return told.value.url


def answer(address: str, **headers: str) -> tuple[int, str]:
    try:
        with urlopen(Request(address, headers=headers), timeout=20) as found:
            packed = found.headers["Content-Encoding"] == "gzip"
            content = found.read()
            return found.status, (gzip.decompress(content) if packed else content).decode()
    except HTTPError as refused:
        return refused.code, refused.read().decode()


def test_an_event_comes_by_its_route_and_goes_into_the_address(
    workbench: str, open_page: OpenPage
) -> None:
    page = drawn(open_page(workbench))
    opened(page)
    expect(page).to_have_url(re.compile("event="))
    expect(page.locator(".tl-mark[aria-current]")).to_have_count(1)
    page.go_back()
    expect(page.get_by_text("Begin here")).to_be_visible()
    page.go_forward()
    expect(page.locator(".tl-panel blockquote").first).to_be_visible()


def test_a_filter_comes_by_its_route_and_is_what_the_page_itself_shows(
    workbench: str, open_page: OpenPage
) -> None:
    page = drawn(open_page(workbench))
    with page.expect_response(SCREEN) as told:
        page.get_by_label("Lanes by").select_option("actor")
    assert told.value.ok
    expect(page.locator(".tl-marks")).to_have_attribute("aria-label", re.compile("Ana Petrova 1"))
    shown = page.locator(".tl-marks").get_attribute("aria-label")
    fresh = drawn(open_page(page.url))
    expect(fresh.locator(".tl-marks")).to_have_attribute("aria-label", shown or "")


def test_zooming_leaves_no_entry_in_the_history(workbench: str, open_page: OpenPage) -> None:
    page = drawn(open_page(workbench))
    before = page.evaluate("history.length")
    for name in ("Zoom in", "Zoom out"):
        with page.expect_response(SCREEN):
            page.get_by_role("button", name=name).click()
    assert page.evaluate("history.length") == before


def test_whoever_has_no_pass_is_told_nothing(workbench: str, open_page: OpenPage) -> None:
    address = opened(drawn(open_page(workbench)))
    status, told = answer(address)
    assert status == 200
    assert json.loads(told)["details"]["title"]
    key = address.split("/visit/")[1].split("/")[0]
    for guess in (key[:-1], key.swapcase(), "x", "%2e%2e"):
        assert answer(address.replace(key, guess))[0] in {400, 404}
    assert (
        json.loads(told)["details"]["title"] not in answer(address.replace("/event?", "/all?"))[1]
    )


@pytest.mark.parametrize(
    "query", ["", "?event=nobody", "?from=x&to=y&width=z", "?width=nan", "?event=%00&passage=1"]
)
def test_a_broken_question_is_answered_like_a_broken_address(
    workbench: str, open_page: OpenPage, query: str
) -> None:
    base = opened(drawn(open_page(workbench))).rsplit("/", 1)[0]
    for route in ("event", "screen"):
        status, told = answer(f"{base}/{route}{query}")
        assert status == 200
        assert "Traceback" not in told


def test_an_upload_is_told_to_its_visitor_alone(workbench: str, open_page: OpenPage) -> None:
    stranger = drawn(open_page(workbench))
    theirs = opened(stranger)
    page = drawn(open_page(workbench))
    before = opened(page)
    bring(page, mine__txt=MINE)
    expect(page.get_by_text("You see 1 article of your own")).to_be_visible()
    drawn(page)
    with page.expect_response(EVENT) as asked:
        page.locator(".tl-mark").first.click()
    mine = asked.value.url
    assert "Zubrowka" in answer(mine)[1]
    # The pass of before is of another chronology, and holds no more.
    assert answer(before)[0] == 404
    event = mine.split("?")[1]
    assert "Zubrowka" not in answer(theirs.split("?")[0] + "?" + event)[1]
    page.context.close()
    assert "Zubrowka" not in answer(theirs)[1]


def test_a_private_chronology_is_told_under_the_same_sign_in_alone(
    provider: Provider, tmp_path: Path, folder: Path, open_page: OpenPage
) -> None:
    secrets = write_secrets(tmp_path / "secrets.toml", provider, port := _free_port())
    options = ("--secrets.files", str(secrets))
    with hosting(folder, *options, port=port, TIMELINE_MODE="private") as address:
        assert answer(f"{address}/first?width=900")[0] == 404
        assert "data-first" not in answer(f"{address}/")[1]
        page = drawn(sign_in(open_page(address)))
        route = opened(page)
        assert page.evaluate("async (url) => (await fetch(url)).status", route) == 200
        # A stranger, even one who has found the secret of the pass.
        assert answer(route)[0] == 404
        assert answer(route, Cookie="_streamlit_user=forged")[0] == 404
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        assert page.evaluate("async (url) => (await fetch(url)).status", route) == 404


_WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    if (document.querySelector("[data-drawn]") && entry.startTime > (window.marked ?? Infinity) && !entry.hadRecentInput)
      window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
new MutationObserver(() => {
  if (!window.marked && document.querySelector("[data-drawn]")) requestAnimationFrame(() => (window.marked ??= performance.now()));
}).observe(document, { subtree: true, childList: true, attributes: true });
"""


def test_nothing_moves_when_the_chart_takes_the_place_of_its_sketch(
    workbench: str, page: Page
) -> None:
    page.add_init_script(_WATCH_SHIFTS)
    page.goto(workbench)
    drawn(page)
    page.wait_for_function("() => !document.querySelector('.tl-sketched')")
    assert page.evaluate("window.shifted") < 0.02


def test_the_first_view_stands_and_answers_before_there_is_a_session(
    workbench: str, page: Page
) -> None:
    page.route_web_socket("**/_stcore/stream", lambda _: None)
    page.goto(f"{workbench}/?type=ASSAULT")
    expect(page.locator(".tl-first [data-drawn]")).to_be_visible()
    page.locator(".tl-mark[aria-label*='attacks the port']").first.click()
    expect(page.locator(".tl-panel blockquote").first).to_contain_text("port")
    expect(page).to_have_url(re.compile("type=.*event="))
    page.get_by_label("Lanes by").select_option("actor")
    expect(page.locator(".tl-marks")).to_have_attribute("aria-label", re.compile("River Front 1"))
    assert page.locator(".stApp .tl").count() == 0


def test_the_session_takes_the_first_view_over_where_it_stands(workbench: str, page: Page) -> None:
    page.add_init_script(_NOTE_PLACES)
    page.goto(workbench)
    drawn(page)
    expect(page.locator(".tl-first")).to_have_count(0)
    before = page.evaluate("window.places")
    assert before == page.evaluate("window.placesNow()")
    # The chart leaves the panel its room.
    chart, panel = before[-2:]
    assert chart[0] + chart[2] < panel[0]


_NOTE_PLACES = """
window.placesNow = () => [".tl-head", ".tl-filters", ".tl-overview", ".tl-chart", ".tl-panel"].map((part) => {
  const { x, y, width } = document.querySelector(part).getBoundingClientRect();
  return [x, y, width].map(Math.round);
});
new MutationObserver(() => {
  if (document.querySelector(".tl-first-drawn [data-drawn]")) window.places ??= window.placesNow();
}).observe(document, { subtree: true, childList: true, attributes: true });
"""


class SlowLine:
    """The session's socket: what the server says is held back, and what the browser says is lost, until `let_go`."""

    def __init__(self) -> None:
        self.is_held = True
        self.begun = False
        self.held: list[str | bytes] = []
        self.asked: list[bytes] = []

    def connect(self, socket: WebSocketRoute) -> None:
        self.socket = socket
        server = socket.connect_to_server()

        def sent(message: str | bytes) -> None:
            # The first is the session's beginning.
            if not self.is_held or not self.begun:
                server.send(message)
                self.asked.append(message if isinstance(message, bytes) else message.encode())
            self.begun = True

        def told(message: str | bytes) -> None:
            if self.is_held:
                self.held.append(message)
            else:
                socket.send(message)

        socket.on_message(sent)
        server.on_message(told)

    def let_go(self) -> None:
        self.is_held = False
        for message in self.held:
            self.socket.send(message)


def test_a_choice_made_before_the_session_is_there_stands_and_is_told_to_it(
    workbench: str, page: Page
) -> None:
    line = SlowLine()
    page.route_web_socket("**/_stcore/stream", line.connect)
    page.goto(workbench)
    expect(page.locator(".tl-first [data-drawn]")).to_be_visible()
    while not line.held:
        page.wait_for_timeout(100)
    page.locator(".tl-mark[aria-label*='attacks the port']").first.click()
    expect(page.locator(".tl-panel blockquote").first).to_contain_text("port")
    page.wait_for_timeout(1000)
    page.evaluate(_NOTE_EMPTY_PANELS)
    line.let_go()
    drawn(page)
    while not any(b"event=" in message for message in line.asked):
        page.wait_for_timeout(100)
    page.wait_for_timeout(2000)
    expect(page.locator(".tl-panel blockquote").first).to_contain_text("port")
    assert page.evaluate("window.emptied") == 0


_NOTE_EMPTY_PANELS = """() => {
  window.emptied = 0;
  new MutationObserver(() => {
    if (!document.querySelector(".tl-panel blockquote")) window.emptied += 1;
  }).observe(document, { subtree: true, childList: true });
}"""


class Line:
    """The session's socket, which can be cut: what the browser then sends is lost."""

    def __init__(self) -> None:
        self.is_cut = False
        self.asked = False
        self.last = 0.0

    def connect(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def sent(message: str | bytes) -> None:
            self.asked = self.asked or b"passages" in (
                message if isinstance(message, bytes) else b""
            )
            if not self.is_cut:
                server.send(message)

        def told(message: str | bytes) -> None:
            self.last = time.monotonic()
            socket.send(message)

        socket.on_message(sent)
        server.on_message(told)


def test_without_routes_the_passages_of_what_is_drawn_are_there_before_the_click(
    small_app: str, page: Page
) -> None:
    line = Line()
    page.route_web_socket("**/_stcore/stream", line.connect)
    page.goto(small_app)
    drawn(page)
    while not line.asked or time.monotonic() - line.last < 2:
        page.wait_for_timeout(200)
    line.is_cut = True
    page.locator(".tl-mark[aria-label*='attacks the port']").first.click()
    expect(page.locator(".tl-panel blockquote").first).to_contain_text("port")
    expect(page).to_have_url(re.compile("event="))
    # Back where the session has answered last, it is not asked: it has nothing new to say.
    page.go_back()
    expect(page.locator(".tl-panel").get_by_text("Begin here")).to_be_visible()
    expect(page.locator(".tl-mark[aria-current]")).to_have_count(0)
    page.go_forward()
    expect(page).to_have_url(re.compile("event="))
