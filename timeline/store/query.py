"""What to ask of a snapshot: a filter, and the SQL that it stands for."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from timeline.errors import QueryError
from timeline.model import EventType, Status
from timeline.store.schema import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """Which events to show. Empty fields ask nothing; all fields must hold at once."""

    actors: tuple[str, ...] = ()
    """Ids, names or aliases. Members count as their group."""
    match: Literal["any", "all"] = "any"
    """Whether one of the actors is enough."""
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    start: date | None = None
    """First day of the window; events that touch it are in. Undated events are in no window."""
    end: date | None = None
    text: str = ""
    """Words, or phrases in quotation marks, that all begin words of the title or of a quoted passage."""


Condition = tuple[str, tuple[Any, ...]]
FOUND = "found"
"""The table of rows in which the text was found: the index of words finds them, not SQL."""


def conditions(query: EventFilter, actor_ids: tuple[str, ...]) -> Condition:
    """The WHERE clause of a filter whose actors are already ids, and its parameters.

    Raises:
        QueryError: an unknown type or status, or a window that ends before it begins.
    """
    if query.start and query.end and query.start > query.end:
        raise QueryError(
            f"the window ends ({query.end}) before it begins ({query.start})",
            remedy="swap the two dates",
        )
    parts = [
        *_actor_condition(actor_ids, query.match),
        *_one_of("event_type", _known(query.types, EventType, "event type")),
        *_one_of("status", _known(query.statuses, Status, "status")),
        *_window(query.start, query.end),
        *([(f"row IN (SELECT row FROM {FOUND})", ())] if query.text else []),
    ]
    clause = " AND ".join(sql for sql, _ in parts) or "true"
    return clause, tuple(value for _, values in parts for value in values)


def _actor_condition(actor_ids: tuple[str, ...], match: str) -> list[Condition]:
    if not actor_ids:
        return []
    function = "list_has_all" if match == "all" else "list_has_any"
    return [(f"{function}(actor_ids, ?)", (list(actor_ids),))]


def _one_of(column: str, values: tuple[str, ...]) -> list[Condition]:
    return [(f"list_contains(?, {column})", (list(values),))] if values else []


def _window(start: date | None, end: date | None) -> list[Condition]:
    parts: list[Condition] = []
    if start or end:
        parts.append(("first IS NOT NULL", ()))
    if start:
        parts.append(("coalesce(last, DATE '9999-12-31') >= ?", (start,)))
    if end:
        parts.append(("coalesce(earliest, DATE '0001-01-01') <= ?", (end,)))
    return parts


def _known(values: Iterable[str], kind: type[StrEnum], label: str) -> tuple[str, ...]:
    by_name = {member.value.casefold(): member.value for member in kind}
    for value in values:
        if value.casefold() not in by_name:
            raise QueryError(
                f"unknown {label} {value!r}", remedy="one of " + ", ".join(by_name.values())
            )
    return tuple(by_name[value.casefold()] for value in values)


def terms(text: str) -> list[str]:
    """Words and quoted phrases of a search, folded as what is searched is."""
    try:
        pieces = shlex.split(text.replace("'", "").replace("\\", ""))
    except ValueError:  # a quotation mark that is never closed
        pieces = text.split()
    return [term for term in map(fold, pieces) if term]
