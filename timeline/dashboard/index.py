"""The events of a chronology as arrays: what passes a filter, and what each other choice would leave, in milliseconds.

An event is its position in `Index.events`; what was found is a mask of booleans over the positions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.dashboard.lanes import lane_naming
from timeline.dashboard.overview import Window, bounds
from timeline.dashboard.state import Lanes, View
from timeline.model import Actor, Document, Event, Role
from timeline.store import EventFilter, Snapshot

Mask = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int64]
"""Ordinals of days; 0 where there is none."""

_REMEMBERED = 64
"""Searches of which the index keeps what they found: their events are asked for again with each click."""


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """One thing that events can be chosen by, and the values that each has of it: none, one or several."""

    size: int
    values: tuple[str, ...]
    rows: npt.NDArray[np.int64]
    """Positions of events, one for each value that an event has."""
    codes: npt.NDArray[np.int64]
    """Positions in `values`, beside `rows`."""

    def chosen(self, values: Iterable[str], *, every: bool = False) -> Mask:
        """Events that have one of the values, or `every` one of them."""
        masks = [self._having(value) for value in values] or [np.zeros(self.size, dtype=bool)]
        combine = np.logical_and if every else np.logical_or
        return np.asarray(combine.reduce(masks), dtype=bool)

    def of(self, row: int) -> str:
        """The value of an event that has at most one; empty where it has none."""
        found = self.codes[self.rows == row]
        return self.values[found[0]] if found.size else ""

    def _having(self, value: str) -> Mask:
        mask = np.zeros(self.size, dtype=bool)
        if value in self.values:
            mask[self.rows[self.codes == self.values.index(value)]] = True
        return mask

    def counts(self, mask: Mask) -> dict[str, int]:
        """How many of the masked events have each value; values of none are left out."""
        found = np.bincount(self.codes[mask[self.rows]], minlength=len(self.values))
        return {self.values[code]: int(found[code]) for code in np.flatnonzero(found)}


class Index:
    """Made once for a chronology, and shared among visitors: nothing here changes but what is remembered."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.events: tuple[Event, ...] = tuple(snapshot.events())
        self.position = {event.event_id: at for at, event in enumerate(self.events)}
        spans = [bounds(event.when) for event in self.events]
        self.first: Days = np.array([span[0].toordinal() if span else 0 for span in spans], int)
        self.last: Days = np.array([span[1].toordinal() if span else 0 for span in spans], int)
        self.dated: Mask = self.first > 0
        self.salience = np.array([event.salience for event in self.events], float)
        self._ongoing: Mask = np.array([event.when.ongoing for event in self.events], bool)
        self._lanes: dict[Lanes, Facet] = {}
        self._facets = _facets(self.events, snapshot.actors())
        self._searched: Callable[[str], Mask] = lru_cache(_REMEMBERED)(
            lambda text: self._search(text, snapshot)
        )
        self._found: Callable[[View, str], Mask] = lru_cache(_REMEMBERED)(self._find)
        self._counted: Callable[[View, str, str], dict[str, int]] = lru_cache(_REMEMBERED)(
            lambda view, name, without: self.facet(view, name).counts(self._find(view, without))
        )

    def lanes(self, lanes: Lanes, documents: Mapping[str, Document]) -> Facet:
        """The lane of each event, before rare ones are put together. Reckoned once for each kind of lanes."""
        if lanes not in self._lanes:
            naming = lane_naming(self.events, lanes, documents)
            self._lanes[lanes] = _facet([(naming(event),) for event in self.events])
        return self._lanes[lanes]

    def facet(self, view: View, name: str) -> Facet:
        """The facet of that name; that of actors depends on the part which they are to play."""
        return self._facets[
            name if name != "actor" or view.role == "any" else f"actor as {view.role}"
        ]

    def found(self, view: View, *, without: str = "") -> Mask:
        """What passes the filters of a view, whatever its window, or all of them but one (`without`). Not to be changed."""
        return self._found(_filters_of(view), without)

    def counts(self, view: View, name: str, *, without: str = "") -> dict[str, int]:
        """How many of what is `found` has each value of a facet. Not to be changed."""
        return self._counted(_filters_of(view), name, without)

    def _find(self, view: View, without: str) -> Mask:
        mask = np.ones(len(self.events), dtype=bool)
        for name, values in _choices(view).items():
            if values and name != without:
                every = name == "actor" and view.match == "all"
                mask &= self.facet(view, name).chosen(values, every=every)
        return mask & self._searched(view.text) if view.text else mask

    def _search(self, text: str, snapshot: Snapshot) -> Mask:
        mask = np.zeros(len(self.events), dtype=bool)
        found = snapshot.event_ids(EventFilter(text=text))
        mask[[self.position[event_id] for event_id in found]] = True
        return mask

    def touching(self, window: Window) -> Mask:
        """What may lie in the window, or reaches into it because it goes on (`overview.touches`)."""
        first, last = window[0].toordinal(), window[1].toordinal()
        return np.asarray(
            self.dated & (self.first <= last) & ((self.last >= first) | self._ongoing), dtype=bool
        )

    def extent(self, mask: Mask) -> Window | None:
        """First and last day of the masked events that have a date."""
        dated = mask & self.dated
        if not dated.any():
            return None
        first, last = int(self.first[dated].min()), int(self.last[dated].max())
        return date.fromordinal(first), date.fromordinal(last)

    def middles(self, mask: Mask) -> Days:
        """The middle days of the masked events that have a date."""
        dated = mask & self.dated
        middles: Days = self.first[dated] + (self.last[dated] - self.first[dated]) // 2
        return middles

    def at(self, mask: Mask, most: int | None = None) -> list[Event]:
        """The first `most` masked events, by date."""
        return [self.events[at] for at in np.flatnonzero(mask)[:most]]

    def best(self, mask: Mask, most: int) -> list[Event]:
        """The `most` salient of the masked events, the most salient first."""
        places = np.flatnonzero(mask)
        order = np.argsort(-self.salience[places], kind="stable")[:most]
        return [self.events[at] for at in places[order]]

    def beside(self, mask: Mask, event_id: str) -> tuple[Event | None, Event | None]:
        """The events before and after one, among the masked, by date; undated ones come last."""
        places = np.flatnonzero(mask)
        here = self.position[event_id]
        before, after = places[places < here], places[places > here]
        return (
            self.events[before[-1]] if before.size else None,
            self.events[after[0]] if after.size else None,
        )


