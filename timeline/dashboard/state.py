"""The address of the dashboard: query parameters <-> a `View`. Whatever cannot be understood is left out, with a notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Literal, TypeVar
from urllib.parse import urlencode

from timeline.dashboard.changes import successor
from timeline.model import EventType, Status
from timeline.store import EventFilter, Snapshot

Params = Mapping[str, Sequence[str]]
"""Every value of every query parameter, in order."""

LONGEST_TEXT = 200
"""Characters of a full-text query; what is longer is no search but a mistake."""

_LONGEST_PAGE = 7
"""Digits."""
_PLATFORM = frozenset({"embed", "embed_options"})
"""Parameters of Streamlit's own: neither ours nor unknown."""

Value = TypeVar("Value")


class Lanes(StrEnum):
    """What the rows of the chart stand for."""

    TYPE = "type"
    ACTOR = "actor"
    PLACE = "place"
    ARTICLE = "article"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that decides what is on the screen, beside the chronology itself."""

    actors: tuple[str, ...] = ()
    match: Literal["any", "all"] = "any"
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    text: str = ""
    lanes: Lanes = Lanes.TYPE
    event: str = ""
    passage: str = ""
    version: str = ""
    places: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    """Document ids; the address also takes file names."""
    role: Literal["any", "doer", "target"] = "any"
    """The part that the chosen actors play."""
    page: int = 0
    """Of the table, from 1 on; 0 is the one that the open event is on."""
    shelf: int = 0
    """The page of the events without a date, from 1 on; 0 is the first."""

    @property
    def query(self) -> EventFilter:
        """What is asked of the store. The window is none of it: the overview shows what lies outside."""
        return EventFilter(
            actors=self.actors,
            match=self.match,
            types=self.types,
            statuses=self.statuses,
            text=self.text,
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the window narrows the events."""
        chosen = self.actors, self.types, self.statuses, self.places, self.articles, self.text
        return any(chosen)


def read_address(params: Params) -> tuple[View, tuple[str, ...]]:
    """The view that an address asks for, and a notice for each parameter that was left out."""
    reading = _Reading(params)
    view = View(
        actors=reading.several("actor", _stripped),
        match="all" if reading.one("match", _one_of("any", "all"), "any") == "all" else "any",
        types=reading.several("type", lambda text: EventType(text.upper()).value),
        statuses=reading.several("status", lambda text: Status(text.lower()).value),
        start=reading.one("from", date.fromisoformat, None),
        end=reading.one("to", date.fromisoformat, None),
        text=reading.one("q", _stripped, "")[:LONGEST_TEXT],
        lanes=reading.one("lanes", Lanes, Lanes.TYPE),
        event=reading.one("event", _stripped, ""),
        passage=reading.one("passage", _stripped, ""),
        version=reading.one("v", _stripped, ""),
        places=reading.several("place", _stripped),
        articles=reading.several("article", _stripped),
        role=_role(reading.one("role", _one_of("any", "doer", "target"), "any")),
        page=reading.one("page", _page, 0),
        shelf=reading.one("shelf", _page, 0),
    )
    if view.start and view.end and view.start > view.end:
        reading.notices.append("The link's dates end before they begin: they were left out.")
        view = replace(view, start=None, end=None)
    return view, reading.closed()


def write_address(view: View) -> str:
    """The query string of a view, without the question mark; defaults are left out."""
    pairs: list[tuple[str, str]] = [("actor", actor) for actor in view.actors]
    pairs += [("type", value) for value in view.types]
    pairs += [("status", value) for value in view.statuses]
    pairs += [("place", value) for value in view.places]
    pairs += [("article", value) for value in view.articles]
    single = {
        "role": "" if view.role == "any" else view.role,
        "match": "" if view.match == "any" else view.match,
        "from": view.start.isoformat() if view.start else "",
        "to": view.end.isoformat() if view.end else "",
        "q": view.text,
        "lanes": "" if view.lanes is Lanes.TYPE else view.lanes.value,
        "event": view.event,
        "passage": view.passage,
        "v": view.version,
        "page": str(view.page or ""),
        "shelf": str(view.shelf or ""),
    }
    return urlencode(pairs + [(name, value) for name, value in single.items() if value])


