"""The chart as a Plotly figure: a pure function of lanes and their scale, as plain JSON-able values.

Colours that follow the reader's theme stand as tokens (``@text``, ``@background``, ``@grid``, ``@stripe``), which the
browser, or `themed` for an export, puts in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from timeline.dashboard.figures.frame import layout
from timeline.dashboard.figures.marks import hit_boxes, mark_traces, ring
from timeline.dashboard.figures.palette import (
    COLOURS,
    HEAD_ROWS,
    LIGHT,
    WIDE,
    Figure,
    Rows,
    colour_of,
    plot_width,
)
from timeline.dashboard.figures.signs import signs
from timeline.dashboard.lanes import Lane, Scale

__all__ = [
    "COLOURS",
    "Figure",
    "colour_of",
    "hit_boxes",
    "plot_width",
    "selection_traces",
    "signs",
    "themed",
    "timeline_figure",
]


def timeline_figure(
    lanes: Sequence[Lane], scale: Scale, width: float, selected: str = ""
) -> Figure:
    """The chart of packed lanes.

    Args:
        width: of the whole chart, in pixels; `scale.width` is `plot_width(width)`.
        selected: id of the event that bears a ring; may be empty.
    """
    beside = width >= WIDE
    rows = Rows(lanes, 0.0 if beside else HEAD_ROWS)
    data = [trace for trace in mark_traces(lanes, rows, scale) if trace["x"]]
    return {
        "data": [*data, *selection_traces(lanes, scale, width, selected)],
        "layout": layout(lanes, rows, scale, beside),
    }


def selection_traces(
    lanes: Sequence[Lane], scale: Scale, width: float, selected: str
) -> list[Figure]:
    """What sets off the selected event, drawn over all else: one trace, or none where it has no mark."""
    rows = Rows(lanes, 0.0 if width >= WIDE else HEAD_ROWS)
    marks = [mark for lane in lanes for mark in lane.marks if mark.event.event_id == selected]
    return [ring(mark, rows, scale) for mark in marks]


def themed(figure: Figure, colours: Mapping[str, str] = LIGHT) -> Figure:
    """The figure with its colour tokens filled in."""
    text = json.dumps(figure)
    for token, colour in colours.items():
        text = text.replace(f'"{token}"', json.dumps(colour))
    themed_figure: Figure = json.loads(text)
    return themed_figure
