"""Which mentions are compared at all: those that share a key, and in a crowded block the nearest in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import product
from typing import TypeVar

from timeline.merge.bonds import Pair
from timeline.merge.resemblance import Wording
from timeline.merge.traits import FOREVER, Days, Traits

_Named = TypeVar("_Named", int, str)
_WINDOW = 40
"""Neighbours that a node is compared with in a crowded block: keeps the whole near-linear."""
_UNDATED_DAYS = 45
"""How long before its publication an article is taken to tell of what it does not date."""
_YEAR = 366


def pairs_within(blocks: Iterable[list[int]], traits: Sequence[Traits]) -> set[Pair]:
    """Pairs of nodes that share a block and may lie on one day. Of a crowded block, each node meets those nearest to it in
    time."""
    spans = [_certain(one) for one in traits]
    ranks = _ranks(traits)
    pairs: set[Pair] = set()
    for members in blocks:
        block, reach = members, len(members)
        if reach > _WINDOW:
            block = sorted(members, key=ranks.__getitem__)
            reach = _WINDOW + 1
        for position, node in enumerate(block):
            first, last = spans[node]
            for other in block[position + 1 : position + reach]:
                from_day, to_day = spans[other]
                if first <= to_day and from_day <= last:
                    pairs.add((node, other) if node < other else (other, node))
    return pairs


def _ranks(traits: Sequence[Traits]) -> list[int]:
    """Where each node stands in time."""
    ranks = [0] * len(traits)
    order = sorted(range(len(traits)), key=lambda node: (_when(traits[node]), traits[node].key))
    for rank, node in enumerate(order):
        ranks[node] = rank
    return ranks


def _certain(traits: Traits) -> Days:
    """Days out of which it cannot lie: most pairs of a block need not be looked at further."""
    if not traits.firm or traits.victims:
        return 0, FOREVER
    return min(days[0] for days in traits.firm), max(days[1] for days in traits.firm)


def _when(traits: Traits) -> int:
    return traits.days[0] if traits.days else traits.published


def blocks_of(traits: Traits) -> Iterator[tuple[object, ...]]:
    """Keys under which a node is looked for: its kind of event with each thing that may identify it."""
    kinds = kinds_of(traits)
    months = list(months_of(traits))
    for kind in kinds:
        for victim in traits.victims:
            yield "victim", kind, victim
        for month in months:
            yield "month", kind, month
            for name in traits.agents.ids | traits.patients.ids:
                yield "party", kind, month, name
        for name in _telling(traits):
            yield "telling", kind, name
    for victim in traits.victims:
        yield "harmed", victim
    for toll in traits.tolls:
        if toll[1] == toll[2]:
            yield "toll", toll
    days = traits.days
    if days and days[0] == days[1]:
        for name in traits.agents.circle | traits.patients.circle:
            yield "day", days, name


def stories_of(
    traits: Traits, wording: Wording, terms: Sequence[str]
) -> Iterator[tuple[object, ...]]:
    """Keys of what is told without date or name: its kind of event with what its article is about."""
    kinds = (wording.lemma, *sorted(wording.stems), *sorted(wording.families))
    for month in months_of(traits):
        for kind, term in product(dict.fromkeys(kinds), terms):
            yield "story", kind, month, term


def _telling(traits: Traits) -> frozenset[str]:
    """Participants that are no states: few enough to be looked for at any time, as undated articles need."""
    agents, patients = traits.agents, traits.patients
    return (agents.ids - agents.states) | (patients.ids - patients.states)


def months_of(traits: Traits) -> Iterator[int]:
    """Months (as numbers) in which it may lie: those of its date, else those up to its publication. Of what is told to
    last for years, the first month and the last twelve before publication."""
    first, last = traits.days or (traits.published - _UNDATED_DAYS, traits.published)
    if last - first > _YEAR:
        last = max(first, min(last, traits.published))
        yield _month(first)
        first = max(first, last - _YEAR)
    yield from range(_month(first), _month(last) + 1)


@lru_cache(maxsize=4096)
def _month(day: int) -> int:
    known = date.fromordinal(min(max(day, 1), date.max.toordinal()))
    return known.year * 12 + known.month


def kinds_of(traits: Traits) -> frozenset[str]:
    return traits.families or traits.words | {str(kind) for kind in traits.types}


def in_order(a: _Named, b: _Named) -> tuple[_Named, _Named]:
    return (a, b) if a < b else (b, a)
