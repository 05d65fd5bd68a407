"""Articles and events by their ids, read out of the snapshot when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from timeline.dashboard.details import Sources
from timeline.dashboard.index import Index
from timeline.model import Document
from timeline.store import Snapshot

Value = TypeVar("Value")
_REMEMBERED = 200
"""Articles that are kept as objects."""


class Found(Mapping[str, Value]):
    """A mapping that looks up each value, and holds none."""

    def __init__(self, find: Callable[[str], Value | None], size: int) -> None:
        self._find = find
        self._size = size

    def __getitem__(self, key: str) -> Value:
        found = self._find(key)
        if found is None:
            raise KeyError(key)
        return found

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[str]:
        raise TypeError("there may be a million: look up those that are wanted")


def index_sources(snapshot: Snapshot, index: Index) -> Sources:
    """The sources of a chronology."""
    mentions = snapshot.columns.mentions

    def event_of(mention_id: str) -> str | None:
        row = mentions.row(mention_id)
        return None if row is None else snapshot.events_at([row])[0].event_id

    document: Callable[[str], Document | None] = lru_cache(_REMEMBERED)(snapshot.document)
    return Sources(
        documents=Found(document, snapshot.document_count()),
        events=Found(snapshot.event, len(snapshot)),
        actors={actor_id: actor.name for actor_id, actor in snapshot.actors().items()},
        event_of=Found(event_of, len(mentions)),
        followers=index.followers,
        told_by=index.told_by,
    )
