"""What a build has at hand while it goes on: on disk, so that memory does not grow with the archive.

Whatever order things come in, they are read back sorted: documents by name, mentions by the day that they tell of,
events by date. The file is of use to the build that made it, and to nobody after.
"""

from __future__ import annotations

import pickle
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from timeline.model import Analysis, Document, Event, EventMention

Key = tuple[int, str, str]
"""Where mentions of one day of one document stand: home day (proleptic ordinal), name and id of the document."""
Homes = Mapping[int, tuple[int, tuple[EventMention, ...]]]
"""Mentions of one document by home day, with how many of them tell an incident."""
_ENOUGH = 5_000
"""Documents among which those most like another are looked for."""
_TABLES = """
CREATE TABLE sources (doc TEXT, doc_id TEXT, published INTEGER, body BLOB);
CREATE TABLE copies (doc_id TEXT PRIMARY KEY, original TEXT) WITHOUT ROWID;
CREATE UNIQUE INDEX source ON sources (doc, doc_id);
CREATE TABLE articles (doc_id TEXT PRIMARY KEY, body BLOB);
CREATE TABLE told (home INTEGER, doc TEXT, doc_id TEXT, count INTEGER, body BLOB);
CREATE INDEX told_in_time ON told (home, doc, doc_id, count);
CREATE INDEX told_by ON told (doc_id);
CREATE TABLE acting (actor_id TEXT, doc_id TEXT, PRIMARY KEY (actor_id, doc_id)) WITHOUT ROWID;
CREATE TABLE events (first TEXT, event_id TEXT, body BLOB);
CREATE INDEX event ON events (first, event_id);
CREATE TABLE taken (mention_id TEXT PRIMARY KEY, event_id TEXT, block INTEGER) WITHOUT ROWID;
"""


