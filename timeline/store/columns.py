"""The events of a snapshot as arrays, one row an event: what a dashboard counts, filters and orders a million by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from timeline.store.cold import Ids, Rows

Days = npt.NDArray[np.int32]
"""Ordinals of days (`date.toordinal`); 0 where there is none."""
Mask = npt.NDArray[np.bool_]

_EPOCH = 719_163
"""Ordinal of 1 January 1970, from which Parquet counts its days."""
_AT_ONCE = 20_000
_SHAPE = (
    '{"when": {"ongoing": "BOOLEAN"},'
    ' "actors": [{"actor_id": "VARCHAR", "name": "VARCHAR", "role": "VARCHAR"}],'
    ' "place": {"name": "VARCHAR"},'
    ' "mentions": [{"mention_id": "VARCHAR", "doc_id": "VARCHAR"}], "follows": ["VARCHAR"]}'
)
_INSIDE = f"""
SELECT coalesce(it.when.ongoing, false) AS ongoing, it.place.name AS place,
    list_transform(it.actors, lambda actor: actor.actor_id) AS actor_ids,
    list_transform(it.actors, lambda actor: actor.name) AS actor_names,
    list_transform(it.actors, lambda actor: actor.role) AS roles,
    list_transform(it.mentions, lambda mention: mention.mention_id) AS mention_ids,
    it.mentions[1].doc_id AS first_doc, it.follows AS follows
FROM (SELECT json_transform(json, '{_SHAPE}') AS it FROM part)
"""


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """What events have of one kind: none, one or several values each. `rows` and `codes` lie beside each other."""

    names: tuple[str, ...]
    rows: Rows
    codes: Rows
    """Positions in `names`."""

    def only(self, kept: Mask) -> Values:
        """Those pairs alone that `kept`, beside them, names."""
        return Values(self.names, self.rows[kept], self.codes[kept])


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Arrays over the events, by earliest day, then id; undated ones last."""

    first: Days
    last: Days
    """The last day that the event may touch; an open end is its other end."""
    ongoing: Mask
    vague: Mask
    """Whether it lies on more than one day."""
    salience: npt.NDArray[np.float64]
    types: Values
    statuses: Values
    places: Values
    articles: Values
    first_articles: Values
    """The article of the first passage."""
    actors: Values
    """Ids of those who take part, without what they belong to."""
    actor_names: Values
    """Beside `actors`, pair by pair."""
    roles: Values
    """Beside `actors`, pair by pair."""
    mentions: Ids
    """The event of each mention that one took up."""
    follows: Values
    """Ids of the events that they follow."""


def read_columns(table: pa.Table, content: pa.Buffer, order: pa.Array) -> Columns:
    """The columns of a snapshot's events.

    Args:
        table: the narrow columns of `events`, in `order`.
        content: the Parquet file of `events`.
        order: rows of the file, in the order of the events.
    """
    inside = _read_inside(content).take(order)
    earliest, latest = (_days(table[name]) for name in ("earliest", "latest"))
    first = np.where(earliest > 0, earliest, latest)
    last = np.where(latest > 0, latest, earliest)
    actors = _several(inside["actor_ids"])
    return Columns(
        first=first,
        last=last,
        ongoing=_numpy(inside["ongoing"]),
        vague=first != last,
        salience=_numpy(table["salience"]),
        types=_one(table["event_type"]),
        statuses=_one(table["status"]),
        places=_one(inside["place"]),
        articles=_several(table["doc_ids"]),
        first_articles=_one(inside["first_doc"]),
        actors=actors,
        actor_names=_several(inside["actor_names"]),
        roles=_several(inside["roles"]),
        mentions=_ids(inside["mention_ids"]),
        follows=_several(inside["follows"]),
    )


def _read_inside(content: pa.Buffer) -> pa.Table:
    """What lies within the JSON of the events, in the order of the file."""
    with duckdb.connect(":memory:") as database:
        database.execute("SET enable_progress_bar = false")
        return pa.concat_tables(_inside_parts(content, database))


def _inside_parts(content: pa.Buffer, database: duckdb.DuckDBPyConnection) -> Iterator[pa.Table]:
    file = pq.ParquetFile(pa.BufferReader(content))
    yield _inside(file.schema_arrow.empty_table().select(["json"]), database)
    for batch in file.iter_batches(batch_size=_AT_ONCE, columns=["json"]):
        yield _inside(pa.Table.from_batches([batch]), database)


def _inside(part: pa.Table, database: duckdb.DuckDBPyConnection) -> pa.Table:
    database.register("part", part)
    return database.sql(_INSIDE).to_arrow_table()


def _numpy(column: pa.ChunkedArray) -> npt.NDArray[Any]:
    found: npt.NDArray[Any] = column.to_numpy()
    return found


def _days(column: pa.ChunkedArray) -> Days:
    numbers = pc.fill_null(column.cast(pa.int32()), -_EPOCH)
    return np.asarray(_numpy(numbers) + _EPOCH, dtype=np.int32)


def _one(column: pa.ChunkedArray) -> Values:
    array = _whole(column)
    rows = np.flatnonzero(np.asarray(array.is_valid()))
    return _coded(array.drop_null(), rows)


def _several(column: pa.ChunkedArray) -> Values:
    array = _whole(column)
    return _coded(pc.list_flatten(array), pc.list_parent_indices(array).to_numpy().astype(np.int64))


def _ids(column: pa.ChunkedArray) -> Ids:
    array = _whole(column)
    return Ids(pc.list_flatten(array), pc.list_parent_indices(array).to_numpy().astype(np.int64))


def _whole(column: pa.ChunkedArray) -> pa.Array:
    array = column.combine_chunks()
    return array.chunk(0) if isinstance(array, pa.ChunkedArray) else array


def _coded(values: pa.Array, rows: Rows) -> Values:
    encoded = values.dictionary_encode()
    order = pc.sort_indices(encoded.dictionary)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order.to_numpy()] = np.arange(len(order))
    names = encoded.dictionary.take(order).to_pylist()
    return Values(tuple(names), rows, rank[encoded.indices.to_numpy()])


def joined(names: tuple[str, ...], parts: Iterable[tuple[Rows, Rows]]) -> Values:
    """Rows and codes of several parts, taken as one; a pair that is in more than one of them is in once."""
    pairs = [rows * len(names) + codes for rows, codes in parts]
    unique = np.unique(np.concatenate(pairs)) if pairs else np.zeros(0, dtype=np.int64)
    return Values(names, unique // max(len(names), 1), unique % max(len(names), 1))
