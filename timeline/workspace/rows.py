"""What a workspace keeps, and how: in columns what it is looked for by, the rest packed."""

from __future__ import annotations

import pickle
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from timeline.model import Analysis, EventMention


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A resolved mention as it is kept."""

    day: int
    """That it is looked for under, a proleptic ordinal."""
    telling: bool
    """Whether it tells an incident, and is no remark."""
    actors: tuple[str, ...]
    """Ids of those who take part."""
    firm: Sequence[int]
    loose: Sequence[int]
    vague: Sequence[int]
    """What it shares with those that it may be merged with, see `timeline.merge.Keys`."""
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """An article as it is kept, once it is known who acts in it."""

    doc_id: str
    article: bytes
    mentions: tuple[Told, ...]
    dated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An event of a block, as it is kept."""

    event_id: str
    first: str
    """Its first day; ``~``, which comes after all, if it has none."""
    body: bytes | None
    """None: not worth showing; its mentions are spoken for."""
    mention_ids: tuple[str, ...]
    told: int
    """How many of these tell an incident."""


def pack(value: object) -> bytes:
    """Pickled, which JSON is not as fast as: nobody but this build can have written what it reads back."""
    return zlib.compress(pickle.dumps(value, protocol=5), level=1)


def unpack(body: bytes) -> Any:
    """What was packed."""
    return pickle.loads(zlib.decompress(body))


PackedAnalysis = tuple[bytes, tuple[bytes, ...]]


@lru_cache(maxsize=64)
def unpack_analysis(packed: PackedAnalysis) -> Analysis:
    """What was packed. The last ones are remembered: one article dates many."""
    article, mentions = packed
    found: Analysis = unpack(article)
    return replace(found, mentions=tuple(in_text_order(map(unpack, mentions))))


def in_text_order(mentions: Iterable[EventMention]) -> list[EventMention]:
    """By where they begin."""
    return sorted(mentions, key=lambda mention: (mention.start, mention.mention_id))


def row_of(doc_id: str, told: Told) -> tuple[object, ...]:
    """The columns of the table ``told`` after its number."""
    actors = "\n".join(told.actors)
    keys = to_blob(told.firm), to_blob(told.loose), to_blob(told.vague)
    return (doc_id, told.day, told.telling, actors, *keys, told.body)


def to_blob(numbers: Sequence[int]) -> bytes:
    """Numbers of 64 bits in the order of this machine's bytes."""
    return array("q", numbers).tobytes()


def from_blob(blob: bytes) -> Sequence[int]:
    """The numbers of a blob."""
    return array("q", blob)
