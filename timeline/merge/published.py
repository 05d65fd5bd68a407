"""The publication date of an undated article, from the events that it shares with dated ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from timeline.gazetteer import load_gazetteer
from timeline.merge.clusters import find_clusters, make_nodes
from timeline.merge.context import Context, make_context
from timeline.merge.dating import best_when, is_firm
from timeline.merge.events import is_telling
from timeline.model import Analysis, EventMention, Modality, Precision, When

_DAY = frozenset({Precision.DAY, Precision.TIME})
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CONSISTENT, _AFTER, _BEFORE, _FAR = 3.0, 1.0, -2.0, 0.25
_LATEST = 7
"""Days: a weekday without a date is one of the last seven."""


@dataclass(frozen=True, slots=True)
class Shared:
    """An event of a dated article that the undated one tells, too; its weekday as the undated article names it."""

    day: date
    weekday: int | None
    trigger: str
    documents: int


def infer_published(
    undated: Sequence[Analysis], dated: Sequence[Analysis]
) -> Mapping[str, tuple[date, str]]:
    """doc_id -> (date, one sentence on what it was reckoned from). Articles that share no event are left out.

    The day is chosen on which most shared events lie in the past, on the weekdays that the article gives them, and from
    which all weekdays that it names are nearest.
    """
    found = {}
    for analysis in undated:
        shared = tuple(_shared(analysis, dated))
        day = _best_day(shared, tuple(_weekdays(analysis)))
        if day is not None:
            found[analysis.document.doc_id] = day, _note(day, shared)
    return found


def _shared(analysis: Analysis, dated: Sequence[Analysis]) -> Iterator[Shared]:
    gazetteer = load_gazetteer()
    context = make_context([*dated, analysis], tuple(gazetteer.actors.values()), gazetteer)
    mentions = [item for one in (*dated, analysis) for item in one.mentions if is_telling(item)]
    nodes = make_nodes(mentions, context, {})
    for cluster in find_clusters(nodes):
        group = [mention for node in cluster for mention in nodes.groups[node]]
        own = [item for item in group if item.doc_id == analysis.document.doc_id]
        others = [item for item in group if item.doc_id != analysis.document.doc_id]
        when = best_when(others)
        asserted = any(item.modality is Modality.ASSERTED for item in own)
        day = _day_of(when)
        if asserted and day:
            yield _as_shared(own, others, day, context)


def _day_of(when: When) -> date | None:
    """The day that dated articles give; of "by Sunday", that Sunday."""
    if not is_firm(when) or when.ongoing:
        return None
    if when.precision in _DAY:
        return when.earliest
    return when.latest if when.earliest is None else None


def _as_shared(
    own: Sequence[EventMention], others: Sequence[EventMention], day: date, context: Context
) -> Shared:
    weekdays = {
        weekday
        for mention in own
        if mention.when.phrase_span
        and (weekday := context.weekdays.get((mention.doc_id, mention.when.phrase_span[0])))
    }
    named = day.isoweekday() if day.isoweekday() in weekdays else next(iter(sorted(weekdays)), None)
    first = min(own, key=lambda item: (not item.when.phrase, item.start))
    return Shared(day, named, first.trigger, len({item.doc_id for item in others}))


def _weekdays(analysis: Analysis) -> Iterator[int]:
    for timex in analysis.timexes:
        if timex.value.startswith("XXXX-WXX-") and timex.value[-1].isdigit():
            yield int(timex.value[-1])


def _best_day(shared: Sequence[Shared], weekdays: Sequence[int]) -> date | None:
    """The day with the most support, the earliest of equals; None where too little speaks for any."""
    certain = [item for item in shared if item.weekday == item.day.isoweekday()]
    if not certain and len(shared) < 2:
        return None
    days = {item.day + timedelta(days=ahead) for item in shared for ahead in range(_LATEST)}
    return max(sorted(days), key=lambda day: _support(day, shared, weekdays))


def _support(day: date, shared: Sequence[Shared], weekdays: Sequence[int]) -> float:
    total = 0.0
    for item in shared:
        ago = (day - item.day).days
        if item.weekday == item.day.isoweekday():
            total += _CONSISTENT if 0 <= ago < _LATEST else _BEFORE
        else:
            total += _AFTER if ago >= 0 else _BEFORE
    named = set(weekdays)
    total -= _FAR * sum((day.isoweekday() - weekday) % _LATEST for weekday in named)
    if not named and shared:
        total -= _FAR * abs((day - max(item.day for item in shared)).days)
    return round(total, 6)


def _note(day: date, shared: Sequence[Shared]) -> str:
    """ "Reckoned from the vote of Sunday, 5 January 2020, which 3 dated articles report.\""""
    past = [item for item in shared if item.day <= day] or list(shared)
    best = max(
        past, key=lambda item: (item.weekday == item.day.isoweekday(), item.day, item.documents)
    )
    name = f"{_NAMES[best.day.weekday()]}, {best.day.day} {best.day:%B %Y}"
    articles = (
        "a dated article reports"
        if best.documents == 1
        else f"{best.documents} dated articles report"
    )
    return f"Reckoned from the {best.trigger} of {name}, which {articles}."
