"""The traits of a cluster, from those of its members."""

from __future__ import annotations

from dataclasses import replace

from timeline.merge.traits import Days, Traits


def join(a: Traits, b: Traits) -> Traits:
    """The traits of a cluster that holds the members of both."""
    return replace(
        a,
        key=min(a.key, b.key),
        types=a.types | b.types,
        words=a.words | b.words,
        families=a.families | b.families,
        agents=a.agents.join(b.agents),
        patients=a.patients.join(b.patients),
        victims=a.victims | b.victims,
        places=a.places | b.places,
        countries=a.countries | b.countries,
        tolls=a.tolls | b.tolls,
        firm=_meet_all(a.firm, b.firm),
        soft=_meet(a.soft, b.soft),
        spans=a.spans or b.spans,
        weekday=a.weekday | b.weekday,
        planned=a.planned or b.planned,
        done=a.done or b.done,
        denied=a.denied or b.denied,
        nodes=a.nodes | b.nodes,
        apart=a.apart | b.apart,
        published=min(a.published, b.published),
        told=min(a.told, b.told),
    )


def _meet_all(a: tuple[Days, ...], b: tuple[Days, ...]) -> tuple[Days, ...]:
    """The days in both; where they have none in common, the claims of both."""
    if not a or not b:
        return a or b
    common = {(max(x[0], y[0]), min(x[1], y[1])) for x in a for y in b if _overlaps(x, y)}
    return tuple(sorted(common or {*a, *b}))


def _overlaps(x: Days, y: Days) -> bool:
    return x[0] <= y[1] and y[0] <= x[1]


def _meet(a: Days | None, b: Days | None) -> Days | None:
    """The days in both; where there are none, the shorter of the two, the earlier of equals."""
    if a is None or b is None:
        return a or b
    first, last = max(a[0], b[0]), min(a[1], b[1])
    return (first, last) if first <= last else min(a, b, key=lambda days: (days[1] - days[0], days))
