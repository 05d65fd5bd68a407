"""Mentions that make no event of their own (told in passing, possible, demanded) find the event that they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import reduce

from timeline.merge.blocking import blocks_of
from timeline.merge.clusters import Group
from timeline.merge.context import Context
from timeline.merge.evidence import conflict, evidence
from timeline.merge.joining import join
from timeline.merge.traits import Traits, traits_of
from timeline.merge.wording import load_rules
from timeline.model import EventMention

_TELLING = frozenset(
    {
        "the same victim",
        "the same day",
        "the same number of casualties",
        "the same recipient",
        "the same actor",
    }
)
_CROWDED = 200


def attach_passing(
    passing: Sequence[EventMention], clusters: Sequence[Group], context: Context
) -> Mapping[int, tuple[EventMention, ...]]:
    """Cluster -> the passing mentions that mean it. A mention that could mean several means none of them clearly: it
    goes to the best, and only where something more than its wording speaks for it."""
    if not passing:
        return {}
    wholes = [_whole(group, context, index) for index, group in enumerate(clusters)]
    index: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, whole in enumerate(wholes):
        for key in blocks_of(whole):
            index[key].append(number)
    attached: dict[int, list[EventMention]] = defaultdict(list)
    for mention in passing:
        traits = traits_of(mention, context, len(clusters))
        found = {n for key in blocks_of(traits) for n in index.get(key, ())[:_CROWDED]}
        best = _best(traits, sorted(found), wholes)
        if best is not None:
            attached[best].append(mention)
    return {number: tuple(mentions) for number, mentions in attached.items()}


def _whole(group: Group, context: Context, index: int) -> Traits:
    return reduce(join, (traits_of(mention, context, index) for mention in group))


def _best(traits: Traits, candidates: Sequence[int], wholes: Sequence[Traits]) -> int | None:
    least = load_rules().thresholds["attach"]
    scored = []
    for number in candidates:
        if conflict(traits, wholes[number]):
            continue
        reasons = list(evidence(traits, wholes[number]))
        total = sum(weight for _, weight in reasons)
        if total >= least and any(reason in _TELLING for reason, _ in reasons):
            scored.append((-round(total, 6), wholes[number].key, number))
    return min(scored)[2] if scored else None
