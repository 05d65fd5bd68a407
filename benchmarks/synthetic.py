"""Invented chronologies of any size, seeded: the same size gives the same events."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from timeline.model import (
    Actor,
    ActorKind,
    Basis,
    Chronology,
    Document,
    Event,
    EventActor,
    EventMention,
    EventType,
    Modality,
    Place,
    Precision,
    Role,
    Status,
    When,
)
from timeline.paths import MANIFEST
from timeline.store.schema import COLUMNS, SCHEMA_VERSION, TABLES, table_rows

_ARTICLE = 40
"""Events that one article tells."""
_AT_ONCE = 20_000
"""Events that are held as objects while a big chronology is written."""
_VERBS = ("attacked", "met", "warned", "sanctioned", "freed", "accused")
ACTORS = tuple(
    Actor(actor_id=f"actor-{i}", name=f"Group {i}", kind=ActorKind.ORGANISATION) for i in range(30)
)


def make_chronology(size: int, seed: int = 7) -> Chronology:
    """As many events as asked for, over sixty days and a background of years, told by articles of forty sentences."""
    return _chronology(range(size), random.Random(seed))


def write_big_chronology(size: int, folder: Path, seed: int = 7) -> None:
    """The same into a folder, without holding more than a part of it. The order of its rows is that of no build."""
    folder.mkdir(parents=True)
    counts = dict.fromkeys(TABLES, 0)
    with ExitStack() as open_files:
        writers = {
            name: open_files.enter_context(
                pq.ParquetWriter(folder / f"{name}.parquet", COLUMNS[name], compression="zstd")
            )
            for name in TABLES
        }
        for number, part in enumerate(_parts(size, seed)):
            for name, told in table_rows(part).items():
                rows = list(told)
                if name != "actors" or not number:
                    writers[name].write_table(pa.Table.from_pylist(rows, schema=COLUMNS[name]))
                    counts[name] += len(rows)
    _write_manifest(folder, counts, f"made-up-{size}-{seed}")


def _parts(size: int, seed: int) -> Iterator[Chronology]:
    chance = random.Random(seed)
    for start in range(0, size, _AT_ONCE):
        yield _chronology(range(start, min(size, start + _AT_ONCE)), chance)


def _write_manifest(folder: Path, counts: dict[str, int], version: str) -> None:
    files = {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}
    manifest = {
        "schema_version": SCHEMA_VERSION,
        "data_version": version,
        "built_by": {"timeline": "made up"},
        "counts": counts,
        "failures": [],
        "files": {
            name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        },
    }
    (folder / MANIFEST).write_text(json.dumps(manifest), "utf-8")


def _chronology(numbers: range, chance: random.Random) -> Chronology:
    documents: list[Document] = []
    events: list[Event] = []
    for first in numbers[::_ARTICLE]:
        document, told = _article(first, min(_ARTICLE, numbers.stop - first), chance)
        documents.append(document)
        events += told
    mentions = tuple(mention for event in events for mention in event.mentions)
    return Chronology(
        documents=tuple(documents), mentions=mentions, events=tuple(events), actors=ACTORS
    )


def _article(first: int, count: int, chance: random.Random) -> tuple[Document, list[Event]]:
    doc_id, text, told = f"d{first}", "", []
    for number in range(first, first + count):
        doer, target = chance.sample(ACTORS, 2)
        verb = chance.choice(_VERBS)
        sentence = f"{doer.name} {verb} {target.name} near place {number % 97}, report {number}."
        told.append(_event(number, doc_id, sentence, len(text), verb, (doer, target), chance))
        text += sentence + "\n"
    published = date(2020, 3, 1)
    return Document(doc_id=doc_id, doc=doc_id, text=text, title=doc_id, published=published), told


def _event(  # noqa: PLR0917  (a row of a table, no interface)
    number: int,
    doc_id: str,
    sentence: str,
    start: int,
    verb: str,
    pair: Sequence[Actor],
    chance: random.Random,
) -> Event:
    day = date(2020, 1, 1) + timedelta(days=chance.randrange(60))
    if chance.random() < 0.05:
        day = date(1990, 1, 1) + timedelta(days=chance.randrange(10_000))
    when = When(
        edtf=day.isoformat(),
        earliest=day,
        latest=day,
        precision=Precision.DAY,
        basis=Basis.EXPLICIT,
    )
    at = start + sentence.index(verb)
    mention = EventMention(
        mention_id=f"m{number}", doc_id=doc_id, doc=doc_id, start=at, end=at + len(verb),
        sentence=(start, start + len(sentence)), quote=sentence, trigger=verb, lemma=verb,
        event_type=EventType.OTHER, mode="", modality=Modality.ASSERTED, when=when,
    )  # fmt: skip
    roles = zip(pair, (Role.ACTOR, Role.RECIPIENT), strict=True)
    return Event(
        event_id=f"e{number}", title=sentence[:-1], event_type=chance.choice(list(EventType)),
        mode="", status=Status.OCCURRED, when=when, salience=chance.random(), mentions=(mention,),
        actors=tuple(EventActor(actor_id=a.actor_id, name=a.name, role=role) for a, role in roles),
        place=Place(name=f"Place {number % 97}"),
    )  # fmt: skip
