"""What there is to choose from in a filter, with counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nlargest
from typing import Any

from timeline.model import Actor

MOST_ACTORS = 400
"""Actors to choose from; any other is found by whoever types the name in full."""
MOST_OPTIONS = 200
"""Places and articles to choose from."""
MOST_ALIASES = 12


def named_options(
    name: Callable[[Iterable[str]], Mapping[str, str]],
    counts: Mapping[str, int],
    chosen: Sequence[str],
) -> list[dict[str, Any]]:
    """What is chosen, and of the others the most frequent; `name` names those that are shown."""
    ids = nlargest(MOST_OPTIONS, {*counts, *chosen}, lambda i: (i in chosen, counts.get(i, 0)))
    names = name(ids)
    ids.sort(key=lambda i: (i not in chosen, -counts.get(i, 0), names.get(i, i)))
    return [{"id": i, "name": names.get(i, i), "count": counts.get(i, 0)} for i in ids]


def actor_options(
    actors: Mapping[str, Actor], counts: Mapping[str, int], chosen: Sequence[str]
) -> list[dict[str, Any]]:
    """Who is chosen, and of the others the most frequent."""
    ids = nlargest(MOST_ACTORS, {*counts, *chosen}, lambda i: (i in chosen, counts.get(i, 0)))
    found = sorted(
        (actors[actor_id] for actor_id in ids if actor_id in actors),
        key=lambda actor: (-counts.get(actor.actor_id, 0), actor.name),
    )
    return [
        {
            "id": actor.actor_id,
            "name": actor.name,
            "count": counts.get(actor.actor_id, 0),
            "aliases": list(actor.aliases[:MOST_ALIASES]),
            "kind": actor.kind.value.replace("_", " "),
        }
        for actor in found
    ]


def options(
    kinds: Iterable[Any],
    labels: Mapping[Any, str],
    counts: Mapping[Any, int],
    chosen: Sequence[str],
) -> list[dict[str, Any]]:
    """The kinds that occur or are chosen, the most frequent first."""
    present: Callable[[Any], bool] = lambda kind: bool(counts.get(kind)) or kind.value in chosen  # noqa: E731
    return [
        {"id": kind.value, "name": labels[kind], "count": counts.get(kind, 0)}
        for kind in sorted(filter(present, kinds), key=lambda kind: -counts.get(kind, 0))
    ]
