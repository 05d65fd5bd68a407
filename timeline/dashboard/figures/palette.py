"""Colours, symbols and measures that all parts of the chart share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from timeline.dashboard.lanes import Lane
from timeline.dashboard.wording import FAMILY, Family
from timeline.model import Event, Status

Figure = dict[str, Any]
# Okabe and Ito's palette, told apart with any colour vision; grey stands in for its black, which a dark page hides.
COLOURS: dict[Family, str] = {
    Family.FORCE: "#D55E00",
    Family.PROTEST: "#E69F00",
    Family.POLITICS: "#0072B2",
    Family.TALKS: "#009E73",
    Family.DEMANDS: "#CC79A7",
    Family.STATEMENTS: "#56B4E9",
    Family.DISASTER: "#F0E442",
    Family.OTHER: "#7F8792",
}
EDGES: dict[Family, str] = {Family.DISASTER: "#978A00"}
"""Of lines and edges, where the colour itself is too pale to be seen on a white page."""
SYMBOLS: dict[Status, str] = {
    Status.OCCURRED: "circle",
    Status.ONGOING: "circle",
    Status.PLANNED: "diamond",
    Status.ALLEGED: "triangle-up",
    Status.DENIED: "x",
}
LIGHT: Mapping[str, str] = {
    "@text": "#1D2530",
    "@background": "#FFFFFF",
    "@grid": "rgba(29,37,48,0.13)",
    "@stripe": "rgba(29,37,48,0.035)",
}
FONT = "'Source Sans', 'Source Sans Pro', 'Source Sans 3', 'Helvetica Neue', Arial, sans-serif"
WIDE = 700
"""Pixels from which on lanes are named beside the plot rather than in it."""
NAME_PIXELS, EDGE_PIXELS, AXIS_PIXELS = 132, 14, 46
HEAD_ROWS = 0.85
ROOM_ROWS = 0.3
"""Rows above the first lane, so that a ring there is whole."""


def plot_width(width: float) -> float:
    """Pixels of the plot itself in a chart of that width."""
    return max(width - (NAME_PIXELS if width >= WIDE else EDGE_PIXELS) - EDGE_PIXELS, 120)


class Rows:
    """Rows to the y axis: lanes that bear their name inside begin with room for it."""

    def __init__(self, lanes: Sequence[Lane], head: float) -> None:
        self.head = head
        self._shift = {
            row: head * (number + 1)
            for number, lane in enumerate(lanes)
            for row in range(lane.top, lane.top + lane.rows)
        }
        self.end = sum(lane.rows for lane in lanes) + head * len(lanes) - 0.5

    def y(self, row: int) -> float:
        return row + self._shift.get(row, 0.0)


def colour_of(event: Event) -> str:
    """The colour of an event's family."""
    return COLOURS[FAMILY[event.event_type]]


def edge_of(event: Event) -> str:
    """The colour of an event's lines and edges."""
    return EDGES.get(FAMILY[event.event_type], colour_of(event))


def iso(moment: datetime) -> str:
    """A moment as Plotly reads it."""
    return moment.isoformat(sep=" ", timespec="seconds")
