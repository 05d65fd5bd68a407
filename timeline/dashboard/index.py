"""The events of a chronology as arrays: what passes a filter, and what each other choice would leave, in milliseconds.

An event is its row in `Snapshot.columns`; what was found is a mask of booleans over the rows. The same arrays answer for five
articles and for a million events (benchmarks/queries.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from timeline.dashboard.lanes import ALL_EVENTS
from timeline.dashboard.overview import Window, densest_window
from timeline.dashboard.state import Lanes, View
from timeline.dashboard.wording import FAMILY
from timeline.model import Actor, Event, EventType, Role
from timeline.store import Columns, Snapshot, Values, joined

Mask = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int32]
"""Ordinals of days."""
Rows = npt.NDArray[np.int64]

_REMEMBERED = 64
"""Choices of which the index keeps what they found: their events are asked for again with each click."""
_CROWD = 20_000
"""So many masked events are not sorted: the best of all are looked through instead."""
_VAGUE = 45
"""Days; dates that are vaguer than this do not say where the crisis lies."""


class Facet:
    """One thing that events can be chosen by, and the values that each has of it: none, one or several."""

    def __init__(self, size: int, values: Values) -> None:
        """`size`: the number of events."""
        order = np.argsort(values.codes, kind="stable")
        self._size = size
        self._names = values.names
        self._code = {name: code for code, name in enumerate(values.names)}
        # By value: what has it lies together.
        self._rows, self._codes = values.rows[order], values.codes[order]
        self._starts = np.searchsorted(self._codes, np.arange(len(values.names) + 1))

    def chosen(self, values: Iterable[str], *, every: bool = False) -> Mask:
        """Events that have one of the values, or `every` one of them."""
        masks = [self._having(value) for value in values] or [np.zeros(self._size, dtype=bool)]
        combine = np.logical_and if every else np.logical_or
        return np.asarray(combine.reduce(masks), dtype=bool)

    def _having(self, value: str) -> Mask:
        mask = np.zeros(self._size, dtype=bool)
        if (code := self._code.get(value)) is not None:
            mask[self._rows[self._starts[code] : self._starts[code + 1]]] = True
        return mask

    def rows(self, value: str) -> Rows:
        """The events that have that value."""
        code = self._code.get(value)
        return (
            self._rows[:0]
            if code is None
            else self._rows[self._starts[code] : self._starts[code + 1]]
        )

    def counts(self, mask: Mask) -> dict[str, int]:
        """How many of the masked events have each value; values of none are left out."""
        found = np.bincount(self._codes[mask[self._rows]], minlength=len(self._names))
        return {self._names[code]: int(found[code]) for code in np.flatnonzero(found)}


@dataclass(frozen=True, slots=True, eq=False)
class LaneOf:
    """The lane of each event, before rare ones are put together. An empty name is none."""

    names: tuple[str, ...]
    codes: npt.NDArray[np.int32]
    """Positions in `names`, by row."""

    def of(self, row: int) -> str:
        """The lane of an event."""
        return self.names[int(self.codes[row])]

    def counts(self, mask: Mask) -> dict[str, int]:
        """How many of the masked events lie in each lane; empty lanes are left out."""
        found = np.bincount(self.codes[mask], minlength=len(self.names))
        return {self.names[code]: int(found[code]) for code in np.flatnonzero(found)}


class Index:
    """Made once for a chronology, and shared among visitors: nothing here changes but what is remembered."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._columns = columns = snapshot.columns
        self.size = len(snapshot)
        self.first, self.last = columns.first, columns.last
        self.dated: Mask = columns.first > 0
        self.middle: Days = columns.first + (columns.last - columns.first) // 2
        self._best = np.argsort(-columns.salience, kind="stable")
        self._actors = snapshot.actors()
        self._facets = {
            name: Facet(self.size, values)
            for name, values in _values(columns, self._actors).items()
        }
        self._lanes: dict[Lanes, LaneOf] = {}
        self._found: Callable[[View, str], Mask] = lru_cache(_REMEMBERED)(self._find)
        self._counted: Callable[[View, str, str], dict[str, int]] = lru_cache(_REMEMBERED)(
            lambda view, name, without: self.facet(view, name).counts(self._found(view, without))
        )

    def lanes(self, lanes: Lanes) -> LaneOf:
        """The lane of each event. Reckoned once for each kind of lanes."""
        if lanes not in self._lanes:
            self._lanes[lanes] = self._name_lanes(lanes)
        return self._lanes[lanes]

    def _name_lanes(self, lanes: Lanes) -> LaneOf:
        columns = self._columns
        if lanes is Lanes.NONE:
            return LaneOf((ALL_EVENTS,), np.zeros(self.size, dtype=np.int32))
        if lanes is Lanes.ACTOR:
            return _single(_common_doers(columns), self.size, {})
        if lanes is Lanes.PLACE:
            return _single(columns.places, self.size, {})
        if lanes is Lanes.TYPE:
            families = {kind.value: FAMILY[kind].value for kind in EventType}
            return _single(columns.types, self.size, families)
        heads = self._snapshot.document_heads(columns.first_articles.names)
        names = {i: head.publisher or head.title or head.doc for i, head in heads.items()}
        return _single(columns.first_articles, self.size, names)

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
        view = _filters_of(view)
        # Without a choice of it, all of the filters are those without it: one mask and one count serve both.
        return self._counted(view, name, without if _choices(view).get(without) else "")

    def _find(self, view: View, without: str) -> Mask:
        mask = np.ones(self.size, dtype=bool)
        for name, values in _choices(view).items():
            if values and name != without:
                every = name == "actor" and view.match == "all"
                mask &= self.facet(view, name).chosen(values, every=every)
        return mask & self._snapshot.holding(view.text) if view.text else mask

    def row(self, event_id: str) -> int | None:
        """The row of that event; None where there is none."""
        return self._snapshot.row(event_id)

    def told_by(self, doc_id: str) -> list[Event]:
        """The events of which an article tells."""
        return self._snapshot.events_at(np.sort(self._facets["article"].rows(doc_id)))

    def followers(self, event_id: str) -> list[Event]:
        """The events that follow an event."""
        return self._snapshot.events_at(np.sort(self._facets["follows"].rows(event_id)))

    def touching(self, window: Window) -> Mask:
        """What may lie in the window, or reaches into it because it goes on (`overview.touches`)."""
        first, last = window[0].toordinal(), window[1].toordinal()
        reaching = (self.last >= first) | self._columns.ongoing
        return np.asarray(self.dated & (self.first <= last) & reaching, dtype=bool)

    def extent(self, mask: Mask) -> Window | None:
        """First and last day of the masked events that have a date."""
        dated = mask & self.dated
        if not dated.any():
            return None
        first, last = int(self.first[dated].min()), int(self.last[dated].max())
        return date.fromordinal(first), date.fromordinal(last)

    def densest(self, mask: Mask) -> Window | None:
        """The days of the crisis among the masked events: of those whose days are known, if any are."""
        dated = mask & self.dated
        exact = dated & (self.last - self.first <= _VAGUE) & ~self._columns.ongoing
        rows = np.flatnonzero(exact if exact.any() else dated)
        return densest_window(self.middle[rows], 0.2 + self._columns.salience[rows])

    def middles(self, mask: Mask) -> Days:
        """The middle days of the masked events that have a date."""
        return self.middle[mask & self.dated]

    def at(self, mask: Mask, most: int | None = None) -> list[Event]:
        """The first `most` masked events, by date."""
        return self._snapshot.events_at(np.flatnonzero(mask)[:most])

    def best(self, mask: Mask, most: int) -> list[Event]:
        """The `most` salient of the masked events, the most salient first."""
        return self._snapshot.events_at(self.best_rows(mask, most))

    def best_rows(self, mask: Mask, most: int) -> Rows:
        """The rows of `best`."""
        found = self._best[:0]
        step = _CROWD if mask.sum() > _CROWD else self.size or 1
        for start in range(0, self.size, step):
            some = self._best[start : start + step]
            found = np.concatenate([found, some[mask[some]]])
            if len(found) >= most:
                break
        return found[:most]

    def beside(self, mask: Mask, row: int) -> tuple[Event | None, Event | None]:
        """The events before and after one, among the masked, by date; undated ones come last."""
        before, after = np.flatnonzero(mask[:row])[-1:], np.flatnonzero(mask[row + 1 :])[:1]
        events = (
            [*self._snapshot.events_at(before), None],
            [
                *self._snapshot.events_at(after + row + 1),
                None,
            ],
        )
        return events[0][0], events[1][0]


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


