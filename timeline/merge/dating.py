"""When an event happened: the best supported of its mentions' dates, bounded by what it follows and what follows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from timeline.edtf import format_window, shift_day
from timeline.merge.traits import FOREVER, Days, is_vague
from timeline.model import Basis, EventMention, Modality, Precision, When

UNDATED = When()
_SUPPORT = {Basis.EXPLICIT: 3.0, Basis.RELATIVE: 2.5, Basis.MERGED: 1.0, Basis.CONTEXT: 1.0}
_LONGEST_WINDOW = 62
"""Days: bounds further apart than this tell too little to be shown as a date."""
_SHARPNESS = ((1, 1.0), (31, 0.8), (366, 0.5))
_MONTH = 31
_OPEN: Days = (0, FOREVER)


@dataclass(frozen=True, slots=True)
class Edge:
    """`later` follows `earlier` (indices of events), as the mention says."""

    later: int
    earlier: int
    mention_id: str


@dataclass(frozen=True, slots=True)
class Bounded:
    """Dates after propagation, by event, and the edges that contradict them."""

    whens: tuple[When, ...]
    contradictions: tuple[Edge, ...]


def is_counted(when: When) -> bool:
    """Counted from another mention whose date is not known yet."""
    return when.anchor.startswith("mention:")


def days_of(when: When) -> Days:
    """First and last day as ordinals; open ends are 0 and `FOREVER`."""
    first = when.earliest.toordinal() if when.earliest else 0
    return first, (when.latest.toordinal() if when.latest else FOREVER)


def is_dated(when: When) -> bool:
    """Whether it tells at least one bound of its own."""
    return (when.earliest is not None or when.latest is not None) and not is_counted(when)


def is_firm(when: When) -> bool:
    """Told with the event, and not loosely: "on Friday", not "last week", not the date of the sentence before."""
    return is_dated(when) and when.basis is not Basis.CONTEXT and not is_vague(when)


def best_when(mentions: Sequence[EventMention]) -> When:
    """The best supported date among the mentions of one event, cut to what all that agree with it leave."""
    dated = [mention for mention in mentions if is_dated(mention.when)]
    pool = [mention for mention in dated if is_firm(mention.when)] or dated
    if not pool:
        return UNDATED
    chosen = _going_on(_best(pool), pool)
    if _goes_on(chosen) or not is_firm(chosen):
        return chosen
    days = days_of(chosen)
    for mention in pool:
        if not _goes_on(mention.when):
            days = _cut(days, days_of(mention.when))
    return chosen if days == days_of(chosen) else _window(days, chosen.basis, chosen.anchor, chosen)


def _going_on(chosen: When, pool: Sequence[EventMention]) -> When:
    """What began in October, and of which another passage says that it goes on since October, goes on. Not
    of years: "since the 2003 invasion" does not say that the invasion goes on."""
    same = [item for item in pool if item.when.ongoing and item.when.earliest == chosen.earliest]
    days = days_of(chosen)
    begun = same and not _goes_on(chosen) and days[1] - days[0] <= _MONTH
    return min(same, key=_founded).when if begun else chosen


def _goes_on(when: When) -> bool:
    return when.ongoing or when.precision is Precision.RANGE


def _best(pool: Sequence[EventMention]) -> When:
    """Most support from distinct documents first, then the narrowest, then the best founded, then the earliest."""
    support: dict[tuple[Days, bool], float] = {}
    by_document: dict[tuple[Days, bool], dict[str, float]] = defaultdict(dict)
    for mention in pool:
        key = days_of(mention.when), _goes_on(mention.when)
        weights = by_document[key]
        weight = _SUPPORT.get(mention.when.basis, 0.5) * mention.confidence * _sharpness(key[0])
        weights[mention.doc_id] = max(weights.get(mention.doc_id, 0.0), weight)
    for key in by_document:
        agreeing = (other for other in by_document if _agree(key, other))
        support[key] = sum(sum(by_document[other].values()) for other in agreeing)
    best = min(support, key=lambda key: (-round(support[key], 6), key[0][1] - key[0][0], key))
    tellers = [item for item in pool if (days_of(item.when), _goes_on(item.when)) == best]
    return min(tellers, key=_founded).when


def _sharpness(days: Days) -> float:
    """What a date says: a day more than a month, a month more than a year, "by Sunday" little."""
    length = days[1] - days[0]
    return next((factor for most, factor in _SHARPNESS if length <= most), 0.2)


def _founded(mention: EventMention) -> tuple[float, float, str, int, str]:
    weight = _SUPPORT.get(mention.when.basis, 0.5)
    return -weight, -mention.confidence, mention.doc, mention.start, mention.mention_id


def _agree(a: tuple[Days, bool], b: tuple[Days, bool]) -> bool:
    """Overlapping dates support each other; "since October" does not support a day in November."""
    return a[1] == b[1] and a[0][0] <= b[0][1] and b[0][0] <= a[0][1]


def _cut(a: Days, b: Days) -> Days:
    first, last = max(a[0], b[0]), min(a[1], b[1])
    return (first, last) if first <= last else a


def _window(days: Days, basis: Basis, anchor: str, told: When) -> When:
    """Once, somewhere in these days."""
    first, last = date.fromordinal(days[0]), date.fromordinal(days[1])
    single = first == last
    return When(
        edtf=first.isoformat() if single else format_window(first, last),
        earliest=first,
        latest=last,
        precision=Precision.DAY if single else Precision.WINDOW,
        basis=basis,
        phrase=told.phrase,
        phrase_span=told.phrase_span,
        anchor=anchor,
        rule=told.rule or "merge.bounds",
    )


def counted_from(told: When, anchor: When, event_id: str) -> When | None:
    """A date counted from another event's ("a day later"); None where that has none, or the shift no length."""
    if not is_dated(anchor) or anchor.earliest is None or anchor.latest is None:
        return None
    if not told.shift or told.shift in "<>" or _goes_on(anchor):
        return None
    first, last = shift_day(anchor.earliest, told.shift), shift_day(anchor.latest, told.shift)
    days = first.toordinal(), last.toordinal()
    return replace(_window(days, Basis.RELATIVE, f"event:{event_id}", told), shift=told.shift)


