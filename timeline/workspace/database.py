"""The database of a workspace: its tables, and what is asked of them."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from timeline.model import Actor, Analysis, Document, Event, EventMention
from timeline.workspace.rows import (
    Found,
    PackedAnalysis,
    Resolved,
    from_blob,
    in_text_order,
    pack,
    row_of,
    to_blob,
    unpack,
)

_ENOUGH = 5_000
"""Documents among which those most like another are looked for."""
_IN_ORDER = "ORDER BY doc_id, number"
"""Whatever order documents came in."""
_TABLES = """
CREATE TABLE sources (doc TEXT, doc_id TEXT, published INTEGER, body BLOB);
CREATE UNIQUE INDEX source ON sources (doc, doc_id);
CREATE TABLE copies (doc_id TEXT PRIMARY KEY, original TEXT) WITHOUT ROWID;
CREATE TABLE sketches (doc_id TEXT PRIMARY KEY, body BLOB);
CREATE TABLE batches (number INTEGER PRIMARY KEY, named BLOB);
CREATE TABLE batched (batch INTEGER, doc TEXT, doc_id TEXT);
CREATE INDEX batch ON batched (batch);
CREATE TABLE met (batch INTEGER PRIMARY KEY, body BLOB);
CREATE TABLE articles (doc_id TEXT PRIMARY KEY, body BLOB);
CREATE TABLE told (
    number INTEGER PRIMARY KEY, doc_id TEXT, day INTEGER, telling INTEGER, actors TEXT, firm BLOB, loose BLOB,
    vague BLOB, body BLOB
);
CREATE INDEX told_by ON told (doc_id);
CREATE TABLE acting (actor_id TEXT, doc_id TEXT, PRIMARY KEY (actor_id, doc_id)) WITHOUT ROWID;
CREATE TABLE actors (actor_id TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID;
CREATE TABLE keys (key INTEGER, rank INTEGER, place INTEGER);
CREATE TABLE shared (rank INTEGER, count INTEGER, key INTEGER, places BLOB);
CREATE TABLE placed (block INTEGER, number INTEGER, PRIMARY KEY (block, number)) WITHOUT ROWID;
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
        day = document.published.toordinal() if document.published else None
        row = (document.doc, document.doc_id, day, pack(document))
        self._database.execute("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?)", row)

    def drop_document(self, document: Document) -> None:
        """Forget a document that cannot be analysed, and what was known of it."""
        where = "DELETE FROM sources WHERE doc = ? AND doc_id = ?"
        self._database.execute(where, (document.doc, document.doc_id))
        for table in ("told", "articles", "acting"):
            self._database.execute(f"DELETE FROM {table} WHERE doc_id = ?", (document.doc_id,))

    def documents(self) -> Iterator[Document]:
        """All documents by name, then id."""
        for (body,) in self._database.execute("SELECT body FROM sources ORDER BY doc, doc_id"):
            yield unpack(body)

    def document_count(self) -> int:
        return self._number("SELECT count(*) FROM sources")

    def mark_copies(self, copies: Mapping[str, str]) -> None:
        """Note which documents are reprints of which, by ``doc_id``."""
        self._database.executemany("INSERT INTO copies VALUES (?, ?)", copies.items())

    # --- batches of documents, and who is named in them ---

    def add_batch(self, number: int, documents: Sequence[Document], named: bytes) -> None:
        """Note which documents were read together, and something packed on who is named in them."""
        rows = ((number, document.doc, document.doc_id) for document in documents)
        self._database.executemany("INSERT INTO batched VALUES (?, ?, ?)", rows)
        self.add_named(number, named)

    def add_named(self, batch: int, named: bytes) -> None:
        """Put something packed on a batch in the place of what was there."""
        self._database.execute("INSERT OR REPLACE INTO batches VALUES (?, ?)", (batch, named))

    def named(self) -> Iterator[tuple[int, bytes]]:
        """Number of each batch, in order, and what was noted of it."""
        # Not one cursor for all: who asks may change what it stands on.
        for number in range(self._number("SELECT coalesce(max(number), -1) + 1 FROM batches")):
            query = "SELECT named FROM batches WHERE number = ?"
            yield number, self._database.execute(query, (number,)).fetchone()[0]

    def batch(self, number: int) -> tuple[Document, ...]:
        """The documents of a batch, by name, as they are now; without those that were dropped."""
        query = "SELECT body FROM batched JOIN sources USING (doc, doc_id) WHERE batch = ? ORDER BY doc, doc_id"
        return tuple(unpack(body) for (body,) in self._database.execute(query, (number,)))

    def batches_of(self, doc_ids: Iterable[str]) -> frozenset[int]:
        """The batches that hold these documents."""
        wanted = frozenset(doc_ids)
        rows = self._database.execute("SELECT batch, doc_id FROM batched")
        return frozenset(batch for batch, doc_id in rows if doc_id in wanted)

    def add_met(self, batch: int, actors: Sequence[Actor]) -> None:
        """Note who was met in a batch."""
        row = (batch, pack(tuple(actors)))
        self._database.execute("INSERT OR REPLACE INTO met VALUES (?, ?)", row)

    def met(self) -> Iterator[Actor]:
        """All actors that were met, batch by batch; one is met more than once."""
        for (body,) in self._database.execute("SELECT body FROM met ORDER BY batch"):
            yield from unpack(body)

    def keep_actors(self, actors: Iterable[Actor]) -> None:
        """Keep all actors, that they need not be remembered while passages are merged."""
        rows = ((actor.actor_id, pack(actor)) for actor in actors)
        self._database.executemany("INSERT OR REPLACE INTO actors VALUES (?, ?)", rows)

    def actor(self, actor_id: str) -> Actor | None:
        """One of those that were kept."""
        query = "SELECT body FROM actors WHERE actor_id = ?"
        found = self._database.execute(query, (actor_id,)).fetchone()
        actor: Actor | None = unpack(found[0]) if found else None
        return actor

    def actors(self) -> Iterator[Actor]:
        """All that were kept, by id."""
        for (body,) in self._database.execute("SELECT body FROM actors ORDER BY actor_id"):
            yield unpack(body)

    def add_sketches(self, sketches: Mapping[str, object]) -> None:
        """Keep what is remembered of documents to find their copies, by ``doc_id``."""
        rows = ((doc_id, pack(sketch)) for doc_id, sketch in sketches.items())
        self._database.executemany("INSERT OR REPLACE INTO sketches VALUES (?, ?)", rows)

    def sketches(self) -> Iterator[tuple[tuple[int, str, str], Any]]:
        """(day of publication, name, id) of each document that is sketched, and its sketch."""
        query = (
            "SELECT published, doc, doc_id, sketches.body FROM sources JOIN sketches USING (doc_id)"
        )
        for day, doc, doc_id, body in self._database.execute(query + " ORDER BY doc, doc_id"):
            yield (date.max.toordinal() if day is None else day, doc, doc_id), unpack(body)

    # --- what the documents tell, once it is known who acts in it ---

    def add_resolved(self, resolved: Resolved) -> None:
        """Add an article, or put it in the place of what was known of it before."""
        doc_id = resolved.doc_id
        self._database.execute("DELETE FROM told WHERE doc_id = ?", (doc_id,))
        article = (doc_id, resolved.article)
        self._database.execute("INSERT OR REPLACE INTO articles VALUES (?, ?)", article)
        self._database.executemany(
            "INSERT INTO told VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
            (row_of(doc_id, told) for told in resolved.mentions),
        )
        acting = {actor_id for told in resolved.mentions for actor_id in told.actors}
        rows = ((actor_id, doc_id) for actor_id in sorted(acting) if resolved.dated)
        self._database.executemany("INSERT OR IGNORE INTO acting VALUES (?, ?)", rows)

    def article(self, doc_id: str) -> Analysis:
        """A resolved document without its mentions and names."""
        query = "SELECT body FROM articles WHERE doc_id = ?"
        (body,) = self._database.execute(query, (doc_id,)).fetchone()
        found: Analysis = unpack(body)
        return replace(found, document=self.with_original(found.document))

    def with_original(self, document: Document) -> Document:
        """The document, marked as the reprint that it may be."""
        query = "SELECT original FROM copies WHERE doc_id = ?"
        found = self._database.execute(query, (document.doc_id,)).fetchone()
        return replace(document, copy_of=found[0]) if found else document

    def packed_analysis(self, doc_id: str) -> PackedAnalysis:
        """A resolved document with its mentions, for `unpack_analysis`."""
        article = self._database.execute("SELECT body FROM articles WHERE doc_id = ?", (doc_id,))
        rows = self._database.execute("SELECT body FROM told WHERE doc_id = ?", (doc_id,))
        return article.fetchone()[0], tuple(body for (body,) in rows)

    def most_alike(self, doc_id: str, limit: int) -> list[str]:
        """The ids of dated documents that share actors with one, the rarer the better; all, if there are few."""
        dated = "SELECT doc_id FROM sources WHERE published NOT NULL ORDER BY doc_id LIMIT ?"
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
        return in_text_order(unpack(body) for (body,) in rows)

    def told_count(self) -> int:
        """How many mentions tell an incident."""
        return self._number("SELECT coalesce(sum(telling), 0) FROM told")

    # --- blocks of mentions ---

    def days(self) -> tuple[Sequence[int], Sequence[int]]:
        """Of each mention, by document id and place in it, the day that it is looked for under, and 1 if it tells an
        incident, else 0."""
        days, telling = array("q"), array("b")
        query = f"SELECT day, telling FROM told {_IN_ORDER}"
        for day, tells in self._database.execute(query):
            days.append(day)
            telling.append(tells)
        return days, telling

    def shared(self) -> Iterator[tuple[bool, Sequence[int]]]:
        """(whether they must not be parted, places) of the mentions that share a key: the firm ones, the loose ones from the
        rarest on, then the vague ones. Places are those that `days` has them at."""
        told = self._database.execute(f"SELECT firm, loose, vague FROM told {_IN_ORDER}")
        for place, ranks in enumerate(told):
            rows = (
                (key, rank, place) for rank, keys in enumerate(ranks) for key in from_blob(keys)
            )
            self._database.executemany("INSERT INTO keys VALUES (?, ?, ?)", rows)
        ordered = self._database.execute(
            "SELECT key, rank, place FROM keys ORDER BY key, rank, place"
        )
        for (key, rank), group in groupby(ordered, key=itemgetter(0, 1)):
            places = [place for _, _, place in group]
            if len(places) > 1:
                row = (rank, len(places), key, to_blob(places))
                self._database.execute("INSERT INTO shared VALUES (?, ?, ?, ?)", row)
        query = "SELECT rank, places FROM shared ORDER BY rank, count, key"
        for rank, blob in self._database.execute(query):
            yield rank == 0, from_blob(blob)

    def place(self, blocks: Iterable[int]) -> None:
        """Note the block of each mention, in the order of `days`; below 0: none."""
        numbers = self._database.execute(f"SELECT number FROM told {_IN_ORDER}")
        placed = zip(blocks, (number for (number,) in numbers), strict=True)
        rows = ((int(block), number) for block, number in placed if block >= 0)
        self._database.executemany("INSERT INTO placed VALUES (?, ?)", rows)

    def block_count(self) -> int:
        return self._number("SELECT coalesce(max(block), -1) + 1 FROM placed")

    def told_in(self, block: int) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
        """The articles and the mentions of a block, packed as they are."""
        told = "FROM placed JOIN told USING (number) WHERE block = ?"
        articles = (
            f"SELECT body FROM articles WHERE doc_id IN (SELECT doc_id {told}) ORDER BY doc_id"
        )
        rows = (
            self._database.execute(articles, (block,)),
            self._database.execute(f"SELECT body {told} ORDER BY number", (block,)),
        )
        one, other = (tuple(body for (body,) in found) for found in rows)
        return one, other

    def acting_in(self, block: int) -> frozenset[str]:
        """The ids of those who take part in the mentions of a block."""
        query = "SELECT DISTINCT actors FROM placed JOIN told USING (number) WHERE block = ?"
        rows = self._database.execute(query, (block,))
        return frozenset(actor_id for (told,) in rows for actor_id in told.split("\n") if actor_id)

    def copies_of(self, block: int) -> Mapping[str, str]:
        """The reprints among the articles of a block, and what they are reprints of."""
        query = "SELECT DISTINCT doc_id, original FROM placed JOIN told USING (number) JOIN copies USING (doc_id)"
        return dict(self._database.execute(query + " WHERE block = ?", (block,)))

    # --- events ---

    def add_event(self, found: Found, block: int) -> None:
        """Add an event as it is shown. Its mentions are taken and belong to no other event, even if it is not shown."""
        event_id = "" if found.body is None else found.event_id
        self._database.executemany(
            "INSERT OR IGNORE INTO taken VALUES (?, ?, ?)",
            ((mention_id, event_id, block) for mention_id in found.mention_ids),
        )
        if found.body is not None:
            row = (found.first, event_id, found.body)
            self._database.execute("INSERT INTO events VALUES (?, ?, ?)", row)

    def taken_by(self, mention_id: str) -> tuple[str, int] | None:
        """The id of the event that took up a mention, and the block that it was found in."""
        query = "SELECT event_id, block FROM taken WHERE mention_id = ?"
        found: tuple[str, int] | None = self._database.execute(query, (mention_id,)).fetchone()
        return found

    def events(self) -> Iterator[Event]:
        """All events by first day, undated ones last, then id."""
        for (body,) in self._database.execute("SELECT body FROM events ORDER BY first, event_id"):
            yield unpack(body)

    def _number(self, query: str) -> int:
        (number,) = self._database.execute(query).fetchone()
        return int(number)