def _values(columns: Columns, actors: Mapping[str, Actor]) -> dict[str, Values]:
    roles = np.array(columns.roles.names, dtype=object)[columns.roles.codes]
    return {
        "actor": _with_groups(columns.actors, actors),
        "actor as doer": _with_groups(columns.actors.only(roles == Role.ACTOR.value), actors),
        "actor as target": _with_groups(columns.actors.only(roles == Role.RECIPIENT.value), actors),
        "type": columns.types,
        "status": columns.statuses,
        "place": columns.places,
        "article": columns.articles,
        "follows": columns.follows,
    }


def _with_groups(taking: Values, actors: Mapping[str, Actor]) -> Values:
    """Those who take part, and all that they belong to."""
    groups = [_groups_of(name, actors) for name in taking.names]
    names = tuple(sorted({name for some in groups for name in some}))
    code = {name: at for at, name in enumerate(names)}
    # One pass for each depth of belonging: most actors belong to nothing.
    passes = [
        np.array(
            [code[some[depth]] if depth < len(some) else -1 for some in groups], dtype=np.int64
        )
        for depth in range(max(map(len, groups), default=0))
    ]
    parts = [(mapped[taking.codes], taking.rows) for mapped in passes]
    return joined(names, [(rows[codes >= 0], codes[codes >= 0]) for codes, rows in parts])