def resolve_counted(
    mentions: Iterable[EventMention],
    event_of: Mapping[str, int],
    whens: Sequence[When],
    event_ids: Sequence[str],
) -> dict[str, When]:
    """mention_id -> date, for the mentions that count from an event which now has a date."""
    resolved = {}
    for mention in mentions:
        anchor = mention.when.anchor.removeprefix("mention:")
        event = event_of.get(anchor) if is_counted(mention.when) else None
        if event is not None and event != event_of.get(mention.mention_id):
            when = counted_from(mention.when, whens[event], event_ids[event])
            if when is not None:
                resolved[mention.mention_id] = when
    return resolved


def find_edges(
    clusters: Sequence[Sequence[EventMention]], event_of: Mapping[str, int]
) -> tuple[Edge, ...]:
    """The order of events as their mentions tell it; pairs told both ways are left out."""
    edges: dict[tuple[int, int], Edge] = {}
    for index, mentions in enumerate(clusters):
        for mention in mentions:
            for other, mine_is_later in _order_told(mention):
                event = event_of.get(other)
                if event is not None and event != index:
                    pair = (index, event) if mine_is_later else (event, index)
                    edges.setdefault(pair, Edge(*pair, mention.mention_id))
    return tuple(edges[pair] for pair in sorted(edges) if (pair[1], pair[0]) not in edges)


def _order_told(mention: EventMention) -> Iterable[tuple[str, bool]]:
    for other in mention.follows:
        yield other, True
    if is_counted(mention.when):
        yield (
            mention.when.anchor.removeprefix("mention:"),
            not mention.when.shift.startswith(("-", "<")),
        )


def propagate(
    whens: Sequence[When],
    edges: Sequence[Edge],
    event_ids: Sequence[str],
    ceilings: Sequence[int],
) -> Bounded:
    """Bounds handed along the edges to a fixed point. `ceilings`: the last day each event can lie on, by publication.

    What goes on bounds from below only. An edge that would leave an event no day is a contradiction: it bounds nothing.
    """
    own = [days_of(when) if is_firm(when) else _OPEN for when in whens]
    days = [_cut(mine, (0, ceiling)) for mine, ceiling in zip(own, ceilings, strict=True)]
    givers: list[dict[str, int]] = [{} for _ in whens]
    contradictions: set[Edge] = set()
    changed = True
    while changed:
        changed = False
        for edge in edges:
            if edge in contradictions:
                continue
            if days[edge.later][1] < days[edge.earlier][0]:
                contradictions.add(edge)
                continue
            changed |= _hand_on(edge, days, givers, whens)
    dated = tuple(
        _bounded(when, days[i], own[i], givers[i], event_ids) for i, when in enumerate(whens)
    )
    return Bounded(dated, tuple(sorted(contradictions, key=lambda e: (e.later, e.earlier))))


def _hand_on(
    edge: Edge, days: list[Days], givers: list[dict[str, int]], whens: Sequence[When]
) -> bool:
    later, earlier = edge.later, edge.earlier
    changed = False
    if days[earlier][0] > days[later][0] and not _goes_on(whens[later]):
        days[later] = days[earlier][0], days[later][1]
        givers[later]["first"] = earlier
        changed = True
    if days[later][1] < days[earlier][1] and not _goes_on(whens[earlier]):
        days[earlier] = days[earlier][0], days[later][1]
        givers[earlier]["last"] = later
        changed = True
    return changed


def _bounded(
    when: When, days: Days, own: Days, givers: Mapping[str, int], event_ids: Sequence[str]
) -> When:
    """The date as told where it fits within its bounds, else the bounds, where they say enough."""
    if not givers or _goes_on(when):
        return when
    if is_firm(when):
        if days == own or days[0] == 0 or days[1] == FOREVER:
            return when
    elif is_dated(when) and days[0] <= days_of(when)[0] and days_of(when)[1] <= days[1]:
        return when
    if days[0] == 0 or days[1] - days[0] > _LONGEST_WINDOW:
        told = days_of(when)
        outside = told[1] < days[0] or days[1] < told[0]
        return UNDATED if outside and not is_firm(when) else when
    giver = givers.get("first", givers.get("last", 0))
    # "Last week" gave way to the bounds: it is not what the window was reckoned from.
    reason = replace(when, rule="") if is_firm(when) else UNDATED
    return _window(days, Basis.RELATIVE, f"event:{event_ids[giver]}", reason)


def ceiling(mentions: Sequence[EventMention], published: Mapping[str, date | None]) -> int:
    """The last day on which it can have happened: that of the first article that asserts it."""
    days = [
        day.toordinal()
        for mention in mentions
        if mention.modality is Modality.ASSERTED and (day := published.get(mention.doc_id))
    ]
    return min(days, default=FOREVER)
