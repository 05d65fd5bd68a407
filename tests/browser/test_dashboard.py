"""What a reader does with the dashboard, in a real browser on the real app."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from factories import make_chronology, make_document, make_event, make_mention, make_when
from playwright.sync_api import Locator, Page, expect
from running import OpenPage, serving, taken_along

from benchmarks.synthetic import make_chronology as make_crowd
from timeline.model import Actor, ActorKind, Chronology, Document, EventActor, Role
from timeline.store import write_chronology

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script> [link](javascript:alert(3)) **bold** killed many."


def drawn(page: Page) -> Page:
    """The page, once Plotly has drawn the chart."""
    expect(page.locator(".stApp [data-drawn] .plot-container")).to_be_visible()
    return page


def mark(page: Page, title: str) -> Locator:
    return page.locator(".tl-mark").and_(page.get_by_label(re.compile(re.escape(title))))


def click_marker(page: Page, title: str) -> None:
    """A click of the mouse where the chart shows the event."""
    target = mark(page, title)
    expect(target).to_be_visible()
    target.click()


def panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Event")


def test_a_click_on_the_chart_opens_the_passages(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(small_app))
    click_marker(page, "River Front attacks")
    expect(panel(page).get_by_role("heading", level=2)).to_have_text(
        re.compile("River Front attacks the port")
    )
    expect(panel(page)).to_contain_text("The Harbour Post says “3 March 2015”.")
    expect(panel(page).locator(".tl-passage mark.tl-trigger")).to_have_text(["bombed", "attacked"])
    expect(panel(page).locator("mark.tl-date").first).to_have_text("3 March 2015")
    expect(panel(page)).to_contain_text("The Harbour Post")
    expect(panel(page)).to_contain_text("reckoned from the bombing of the port")
    expect(panel(page).locator(".tl-disagree")).to_contain_text("14 killed")
    expect(page).to_have_url(re.compile(r"event=\w+"))


def test_the_whole_way_to_a_link_and_back(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(small_app, permissions=["clipboard-read", "clipboard-write"]))
    page.get_by_role("combobox", name="Filter by actor").fill("rf")
    page.get_by_role("option", name=re.compile("River Front")).click()
    expect(page.get_by_role("button", name="Remove River Front")).to_be_visible()
    expect(mark(page, "Dockers protest")).to_have_count(0)
    click_marker(page, "River Front attacks")
    title = panel(page).get_by_role("heading", level=2)
    expect(title).to_have_text(re.compile("River Front attacks"))
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Link copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")

    other = drawn(open_page(link))
    expect(panel(other)).to_have_text(panel(page).inner_text(), use_inner_text=True)
    expect(other.get_by_role("button", name="Remove River Front")).to_be_visible()
    expect(other.locator(".tl-mark")).to_have_count(page.locator(".tl-mark").count())

    page.go_back()
    expect(panel(page).get_by_role("heading", level=2)).to_have_text("Begin here")
    expect(page.get_by_role("button", name="Remove River Front")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Remove River Front")).to_have_count(0)
    expect(mark(page, "Dockers protest")).to_have_count(1)
    page.go_forward()
    expect(page.get_by_role("button", name="Remove River Front")).to_be_visible()


def test_a_member_is_found_by_its_state(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(f"{small_app}/?actor=Freedonian"))
    expect(page.get_by_role("button", name="Remove Freedonia")).to_be_visible()
    expect(mark(page, "Ana Petrova to meet")).to_have_count(1)
    expect(mark(page, "Dockers")).to_have_count(0)


def test_broken_parameters_give_a_notice(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(f"{small_app}/?from=soon&type=WAR&colour=red&event=gone&actor=Nobody"))
    for left_out in ("from=soon", "type=WAR", "colour", "event", "Nobody"):
        expect(page.locator(".tl-notices")).to_contain_text(left_out)
    expect(page.locator(".tl-mark").first).to_be_visible()


@pytest.mark.parametrize(
    ("query", "shows"),
    [
        ("type=CONSULT", "Remove Type: Meeting or talks"),
        ("status=planned", "Remove Status: Planned"),
        ("q=dockers", "Remove “dockers”"),
        ("from=2015-03-01&to=2015-03-12", "Remove 1–12 March 2015"),
    ],
)
def test_each_choice_of_a_link_shows_and_can_be_taken_back(
    small_app: str, open_page: OpenPage, query: str, shows: str
) -> None:
    page = drawn(open_page(f"{small_app}/?{query}"))
    page.get_by_role("button", name=shows).click()
    expect(page.get_by_role("button", name=shows)).to_have_count(0)
    expect(page).to_have_url(f"{small_app}/")


@pytest.mark.parametrize("lanes", ["actor", "place", "article", "none"])
def test_lanes_are_in_the_link(small_app: str, open_page: OpenPage, lanes: str) -> None:
    page = drawn(open_page(f"{small_app}/?lanes={lanes}"))
    expect(page.get_by_label("Lanes by")).to_have_value(lanes)


def test_nothing_found_says_what_to_loosen(small_app: str, open_page: OpenPage) -> None:
    page = open_page(f"{small_app}/?q=unheard")
    expect(page.get_by_text("Nothing found.")).to_be_visible()
    page.get_by_role("button", name="Drop the search").click()
    expect(page.locator(".tl-mark").first).to_be_visible()


def test_keyboard_alone_leads_to_a_passage(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(small_app))
    first = page.locator(".tl-mark[tabindex='0']")
    first.focus()
    page.keyboard.press("Home")
    before = page.evaluate("document.activeElement.dataset.mark")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.mark") != before
    page.keyboard.press("Enter")
    expect(panel(page).locator("blockquote").first).to_be_visible()


def test_the_shelf_and_the_table_open_the_same_events(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(small_app))
    page.get_by_role("button", name="River Front denies the bombing").click()
    expect(panel(page)).to_contain_text("No article says when.")
    page.get_by_role("table").first.get_by_role(
        "button", name="Ana Petrova to meet the envoy"
    ).click()
    expect(panel(page)).to_contain_text("Planned")


def test_the_whole_article_opens_at_the_passage(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(small_app))
    click_marker(page, "River Front attacks")
    panel(page).get_by_role("link", name="Read the whole article").last.click()
    article = page.get_by_role("dialog")
    expect(article.locator("mark.tl-trigger")).to_have_text("attacked")
    article.get_by_role("link", name="protested").click()
    expect(panel(page).get_by_role("heading", level=2)).to_have_text("Dockers protest in Varna")
    expect(article).to_be_hidden()


def test_zooming_keeps_the_history_short(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(small_app))
    length = page.evaluate("history.length")
    page.get_by_role("button", name="Zoom in").click()
    expect(page).to_have_url(re.compile("from="))
    assert page.evaluate("history.length") == length


def test_a_phone_has_no_sideways_scroll(small_app: str, open_page: OpenPage) -> None:
    page = drawn(
        open_page(small_app, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    )
    expect(page.locator(".tl-chart")).to_have_attribute("data-drawn", re.compile(r"\d"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    mark(page, "River Front attacks").tap()
    expect(panel(page).locator("blockquote").first).to_be_visible()


def test_dark_is_dark(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(small_app, color_scheme="dark"))
    colour = page.locator(".tl").evaluate("node => getComputedStyle(node).color")
    assert min(map(int, re.findall(r"\d+", colour)[:3])) > 200


def test_the_next_event_is_one_key_away(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(small_app))
    click_marker(page, "River Front attacks")
    title = panel(page).get_by_role("heading", level=2)
    expect(title).to_have_text(re.compile("River Front attacks"))
    page.keyboard.press("]")
    expect(title).to_have_text(re.compile("Freedonia blames"))
    page.keyboard.press("[")
    expect(title).to_have_text(re.compile("River Front attacks"))
    panel(page).get_by_role("button", name="Previous event").click()
    expect(title).to_have_text("Dockers protest in Varna")
    expect(panel(page).get_by_role("button", name="Previous event")).to_be_disabled()


@pytest.mark.parametrize(
    ("menu", "option", "shows", "gone"),
    [
        ("Place", "Varna", "Remove Place: Varna", "Dockers protest"),
        (
            "Article",
            "herald",
            "Remove Article: “The River Front bombed the port",
            "Dockers protest",
        ),
    ],
)
def test_places_and_articles_are_filters(
    small_app: str, open_page: OpenPage, menu: str, option: str, shows: str, gone: str
) -> None:
    page = drawn(open_page(small_app))
    page.locator("summary").get_by_text(menu, exact=True).click()
    page.get_by_role("group", name=menu).get_by_label(re.compile(option, re.I)).check()
    expect(page.get_by_role("button", name=shows)).to_be_visible()
    expect(mark(page, gone)).to_have_count(0)
    expect(mark(page, "River Front attacks")).to_have_count(1)


def test_an_actor_as_target_alone(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(f"{small_app}/?actor=RF"))
    page.get_by_label("Role of the actors").select_option("target")
    expect(mark(page, "River Front attacks")).to_have_count(0)
    expect(mark(page, "Freedonia blames")).to_have_count(1)
    expect(page).to_have_url(re.compile("role=target"))


def test_a_search_shows_the_passage_that_it_found(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(f"{small_app}/?q=dockers"))
    expect(page.get_by_role("table").first).to_contain_text("“")


@pytest.mark.parametrize(
    ("choice", "name", "begins"),
    [
        ("PNG", "timeline.png", b"\x89PNG"),
        ("SVG", "timeline.svg", b"<svg"),
        ("CSV", "timeline.csv", b"event_id,"),
        ("HTML", "timeline.html", b"<!DOCTYPE html>"),
    ],
)
def test_the_view_can_be_taken_along(
    small_app: str, open_page: OpenPage, choice: str, name: str, begins: bytes
) -> None:
    page = drawn(open_page(small_app))
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("button", name=re.compile(choice)).click()
    assert saved.value.suggested_filename == name
    assert Path(saved.value.path()).read_bytes().startswith(begins)


def test_the_page_taken_along_shows_chart_and_passages_offline(
    small_app: str, open_page: OpenPage, tmp_path: Path
) -> None:
    alone = taken_along(drawn(open_page(small_app)), tmp_path)
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto((tmp_path / "timeline.html").as_uri())
    assert alone.locator("img").evaluate("image => image.complete && image.naturalWidth > 300")
    alone.get_by_text("River Front attacks the port").click()
    expect(alone.locator("blockquote").get_by_text("attacked the port of Varna")).to_be_visible()
    assert {url.split(":")[0] for url in asked} <= {"file", "data"}


def test_embedded_without_what_a_frame_has_no_room_for(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(f"{small_app}/?embed=true"))
    expect(page.locator(".tl-lead")).to_be_hidden()
    click_marker(page, "River Front attacks")
    expect(panel(page).locator("blockquote").first).to_be_visible()
    expect(page).to_have_url(re.compile("embed=true"))


def test_about_tells_how_and_how_well(small_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(small_app))
    page.get_by_role("link", name="About").click()
    expect(page.get_by_role("heading", name="How often it is right")).to_be_visible()
    expect(page.get_by_role("row", name="events found").first).to_contain_text(re.compile(r"\d"))
    expect(page.get_by_role("table")).not_to_contain_text(re.compile("[a-z]_[a-z]|conll|micro"))
    page.get_by_text("Force", exact=True).click()
    expect(page.get_by_text("Attack:")).to_be_visible()
    expect(page.get_by_text("Data version")).to_be_visible()


@pytest.fixture(scope="module")
def crowded_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("crowded") / "out"
    write_chronology(make_crowd(3000), folder)
    with serving(folder) as address:
        yield address


def test_a_counted_bar_opens_its_days(crowded_app: str, open_page: OpenPage) -> None:
    page = drawn(open_page(crowded_app))
    bar = page.locator(".tl-mark").and_(page.get_by_label(re.compile("Open these days"))).first
    days = re.search(r"events\. (.+)\. Open", bar.get_attribute("aria-label") or "")
    assert days
    length = page.evaluate("history.length")
    bar.click()
    expect(page.locator(".tl-tools strong")).to_have_text(days[1])
    assert page.evaluate("history.length") == length


AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("opened", [False, True])
def test_no_serious_barrier(small_app: str, open_page: OpenPage, scheme: str, opened: bool) -> None:
    page = drawn(open_page(small_app, color_scheme=scheme))
    if opened:
        click_marker(page, "River Front attacks")
        expect(panel(page).locator("blockquote").first).to_be_visible()
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run('.tl')")["violations"]
    serious = [rule for rule in found if rule["impact"] in {"serious", "critical"}]
    assert [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in serious] == []


@pytest.fixture(scope="module")
def bundled_app(bundled: Chronology, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("bundled") / "out"
    write_chronology(bundled, folder)
    with serving(folder) as address:
        yield address


def test_the_bundled_story_from_alias_to_passage_to_link(
    bundled_app: str, open_page: OpenPage
) -> None:
    page = drawn(open_page(bundled_app))
    page.get_by_role("combobox", name="Filter by actor").fill("suleimani")
    page.get_by_role("option", name=re.compile("Soleimani")).first.click()
    expect(page.get_by_role("button", name=re.compile("Remove .*Soleimani"))).to_be_visible()
    page.locator(".tl-mark").and_(page.get_by_label(re.compile("3 January 2020"))).first.click()
    expect(panel(page)).to_contain_text("Friday 3 January 2020")
    expect(panel(page)).to_contain_text("counted from the publication date")
    expect(panel(page).locator("mark.tl-trigger").first).to_be_visible()
    other = drawn(open_page(page.url))
    expect(panel(other)).to_have_text(panel(page).inner_text(), use_inner_text=True)
    expect(other.locator(".tl-mark")).to_have_count(page.locator(".tl-mark").count())


@pytest.fixture(scope="module")
def hostile_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile") / "out"
    write_chronology(_hostile(), folder)
    with serving(folder) as address:
        yield address


def _hostile() -> Chronology:
    document: Document = make_document(
        HOSTILE, title=HOSTILE, publisher="<b>Post</b>", url="javascript:alert(4)"
    )
    actor = Actor(
        actor_id="x",
        name="<i onclick=alert(5)>Mallory</i>",
        kind=ActorKind.PERSON,
        aliases=("<u>M</u>",),
    )
    mention = make_mention(document, "killed", when=make_when(date(2015, 3, 3)))
    event = make_event(
        mention, title=HOSTILE, actors=(EventActor(actor_id="x", name=actor.name, role=Role.ACTOR),)
    )
    undated = replace(
        make_event(mention, title="<h1>shelf</h1>", when=make_when(None)), event_id="shelf"
    )
    given: dict[str, Any] = {
        "documents": (document,),
        "mentions": (mention,),
        "events": (event, undated),
    }
    return make_chronology(**given, actors=(actor,))


@pytest.mark.parametrize("lanes", ["type", "actor"])
def test_markup_of_an_article_is_text_everywhere(
    hostile_app: str, open_page: OpenPage, lanes: str
) -> None:
    page = open_page(f"{hostile_app}/?lanes={lanes}")
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    drawn(page)
    page.locator(".tl-mark").first.click()
    expect(panel(page).locator("blockquote")).to_have_text(HOSTILE)
    page.locator(".tl-mark").first.hover()
    expect(page.locator(".tl-tip.tl-shown strong")).to_have_text(HOSTILE)
    expect(page.get_by_role("table").first).to_contain_text(HOSTILE)
    assert (
        page.locator(
            ".tl img, .tl script, .tl h1:not(.tl-head h1), .tl i[onclick], .tl a[href^=javascript]"
        ).count()
        == 0
    )


@pytest.mark.parametrize("damage", ["missing", "manifest", "table"])
def test_a_broken_chronology_says_so_without_a_trace(
    tmp_path: Path, open_page: OpenPage, damage: str
) -> None:
    folder = tmp_path / "out"
    if damage != "missing":
        write_chronology(make_chronology(), folder)
        (folder / ("manifest.json" if damage == "manifest" else "events.parquet")).write_text("{")
    with serving(folder) as address:
        page = open_page(address)
        expect(page.get_by_text("No chronology to show")).to_be_visible()
        expect(page.get_by_text("What to do:")).to_be_visible()
        expect(page.get_by_text("Traceback")).to_have_count(0)
