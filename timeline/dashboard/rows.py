"""The events as rows, a page of them at a time: the table of what is on the chart, and the shelf of what has no date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from timeline.dashboard.figures import colour_of
from timeline.dashboard.index import Index, Mask
from timeline.dashboard.state import View
from timeline.dashboard.wording import STATUS_LABELS, TYPE_LABELS, when_text
from timeline.model import Event, Role

ROWS = 50
"""Of the table, on a page of it."""
SHELVED = 18
"""Events of the shelf, on a page of it."""
LONGEST_QUOTE = 220
"""Characters of a passage that a search found."""


def table_data(view: View, index: Index, shown: Mask) -> dict[str, Any]:
    """A page of the events on the chart, by date."""
    rows = np.flatnonzero(shown)
    selected = index.row(view.event)
    at = int(np.searchsorted(rows, selected)) if selected is not None and shown[selected] else 0
    page = _page(view.page, at, len(rows), ROWS)
    chosen = np.zeros_like(shown)
    chosen[rows[(page - 1) * ROWS : page * ROWS]] = True
    return _page_data(index.at(chosen), view, page, len(rows), ROWS)


def shelf_data(view: View, index: Index, undated: Mask) -> dict[str, Any]:
    """A page of the events without a date, the most salient first."""
    many = int(undated.sum())
    page = _page(view.shelf, 0, many, SHELVED)
    best = index.best(undated, page * SHELVED)[(page - 1) * SHELVED :]
    return _page_data(best, view, page, many, SHELVED)


def _page(asked: int, at: int, many: int, size: int) -> int:
    """The page that is asked for; if none is, that on which the open event lies."""
    last = max(1, -(-many // size))
    return min(asked or at // size + 1, last)


def _page_data(
    events: Sequence[Event], view: View, page: int, many: int, size: int
) -> dict[str, Any]:
    return {
        "rows": [_row(event, view) for event in events],
        "page": page,
        "pages": max(1, -(-many // size)),
        "first": (page - 1) * size + 1,
        "of": many,
    }


def _row(event: Event, view: View) -> dict[str, Any]:
    return {
        "id": event.event_id,
        "date": when_text(event.when),
        "title": event.title,
        "type": TYPE_LABELS[event.event_type],
        "colour": colour_of(event),
        "status": STATUS_LABELS[event.status],
        "status_key": event.status.value,
        "actors": _who_whom(event),
        "place": event.place.name if event.place else "",
        "sources": event.sources,
        "passage": _passage_found(event, view.text),
    }


def _who_whom(event: Event) -> str:
    """``Freedonia → River Front``: who acts, and whom it befalls."""
    parts = [
        ", ".join(dict.fromkeys(actor.name for actor in event.actors if actor.role is role))
        for role in (Role.ACTOR, Role.RECIPIENT)
    ]
    return f"{parts[0]} → {parts[1]}".strip() if parts[1] else parts[0]


def _passage_found(event: Event, text: str) -> str:
    """The first passage that has a word of the search, or the first of all; empty where nothing is searched."""
    if not text:
        return ""
    words = [word.strip("\"'").casefold() for word in text.split()]
    quotes = [mention.quote for mention in event.mentions]
    having = (quote for quote in quotes if any(word in quote.casefold() for word in words))
    quote = " ".join(next(having, quotes[0] if quotes else "").split())
    return quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 1].rstrip() + "…"
