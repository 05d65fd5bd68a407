"""What a chronology was before: kept beside it, so that an old link can be told what has changed since.

For each earlier version there are only the events that the next one changed, as they were: a rebuild that changes little
keeps little. Whoever goes from an old version to the newest finds every event that differs on the way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from timeline.model import Event
from timeline.paths import MANIFEST
from timeline.serialise import from_row, load, to_row
from timeline.wording import STATUS_LABELS, casualty_text, when_text

EARLIER = "earlier.json"
MOST_VERSIONS = 12
"""Earlier versions that are kept, the latest."""
MOST_EVENTS = 20_000
"""Events of all of them together; older versions go first."""
_MOST_READ = 100_000
"""Events of the older version that are compared in words."""
_AT_ONCE = 10_000
"""Rows that are compared at a time: an archive's events do not fit into memory twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a reader sees of an event at a glance, in words."""

    title: str
    date: str
    status: str
    actors: tuple[str, ...] = ()
    place: str = ""
    casualties: tuple[str, ...] = ()
    sources: int = 1
    mentions: tuple[str, ...] = ()
    """Ids, by which an event is known again under another id."""


def glance_at(event: Event) -> Glance:
    """The event at a glance."""
    return Glance(
        title=event.title,
        date=when_text(event.when),
        status=STATUS_LABELS[event.status],
        actors=tuple(dict.fromkeys(actor.name for actor in event.actors)),
        place=event.place.name if event.place else "",
        casualties=tuple(dict.fromkeys(map(casualty_text, event.casualties))),
        sources=event.sources,
        mentions=tuple(mention.mention_id for mention in event.mentions),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An earlier version, by what the one after it changed."""

    version: str
    events: Mapping[str, Glance | None]
    """By event id; None where this version did not have the event."""


def keep_earlier(old: Path, new: Path) -> None:
    """Writes into the folder `new` what it changes in the chronology in `old`, and what was known before that.

    An old folder that is missing, damaged or of another schema has nothing to tell.
    """
    try:
        version, latest = _version(old), _version(new)
        kept: Sequence[Version] = read_earlier(old)
        if version != latest:
            kept = _bounded([*kept, Version(version=version, events=_changed(old, new))])
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return
    if kept:
        (new / EARLIER).write_text(json.dumps(list(map(_row, kept)), ensure_ascii=False), "utf-8")


def read_earlier(folder: Path) -> tuple[Version, ...]:
    """The earlier versions of a chronology, the oldest first; none where nothing can be read."""
    try:
        rows = json.loads((folder / EARLIER).read_text("utf-8"))
        return tuple(_read(row) for row in rows)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def before(earlier: Sequence[Version], version: str) -> Mapping[str, Glance | None] | None:
    """The events that differ between a version and the newest, as they were in that version; None if it is not known."""
    at = next((i for i, kept in enumerate(earlier) if kept.version == version), None)
    if at is None:
        return None
    found: dict[str, Glance | None] = {}
    for kept in earlier[at:]:
        for event_id, glance in kept.events.items():
            found.setdefault(event_id, glance)
    return found


def _version(folder: Path) -> str:
    return str(json.loads((folder / MANIFEST).read_text("utf-8"))["data_version"])


def _changed(old: Path, new: Path) -> dict[str, Glance | None]:
    """The events that differ, as they were; ValueError where more differ than is worth telling."""
    added = {event_id: _digest(text) for event_id, text in _events(new)}
    found: dict[str, Glance | None] = {}
    for event_id, text in _events(old):
        if added.pop(event_id, None) != _digest(text):
            found[event_id] = glance_at(load(Event, text))
            _check(len(found), _MOST_READ)
    # Ranks shift with every build: only what a reader sees is a change.
    for event_id, text in _events(new):
        if event_id in found and _same(found[event_id], glance_at(load(Event, text))):
            del found[event_id]
    found |= dict.fromkeys(added)
    _check(len(found), MOST_EVENTS)
    return found


def _check(number: int, most: int) -> None:
    if number > most:
        raise ValueError("too much has changed to be told")


def _same(one: Glance | None, other: Glance) -> bool:
    return one is not None and replace(one, mentions=()) == replace(other, mentions=())


def _events(folder: Path) -> Iterator[tuple[str, str]]:
    """Id and lossless form of each event."""
    with pq.ParquetFile(folder / "events.parquet") as file:
        for batch in file.iter_batches(batch_size=_AT_ONCE, columns=["event_id", "json"]):
            yield from zip(
                *(batch.column(name).to_pylist() for name in ("event_id", "json")), strict=True
            )


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=12).digest()


def _bounded(versions: Sequence[Version]) -> list[Version]:
    kept: list[Version] = []
    room = MOST_EVENTS
    for version in reversed(versions[-MOST_VERSIONS:]):
        room -= len(version.events)
        if room < 0:
            break
        kept.insert(0, version)
    return kept


def _row(version: Version) -> dict[str, Any]:
    events = {key: to_row(glance) if glance else None for key, glance in version.events.items()}
    return {"version": version.version, "events": events}


def _read(row: Mapping[str, Any]) -> Version:
    events: Iterable[tuple[str, Any]] = row["events"].items()
    return Version(
        version=str(row["version"]),
        events={key: from_row(Glance, glance) if glance else None for key, glance in events},
    )
