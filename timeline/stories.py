"""Cuts an archive into blocks of mentions that can be merged by themselves, however many articles a day it has.

Mentions that share a key may be one event. The keys are gone through from the rarest on, and who shares one goes into
one block, as long as that does not grow past its bound: so what is cut in the end is what half the archive has in
common, and not what tells one event. Smaller groups that lie near each other in time fill a block together.
Only numbers are in memory: some twenty bytes a mention.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

_Numbers = npt.NDArray[np.int64]
_NOBODY = -1


class Groups:
    """Union-find over mentions, by their place in an order, whose groups do not grow past a bound."""

    def __init__(self, days: Sequence[int], telling: Sequence[int], most: int) -> None:
        """`days`: when each mention is looked for; `telling`: 1 for each that tells an incident, of which a group
        holds at most so many. The others join none: they go where the telling one goes that they have most to do with."""
        self._days, self._telling, self._most = days, telling, most
        self._parent = array("q", range(len(days)))
        self._size = array("q", telling)
        self._follows = array("q", [_NOBODY]) * len(days)

    def unite(self, members: Iterable[int], *, firm: bool = False) -> None:
        """Bring together who shares a key: each with the next in time, that where not all can be, neighbours are.
        Firmly: whatever the bound."""
        members = sorted(members, key=lambda number: (self._days[number], number))
        told = [number for number in members if self._telling[number]]
        for one, other in pairwise(told):
            self._join(one, other, firm)
        if told and len(told) < len(members):
            self._attach(members, told)

    def _attach(self, members: Sequence[int], told: Sequence[int]) -> None:
        days = [self._days[number] for number in told]
        for number in members:
            if not self._telling[number] and self._follows[number] == _NOBODY:
                place = min(bisect_left(days, self._days[number]), len(told) - 1)
                self._follows[number] = told[place]

    def _join(self, one: int, other: int, firm: bool) -> None:
        a, b = self._root(one), self._root(other)
        if a == b or (self._size[a] + self._size[b] > self._most and not firm):
            return
        if (self._size[a], -a) < (self._size[b], -b):
            a, b = b, a
        self._parent[b] = a
        self._size[a] += self._size[b]

    def _root(self, number: int) -> int:
        parent = self._parent
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return number

    def blocks(self) -> _Numbers:
        """The block of each mention, numbered in the order of their days; -1 for those that have nothing to do with any."""
        count = len(self._days)
        if not count:
            return np.zeros(0, dtype=np.int64)
        roots = np.fromiter(map(self._root, range(count)), np.int64, count)
        telling = np.array(self._telling, dtype=bool)
        blocks = np.full(count, _NOBODY, dtype=np.int64)
        blocks[telling] = self._packed(roots[telling])[roots[telling]]
        follows = np.array(self._follows, dtype=np.int64)
        blocks[follows != _NOBODY] = blocks[follows[follows != _NOBODY]]
        return blocks

    def _packed(self, roots: _Numbers) -> _Numbers:
        """Group -> block. Groups that fill more than half a block have it for themselves."""
        groups = np.unique(roots)
        sizes = np.array(self._size, dtype=np.int64)[groups]
        first = np.full(len(self._days), np.iinfo(np.int64).max)
        days = np.array(self._days, dtype=np.int64)[np.array(self._telling, dtype=bool)]
        np.minimum.at(first, roots, days)
        order = np.lexsort((groups, first[groups]))
        packed = np.full(len(self._days), _NOBODY, dtype=np.int64)
        filled, block, last = self._most, -1, -1
        for group, size in zip(groups[order].tolist(), sizes[order].tolist(), strict=True):
            if 2 * size > self._most:
                last += 1
                packed[group] = last
                continue
            if filled + size > self._most:
                last += 1
                block, filled = last, 0
            packed[group] = block
            filled += size
        return packed


def cut(
    days: Sequence[int],
    telling: Sequence[int],
    shared: Iterator[tuple[bool, Sequence[int]]],
    most: int,
) -> _Numbers:
    """The block of each mention. `shared`: (firm?, numbers of the mentions that share a key), the rarest key first."""
    groups = Groups(days, telling, most)
    for firm, members in shared:
        groups.unite(members, firm=firm)
    return groups.blocks()
