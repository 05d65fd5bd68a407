"""What is looked up one by one among a million: long texts, kept packed, and the rows of ids."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

Rows = npt.NDArray[np.int64]

_BLOCK = 32
"""Texts that are packed together: more would save memory, fewer would save the time of looking one up."""
_REMEMBERED = 256
"""Blocks that are kept unpacked."""
_AT_ONCE = 20_000
_CODEC = "zstd"


class ColdTexts:
    """A column of long texts, packed in blocks; a text is unpacked, with its neighbours, when it is asked for."""

    def __init__(self, content: pa.Buffer, column: str) -> None:
        """Packs a column of a Parquet file that `content` holds."""
        self._blocks: list[bytes] = []
        self._sizes: list[int] = []
        self._starts: list[int] = []
        """The first row of each block: those at the end of a batch may be short."""
        self._ends: list[npt.NDArray[np.int64]] = []
        file = pq.ParquetFile(pa.BufferReader(content))
        for batch in file.iter_batches(batch_size=_AT_ONCE, columns=[column]):
            array = batch.column(0).cast(pa.large_binary())
            for start in range(0, len(array), _BLOCK):
                self._pack(array.slice(start, _BLOCK))
        self._block: Callable[[int], bytes] = lru_cache(_REMEMBERED)(self._unpacked)

    def __getitem__(self, row: int) -> str:
        number = bisect_right(self._starts, row) - 1
        at, ends = row - self._starts[number], self._ends[number]
        start = int(ends[at - 1]) if at else 0
        return self._block(number)[start : int(ends[at])].decode()

    def _pack(self, texts: pa.LargeBinaryArray) -> None:
        _, offsets, content = texts.buffers()
        ends = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
        size = int(ends[-1] - ends[0])
        joined = (content or pa.py_buffer(b"")).slice(int(ends[0]), size)
        self._blocks.append(pa.Codec(_CODEC).compress(joined, asbytes=True))
        self._sizes.append(size)
        self._starts.append(self._starts[-1] + len(self._ends[-1]) if self._starts else 0)
        self._ends.append(ends[1:] - ends[0])

    def _unpacked(self, number: int) -> bytes:
        size = self._sizes[number]
        return bytes(pa.Codec(_CODEC).decompress(self._blocks[number], size, asbytes=True))


class Ids:
    """The row of each of many ids: a sorted column, and a search in it. Less than a tenth of what a dict takes."""

    def __init__(self, ids: pa.Array, rows: Rows | None = None) -> None:
        """`rows`: beside `ids`; by default their own positions."""
        order = pc.sort_indices(ids)
        self._sorted = ids.take(order)
        places = order.to_numpy().astype(np.int64)
        self._rows = places if rows is None else rows[places]

    def __len__(self) -> int:
        return len(self._sorted)

    def __iter__(self) -> Iterator[str]:
        return (one.as_py() for one in self._sorted)

    def row(self, wanted: str) -> int | None:
        """The row of that id; None if it is not there."""
        at = bisect_left(self._sorted, wanted, key=lambda one: one.as_py())
        if at < len(self._sorted) and self._sorted[at].as_py() == wanted:
            return int(self._rows[at])
        return None
