"""Mentions of all documents merged into events: cluster, date by each other, cluster again with the new dates, tell."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from timeline.merge.clusters import Group, canonical_order, find_clusters, make_nodes
from timeline.merge.context import Context, Remembered, make_context
from timeline.merge.dating import (
    UNDATED,
    Edge,
    best_when,
    ceiling,
    find_edges,
    is_dated,
    propagate,
    resolve_counted,
)
from timeline.merge.disagreement import disagreements_of
from timeline.merge.entries import trigger_of
from timeline.merge.facts import (
    actors_of,
    confidence_of,
    place_of,
    salience_of,
    source_count,
    status_of,
    type_of,
)
from timeline.merge.passing import attach_passing
from timeline.merge.taking_up import take_up
from timeline.merge.titles import title_of
from timeline.merge.tolls import casualties_of
from timeline.merge.traits import passage_key
from timeline.model import (
    Actor,
    Analysis,
    Basis,
    Event,
    EventMention,
    EventType,
    Modality,
    Precision,
    When,
)

if TYPE_CHECKING:
    from timeline.gazetteer import Gazetteer

_TELLING = frozenset({Modality.ASSERTED, Modality.PLANNED, Modality.ALLEGED, Modality.DENIED})
_ROUNDS = 3
"""Clustering and dating by each other settle in two rounds; the third is for chains ("a day later … two days later")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Clusters of telling mentions (in canonical order), each with its id, its date, and the order among them."""

    clusters: tuple[Group, ...]
    event_ids: tuple[str, ...]
    whens: tuple[When, ...]
    edges: tuple[Edge, ...]
    contradictions: tuple[Edge, ...]


def merge_mentions(
    analyses: Sequence[Analysis], actors: Sequence[Actor], gazetteer: Gazetteer | None
) -> tuple[Event, ...]:
    """Events of all articles, sorted by first day (undated last), then id.

    Mentions that tell an incident are clustered into events. What is told in passing, possible or demanded adds its
    passage to an event that it clearly means, and no fact. The order of `analyses` and of their mentions is of no
    consequence; copies of an article change nothing but the mentions and the count of sources.
    """
    with _uncollected():
        return _merge(make_context(analyses, actors, gazetteer), analyses)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Merging makes no cycles, and to find none the collector would walk through millions of objects again and again."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _merge(context: Context, analyses: Sequence[Analysis]) -> tuple[Event, ...]:
    mentions = [mention for analysis in analyses for mention in analysis.mentions]
    telling = [mention for mention in mentions if is_telling(mention)]
    dated = date_clusters(telling, context)
    passing = [mention for mention in mentions if not is_telling(mention)]
    attached = attach_passing(passing, dated.clusters, context)
    events = (
        _event(dated, index, attached.get(index, ()), context)
        for index in range(len(dated.clusters))
    )
    return tuple(sorted(events, key=_by_date))


def _by_date(event: Event) -> tuple[date, str]:
    return event.when.earliest or event.when.latest or date.max, event.event_id


def is_telling(mention: EventMention) -> bool:
    """Whether a mention tells of one incident, done, planned, alleged or denied: only these make events."""
    if not mention.incident or mention.modality not in _TELLING:
        return False
    if mention.event_type is not EventType.STATEMENT:
        return True
    speaks = any(item.actor_id for item in mention.arguments)
    return speaks and mention.when.precision in (Precision.DAY, Precision.TIME)


def date_clusters(mentions: Sequence[EventMention], context: Context) -> Dated:
    """Clusters of mentions, dated by one another to a fixed point."""
    told = list(mentions)
    linked = any(mention.follows for mention in told)
    before, asked = Remembered(), None
    dated = _date(_clusters(told, context, {}, before), context)
    for _ in range(_ROUNDS):
        event_of = _event_of(dated.clusters)
        # What is counted from another event is counted anew each round, for that event may be better dated by now.
        counted = resolve_counted(told, event_of, dated.whens, dated.event_ids)
        if (not counted and not linked) or (event_of, counted) == asked:
            break  # the next round would be this one again
        asked = event_of, counted
        current = [
            replace(m, when=counted[m.mention_id]) if m.mention_id in counted else m for m in told
        ]
        dated = _date(_clusters(current, context, event_of, before), context)
    return dated


def _clusters(
    mentions: Iterable[EventMention],
    context: Context,
    event_of: Mapping[str, int],
    before: Remembered,
) -> tuple[Group, ...]:
    nodes = make_nodes(mentions, context, event_of, before)
    return tuple(
        _in_order((mention for node in cluster for mention in nodes.groups[node]), context)
        for cluster in take_up(nodes, find_clusters(nodes))
    )


def _event_of(clusters: Sequence[Group]) -> dict[str, int]:
    return {mention.mention_id: index for index, group in enumerate(clusters) for mention in group}


def _date(clusters: tuple[Group, ...], context: Context) -> Dated:
    event_of = _event_of(clusters)
    event_ids = tuple(_event_id(group, context) for group in clusters)
    edges = find_edges(clusters, event_of)
    published = {name: item.document.published for name, item in context.documents.items()}
    bounded = propagate(
        tuple(best_when(_without_copies(group)) for group in clusters),
        edges,
        event_ids,
        tuple(ceiling(group, published) for group in clusters),
    )
    return Dated(
        clusters=clusters,
        event_ids=event_ids,
        whens=bounded.whens,
        edges=edges,
        contradictions=bounded.contradictions,
    )


def _without_copies(group: Group) -> Group:
    """The first of each passage: what is copied has no more votes than its original."""
    first: dict[str, EventMention] = {}
    for mention in group:
        first.setdefault(passage_key(mention), mention)
    return tuple(first.values())


def _event_id(group: Group, context: Context) -> str:
    """That of a passage which tells it first. Articles that are published later, or copy it, leave it as it is."""
    return min(
        (canonical_order(context.documents[item.doc_id].document, item)[0], passage_key(item))
        for item in group
    )[1]


def _event(dated: Dated, index: int, attached: Sequence[EventMention], context: Context) -> Event:
    whole, when, event_id = dated.clusters[index], dated.whens[index], dated.event_ids[index]
    group = _without_copies(whole)
    kind, mode = type_of(group)
    status, sources = status_of(group, when), source_count(whole, context)
    place = place_of(group, context)
    worth = {mention.mention_id: _worth(mention) for mention in group}
    contradicted = [
        (edge, dated.whens[edge.earlier].edtf)
        for edge in dated.contradictions
        if edge.later == index and dated.whens[edge.earlier].edtf
    ]
    return Event(
        event_id=event_id,
        title=title_of(group, status, place, context),
        event_type=kind,
        mode=mode,
        status=status,
        when=when,
        actors=actors_of(group, context),
        place=place,
        casualties=casualties_of(group, context),
        salience=salience_of(group, kind, when, sources, worth),
        confidence=confidence_of(group, when, sources, status),
        mentions=tuple(
            _filled(mention, when, event_id) for mention in _in_order((*whole, *attached), context)
        ),
        sources=sources,
        disagreements=disagreements_of(whole, context, contradicted),
        follows=tuple(
            sorted({dated.event_ids[edge.earlier] for edge in dated.edges if edge.later == index})
        ),
    )


def _worth(mention: EventMention) -> float:
    trigger = trigger_of(mention)
    return trigger.salience if trigger else 0.5


def _in_order(mentions: Iterable[EventMention], context: Context) -> Group:
    def key(mention: EventMention) -> tuple[int, str, int, str]:
        return canonical_order(context.documents[mention.doc_id].document, mention)

    return tuple(sorted(mentions, key=key))


def _filled(mention: EventMention, when: When, event_id: str) -> EventMention:
    """An undated mention takes the date of its event."""
    if is_dated(mention.when) or when == UNDATED:
        return mention
    merged = replace(
        when,
        basis=Basis.MERGED,
        phrase=mention.when.phrase,
        phrase_span=mention.when.phrase_span,
        anchor=f"event:{event_id}",
        shift="",
    )
    return replace(mention, when=merged)
