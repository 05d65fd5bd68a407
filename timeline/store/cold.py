"""What is looked up one by one among a million: long texts, kept packed, and the rows of ids."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
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
        self._ends: list[npt.NDArray[np.int64]] = []
        file = pq.ParquetFile(pa.BufferReader(content))
        held: list[bytes] = []
        for batch in file.iter_batches(batch_size=_AT_ONCE, columns=[column]):
            for text in batch.column(0):
                held.append(text.as_buffer().to_pybytes())
                if len(held) == _BLOCK:
                    self._pack(held)
                    held = []
        if held:
            self._pack(held)
        self._block: Callable[[int], bytes] = lru_cache(_REMEMBERED)(self._unpacked)

    def __getitem__(self, row: int) -> str:
        number, at = divmod(row, _BLOCK)
        ends = self._ends[number]
        start = int(ends[at - 1]) if at else 0
        return self._block(number)[start : int(ends[at])].decode()

    def _pack(self, texts: Sequence[bytes]) -> None:
        joined = b"".join(texts)
        self._blocks.append(pa.Codec(_CODEC).compress(joined, asbytes=True))
        self._sizes.append(len(joined))
        self._ends.append(np.cumsum([len(text) for text in texts]))

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
