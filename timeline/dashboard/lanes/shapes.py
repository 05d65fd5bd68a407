"""What a lane holds: events as marks in rows, those without room as clusters, and counted bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from timeline.dashboard.overview import Window
from timeline.model import Event, Precision

OTHER = "Other"
NOT_STATED = "Not stated"
"""The lane of events whose passages name no place, or nobody who acts."""
ALL_EVENTS = "All events"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Days to pixels of the plot. A day is drawn about its midnight, where the axis has its tick."""

    window: Window
    width: float
    """Pixels from the beginning of the first to the end of the last day."""
    start: datetime = field(init=False)
    end: datetime = field(init=False)

    def __post_init__(self) -> None:
        # Kept, for each mark asks for them many times.
        half = timedelta(hours=12)
        object.__setattr__(self, "start", datetime.combine(self.window[0], time()) - half)
        object.__setattr__(self, "end", datetime.combine(self.window[1], time()) + half)

    def pixel(self, moment: datetime) -> float:
        """Pixels from the left edge; negative or beyond the width outside of the window."""
        return (moment - self.start) / (self.end - self.start) * self.width

    def moment(self, pixel: float) -> datetime:
        """The inverse of `pixel`."""
        return self.start + (self.end - self.start) * (pixel / self.width)


class Side(StrEnum):
    """Where a title stands: behind its mark, before it, in its bar, or on its whisker, which leaves a gap for it."""

    RIGHT = "right"
    LEFT = "left"
    INSIDE = "inside"
    WHISKER = "whisker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An event in its row. `first` and `last` are what is drawn, `x` where its symbol lies."""

    event: Event
    first: datetime
    last: datetime
    x: datetime
    label: str = ""
    """The title as far as it fits; may be empty."""
    side: Side = Side.RIGHT
    """Where the title stands."""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Events that found no room at this zoom: counted, and opened by a click."""

    events: tuple[Event, ...]
    x: datetime
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Events of some days that are counted rather than drawn, because there are too many at this zoom."""

    count: int
    window: Window
    row: int = 0
    events: tuple[Event, ...] = ()
    """The first of them, where no zoom would part them."""


Bars = Mapping[str, Sequence[Bar]]
"""By the name of the lane."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A stripe of the chart. Rows of all lanes are numbered through, from the top."""

    name: str
    top: int
    rows: int
    """At least two where the name takes two lines."""
    marks: tuple[Mark, ...]
    clusters: tuple[Cluster, ...]
    bars: tuple[Bar, ...] = ()

    @property
    def events(self) -> tuple[Event, ...]:
        """Those that lie in it one by one or in clusters."""
        single = (mark.event for mark in self.marks)
        return (*single, *(event for cluster in self.clusters for event in cluster.events))

    @property
    def count(self) -> int:
        counted = sum(bar.count for bar in self.bars)
        return counted + len(self.marks) + sum(len(cluster.events) for cluster in self.clusters)


def is_span(event: Event) -> bool:
    """Whether the event goes on over its days, rather than once somewhere in them."""
    return event.when.precision is Precision.RANGE or event.when.ongoing
