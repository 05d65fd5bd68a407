"""Which articles are copies of one text: reprinted, syndicated, cut or lightly edited. Copies corroborate nothing.

Candidates come from MinHash and locality-sensitive hashing (Broder 1997; Indyk and Motwani 1998), so that an archive
is not compared pair by pair; each candidate is then compared in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from rensa import RMinHash, RMinHashLSH

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


def find_copies(documents: Iterable[Document]) -> Mapping[str, str]:
    """For each copy, the ``doc_id`` of the first published of its kind (of the same day: the first by name).

    Originals are left out. Does not depend on the order of the documents; takes time linear in their number, and in
    that of copies of one text quadratic.
    """
    ordered = sorted(documents, key=_by_date)
    first = list(range(len(ordered)))

    def root(place: int) -> int:
        while first[place] != place:
            first[place] = place = first[first[place]]
        return place

    for one, other in _pairs(ordered):
        low, high = sorted((root(one), root(other)))
        first[high] = low
    found = ((place, root(place)) for place in range(len(ordered)))
    return {ordered[at].doc_id: ordered[whole].doc_id for at, whole in found if at != whole}


def _by_date(document: Document) -> tuple[date, str, str]:
    return document.published or date.max, document.doc, document.doc_id


def _pairs(documents: Sequence[Document]) -> Iterator[tuple[int, int]]:
    """Places of documents of which the later is a copy of the earlier, or the other way round."""
    index = RMinHashLSH(threshold=0.3, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    for place, document in enumerate(documents):
        shingles = _shingles(document)
        if not shingles:
            continue
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update(list(shingles))
        for other in index.query(sketch):
            if _are_copies(shingles, _shingles(documents[other])):
                yield other, place
        index.insert(place, sketch)


def _shingles(document: Document) -> set[str]:
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
