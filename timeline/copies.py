"""Which articles are copies of one text: reprinted, syndicated, cut or lightly edited. Copies corroborate nothing.

Candidates come from MinHash and locality-sensitive hashing (Broder 1997; Indyk and Motwani 1998), so that an archive
is not compared pair by pair; each candidate is then compared in full. Of each document a sketch of 400 bytes is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from timeline.model import Document

_WORD = re.compile(r"\w+")
_SHINGLE = 5
"""Words that must stand in the same order: two reporters hardly ever write five alike."""
_PERMUTATIONS, _BANDS = 128, 64
"""Pairs that share 0.3 of their shingles are found 998 times in 1,000, those that share 0.02 25 times."""
_SEED = 1
_CONTAINED = 0.7
"""Share of the shorter one's shingles that the longer one holds, from which on it is a copy."""
_FEWEST = 20
"""Shingles of a text below which only an equal one is its copy: short notices resemble each other."""
_DOUBT = 4.0
"""Standard deviations by which a sketch may be wrong: what is further off is not compared in full."""

Order = tuple[int, str, str]
"""Day of publication (a proleptic ordinal), name, id: the first of several copies is the original."""
_Floats = npt.NDArray[np.float64]
Shingles = Callable[[str], set[str]]
"""The shingles of the document of an id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is remembered of one document."""

    size: int
    """How many shingles it has."""
    bands: bytes
    lows: bytes


def sketch_of(document: Document) -> Sketch | None:
    """The sketch of a document; None for one without words, which has no copies."""
    shingles = shingles_of(document)
    if not shingles:
        return None
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(list(shingles))
    values = np.array(sketch.digest(), dtype=np.uint32)
    rows = values.reshape(_BANDS, -1)
    return Sketch(
        size=len(shingles),
        bands=np.array([crc32(row.tobytes()) for row in rows], dtype=np.uint32).tobytes(),
        lows=values.astype(np.uint8).tobytes(),
    )


@dataclass(slots=True)
class Sketches:
    """What is remembered of each document to find its copies."""

    orders: list[Order] = field(default_factory=list)
    _sizes: list[int] = field(default_factory=list)
    _bands: bytearray = field(default_factory=bytearray)
    _lows: bytearray = field(default_factory=bytearray)

    def add(self, order: Order, sketch: Sketch) -> None:
        """Remember a document by its sketch."""
        self.orders.append(order)
        self._sizes.append(sketch.size)
        self._bands += sketch.bands
        self._lows += sketch.lows

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs of places that may be copies, those of one bucket after each other; some more than once."""
        bands = np.frombuffer(self._bands, dtype=np.uint32).reshape(-1, _BANDS)
        lows = np.frombuffer(self._lows, dtype=np.uint8).reshape(-1, _PERMUTATIONS)
        sizes = np.array(self._sizes, dtype=np.float64)
        for band in bands.T:
            for bucket in _buckets(band):
                for at, place in enumerate(bucket[:-1]):
                    others = bucket[at + 1 :]
                    alike = (lows[others] == lows[place]).mean(axis=1)
                    for other in others[alike >= _least_alike(sizes[place], sizes[others])]:
                        yield int(place), int(other)


def _buckets(band: npt.NDArray[np.uint32]) -> Iterator[npt.NDArray[np.int64]]:
    """Places with equal values, where there are several."""
    order = np.argsort(band, kind="stable")
    cuts = np.flatnonzero(np.diff(band[order])) + 1
    starts, ends = np.append(0, cuts), np.append(cuts, len(order))
    for first, end in zip(starts[ends - starts > 1], ends[ends - starts > 1], strict=True):
        yield order[first:end]


def _least_alike(size: float, sizes: _Floats) -> _Floats:
    """Share of equal permutations below which texts of these sizes are no copies, as good as surely."""
    shorter, longer = np.minimum(size, sizes), np.maximum(size, sizes)
    common = _CONTAINED * shorter
    jaccard = common / (shorter + longer - common)
    least: _Floats = jaccard - _DOUBT * np.sqrt(jaccard * (1 - jaccard) / _PERMUTATIONS)
    return least


def find_copies(documents: Iterable[Document]) -> Mapping[str, str]:
    """For each copy, the ``doc_id`` of the first published of its kind (of the same day: the first by name).

    Originals are left out. Does not depend on the order of the documents.
    """
    sketches, texts = Sketches(), {}
    for document in documents:
        if sketch := sketch_of(document):
            sketches.add(_order_of(document), sketch)
        texts[document.doc_id] = document
    return copies_among(sketches, lambda doc_id: shingles_of(texts[doc_id]))


def copies_among(sketches: Sketches, shingles: Shingles) -> Mapping[str, str]:
    """As `find_copies`, of documents that were sketched before; reads those again that may be copies.

    Takes time linear in the number of documents and of copies, but for what shares a bucket by chance.
    """
    read = lru_cache(maxsize=256)(shingles)
    orders = sketches.orders
    first = list(range(len(orders)))

    def root(place: int) -> int:
        while first[place] != place:
            first[place] = place = first[first[place]]
        return place

    for one, other in sketches.candidates():
        a, b = root(one), root(other)
        if a != b and _are_copies(read(orders[one][2]), read(orders[other][2])):
            low, high = sorted((a, b), key=orders.__getitem__)
            first[high] = low
    found = ((place, root(place)) for place in range(len(orders)))
    return {orders[at][2]: orders[whole][2] for at, whole in found if at != whole}


def _order_of(document: Document) -> Order:
    return (document.published or date.max).toordinal(), document.doc, document.doc_id


def shingles_of(document: Document) -> set[str]:
    """Every five words of its prose that follow one another."""
    words = _WORD.findall(_prose(document).casefold())
    if len(words) < _SHINGLE:
        return {" ".join(words)} if words else set()
    return {" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}


def _prose(document: Document) -> str:
    """The text without furniture: a site's menu is on all of its pages."""
    pieces, position = [], 0
    for start, end in document.furniture:
        pieces.append(document.text[position:start])
        position = max(position, end)
    return " ".join([*pieces, document.text[position:]])


def _are_copies(one: set[str], other: set[str]) -> bool:
    shorter = min(len(one), len(other))
    if shorter < _FEWEST:
        return one == other
    return len(one & other) >= _CONTAINED * shorter