def resolve_view(view: View, snapshot: Snapshot) -> tuple[View, tuple[str, ...]]:
    """The view with actors as ids and without what this chronology does not have, and what there is to tell."""
    notices: list[str] = []
    view = replace(
        view,
        actors=tuple(dict.fromkeys(_known_actors(view.actors, snapshot, notices))),
        articles=tuple(dict.fromkeys(_known_articles(view.articles, snapshot, notices))),
    )
    event = snapshot.event(view.event) if view.event else None
    if view.event and event is None and (heir := successor(view.event, snapshot)):
        notices.append("The event that the link points to has become another: that one is shown.")
        view, event = replace(view, event=heir, passage=""), snapshot.event(heir)
    if view.event and event is None:
        notices.append("The event that the link points to is not in this chronology.")
    elif view.passage and view.passage not in {
        m.mention_id for m in (event.mentions if event else ())
    }:
        notices.append("The passage that the link points to is not in this chronology.")
    else:
        return view, (*notices, *_version_notice(view, snapshot))
    view = replace(view, event=view.event if event else "", passage="")
    return view, (*notices, *_version_notice(view, snapshot))


def _known_actors(names: Iterable[str], snapshot: Snapshot, notices: list[str]) -> Iterable[str]:
    for name in names:
        actor = snapshot.find_actor(name)
        if actor is None:
            notices.append(
                f"Nobody is called “{name[:60]}” in these articles: the filter was left out."
            )
        else:
            yield actor.actor_id


def _known_articles(names: Iterable[str], snapshot: Snapshot, notices: list[str]) -> Iterable[str]:
    for name in names:
        found = snapshot.find_documents(name)
        if not found:
            notices.append(f"No article here is called “{name[:60]}”: the filter was left out.")
        # The last of several of one name.
        yield from found[-1:]


def _version_notice(view: View, snapshot: Snapshot) -> tuple[str, ...]:
    """Where the version is still known, the page tells the changes themselves (`told_changes`)."""
    known = {snapshot.version, *(kept.version for kept in snapshot.earlier)}
    if not view.version or view.version in known:
        return ()
    return (
        "The link was made from another version of this chronology: events may have changed since.",
    )


class _Reading:
    """Takes parameters out one by one, and remembers what could not be read."""

    def __init__(self, params: Params) -> None:
        self._left = {
            name: list(values) for name, values in params.items() if name not in _PLATFORM
        }
        self.notices: list[str] = []

    def several(self, name: str, read: Callable[[str], Value]) -> tuple[Value, ...]:
        values = (self._read(name, text, read) for text in self._left.pop(name, []))
        return tuple(dict.fromkeys(value for value in values if value))

    def one(self, name: str, read: Callable[[str], Value], default: Value) -> Value:
        values = self._left.pop(name, [])
        if not values:
            return default
        value = self._read(name, values[-1], read)
        return default if value is None else value

    def _read(self, name: str, text: str, read: Callable[[str], Value]) -> Value | None:
        try:
            return read(text)
        except ValueError:
            self.notices.append(
                f"The link's “{name}={text[:40]}” is not understood: it was left out."
            )
            return None

    def closed(self) -> tuple[str, ...]:
        unknown = (
            f"The link's “{name[:40]}” is not known here: it was left out." for name in self._left
        )
        return (*self.notices, *unknown)


def _role(text: str) -> Literal["any", "doer", "target"]:
    return "doer" if text == "doer" else "target" if text == "target" else "any"


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_PAGE and int(text)):
        raise ValueError(text)
    return int(text)


def _stripped(text: str) -> str:
    return text.strip()


def _one_of(*values: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in values:
            raise ValueError(text)
        return text

    return read


def view_data(view: View) -> dict[str, Any]:
    """The view as the browser's part is given it."""
    return {
        "actor": list(view.actors),
        "role": view.role,
        "place": list(view.places),
        "article": list(view.articles),
        "match": view.match,
        "type": list(view.types),
        "status": list(view.statuses),
        "from": view.start.isoformat() if view.start else "",
        "to": view.end.isoformat() if view.end else "",
        "q": view.text,
        "lanes": view.lanes.value,
        "event": view.event,
        "passage": view.passage,
        "v": view.version,
        "page": str(view.page or ""),
        "shelf": str(view.shelf or ""),
    }
