"""Events in the formats of other tools. Pure: events in, text out."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from icalendar import Calendar
from icalendar import Event as CalendarEntry

from timeline.model import CasualtyKind, Document, Event, Precision, Role, When
from timeline.offline import offline_page
from timeline.ontology import load_ontology
from timeline.serialise import event_json

Export = Callable[[Sequence[Event]], str]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_jsonl(events: Sequence[Event]) -> str:
    """One event a line, with all its mentions."""
    return "".join(json.dumps(event_json(event), ensure_ascii=False) + "\n" for event in events)


def to_csv(events: Sequence[Event]) -> str:
    """One event a row, with its type in ACLED's and CAMEO's terms and its first passage."""
    out = io.StringIO()
    rows = [_csv_row(event) for event in events]
    writer = csv.DictWriter(out, fieldnames=CSV_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


CSV_COLUMNS = (
    *(
        "event_id",
        "title",
        "event_type",
        "mode",
        "status",
        "date",
        "earliest",
        "latest",
        "precision",
    ),
    *("basis", "actors", "recipients", "place", "latitude", "longitude", "country"),
    *(f"{kind}_{bound}" for kind in CasualtyKind for bound in ("low", "high")),
    *("sources", "mentions", "documents", "quote", "salience", "confidence"),
    *("acled_event_type", "acled_sub_event_type", "cameo_root"),
)


def _csv_row(event: Event) -> dict[str, Any]:
    place = event.place
    return {
        "event_id": event.event_id,
        "title": event.title,
        "event_type": event.event_type.value,
        "mode": event.mode,
        "status": event.status.value,
        **_csv_date(event.when),
        "actors": _names(event, Role.ACTOR),
        "recipients": _names(event, Role.RECIPIENT),
        "place": place.name if place else "",
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "country": place.country if place else "",
        **_csv_casualties(event),
        "sources": event.sources,
        "mentions": len(event.mentions),
        "documents": "; ".join(sorted({mention.doc for mention in event.mentions})),
        "quote": event.mentions[0].quote if event.mentions else "",
        "salience": round(event.salience, 4),
        "confidence": round(event.confidence, 4),
        **_codes(event),
    }


def _csv_date(when: When) -> dict[str, Any]:
    return {
        "date": when.edtf,
        "earliest": when.earliest,
        "latest": when.latest,
        "precision": when.precision.value,
        "basis": when.basis.value,
    }


def _csv_casualties(event: Event) -> dict[str, int | None]:
    return {
        f"{casualty.kind}_{bound}": number
        for casualty in reversed(event.casualties)
        for bound, number in (("low", casualty.low), ("high", casualty.high))
    }


def _codes(event: Event) -> dict[str, str]:
    """The event's type in the codings of ACLED and CAMEO."""
    definition = load_ontology().types[event.event_type]
    closest = definition.modes.get(event.mode, definition)
    return {
        "acled_event_type": closest.acled_event,
        "acled_sub_event_type": closest.acled_sub_event,
        "cameo_root": definition.cameo_root,
    }


def _names(event: Event, role: Role) -> str:
    """Names; who is only alleged to have done it is marked."""
    return "; ".join(
        f"{actor.name} (alleged)" if actor.alleged else actor.name
        for actor in event.actors
        if actor.role is role
    )


def _cell(value: object) -> object:
    """A spreadsheet takes text that begins so for a formula and runs it: an apostrophe keeps it text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def to_timelinejs(events: Sequence[Event]) -> str:
    """Knight Lab's TimelineJS. Undated events are left out: it has no place for them."""
    slides = [_slide(event) for event in events if event.when.earliest or event.when.latest]
    return json.dumps({"events": slides}, ensure_ascii=False, indent=1) + "\n"


def _slide(event: Event) -> dict[str, Any]:
    when = event.when
    first = when.earliest or when.latest
    slide: dict[str, Any] = {
        "unique_id": event.event_id,
        "group": event.event_type.value.title(),
        "start_date": _slide_date(first, when.precision),
        "display_date": html.escape(describe_when(when)),
        "text": {
            "headline": html.escape(event.title),
            "text": "".join(f"<blockquote>{quote}</blockquote>" for quote in _quotes(event)),
        },
    }
    if when.latest and when.latest != first:
        slide["end_date"] = _slide_date(when.latest, when.precision)
    return slide


def _slide_date(day: date | None, precision: Precision) -> dict[str, int]:
    assert day is not None
    parts = {"year": day.year}
    if precision not in (Precision.YEAR, Precision.DECADE, Precision.CENTURY):
        parts["month"] = day.month
        if precision is not Precision.MONTH:
            parts["day"] = day.day
    return parts


def _quotes(event: Event) -> Iterator[str]:
    for mention in event.mentions:
        yield f"{html.escape(mention.quote)} <cite>{html.escape(mention.doc)}</cite>"


def to_ics(events: Sequence[Event]) -> str:
    """An iCalendar file of all-day entries. Undated events are left out.

    What happened once within a window is an entry over the window that says so and leaves the days free.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Timeline//EN")
    calendar.add("version", "2.0")
    for event in events:
        if event.when.earliest or event.when.latest:
            calendar.add_component(_entry(event))
    text: str = calendar.to_ical().decode()
    return text


def _entry(event: Event) -> CalendarEntry:
    when = event.when
    first = when.earliest or when.latest
    assert first is not None
    entry = CalendarEntry()
    entry.add("uid", f"{event.event_id}@timeline")
    # The stamp of an entry must not change from one export to the next: it tells readers what is new.
    entry.add("dtstamp", datetime.combine(first, time(), tzinfo=UTC))
    entry.add("dtstart", first)
    entry.add("dtend", _day_after(when.latest or first))
    entry.add("summary", event.title)
    quotes = [f"“{mention.quote}” ({mention.doc})" for mention in event.mentions]
    entry.add("description", "\n".join([describe_when(when), *quotes]))
    entry.add("categories", [event.event_type.value, event.status.value])
    entry.add("transp", "TRANSPARENT")
    if event.place:
        entry.add("location", event.place.name)
    return entry


def _day_after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def to_html(events: Sequence[Event]) -> str:
    """A page that needs nothing else (`timeline.offline`), of events whose articles are not at hand."""
    return offline_page(events, {})


def exported(
    name: str, events: Sequence[Event], documents: Mapping[str, Document], version: str = ""
) -> str:
    """The events in the format of that name (`EXPORTS`), with what their articles add to it.

    Args:
        documents: the articles, by id.
        version: the data version, for formats that name it.
    """
    return offline_page(events, documents, version) if name == "html" else EXPORTS[name](events)


def describe_when(when: When) -> str:
    """A date in words that say no more than is known: ``some day from 27 to 31 December 2019``."""
    first, last = when.earliest, when.latest
    if first is None and last is None:
        return "no date told"
    if when.ongoing or last is None:
        return f"since {_day(first)}"
    if first is None:
        return f"until {_day(last)}"
    if first == last:
        return _day(first)
    if when.precision is Precision.RANGE:
        return f"{_day(first)} to {_day(last)}"
    return f"some day from {_day(first)} to {_day(last)}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else ""


EXPORTS: Mapping[str, Export] = MappingProxyType(
    {"jsonl": to_jsonl, "csv": to_csv, "timelinejs": to_timelinejs, "ics": to_ics, "html": to_html}
)
"""Formats by the names that the command line gives them."""
