"""How the dashboard is read: what an old link is told, where sources differ, page by page, by keyboard, on another page."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from factories import make_chronology, make_document, make_event, make_mention, make_when
from playwright.sync_api import Locator, Page, expect
from running import OpenPage, serving, taken_along

from timeline.model import Chronology, Event
from timeline.store import open_snapshot, write_chronology

SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    if (!entry.hadRecentInput) window.shifts.push([entry.value, ...entry.sources.map((source) => source.node?.className)]);
}).observe({ type: "layout-shift", buffered: true });
"""


def drawn(page: Page) -> Page:
    """The page, once the chart is drawn and the browser has told its width."""
    expect(page.locator(".stApp [data-drawn]")).to_be_visible()
    return page


def panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Event")


def table(page: Page) -> Locator:
    return page.get_by_role("region", name="Table of events")


def shelf(page: Page) -> Locator:
    return page.get_by_role("region", name="Without a date")


@pytest.mark.parametrize("width", [390, 1024, 1440])
@pytest.mark.parametrize("query", ["", "?lanes=actor", "?embed=true"])
def test_nothing_moves_when_the_chart_arrives(
    small_app: str, open_page: OpenPage, width: int, query: str
) -> None:
    page = open_page("about:blank", viewport={"width": width, "height": 844})
    page.add_init_script(SHIFTS)
    page.goto(f"{small_app}/{query}", wait_until="domcontentloaded")
    drawn(page)
    # The visitor's own articles come last, once the browser has told the chart's width; a frame has no room for them.
    expect(page.get_by_role("button", name="Your own articles")).to_be_visible(
        visible="embed" not in query
    )
    expect(table(page)).to_be_visible(visible="embed" not in query)
    assert page.evaluate("window.shifts") == []


def test_an_old_link_is_told_what_has_changed(tmp_path: Path, open_page: OpenPage) -> None:
    whole = make_chronology()
    bombing, blame, meeting, _, denial = whole.events
    later = replace(blame, when=make_when(date(2015, 3, 6)))
    old = write_chronology(replace(whole, events=(bombing, blame, denial)), tmp_path / "out")
    write_chronology(replace(whole, events=(bombing, later, meeting)), tmp_path / "out")
    with serving(tmp_path / "out") as address:
        page = drawn(open_page(f"{address}/?v={old}&event={bombing.event_id}"))
        told = page.get_by_role("region", name="What has changed since")
        expect(told).to_contain_text("3 events changed: 1 new, 1 changed, 1 gone")
        told.get_by_text("Show them").click()
        expect(told).to_contain_text("date: 4 March 2015 → 6 March 2015")
        expect(told).to_contain_text(denial.title)
        told.get_by_role("button", name=meeting.title).click()
        expect(panel(page).get_by_role("heading", level=2)).to_have_text(meeting.title)
        told.get_by_role("button", name="Dismiss").click()
        expect(told).to_have_count(0)
        expect(page).not_to_have_url(re.compile("v="))


def test_a_disagreement_shows_both_sides_in_their_words(
    small_app: str, open_page: OpenPage
) -> None:
    page = drawn(open_page(small_app))
    page.locator(".tl-mark").and_(page.get_by_label(re.compile("River Front attacks"))).click()
    differ = panel(page).get_by_role("region", name="Sources disagree")
    sides = differ.locator(".tl-claim")
    expect(sides).to_have_count(2)
    for side, words in zip(
        sides.all(),
        (
            ("12 killed", "The Harbour Post", "5 Mar 2015", "At least 12 people were killed"),
            ("14 killed", "Herald", "4 Mar 2015", "14 people died"),
        ),
        strict=True,
    ):
        for word in words:
            expect(side).to_contain_text(word)
    boxes = [side.bounding_box() or {} for side in sides.all()]
    assert boxes[0]["y"] == boxes[1]["y"]
    sides.last.get_by_role("link", name="Read it there").click()
    expect(page.get_by_role("dialog").locator("mark.tl-trigger")).to_have_text("bombed")


