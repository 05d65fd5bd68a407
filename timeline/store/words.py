"""Search in titles and passages: an index of all words, which finds the beginning of a phrase in a million texts at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


class Words:
    """All words of a column of folded texts (`schema.fold`), and where each stands.

    A place is the number of a word, counted through all texts; words are kept in the order of the alphabet, so that those
    that begin alike lie side by side.
    """

    def __init__(self, texts: pa.Array) -> None:
        pieces = pc.split_pattern(texts, " ")
        self._ends = np.cumsum(pc.list_value_length(pieces).to_numpy(zero_copy_only=False))
        encoded = pc.list_flatten(pieces).dictionary_encode()
        order = pc.sort_indices(encoded.dictionary).to_numpy()
        self._vocabulary = encoded.dictionary.take(pa.array(order)).cast(pa.binary())
        rank = np.empty(len(order), dtype=np.uint32)
        rank[order] = np.arange(len(order), dtype=np.uint32)
        self._codes = codes = rank[encoded.indices.to_numpy()]
        self._places = _sorted_by(codes)
        self._starts = np.concatenate(
            [[0], np.cumsum(np.bincount(codes, minlength=len(order)))]
        ).astype(np.int64)

    def holding(self, terms: Iterable[str]) -> Mask:
        """Texts that hold all of the terms: words in a row, of which the last may go on."""
        found = np.ones(len(self._ends), dtype=bool)
        for term in terms:
            found &= self._holding(term.split(" "))
        return found

    def _holding(self, words: list[str]) -> Mask:
        ranges = [self._being(word) for word in words[:-1]] + [self._beginning(words[-1])]
        # The rarest word says where to look; whether the others stand about it is then read off.
        at = min(range(len(ranges)), key=lambda i: int(np.diff(self._starts[list(ranges[i])])[0]))
        places = self._between(*ranges[at])
        for other, (first, last) in enumerate(ranges):
            if other != at:
                beside = places + (other - at)
                inside = (beside >= 0) & (beside < len(self._codes))
                codes = self._codes[np.where(inside, beside, 0)]
                places = places[inside & (codes >= first) & (codes < last)]
        mask = np.zeros(len(self._ends), dtype=bool)
        mask[np.searchsorted(self._ends, places, side="right")] = True
        return mask

    def _being(self, word: str) -> tuple[int, int]:
        """The word's code and the one behind it; twice the same where no text has it."""
        at = self._at(word.encode())
        known = at < len(self._vocabulary) and self._vocabulary[at].as_py() == word.encode()
        return at, at + known

    def _beginning(self, start: str) -> tuple[int, int]:
        """The codes of all words that begin so, as a range."""
        # No word has the byte 0xFF: all that begin so come before it.
        return self._at(start.encode()), self._at(start.encode() + b"\xff")

    def _between(self, first: int, last: int) -> Places:
        return self._places[self._starts[first] : self._starts[last]].astype(np.int64)

    def _at(self, word: bytes) -> int:
        return bisect_left(self._vocabulary, word, key=lambda one: one.as_py())


def _sorted_by(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """The places in the order of their codes, by two passes over half of the bits: numpy sorts short numbers by radix."""
    order = np.argsort((codes & 0xFFFF).astype(np.uint16), kind="stable").astype(np.uint32)
    high = (codes >> 16).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")] if high.any() else order