def _groups_of(actor_id: str, actors: Mapping[str, Actor]) -> list[str]:
    """An actor and all that it belongs to, near and far."""
    groups: list[str] = []
    waiting = [actor_id]
    while waiting:
        name = waiting.pop()
        if name not in groups:
            groups.append(name)
            waiting += actors[name].member_of if name in actors else ()
    return groups


def _single(values: Values, size: int, names: Mapping[str, str]) -> LaneOf:
    """Lanes of events that have at most one value, by what `names` calls the value."""
    called = [names.get(name, name) for name in values.names]
    lanes = ("", *sorted(set(called) - {""}))
    code = {name: at for at, name in enumerate(lanes)}
    codes = np.zeros(size, dtype=np.int32)
    codes[values.rows] = np.array([code[name] for name in called], dtype=np.int32)[values.codes]
    return LaneOf(lanes, codes)


def _common_doers(columns: Columns) -> Values:
    """The doer of each event; of several, the one who does most, so that lanes are few and full.

    Where nobody acts, one of those whom it befalls.
    """
    names, rows, codes = columns.actor_names.names, columns.actors.rows, columns.actor_names.codes
    roles = np.array(columns.roles.names, dtype=object)[columns.roles.codes]
    acting = roles == Role.ACTOR.value
    acted = np.zeros(len(columns.first), dtype=bool)
    acted[rows[acting]] = True
    kept = acting | ~acted[rows]
    rows, codes = rows[kept], codes[kept]
    order = np.lexsort((codes, np.bincount(codes, minlength=len(names))[codes], rows))
    last = order[np.flatnonzero(np.diff(rows[order], append=-1))]
    return Values(names, rows[last], codes[last])