def test_a_click_on_a_bar_opens_what_goes_on(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(small_app))
    page.locator(".tl-mark").and_(page.get_by_label(re.compile("Dockers protest"))).click()
    expect(panel(page)).to_contain_text("since February 2015")
    expect(panel(page)).to_contain_text("Going on")


EVERYTHING = (
    "actor=river-front&actor=freedonia&match=any&role=any&type=ASSAULT&type=ACCUSE&status=occurred"
    "&q=front&from=2015-03-01&to=2015-03-09&lanes=actor"
)


def test_every_parameter_comes_back_in_a_fresh_browser(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(f"{small_app}/?{EVERYTHING}"))
    page.locator(".tl-mark").and_(page.get_by_label(re.compile("River Front attacks"))).click()
    panel(page).get_by_role("link", name="Read the whole article").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page).to_have_url(re.compile("passage="))
    other = drawn(open_page(page.url))
    for one in (page, other):
        expect(one.get_by_role("dialog")).to_be_visible()
        expect(one.get_by_label("Lanes by")).to_have_value("actor")
        expect(one.get_by_label("From", exact=True)).to_have_value("2015-03-01")
        expect(one.get_by_label("To", exact=True)).to_have_value("2015-03-09")
        expect(one.get_by_label("Search titles and passages")).to_have_value("front")
    chips = page.locator(".tl-chips")
    expect(other.locator(".tl-chips")).to_have_text(chips.inner_text(), use_inner_text=True)
    expect(panel(other)).to_have_text(panel(page).inner_text(), use_inner_text=True)
    expect(other.locator(".tl-mark")).to_have_count(page.locator(".tl-mark").count())


def test_keyboard_alone_from_the_page_to_the_article(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(small_app))
    expect(page.get_by_role("button", name="Your own articles")).to_be_visible()
    _tab_until(page, "document.activeElement.matches('.tl-mark')")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(panel(page).locator("blockquote").first).to_be_visible()
    _tab_until(page, "document.activeElement.textContent === 'Read the whole article'")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("mark.tl-trigger").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(panel(page).locator("blockquote").first).to_be_visible()


def _tab_until(page: Page, reached: str, most: int = 80) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(reached):
            return
    raise AssertionError(f"{most} tabs did not reach: {reached}")


@pytest.fixture
def newspaper(small_app: str, tmp_path: Path) -> Iterator[str]:
    """A page of another origin with the timeline in a frame."""
    frame = f'<iframe src="{small_app}/?embed=true" width="900" height="700"></iframe>'
    (tmp_path / "index.html").write_text(f"<!DOCTYPE html><h1>News</h1>{frame}")
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_frame_on_another_page_holds_the_view(newspaper: str, open_page: OpenPage) -> None:
    frame = open_page(newspaper).frame_locator("iframe")
    expect(frame.locator("[data-drawn]")).to_be_visible()
    head = frame.get_by_role("heading", name="Timeline")
    expect(head).to_be_in_viewport()
    expect(frame.get_by_role("button", name="Your own articles")).to_be_hidden()
    frame.locator(".tl-mark").first.click()
    expect(frame.locator(".tl-panel blockquote").first).to_be_visible()


