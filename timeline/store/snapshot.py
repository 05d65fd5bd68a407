"""Reads a chronology folder, checked as a whole when it is opened."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from timeline.errors import QueryError, SnapshotError
from timeline.gazetteer.folding import core_of
from timeline.model import Actor, Document, Event, EventMention
from timeline.paths import MANIFEST
from timeline.serialise import from_row, load
from timeline.store.cold import ColdTexts, Ids
from timeline.store.columns import Columns, Mask, read_columns
from timeline.store.earlier import Version, read_earlier
from timeline.store.query import FOUND, EventFilter, conditions, terms
from timeline.store.schema import COLUMNS, SCHEMA_VERSION, TABLES
from timeline.store.words import Words

_TRIES = 20
_REMEMBERED = 2000
"""Events of a snapshot that are kept as objects."""
_SEARCHES = 64
"""Searches of which the rows are kept: their events are asked for again with each click."""
EVENT_COLUMNS = [name for name in COLUMNS["events"].names if name not in {"json", "search"}]
DOCUMENT_COLUMNS = [name for name in COLUMNS["documents"].names if name != "text"]
_REBUILD = "build it again with `python -m timeline build SOURCE… --out DIR`"


class Snapshot:
    """A chronology, opened for reading. Threads may share it.

    All of it is held, packed as on the disk: a later build that takes its place there changes nothing here. What is
    filtered by is unpacked at once; the words of a search when somebody first searches; objects when they are asked for.
    """

    def __init__(
        self,
        contents: Mapping[str, pa.Buffer],
        manifest: dict[str, Any],
        earlier: tuple[Version, ...] = (),
    ) -> None:
        self._contents = contents
        events = _columns(contents["events"], EVENT_COLUMNS)
        self._order = pc.sort_indices(events, [("first", "ascending"), ("event_id", "ascending")])
        self._narrow = events.take(self._order)
        documents = _columns(contents["documents"], DOCUMENT_COLUMNS)
        self._database = duckdb.connect(":memory:")
        self._database.execute("SET enable_progress_bar = false")
        self._load("events", self._narrow)
        self._load("documents", documents)
        self._ids = Ids(_array(self._narrow["event_id"]))
        self._doc_ids = Ids(_array(documents["doc_id"]))
        self._actors = _read_actors(_columns(contents["actors"], COLUMNS["actors"].names))
        self._names = _name_index(self._actors.values())
        self._lazy, self._searching = threading.RLock(), threading.RLock()
        self.manifest = manifest
        self.version: str = manifest["data_version"]
        self.earlier = earlier
        """The versions before this one, the oldest first."""
        # Events never change, and every visitor asks for the same few hundred: reading them was a third of a click.
        self._event: Callable[[int], Event] = lru_cache(maxsize=_REMEMBERED)(self._read_event)
        self._found: Callable[[str], Mask] = lru_cache(maxsize=_SEARCHES)(self._search)

    def __len__(self) -> int:
        """The number of events."""
        return len(self._ids)

    def events(self, query: EventFilter | None = None) -> list[Event]:
        """The events that pass the filter, by earliest day, then id; undated ones last.

        Raises:
            QueryError: an unknown actor, type or status, or a window that ends before it begins.
        """
        return self.events_at(self._rows_of(query))

    def events_at(self, rows: Iterable[int]) -> list[Event]:
        """The events of these rows of `columns`, in their order."""
        return [self._event(int(row)) for row in rows]

    def event(self, event_id: str) -> Event | None:
        """The event of that id."""
        row = self.row(event_id)
        return None if row is None else self._event(row)

    def row(self, event_id: str) -> int | None:
        """Where the event of that id lies in `columns`; None if there is none."""
        return self._ids.row(event_id)

    def holding(self, text: str) -> Mask:
        """Which events hold the words of a search (`EventFilter.text`), row by row of `columns`. Not to be changed."""
        return self._found(text)

    @property
    def columns(self) -> Columns:
        """The events as arrays. Read when first asked for."""
        with self._lazy:
            return self._columns

    def prepare(self) -> None:
        """Unpacks what the first visitor will ask for; the words of the first search meanwhile."""
        with self._lazy:
            _ = self._columns, self._event_texts
        threading.Thread(target=self.holding, args=("",), daemon=True).start()

    @cached_property
    def _columns(self) -> Columns:
        return read_columns(self._narrow, self._contents["events"], self._order)

    @cached_property
    def _words(self) -> Words:
        texts = _columns(self._contents["events"], ["search"]).take(self._order)
        return Words(_array(texts["search"]))

    @cached_property
    def _event_texts(self) -> ColdTexts:
        return ColdTexts(self._contents["events"], "json")

    @cached_property
    def _document_texts(self) -> ColdTexts:
        return ColdTexts(self._contents["documents"], "text")

    def mentions(self, doc_id: str = "") -> list[EventMention]:
        """All mentions, or those of one document, in reading order; also those that no event took up."""
        table = _columns(self._contents["mentions"], ["doc_id", "start", "mention_id", "json"])
        if doc_id:
            table = table.filter(pc.equal(table["doc_id"], doc_id))
        table = table.sort_by([(name, "ascending") for name in table.column_names[:3]])
        return [load(EventMention, text.as_py()) for text in table["json"]]

    def document(self, doc_id: str) -> Document | None:
        """The document of that id."""
        found = self._documents("WHERE row = ?", (self._doc_ids.row(doc_id),))
        return found[0] if found else None

    def documents(self) -> list[Document]:
        """All documents, by name."""
        return self._documents("ORDER BY doc, doc_id", ())

    def document_heads(self, doc_ids: Iterable[str]) -> dict[str, Document]:
        """Those documents by id, without their texts, which are long."""
        rows = [self._doc_ids.row(doc_id) for doc_id in doc_ids]
        clause = "WHERE row IN (SELECT unnest(?::BIGINT[]))"
        heads = self._documents(clause, (rows,), with_text=False)
        return {head.doc_id: head for head in heads}

    def first_documents(self, most: int) -> list[Document]:
        """The first `most` documents by name."""
        return self._documents("ORDER BY doc, doc_id LIMIT ?", (most,))

    def document_count(self) -> int:
        """The number of documents."""
        return len(self._doc_ids)

    def find_documents(self, name: str) -> list[str]:
        """Ids of the documents of that id or file name."""
        rows = self._rows("SELECT doc_id FROM documents WHERE doc_id = ? OR doc = ?", (name, name))
        return [doc_id for (doc_id,) in rows]

    def actors(self) -> dict[str, Actor]:
        """All actors by id."""
        return dict(self._actors)

    def actor_counts(self, query: EventFilter | None = None) -> dict[str, int]:
        """How many of the filtered events each actor, or a member of it, takes part in; most first."""
        clause, values = self._where(query)
        rows = self._rows(
            "SELECT actor_id, count(*) AS n FROM"
            f" (SELECT unnest(actor_ids) AS actor_id FROM events WHERE {clause})"
            " GROUP BY actor_id ORDER BY n DESC, actor_id",
            values,
            query.text if query else "",
        )
        return {actor_id: count for actor_id, count in rows if actor_id in self._actors}

    def extent(self) -> tuple[date, date] | None:
        """First and last day that any dated event may touch."""
        [(first, last)] = self._rows("SELECT min(first), max(coalesce(latest, first)) FROM events")
        return (first, last) if first else None

    def find_actor(self, name_or_alias: str) -> Actor | None:
        """The actor of that id, name or alias, whatever its case, accents and apostrophes.

        Where several bear the name, the one who takes part in most events.
        """
        if name_or_alias in self._actors:
            return self._actors[name_or_alias]
        found = self._names.get(_name_key(name_or_alias), ())
        if len(found) < 2:
            return self._actors[found[0]] if found else None
        counts = self.actor_counts()
        return self._actors[min(found, key=lambda actor_id: (-counts.get(actor_id, 0), actor_id))]

    def _where(self, query: EventFilter | None) -> tuple[str, tuple[Any, ...]]:
        query = query or EventFilter()
        return conditions(query, tuple(self._actor_id(name) for name in query.actors))

    def _actor_id(self, name: str) -> str:
        actor = self.find_actor(name)
        if actor is None:
            raise QueryError(
                f"no actor is called {name!r} here",
                remedy="use a name, an alias or an id, such as " + ", ".join(self._examples()),
            )
        return actor.actor_id

    def _examples(self) -> list[str]:
        return [self._actors[actor_id].name for actor_id in [*self.actor_counts()][:3]] or [
            "(none)"
        ]

    def _rows_of(self, query: EventFilter | None) -> list[int]:
        clause, values = self._where(query)
        sql = f"SELECT row FROM events WHERE {clause} ORDER BY row"
        return [row for (row,) in self._rows(sql, values, query.text if query else "")]

    def _read_event(self, row: int) -> Event:
        with self._lazy:
            texts = self._event_texts
        return load(Event, texts[self._order[row].as_py()])

    def _search(self, text: str) -> Mask:
        # A lock of its own: who searches nothing does not wait for the words.
        with self._searching:
            words = self._words
        return words.holding(terms(text))

    def _documents(
        self, tail: str, values: tuple[Any, ...], *, with_text: bool = True
    ) -> list[Document]:
        names = ["row", *DOCUMENT_COLUMNS]
        rows = self._rows(f"SELECT {', '.join(names)} FROM documents {tail}", values)
        return [self._document(dict(zip(names, row, strict=True)), with_text) for row in rows]

    def _document(self, columns: dict[str, Any], with_text: bool) -> Document:
        row = columns.pop("row")
        if not with_text:
            return from_row(Document, columns | {"text": ""})
        with self._lazy:
            texts = self._document_texts
        return from_row(Document, columns | {"text": texts[row]})

    def _load(self, name: str, table: pa.Table) -> None:
        table = table.append_column("row", pa.array(range(table.num_rows), pa.int64()))
        self._database.register("loaded", table)
        self._database.execute(f"CREATE TABLE {name} AS SELECT * FROM loaded")
        self._database.unregister("loaded")

    def _rows(
        self, sql: str, values: tuple[Any, ...] = (), text: str = ""
    ) -> list[tuple[Any, ...]]:
        # A cursor of its own for each query: DuckDB connections are not to be shared between threads.
        with self._database.cursor() as cursor:
            if text:
                cursor.register(FOUND, pa.table({"row": np.flatnonzero(self.holding(text))}))
            return cursor.execute(sql, values).fetchall()


def open_snapshot(path: Path | str) -> Snapshot:
    """Open a chronology folder and check that it is whole.

    Raises:
        SnapshotError: it is missing, half copied, corrupt or of another schema version.
    """
    folder = Path(path)
    for _ in range(_TRIES):
        before = _identity(folder)
        try:
            return _opened(folder)
        except SnapshotError:
            # Damaged, unless a build swapped in another folder while this one was read.
            if _identity(folder) == before:
                raise
    return _opened(folder)


def article_names(folder: Path) -> list[str]:
    """Short names of the articles of a chronology, in its order, without opening the rest of it."""
    names = pq.read_table(folder / "documents.parquet", columns=["doc"])["doc"]
    return [str(name) for name in names.to_pylist()]


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns


def _opened(folder: Path) -> Snapshot:
    manifest = _read_manifest(folder)
    contents = {name: _read_file(folder, name, manifest) for name in TABLES}
    return Snapshot(contents, manifest, read_earlier(folder))


def _read_manifest(folder: Path) -> dict[str, Any]:
    if not folder.exists():
        raise SnapshotError(
            "no chronology is there",
            where=str(folder),
            remedy=_REBUILD.replace(" it again", " one"),
        )
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        version = manifest["schema_version"]
    except OSError as error:
        raise SnapshotError(
            f"is not a chronology ({MANIFEST} cannot be read)", where=str(folder), remedy=_REBUILD
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise _broken(folder, f"{MANIFEST} is damaged") from error
    if version != SCHEMA_VERSION:
        raise SnapshotError(
            f"is of schema version {version}, and this program reads {SCHEMA_VERSION}",
            where=str(folder),
            remedy=_REBUILD,
        )
    if not _is_complete(manifest):
        raise _broken(folder, f"{MANIFEST} is damaged")
    return manifest


def _is_complete(manifest: dict[str, Any]) -> bool:
    kinds = {"data_version": str, "counts": dict, "files": dict, "failures": list}
    return all(isinstance(manifest.get(name), kind) for name, kind in kinds.items())


def _read_file(folder: Path, name: str, manifest: dict[str, Any]) -> pa.Buffer:
    try:
        content = (folder / f"{name}.parquet").read_bytes()
    except OSError as error:
        raise _broken(folder, f"{name}.parquet is missing") from error
    if hashlib.sha256(content).hexdigest() != manifest["files"].get(name, {}).get("sha256"):
        raise _broken(folder, f"{name}.parquet is not what the manifest says (half copied?)")
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
    except pa.ArrowException as error:
        raise _broken(folder, f"{name}.parquet is not a Parquet file") from error
    counted = file.metadata.num_rows == manifest["counts"].get(name)
    if not counted or file.schema_arrow.names != COLUMNS[name].names:
        raise _broken(folder, f"{name}.parquet does not hold what the manifest says")
    return pa.py_buffer(content)


def _columns(content: pa.Buffer, names: Sequence[str]) -> pa.Table:
    # Not read_table: that imports pandas, a third of a second of every start.
    return pq.ParquetFile(pa.BufferReader(content)).read(columns=list(names))


def _array(column: pa.ChunkedArray) -> pa.Array:
    array = column.combine_chunks()
    return array.chunk(0) if isinstance(array, pa.ChunkedArray) else array


def _broken(folder: Path, what: str) -> SnapshotError:
    return SnapshotError(
        what, where=str(folder), remedy=f"copy the whole folder again, or {_REBUILD}"
    )


def _read_actors(table: pa.Table) -> dict[str, Actor]:
    return {row["actor_id"]: from_row(Actor, row) for row in table.to_pylist()}


def _name_key(name: str) -> str:
    return " ".join(core_of(name))


def _name_index(actors: Iterable[Actor]) -> dict[str, tuple[str, ...]]:
    """Names to actors. An actor's own name goes before other actors' aliases."""
    index: dict[str, tuple[str, ...]] = {}
    ordered = list(actors)
    for actor in ordered:
        key = _name_key(actor.name)
        index[key] = (*index.get(key, ()), actor.actor_id)
    proper = set(index)
    for actor in ordered:
        for key in sorted({_name_key(alias) for alias in actor.aliases} - proper):
            index[key] = (*index.get(key, ()), actor.actor_id)
    return index
