"""Plain words for types, dates, casualties and reasons. Everything here is text, never markup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from timeline.model import (
    Basis,
    Casualty,
    Event,
    EventActor,
    EventType,
    Modality,
    Precision,
    PublishedBasis,
    Role,
    Status,
    When,
)

_T = EventType
TYPE_LABELS: dict[EventType, str] = {
    _T.AGREE: "Agreement",
    _T.CONSULT: "Meeting or talks",
    _T.SUPPORT: "Support",
    _T.CONCEDE: "Concession",
    _T.COOPERATE: "Cooperation",
    _T.AID: "Aid",
    _T.RETREAT: "Retreat",
    _T.REQUEST: "Request",
    _T.ACCUSE: "Accusation",
    _T.REJECT: "Refusal or denial",
    _T.THREATEN: "Threat",
    _T.PROTEST: "Protest",
    _T.MOBILIZE: "Mobilisation",
    _T.SANCTION: "Sanction",
    _T.COERCE: "Coercion",
    _T.ASSAULT: "Attack",
    _T.POLITICS: "Politics",
    _T.STATEMENT: "Statement",
    _T.DISASTER: "Disaster",
    _T.OTHER: "Other",
}

STATUS_LABELS: dict[Status, str] = {
    Status.OCCURRED: "Happened",
    Status.ONGOING: "Going on",
    Status.PLANNED: "Planned",
    Status.ALLEGED: "Alleged",
    Status.DENIED: "Denied",
}

MODALITY_LABELS: dict[Modality, str] = {
    Modality.ASSERTED: "Reported as a fact",
    Modality.PLANNED: "Planned",
    Modality.POSSIBLE: "Possible",
    Modality.DENIED: "Denied",
    Modality.ALLEGED: "Alleged",
    Modality.DEMANDED: "Demanded",
}

ROLE_LABELS: dict[Role, str] = {
    Role.ACTOR: "Who",
    Role.RECIPIENT: "Whom",
    Role.LOCATION: "Where",
    Role.INSTRUMENT: "With what",
}


def actors_by_role(event: Event) -> dict[str, list[tuple[EventActor, str]]]:
    """Who took part, by the question that the part answers: each with a word where no passage tells it as fact."""
    grouped: dict[str, list[tuple[EventActor, str]]] = {}
    for role in Role:
        for actor in event.actors:
            if actor.role is role:
                told = (actor, "allegedly" if actor.alleged else "")
                grouped.setdefault(ROLE_LABELS[role], []).append(told)
    return grouped


_PUBLISHED: dict[PublishedBasis, str] = {
    PublishedBasis.HEADER: "date from the article's header",
    PublishedBasis.METADATA: "date from the page's metadata",
    PublishedBasis.BYLINE: "date from the byline",
    PublishedBasis.INFERRED: "date inferred",
    PublishedBasis.GIVEN: "date given by the user",
    PublishedBasis.UNKNOWN: "date unknown",
}


_WEEK = 6
"""Days from its first to its last."""


def day_text(day: date, *, weekday: bool = False) -> str:
    """``3 January 2020``, or ``Friday 3 January 2020``."""
    lead = f"{day:%A} " if weekday else ""
    return f"{lead}{day.day} {day:%B} {day.year}"


def short_day(day: date) -> str:
    """``3 Jan 2020``."""
    return f"{day.day} {day:%b} {day.year}"


def span_text(first: date, last: date) -> str:
    """``28–30 December 2019``, ``28 December 2019 – 3 January 2020``, or one day."""
    if first == last:
        return day_text(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_text(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} – {day_text(last)}"
    return f"{day_text(first)} – {day_text(last)}"


def when_text(when: When, *, weekday: bool = False) -> str:
    """The date as it is known: never finer, never coarser."""
    about = "about " if "~" in when.edtf else ""
    return about + _when_text(when, weekday)


def _when_text(when: When, weekday: bool) -> str:
    first, last = when.earliest, when.latest
    if first is None and last is None:
        return "no date"
    if first is None or (
        last is None and when.precision is not Precision.RANGE and not when.ongoing
    ):
        return (
            f"by {day_text(last)}"
            if first is None and last
            else f"from {day_text(first or date.min)} on"
        )
    if when.ongoing or last is None:
        return f"since {_start_text(when, first)}"
    if first == last:
        return day_text(first, weekday=weekday)
    if when.precision is Precision.RANGE:
        return _range_text(when.edtf, first, last)
    return _bounded_text(when.precision, first, last)


def _range_text(edtf: str, first: date, last: date) -> str:
    """A range as fine as its EDTF: ``2014–2017``, ``October 2019 – January 2020``, else its days."""
    length = min((len(end.strip("~?%")) for end in edtf.split("/")), default=0)
    if length == len("2014"):
        return f"{first.year}–{last.year}" if first.year != last.year else f"{first.year}"
    if length == len("2014-10"):
        return f"{first:%B} {first.year} – {last:%B} {last.year}"
    return span_text(first, last)


def _bounded_text(precision: Precision, first: date, last: date) -> str:
    match precision:
        case Precision.MONTH:
            return f"{first:%B} {first.year}"
        case Precision.YEAR:
            return f"{first.year}"
        case Precision.DECADE:
            return f"the {first.year}s"
        case Precision.WEEK if (last - first).days == _WEEK:
            return f"in the week of {span_text(first, last)}"
    return _between_text(first, last)


def _between_text(first: date, last: date) -> str:
    """``between 3 and 9 January 2020``, ``3 or 4 January 2020``: once, in these days; what both share is said once."""
    if (first.year, first.month) == (last.year, last.month):
        begin = f"{first.day}"
    else:
        begin = f"{first.day} {first:%B}" if first.year == last.year else day_text(first)
    if (last - first).days == 1:
        return f"{begin} or {day_text(last)}"
    return f"between {begin} and {day_text(last)}"


def _start_text(when: When, first: date) -> str:
    """The beginning of an open range, as fine as its EDTF says."""
    start = when.edtf.split("/")[0].strip("~?%")
    if len(start) == len("2020"):
        return f"{first.year}"
    return f"{first:%B} {first.year}" if len(start) == len("2020-01") else day_text(first)


def why_text(
    when: When, told: Callable[[str], str] = lambda _: "", teller: str = "The article"
) -> str:
    """Why this date, in one sentence.

    Args:
        told: says what an anchor ``mention:ID`` or ``event:ID`` stands for, with its date; empty when unknown.
        teller: whose words the phrase is.
    """
    phrase = f"“{when.phrase}”" if when.phrase else ""
    if when.earliest is None and when.latest is None:
        return (
            f"No article says when: {phrase} alone gives no date."
            if phrase
            else "No article says when."
        )
    anchor = _anchor_text(when.anchor, told)
    # Bounds that other events set: the phrase, if there is one, is not what gave them.
    if _is_bounded(when):
        return f"The day is not given: its limits come from what is told of {anchor or 'the events around it'}."
    if when.precision is Precision.WINDOW and when.basis is Basis.RELATIVE:
        return f"The day is not given: {phrase or 'it'} is counted from {anchor or 'what is told before'}."
    if when.basis is Basis.CONTEXT and not phrase and (around := _around(when)):
        return f"{teller} gives no day: {around}."
    return _reason(when.basis, phrase, anchor, teller)


def _around(when: When) -> str:
    """What a sentence without a date is dated by: the story that it stands in, or the news that it is."""
    kind, _, value = when.anchor.partition(":")
    if kind == "publication":
        return f"it tells this as news, and was published on {_date_or_text(value)}"
    if kind == "timex" and when.latest:
        return f"it tells this after what happened on {_date_or_text(value)}, and was published on {day_text(when.latest)}"
    return ""


def _is_bounded(when: When) -> bool:
    from_event = when.anchor.startswith(("event:", "mention:"))
    return when.basis is Basis.RELATIVE and from_event and not when.shift.strip("<>")


def _reason(basis: Basis, phrase: str, anchor: str, teller: str) -> str:
    match basis:
        case Basis.EXPLICIT:
            return f"{teller} says {phrase}." if phrase else f"{teller} gives the date."
        case Basis.RELATIVE:
            source = f"counted from {anchor or 'what is told before'}."
            return f"{teller} says {phrase}, {source}" if phrase else _capital(source)
        case Basis.CONTEXT:
            named = f" ({phrase})" if phrase else ""
            return f"The sentence gives no date of its own: it goes with what is told just before{named}."
        case Basis.MERGED:
            return "This passage gives no date: others on the same event do."
    return (
        f"Reckoned from {anchor}." if anchor else "Reckoned from what the articles tell around it."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _anchor_text(anchor: str, told: Callable[[str], str]) -> str:
    kind, _, value = anchor.partition(":")
    if kind == "publication":
        return f"the publication date {_date_or_text(value)}" if value else "the publication date"
    if kind == "timex":
        return f"{_date_or_text(value)}, named before"
    return told(anchor) if value else ""


def _date_or_text(value: str) -> str:
    try:
        return day_text(date.fromisoformat(value))
    except ValueError:
        return value


def casualty_text(casualty: Casualty) -> str:
    """``25 killed``, ``at least 12 killed``, ``3–5 wounded``, ``14–18+ killed``, ``some displaced``."""
    low, high, kind = casualty.low, casualty.high, casualty.kind.value
    if low is None and high is None:
        return f"some {kind}"
    if low is None or high is None:
        return f"at least {low:,} {kind}" if low is not None else f"up to {high:,} {kind}"
    about = "about " if casualty.approximate else ""
    more = "+" if casualty.open_ended else ""
    return f"{about}{low:,} {kind}" if low == high else f"{about}{low:,}–{high:,}{more} {kind}"


def published_text(basis: PublishedBasis, note: str) -> str:
    """How the publication date is known; an inferred one says from what."""
    return note[:1].lower() + note[1:] or _PUBLISHED[basis]


def counted(number: int, thing: str) -> str:
    """``1 event``, ``1,200 events``."""
    return f"{number:,} {thing}" + ("" if number == 1 else "s")