def test_a_phone_unfolds_the_filters(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(small_app, viewport={"width": 390, "height": 844}, is_mobile=True))
    expect(page.get_by_role("combobox", name="Filter by actor")).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox", name="Filter by actor").fill("rf")
    page.get_by_role("option", name=re.compile("River Front")).click()
    expect(page.get_by_role("button", name="Remove River Front")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture(scope="module")
def many_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[Event]]]:
    """120 events on as many days, and 40 without a date."""
    document = make_document()
    mention = make_mention(document)
    days = [date(2015, 1, 1) + timedelta(days=number // 4) for number in range(120)]
    dated = [
        replace(make_event(mention, title=f"Raid {n:03}", when=make_when(day)), event_id=f"d{n:03}")
        for n, day in enumerate(days)
    ]
    undated = [
        replace(
            make_event(mention, title=f"Talk {n:03}", when=make_when(None)), event_id=f"u{n:03}"
        )
        for n in range(40)
    ]
    whole: Chronology = replace(make_chronology(), documents=(document,), mentions=(mention,))
    folder = tmp_path_factory.mktemp("many") / "out"
    write_chronology(replace(whole, events=(*dated, *undated)), folder)
    assert len(open_snapshot(folder).events()) == 160
    with serving(folder) as address:
        yield address, dated


def test_the_table_is_turned_page_by_page(
    many_app: tuple[str, list[Event]], open_page: OpenPage
) -> None:
    address, _ = many_app
    page = drawn(open_page(address))
    expect(table(page).get_by_role("heading")).to_have_text("120 events on the chart")
    rows = table(page).get_by_role("button", name=re.compile(r"Raid \d+"))
    expect(rows).to_have_count(50)
    turn = table(page).get_by_role("button", name="Next page")
    turn.focus()
    page.keyboard.press("Enter")
    expect(rows.first).to_have_text("Raid 050")
    expect(page).to_have_url(re.compile("page=2"))
    expect(table(page).get_by_role("status")).to_have_text("51–100 of 120")
    expect(turn).to_be_focused()
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("heading", level=2)).to_have_text("Raid 051")
    expect(table(page).locator("tr[aria-current]")).to_contain_text("Raid 051")
    page.go_back()
    page.go_back()
    expect(rows.first).to_have_text("Raid 000")


def test_the_table_shows_the_page_of_the_open_event(
    many_app: tuple[str, list[Event]], open_page: OpenPage
) -> None:
    address, dated = many_app
    page = drawn(open_page(f"{address}/?event={dated[110].event_id}"))
    expect(table(page).locator("tr[aria-current]")).to_contain_text("Raid 110")
    expect(table(page).get_by_label("Page of the table")).to_have_value("3")
    page.get_by_label("Search titles and passages").fill("raid")
    expect(page).to_have_url(re.compile("q=raid"))


def test_the_shelf_is_turned_too_and_opens_its_events(
    many_app: tuple[str, list[Event]], open_page: OpenPage
) -> None:
    page = drawn(open_page(many_app[0]))
    cards = shelf(page).get_by_role("button", name=re.compile(r"Talk \d+"))
    expect(shelf(page).get_by_role("heading")).to_contain_text("40")
    first = cards.first.inner_text()
    shelf(page).get_by_role("button", name="Next page").click()
    expect(page).to_have_url(re.compile("shelf=2"))
    expect(cards.first).not_to_have_text(first)
    cards.first.click()
    expect(panel(page)).to_contain_text("Why no date? No article says when.")
    expect(shelf(page).locator("[aria-current]")).to_have_count(1)
    page.get_by_label("Search titles and passages").fill("talk")
    expect(page).not_to_have_url(re.compile("shelf=2"))


@pytest.mark.parametrize("query", ["page=0", "page=x", "shelf=-1", "page=99999999999999999999"])
def test_a_page_that_there_is_not_gives_a_notice(
    small_app: str, open_page: OpenPage, query: str
) -> None:
    page = drawn(open_page(f"{small_app}/?{query}"))
    expect(page.locator(".tl-notices")).to_contain_text("not understood")
    expect(table(page).get_by_role("button").first).to_be_visible()


def test_the_page_taken_along_tells_who_when_and_why(
    small_app: str, open_page: OpenPage, tmp_path: Path
) -> None:
    alone = taken_along(drawn(open_page(small_app)), tmp_path)
    alone.goto((tmp_path / "timeline.html").as_uri())
    alone.get_by_text("River Front attacks the port").click()
    for words in (
        "The Harbour Post says “3 March 2015”.",
        "River Front",
        "The Harbour Post · 5 Mar 2015",
        "14 killed",
    ):
        expect(alone.locator("details[open]")).to_contain_text(words)
