"""What the marks of the chart mean: only of those that are drawn, so that the key stays short."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from timeline.dashboard.lanes import Lane, Mark, is_span
from timeline.model import Event, Status

_UNCERTAIN = frozenset({Status.PLANNED, Status.ALLEGED, Status.DENIED})


def is_exact(event: Event) -> bool:
    """Whether the day is known."""
    return event.when.earliest == event.when.latest and "~" not in event.when.edtf


def _is(status: Status) -> Callable[[Event], bool]:
    return lambda event: event.status is status and not is_span(event)


_SIGNS: tuple[tuple[str, str, Callable[[Event], bool]], ...] = (
    (
        "●",
        "on that day; the larger, the more sources",
        lambda event: is_exact(event) and not is_span(event) and event.status not in _UNCERTAIN,
    ),
    (
        "⊢○⊣",
        "once, some time between",
        lambda event: not is_span(event) and not is_exact(event) and "~" not in event.when.edtf,
    ),
    ("┄○┄", "about then", lambda event: not is_span(event) and "~" in event.when.edtf),
    ("▭", "for all of that time", is_span),
    ("▶", "still going on", lambda event: event.when.ongoing),
    ("◇", "planned", _is(Status.PLANNED)),
    ("▲", "alleged", _is(Status.ALLEGED)),
    ("✕", "denied", _is(Status.DENIED)),
    (
        "▨",
        "planned, alleged or denied, for all of that time",
        lambda event: is_span(event) and event.status in _UNCERTAIN,
    ),
)


def signs(lanes: Sequence[Lane]) -> list[dict[str, str]]:
    """The signs that occur, each with its meaning."""
    marks: list[Mark] = [mark for lane in lanes for mark in lane.marks]
    told = [
        {"sign": sign, "text": text}
        for sign, text, holds in _SIGNS
        if any(holds(mark.event) for mark in marks)
    ]
    if any(lane.clusters for lane in lanes):
        told.append({"sign": "+2", "text": "more events: click to list them"})
    return told
