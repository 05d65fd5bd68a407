"""Events in the formats of other tools, read back by readers that are not ours where there are some."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from factories import make_chronology, make_event, make_mention, make_when
from icalendar import Calendar

from timeline.exports import EXPORTS, describe_when, exported
from timeline.model import Event, EventType, Precision
from timeline.serialise import event_json

EVENTS = make_chronology().events
BOMBING = EVENTS[0]
UNDATED = make_event(make_mention(when=make_when(None)), title="Some day", event_id="undated")


def export(name: str, *events: Event) -> str:
    return EXPORTS[name](events)


@pytest.mark.parametrize("name", EXPORTS)
def test_nothing_found_is_no_error(name: str) -> None:
    assert isinstance(export(name), str)


def test_jsonl_is_the_public_form_a_line_each() -> None:
    lines = export("jsonl", *EVENTS).splitlines()
    assert [json.loads(line) for line in lines] == [event_json(event) for event in EVENTS]


def read_csv(*events: Event) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export("csv", *events))))


def test_csv_row() -> None:
    row = read_csv(*EVENTS)[0]
    expected = {
        "event_id": BOMBING.event_id,
        "title": "River Front attacks the port of Varna, 12 killed",
        "event_type": "ASSAULT",
        "status": "occurred",
        "date": "2015-03-03",
        "earliest": "2015-03-03",
        "precision": "day",
        "actors": "River Front",
        "recipients": "",
        "place": "Varna",
        "latitude": "43.2",
        "country": "BGR",
        "killed_low": "12",
        "killed_high": "12",
        "wounded_low": "",
        "sources": "2",
        "mentions": "2",
        "documents": "harbour; herald",
        "cameo_root": "18",
    }
    assert {name: row[name] for name in expected} == expected
    assert row["acled_event_type"]


@pytest.mark.parametrize("title", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\tx"])
def test_a_spreadsheet_runs_no_title(title: str) -> None:
    [row] = read_csv(make_event(title=title))
    assert row["title"] == f"'{title}"


def test_csv_keeps_line_breaks_and_quotes() -> None:
    title = 'He said "no",\nthey said'
    assert read_csv(make_event(title=title))[0]["title"] == title


def test_timelinejs_has_a_slide_for_each_dated_event() -> None:
    slides = json.loads(export("timelinejs", *EVENTS, UNDATED))["events"]
    assert [slide["unique_id"] for slide in slides] == [
        event.event_id for event in EVENTS if event.when.earliest
    ]
    assert slides[0]["start_date"] == {"year": 2015, "month": 3, "day": 3}
    assert "end_date" not in slides[0]
    assert slides[0]["text"]["headline"] == BOMBING.title


def test_timelinejs_gives_no_day_where_none_is_known() -> None:
    month = make_when(date(2015, 3, 1), latest=date(2015, 3, 31), precision=Precision.MONTH)
    year = make_when(date(2015, 1, 1), latest=date(2015, 12, 31), precision=Precision.YEAR)
    events = [make_event(make_mention(when=when)) for when in (month, year)]
    slides = json.loads(export("timelinejs", *events))["events"]
    assert [slide["start_date"] for slide in slides] == [{"year": 2015, "month": 3}, {"year": 2015}]
    assert slides[0]["display_date"] == "some day from 1 March 2015 to 31 March 2015"


def test_ics_is_read_by_a_calendar() -> None:
    calendar = Calendar.from_ical(export("ics", *EVENTS, UNDATED))
    entries = list(calendar.walk("VEVENT"))
    assert len(entries) == 4
    first = entries[0]
    assert str(first["summary"]) == BOMBING.title
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (
        date(2015, 3, 3),
        date(2015, 3, 4),
    )
    assert str(first["location"]) == "Varna"
    assert BOMBING.mentions[0].quote in str(first["description"])


def test_exports_do_not_change_from_one_to_the_next() -> None:
    assert all(export(name, *EVENTS) == export(name, *EVENTS) for name in EXPORTS)


class Tags(HTMLParser):
    """Collects the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.append(tag)


@pytest.mark.parametrize("name", ["html", "timelinejs"])
def test_text_of_articles_is_never_markup(name: str) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    mention = make_mention(quote=hostile, event_type=EventType.PROTEST)
    text = export(name, make_event(mention, title=hostile, event_id='"><script>'))
    tags = Tags()
    tags.feed(text if name == "html" else json.loads(text)["events"][0]["text"]["text"])
    assert "script" not in tags.found
    assert "img" not in tags.found


def test_html_needs_nothing_from_outside() -> None:
    page = export("html", *EVENTS)
    assert "http" not in page.replace("http-equiv", "")
    assert all(event.mentions[0].quote in read(page) for event in EVENTS)


def read(page: str) -> str:
    """What a reader sees of a page."""
    tags = Tags()
    tags.feed(page.split("<body>")[1])
    return tags.text


@pytest.mark.parametrize(
    "told",
    [
        "Tuesday 3 March 2015",
        "Why this date? The Harbour Post says “3 March 2015”.",
        "Why no date? No article says when.",
        "WhoRiver Front",
        "WhoGovernment of FreedoniaWhomRiver Front",
        "Varna",
        "Attack · 2 independent sources",
        "Meeting or talks · planned",
        "Sources disagree: how many",
        "12 killedThe Harbour Post",
        "14 killedHerald",
        "The Harbour Post · 5 Mar 2015 (date from the article's header)",
        "Herald · 4 Mar 2015 (reckoned from the bombing of the port, which is dated in harbour.)",
        "5 events from 2 articles",
        "data version v1",
    ],
)
def test_the_page_tells_of_each_event_what_the_dashboard_does(told: str) -> None:
    documents = {document.doc_id: document for document in make_chronology().documents}
    assert told in read(exported("html", EVENTS, documents, "v1"))


def test_only_web_addresses_become_links() -> None:
    [harbour, herald] = make_chronology().documents
    hostile = replace(
        harbour, url="javascript:alert(1)", title="<b>Bold</b>", publisher="<i>Post</i>"
    )
    page = exported("html", EVENTS, {harbour.doc_id: hostile, herald.doc_id: herald})
    assert "javascript" not in page
    assert 'href="https://herald.example/port"' in page
    assert "<b>Bold</b>" in read(page)
    assert "<i>" not in page


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (make_when(date(2020, 1, 3)), "3 January 2020"),
        (make_when(None), "no date told"),
        (make_when(date(2019, 10, 1), latest=None, ongoing=True), "since 1 October 2019"),
        (make_when(date(2019, 10, 1), latest=None), "since 1 October 2019"),
        (make_when(None, latest=date(2019, 10, 1)), "until 1 October 2019"),
        (
            make_when(date(2019, 12, 27), latest=date(2019, 12, 31), precision=Precision.WINDOW),
            "some day from 27 December 2019 to 31 December 2019",
        ),
        (
            make_when(date(2014, 1, 1), latest=date(2017, 12, 31), precision=Precision.RANGE),
            "1 January 2014 to 31 December 2017",
        ),
    ],
)
def test_a_date_in_words_says_no_more_than_is_known(when: object, words: str) -> None:
    assert describe_when(when) == words  # type: ignore[arg-type]
