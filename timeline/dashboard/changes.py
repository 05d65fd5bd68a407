"""What has changed in a chronology since a link to it was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from timeline.store import Snapshot
from timeline.store.earlier import Glance, before, glance_at
from timeline.wording import counted

MOST_LISTED = 40
"""Events of each kind that are named; the others are counted."""

_SEEN = {
    "title": "title",
    "date": "date",
    "status": "status",
    "actors": "who",
    "place": "place",
    "casualties": "casualties",
    "sources": "sources",
}
"""What is compared of an event, and what it is called."""


@dataclass(slots=True, kw_only=True)
class Changes:
    """Events by id that are new, that differ, and that are gone."""

    new: dict[str, Glance] = field(default_factory=dict)
    changed: dict[str, tuple[Glance, Glance]] = field(default_factory=dict)
    """As it was, and as it is."""
    gone: dict[str, Glance] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    """Ids that events have now, by those which they had."""


def changes_since(version: str, snapshot: Snapshot) -> Changes | None:
    """The changes since that version; None where it is not known any more, or never was."""
    found = before(snapshot.earlier, version)
    if found is None:
        return None
    changes = Changes()
    for event_id, was in found.items():
        event = snapshot.event(event_id)
        now = glance_at(event) if event else None
        if was and now and _differences(was, now):
            changes.changed[event_id] = was, now
        elif was and now is None:
            changes.gone[event_id] = was
        elif now and was is None:
            changes.new[event_id] = now
    _follow(changes)
    return changes


def _follow(changes: Changes) -> None:
    """An event that goes on under another id, because it was merged or parted, is neither gone nor new."""
    holders = {
        mention: event_id
        for event_id, glance in (
            *changes.new.items(),
            *((event_id, now) for event_id, (_, now) in changes.changed.items()),
        )
        for mention in glance.mentions
    }
    for old, was in [*changes.gone.items()]:
        heir = next((holders[mention] for mention in was.mentions if mention in holders), "")
        if not heir:
            continue
        changes.moved[old] = heir
        del changes.gone[old]
        now = changes.new.pop(heir, None)
        if now and _differences(was, now):
            changes.changed[heir] = was, now


def successor(event_id: str, snapshot: Snapshot) -> str:
    """The id under which an event of an earlier version goes on; empty where none does."""
    having = (kept.version for kept in snapshot.earlier if event_id in kept.events)
    version = next(having, "")
    changes = changes_since(version, snapshot) if version else None
    return changes.moved.get(event_id, "") if changes else ""


def told_changes(version: str, snapshot: Snapshot) -> dict[str, Any] | None:
    """What the page tells somebody who comes with a link to another version; None for one to this version."""
    if not version or version == snapshot.version:
        return None
    changes = changes_since(version, snapshot)
    if changes is None:
        return None
    return {
        "text": _summary(changes),
        "new": _listed((key, now, ()) for key, now in changes.new.items()),
        "changed": _listed(
            (key, now, _differences(was, now)) for key, (was, now) in changes.changed.items()
        ),
        "gone": _listed(("", was, ()) for was in changes.gone.values()),
    }


def _summary(changes: Changes) -> str:
    numbers = {
        "new": len(changes.new),
        "changed": len(changes.changed),
        "gone": len(changes.gone),
    }
    parts = [f"{number:,} {kind}" for kind, number in numbers.items() if number]
    if not parts:
        return "The articles were read again since this link was made; no event has changed."
    total = counted(sum(numbers.values()), "event")
    return f"Since this link was made, {total} changed: {', '.join(parts)}."


def _listed(events: Iterable[tuple[str, Glance, Sequence[str]]]) -> dict[str, Any]:
    every = list(events)
    return {
        "events": [
            {"id": key, "title": glance.title, "date": glance.date, "differences": list(differs)}
            for key, glance, differs in every[:MOST_LISTED]
        ],
        "more": max(0, len(every) - MOST_LISTED),
    }


def _differences(was: Glance, now: Glance) -> list[str]:
    """``date: 3 January 2020 → 4 January 2020``, one for each thing that differs."""
    pairs: Mapping[str, tuple[Any, Any]] = {
        name: (getattr(was, key), getattr(now, key)) for key, name in _SEEN.items()
    }
    return [
        f"{name}: {_written(old)} → {_written(new)}"
        for name, (old, new) in pairs.items()
        if old != new
    ]


def _written(value: Any) -> str:
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    return text or "none"