def _filters_of(view: View) -> View:
    """The view as far as it decides what is found: whoever opens an event or zooms asks for the same again."""
    looked_at = replace(view, event="", passage="", version="", page=0, shelf=0)
    return replace(looked_at, start=None, end=None, lanes=Lanes.TYPE)


def _choices(view: View) -> Mapping[str, Sequence[str]]:
    return {
        "actor": view.actors,
        "type": view.types,
        "status": view.statuses,
        "place": view.places,
        "article": view.articles,
    }


def _facets(events: Sequence[Event], actors: Mapping[str, Actor]) -> dict[str, Facet]:
    groups = {actor_id: _with_groups(actor_id, actors) for actor_id in actors}

    def taking_part(*roles: Role) -> Callable[[Event], set[str]]:
        return lambda event: {
            group
            for actor in event.actors
            if actor.role in roles
            for group in groups.get(actor.actor_id, (actor.actor_id,))
        }

    values: dict[str, Callable[[Event], Any]] = {
        "actor": taking_part(*Role),
        "actor as doer": taking_part(Role.ACTOR),
        "actor as target": taking_part(Role.RECIPIENT),
        "type": lambda event: (event.event_type.value,),
        "status": lambda event: (event.status.value,),
        "place": lambda event: (event.place.name,) if event.place else (),
        "article": lambda event: {mention.doc_id for mention in event.mentions},
    }
    return {name: _facet([valued(event) for event in events]) for name, valued in values.items()}


def _with_groups(actor_id: str, actors: Mapping[str, Actor]) -> set[str]:
    """An actor and all that it belongs to, near and far."""
    groups: set[str] = set()
    waiting = [actor_id]
    while waiting:
        name = waiting.pop()
        if name not in groups:
            groups.add(name)
            waiting += actors[name].member_of if name in actors else ()
    return groups


def _facet(of_events: Sequence[Iterable[str]]) -> Facet:
    pairs = [(row, value) for row, values in enumerate(of_events) for value in values]
    values = tuple(sorted({value for _, value in pairs}))
    codes = {value: code for code, value in enumerate(values)}
    return Facet(
        size=len(of_events),
        values=values,
        rows=np.array([row for row, _ in pairs], dtype=int),
        codes=np.array([codes[value] for _, value in pairs], dtype=int),
    )
