"""Going about the range: the strip above the chart, whiskers, the key beneath it, a frame, and pictures under the hosting policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from factories import make_chronology, make_document, make_event, make_mention, make_when
from hosted import hosting
from playwright.sync_api import Locator, Page, expect
from running import OpenPage, serving, settled

from timeline.model import Chronology, EventType, Precision
from timeline.store import write_chronology


def panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Event")


def days(page: Page) -> tuple[str, str]:
    """First and last day of the address."""
    parameters = parse_qs(urlsplit(page.url).query)
    return parameters["from"][0], parameters["to"][0]


def settled_days(page: Page) -> tuple[str, str]:
    """The days of the address, once they are on the screen."""
    first, last = days(page)
    expect(page.get_by_label("From", exact=True).last).to_have_value(first)
    return first, last


def drag(page: Page, part: Locator, begin: float, end: float) -> None:
    """From one share of the part's width to another, at its middle height; what is drawn anew has no place to begin at."""
    settled(page)
    box = part.bounding_box()
    assert box
    y = box["y"] + box["height"] / 3
    page.mouse.move(box["x"] + box["width"] * begin, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * (begin + end) / 2, y)
    page.mouse.move(box["x"] + box["width"] * end, y)
    page.mouse.up()


def long_story() -> Chronology:
    """A protest every day of March 2015, and one known only to have been in 1990."""
    document = make_document()
    mention = make_mention(document, "attacked", event_type=EventType.PROTEST)
    months = [
        make_event(
            mention,
            event_id=f"day-{day}",
            when=make_when(date(2015, 3, day)),
            title=f"March of day {day}",
        )
        for day in range(1, 31)
    ]
    old = make_when(
        date(1990, 1, 1), latest=date(1990, 12, 31), edtf="1990", precision=Precision.YEAR
    )
    window = make_when(
        date(2015, 3, 2), latest=date(2015, 3, 29), edtf="[2015-03-02..2015-03-29]", precision=Precision.WINDOW,
    )  # fmt: skip
    events = (
        *months,
        make_event(mention, event_id="old", when=old, title="An old march"),
        make_event(mention, event_id="some-day", when=window, title="A march on some day", salience=1.0),
    )  # fmt: skip
    return Chronology(documents=(document,), mentions=(mention,), events=events, actors=())


@pytest.fixture(scope="module")
def long_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("long") / "out"
    write_chronology(long_story(), folder)
    with serving(folder) as address:
        yield address


def test_the_strip_is_clicked_and_dragged(long_app: str, open_page: OpenPage) -> None:
    page = settled(open_page(f"{long_app}/?from=2015-03-10&to=2015-03-14"))
    strip, frame = page.locator(".tl-overview"), page.locator(".tl-frame")

    drag(page, strip, 0.6, 0.8)
    expect(page).not_to_have_url(re.compile("from=2015-03-10"))
    drawn_from, drawn_to = settled_days(page)
    assert "2015-03-01" < drawn_from < drawn_to <= "2015-04-01"

    drag(page, frame, 1, 1.3)
    expect(page).not_to_have_url(re.compile(f"to={drawn_to}"))
    pulled_from, pulled_to = settled_days(page)
    assert pulled_from == drawn_from, "the right edge alone was moved"
    assert pulled_to > drawn_to

    length = page.evaluate("history.length")
    drag(page, frame, 0.5, 0.2)
    expect(page).not_to_have_url(re.compile(f"from={drawn_from}"))
    assert page.evaluate("history.length") == length


def test_a_year_is_labelled_as_a_year(long_app: str, open_page: OpenPage) -> None:
    page = settled(open_page(long_app))
    expect(page.locator(".tl-overview span").first).to_have_text("1990")
    expect(page.locator(".tl-bar").first).to_have_attribute("title", re.compile(r"event: [0-9–]+$"))
    expect(page.locator(".tl-fold").first).to_have_attribute("title", re.compile("^Nothing from "))


def test_a_click_on_a_whisker_opens_what_happened_once_in_it(
    long_app: str, open_page: OpenPage
) -> None:
    page = settled(open_page(long_app))
    whisker = page.locator(".tl-mark").and_(page.get_by_label(re.compile("A march on some day")))
    expect(whisker).to_be_visible()
    box = whisker.bounding_box()
    assert box
    assert box["width"] > 300
    page.mouse.click(box["x"] + 40, box["y"] + box["height"] / 2)
    expect(panel(page).get_by_role("heading", level=2)).to_have_text("A march on some day")
    expect(panel(page)).to_contain_text("between 2 and 29 March 2015")


def test_the_key_explains_what_is_drawn_and_no_more(small_app: str, open_page: OpenPage) -> None:
    key = settled(open_page(f"{small_app}/?status=planned")).locator(".tl-legend")
    expect(key).to_contain_text("planned")
    expect(key).not_to_contain_text("denied")
    expect(key).to_contain_text("no time zone")


def test_only_what_helps_is_offered_where_nothing_is_found(
    small_app: str, open_page: OpenPage
) -> None:
    page = open_page(f"{small_app}/?q=bombed&type=PROTEST")
    expect(page.get_by_text("Nothing found.")).to_be_visible()
    expect(page.get_by_role("button", name="Drop the search")).to_contain_text("1 event")
    page.get_by_role("button", name="Allow all types").click()
    expect(panel(page).get_by_role("link", name=re.compile("River Front attacks"))).to_be_visible()

    page = open_page(f"{small_app}/?q=unheard&type=DISASTER")
    page.get_by_role("button", name="Clear all choices").click()
    expect(page.locator(".tl-mark").first).to_be_visible()


def test_a_frame_leads_to_the_whole_page(small_app: str, open_page: OpenPage) -> None:
    page = settled(open_page(f"{small_app}/?embed=true&actor=river-front"))
    whole = page.get_by_role("link", name="Open the full timeline")
    expect(whole).to_have_attribute("target", "_blank")
    expect(whole).to_have_attribute("href", re.compile(r"actor=river-front(?!.*embed)"))
    expect(page.get_by_role("link", name="on the shelf below the chart")).to_be_hidden()


@pytest.mark.parametrize(("choice", "begins"), [("PNG", b"\x89PNG"), ("SVG", b"<svg")])
def test_pictures_come_out_under_the_hosting_policy(
    tmp_path: Path, open_page: OpenPage, choice: str, begins: bytes
) -> None:
    write_chronology(make_chronology(), tmp_path / "out")
    with hosting(tmp_path / "out") as address:
        page = settled(open_page(address))
        page.get_by_text("Download", exact=True).click()
        with page.expect_download() as saved:
            page.get_by_role("button", name=re.compile(choice)).click()
        assert Path(saved.value.path()).read_bytes().startswith(begins)