class Workspace:
    """Documents, resolved mentions and events of one build."""

    def __init__(self, path: Path | None = None) -> None:
        """A new workspace in a file; in memory where none is named, which only small archives should be."""
        self._database = sqlite3.connect(path or ":memory:", isolation_level=None)
        # A workspace that was not finished is never opened again: nothing need survive a loss of power.
        self._database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
        self._database.execute("BEGIN")

    def close(self) -> None:
        self._database.close()

    # --- documents, as they were read ---

    def add_document(self, document: Document) -> None:
        """Add a document, or put it in the place of the one with its name and id."""
        row = (document.doc, document.doc_id, document.published is not None, _pack(document))
        self._database.execute("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?)", row)

    def drop_document(self, document: Document) -> None:
        """Forget a document that cannot be analysed."""
        where = "DELETE FROM sources WHERE doc = ? AND doc_id = ?"
        self._database.execute(where, (document.doc, document.doc_id))

    def documents(self) -> Iterator[Document]:
        """All documents by name, then id."""
        for (body,) in self._database.execute("SELECT body FROM sources ORDER BY doc, doc_id"):
            yield _unpack(body)

    def document_count(self) -> int:
        return self._number("SELECT count(*) FROM sources")

    def mark_copies(self, copies: Mapping[str, str]) -> None:
        """Note which documents are reprints of which, by ``doc_id``."""
        self._database.executemany("INSERT INTO copies VALUES (?, ?)", copies.items())

    # --- what the documents tell, once it is known who acts in it ---

    def add_resolved(self, analysis: Analysis, homes: Homes) -> None:
        """Add an analysed document, its mentions by the day that they are looked for under."""
        document = analysis.document
        bare = replace(analysis, names=(), antecedents=(), mentions=())
        self._database.execute("INSERT INTO articles VALUES (?, ?)", (document.doc_id, _pack(bare)))
        self._database.executemany(
            "INSERT INTO told VALUES (?, ?, ?, ?, ?)",
            (
                (home, document.doc, document.doc_id, count, _pack(mentions))
                for home, (count, mentions) in homes.items()
            ),
        )

        if document.published:
            acting = {
                (argument.actor_id, document.doc_id)
                for mention in analysis.mentions
                for argument in mention.arguments
                if argument.actor_id
            }
            self._database.executemany("INSERT INTO acting VALUES (?, ?)", sorted(acting))

    def forget_resolved(self) -> None:
        """Begin again with the resolved documents."""
        self._database.execute("DELETE FROM acting")
        self._database.execute("DELETE FROM articles")
        self._database.execute("DELETE FROM told")

    def article(self, doc_id: str) -> Analysis:
        """A resolved document without its mentions and names."""
        query = "SELECT body FROM articles WHERE doc_id = ?"
        (body,) = self._database.execute(query, (doc_id,)).fetchone()
        found: Analysis = _unpack(body)
        return replace(found, document=self.with_original(found.document))

    def with_original(self, document: Document) -> Document:
        """The document, marked as the reprint that it may be."""
        query = "SELECT original FROM copies WHERE doc_id = ?"
        found = self._database.execute(query, (document.doc_id,)).fetchone()
        return replace(document, copy_of=found[0]) if found else document

    def analysis(self, doc_id: str) -> Analysis:
        """A resolved document with its mentions."""
        return replace(self.article(doc_id), mentions=tuple(self.mentions_of(doc_id)))

    def most_alike(self, doc_id: str, limit: int) -> list[str]:
        """The ids of dated documents that share actors with one, the rarer the better; all, if there are few."""
        dated = "SELECT doc_id FROM sources WHERE published ORDER BY doc_id LIMIT ?"
        few = [other for (other,) in self._database.execute(dated, (limit + 1,))]
        if len(few) <= limit:
            return few
        arguments = (argument for item in self.mentions_of(doc_id) for argument in item.arguments)
        actor_ids = sorted({item.actor_id for item in arguments if item.actor_id})
        weights: dict[str, float] = defaultdict(float)
        for postings in sorted(map(self._postings, actor_ids), key=len):
            for other in postings:
                weights[other] += 1 / len(postings)
            if len(weights) >= _ENOUGH:
                break
        return sorted(weights, key=lambda other: (-weights[other], other))[:limit]

    def _postings(self, actor_id: str) -> list[str]:
        query = "SELECT doc_id FROM acting WHERE actor_id = ? ORDER BY doc_id LIMIT ?"
        return [doc_id for (doc_id,) in self._database.execute(query, (actor_id, _ENOUGH))]

    def mentions(self) -> Iterator[EventMention]:
        """All mentions by document id and place in it."""
        doc_ids = self._database.execute("SELECT doc_id FROM articles ORDER BY doc_id")
        for (doc_id,) in doc_ids:
            yield from self.mentions_of(doc_id)

    def mentions_of(self, doc_id: str) -> list[EventMention]:
        """The mentions of one document in text order."""
        rows = self._database.execute("SELECT body FROM told WHERE doc_id = ?", (doc_id,))
        found = [mention for (body,) in rows for mention in _unpack(body)]
        return sorted(found, key=lambda mention: (mention.start, mention.mention_id))

    def told_count(self) -> int:
        """How many mentions tell an incident."""
        return self._number("SELECT coalesce(sum(count), 0) FROM told")

    def places(self) -> Iterator[tuple[Key, int]]:
        """Where mentions stand in time, in order, and how many at each place tell an incident."""
        query = "SELECT home, doc, doc_id, count FROM told ORDER BY home, doc, doc_id"
        for home, doc, doc_id, count in self._database.execute(query):
            yield (home, doc, doc_id), count

    def told_between(self, first: Key, end: Key | None) -> Iterator[EventMention]:
        """Mentions from one place in time up to another (not included; None: up to the last)."""
        query = "SELECT body FROM told WHERE (home, doc, doc_id) >= (?, ?, ?)"
        query += " AND (home, doc, doc_id) < (?, ?, ?)" if end else ""
        query += " ORDER BY home, doc, doc_id"
        for (body,) in self._database.execute(query, (*first, *(end or ()))):
            yield from _unpack(body)

    # --- events ---

    def add_event(self, event: Event, shown: Event | None, block: int) -> None:
        """Add an event as it is shown. Its mentions are taken and belong to no other event, even if it is not shown."""
        self._database.executemany(
            "INSERT OR IGNORE INTO taken VALUES (?, ?, ?)",
            ((item.mention_id, event.event_id if shown else "", block) for item in event.mentions),
        )
        if shown:
            first = event.when.earliest or event.when.latest
            row = (str(first or "~"), event.event_id, _pack(shown))
            self._database.execute("INSERT INTO events VALUES (?, ?, ?)", row)

    def taken_by(self, mention_id: str) -> tuple[str, int] | None:
        """The id of the event that took up a mention, and the block that it was found in."""
        query = "SELECT event_id, block FROM taken WHERE mention_id = ?"
        found: tuple[str, int] | None = self._database.execute(query, (mention_id,)).fetchone()
        return found

    def events(self) -> Iterator[Event]:
        """All events by first day, undated ones last, then id."""
        for (body,) in self._database.execute("SELECT body FROM events ORDER BY first, event_id"):
            yield _unpack(body)

    def _number(self, query: str) -> int:
        (number,) = self._database.execute(query).fetchone()
        return int(number)


def _pack(value: object) -> bytes:
    """Pickled, which JSON is not as fast as: nobody but this build can have written what it reads back."""
    return zlib.compress(pickle.dumps(value, protocol=5), level=1)


def _unpack(body: bytes) -> Any:
    return pickle.loads(zlib.decompress(body))
