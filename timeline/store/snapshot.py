"""Reads a chronology folder, checked as a whole when it is opened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from timeline.errors import QueryError, SnapshotError
from timeline.gazetteer.folding import core_of
from timeline.model import Actor, Document, Event, EventMention
from timeline.paths import MANIFEST
from timeline.serialise import from_row, load
from timeline.store.earlier import Version, read_earlier
from timeline.store.query import EventFilter, conditions
from timeline.store.schema import COLUMNS, SCHEMA_VERSION, TABLES

_TRIES = 20
_REMEMBERED = 2000
"""Events of a snapshot that are kept as objects."""
_REBUILD = "build it again with `python -m timeline build SOURCE… --out DIR`"


class Snapshot:
    """A chronology, opened for reading. Threads may share it.

    All of it is read at once: a later build that takes its place on the disk changes nothing here.
    """

    def __init__(
        self,
        tables: dict[str, pa.Table],
        manifest: dict[str, Any],
        earlier: tuple[Version, ...] = (),
    ) -> None:
        self._database = duckdb.connect(":memory:")
        for name, table in tables.items():
            self._database.register(f"{name}_arrow", table)
            self._database.execute(f"CREATE TABLE {name} AS SELECT * FROM {name}_arrow")
            self._database.unregister(f"{name}_arrow")
        self._actors = _read_actors(tables["actors"])
        self._names = _name_index(self._actors.values())
        self.manifest = manifest
        self.version: str = manifest["data_version"]
        self.earlier = earlier
        """The versions before this one, the oldest first."""
        # Events never change, and every visitor asks for the same few hundred: reading them was a third of a click.
        self._event: Callable[[str], Event] = lru_cache(maxsize=_REMEMBERED)(partial(load, Event))

    def events(self, query: EventFilter | None = None) -> list[Event]:
        """The events that pass the filter, by earliest day, then id; undated ones last.

        Raises:
            QueryError: an unknown actor, type or status, or a window that ends before it begins.
        """
        clause, values = self._where(query)
        rows = self._rows(
            f"SELECT json FROM events WHERE {clause} ORDER BY first NULLS LAST, event_id", values
        )
        return [self._event(text) for (text,) in rows]

    def event(self, event_id: str) -> Event | None:
        """The event of that id."""
        rows = self._rows("SELECT json FROM events WHERE event_id = ?", (event_id,))
        return self._event(rows[0][0]) if rows else None

    def event_ids(self, query: EventFilter) -> list[str]:
        """The ids alone of what `events` finds, in no order."""
        clause, values = self._where(query)
        return [
            event_id
            for (event_id,) in self._rows(f"SELECT event_id FROM events WHERE {clause}", values)
        ]

    def mentions(self, doc_id: str = "") -> list[EventMention]:
        """All mentions, or those of one document, in reading order; also those that no event took up."""
        rows = self._rows(
            "SELECT json FROM mentions WHERE doc_id = ? OR ? = '' ORDER BY doc_id, \"start\", mention_id",
            (doc_id, doc_id),
        )
        return [load(EventMention, text) for (text,) in rows]

    def document(self, doc_id: str) -> Document | None:
        """The document of that id."""
        found = self._documents("WHERE doc_id = ?", (doc_id,))
        return found[0] if found else None

    def documents(self) -> list[Document]:
        """All documents, by name."""
        return self._documents("ORDER BY doc, doc_id", ())

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

    def _documents(self, tail: str, values: tuple[Any, ...]) -> list[Document]:
        names = COLUMNS["documents"].names
        rows = self._rows(f"SELECT {', '.join(names)} FROM documents {tail}", values)
        return [from_row(Document, dict(zip(names, row, strict=True))) for row in rows]

    def _rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        # A cursor of its own for each query: DuckDB connections are not to be shared between threads.
        with self._database.cursor() as cursor:
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


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns


def _opened(folder: Path) -> Snapshot:
    manifest = _read_manifest(folder)
    tables = {name: _read_table(folder, name, manifest) for name in TABLES}
    return Snapshot(tables, manifest, read_earlier(folder))


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


def _read_table(folder: Path, name: str, manifest: dict[str, Any]) -> pa.Table:
    try:
        content = (folder / f"{name}.parquet").read_bytes()
    except OSError as error:
        raise _broken(folder, f"{name}.parquet is missing") from error
    if hashlib.sha256(content).hexdigest() != manifest["files"].get(name, {}).get("sha256"):
        raise _broken(folder, f"{name}.parquet is not what the manifest says (half copied?)")
    try:
        # Not read_table: that imports pandas, a third of a second of every start.
        table = pq.ParquetFile(pa.BufferReader(content)).read()
    except pa.ArrowException as error:
        raise _broken(folder, f"{name}.parquet is not a Parquet file") from error
    if table.num_rows != manifest["counts"].get(name) or table.schema.names != COLUMNS[name].names:
        raise _broken(folder, f"{name}.parquet does not hold what the manifest says")
    return table


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
