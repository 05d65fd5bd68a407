"""Columns of the Parquet files, and how a domain object becomes a row of them.

Events and mentions carry columns to query by, and beside them a lossless `json` column that gives the object back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from timeline.model import Actor, Chronology, Document, Event, EventMention
from timeline.serialise import dump, to_row

SCHEMA_VERSION = 2
TABLES = ("documents", "mentions", "events", "actors")

Row = dict[str, Any]

_TEXT, _DATE, _NUMBER, _WHOLE = pa.string(), pa.date32(), pa.float64(), pa.int64()
_TEXTS = pa.list_(pa.string())
_SPANS = pa.list_(pa.list_(pa.int64()))

COLUMNS: Mapping[str, pa.Schema] = {
    "documents": pa.schema(
        [
            (name, _TEXT)
            for name in ("doc_id", "doc", "text", "title", "publisher", "author", "url", "copy_of")
        ]
        + [("published", _DATE), ("published_basis", _TEXT), ("published_note", _TEXT)]
        + [("furniture", _SPANS), ("captions", _SPANS)]
    ),
    "mentions": pa.schema(
        [(name, _TEXT) for name in ("mention_id", "doc_id", "doc", "event_type", "modality")]
        + [("start", _WHOLE), ("end", _WHOLE), ("earliest", _DATE), ("latest", _DATE)]
        + [("confidence", _NUMBER), ("json", _TEXT)]
    ),
    "events": pa.schema(
        [(name, _TEXT) for name in ("event_id", "title", "event_type", "mode", "status")]
        + [("earliest", _DATE), ("latest", _DATE), ("first", _DATE), ("last", _DATE)]
        + [("precision", _TEXT), ("salience", _NUMBER), ("confidence", _NUMBER)]
        + [("sources", _WHOLE), ("actor_ids", _TEXTS), ("doc_ids", _TEXTS)]
        + [("search", _TEXT), ("json", _TEXT)]
    ),
    "actors": pa.schema(
        [(name, _TEXT) for name in ("actor_id", "name", "kind", "country")]
        + [("member_of", _TEXTS), ("aliases", _TEXTS)]
    ),
}

_MARKS = re.compile(r"[\u2018\u2019\u02bb\u02bc'`´.]")
_GAPS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Words in the one spelling that search compares: no case, accents, apostrophes or dots; ``U.S.`` is ``us``."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _GAPS.sub(" ", _MARKS.sub("", plain)).strip()


def table_rows(chronology: Chronology) -> dict[str, Iterator[Row]]:
    """The rows of each table, in an order that does not depend on the order of the chronology."""
    return sorted_rows(
        documents=sorted(chronology.documents, key=lambda item: (item.doc, item.doc_id)),
        mentions=sorted(
            chronology.mentions, key=lambda item: (item.doc_id, item.start, item.mention_id)
        ),
        events=sorted(chronology.events, key=_by_date),
        actors=sorted(chronology.actors, key=lambda item: item.actor_id),
    )


def sorted_rows(
    *,
    documents: Iterable[Document],
    mentions: Iterable[EventMention],
    events: Iterable[Event],
    actors: Iterable[Actor],
) -> dict[str, Iterator[Row]]:
    """The rows of each table, one at a time, of what comes sorted: documents by name and id, mentions by document id,
    place and id, events by first day and id (undated ones last), actors by id."""
    known = tuple(actors)
    groups = _groups(known)
    return {
        "documents": map(_document_row, documents),
        "mentions": map(_mention_row, mentions),
        "events": (_event_row(event, groups) for event in events),
        "actors": map(_actor_row, known),
    }


def _by_date(event: Event) -> tuple[bool, str, str]:
    first = event.when.earliest or event.when.latest
    return first is None, str(first), event.event_id


def _document_row(document: Document) -> Row:
    row = to_row(document)
    row["published_basis"] = str(document.published_basis)
    for name in ("furniture", "captions"):
        row[name] = [list(span) for span in row[name]]
    return row


def _mention_row(mention: EventMention) -> Row:
    return {
        "mention_id": mention.mention_id,
        "doc_id": mention.doc_id,
        "doc": mention.doc,
        "event_type": str(mention.event_type),
        "modality": str(mention.modality),
        "start": mention.start,
        "end": mention.end,
        "earliest": mention.when.earliest,
        "latest": mention.when.latest,
        "confidence": mention.confidence,
        "json": dump(mention),
    }


def _event_row(event: Event, groups: Mapping[str, frozenset[str]]) -> Row:
    when = event.when
    words = [event.title, *(mention.quote for mention in event.mentions)]
    own = [actor.actor_id for actor in event.actors]
    return {
        "event_id": event.event_id,
        "title": event.title,
        "event_type": str(event.event_type),
        "mode": event.mode,
        "status": str(event.status),
        "earliest": when.earliest,
        "latest": when.latest,
        "first": when.earliest or when.latest,
        # An event that goes on reaches into every later window: it has no last day.
        "last": None if when.ongoing else when.latest,
        "precision": str(when.precision),
        "salience": event.salience,
        "confidence": event.confidence,
        "sources": event.sources,
        "actor_ids": sorted(set(own).union(*(groups.get(actor, ()) for actor in own))),
        "doc_ids": sorted({mention.doc_id for mention in event.mentions}),
        # Words are led by a space each, so that a query finds beginnings of words and never their middles.
        "search": " " + " | ".join(fold(text) for text in words),
        "json": dump(event),
    }


def _actor_row(actor: Actor) -> Row:
    return to_row(actor) | {
        "kind": str(actor.kind),
        "member_of": list(actor.member_of),
        "aliases": list(actor.aliases),
    }


def _groups(actors: Iterable[Actor]) -> dict[str, frozenset[str]]:
    """What each actor belongs to, directly or through others. A circle of memberships ends where it began."""
    direct = {actor.actor_id: actor.member_of for actor in actors}
    return {actor_id: frozenset(_ancestors(actor_id, direct)) for actor_id in direct}


def _ancestors(actor_id: str, direct: Mapping[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    waiting = [*direct[actor_id]]
    while waiting:
        group = waiting.pop()
        if group not in found:
            found.add(group)
            waiting.extend(direct.get(group, ()))
    return found - {actor_id}
