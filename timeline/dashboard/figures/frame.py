"""All of the chart but its marks: the axis of days, the stripes of the lanes and their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from timeline.dashboard.figures.palette import (
    AXIS_PIXELS,
    COLOURS,
    EDGE_PIXELS,
    FONT,
    NAME_PIXELS,
    ROOM_ROWS,
    Figure,
    Rows,
    iso,
)
from timeline.dashboard.lanes import FONT_PIXELS, ONE_LINE, ROW_PIXELS, Lane, Scale
from timeline.dashboard.wording import Family

_TICKS: tuple[tuple[float, Any, str], ...] = (
    (1, 86_400_000, "%a %-d\n%B %Y"),
    (2, 2 * 86_400_000, "%-d\n%B %Y"),
    (7, 7 * 86_400_000, "%-d\n%B %Y"),
    (14, 14 * 86_400_000, "%-d\n%B %Y"),
    (30.4, "M1", "%b\n%Y"),
    (91.3, "M3", "%b\n%Y"),
    (365.25, "M12", "%Y"),
    (2 * 365.25, "M24", "%Y"),
    (5 * 365.25, "M60", "%Y"),
    (10 * 365.25, "M120", "%Y"),
    (50 * 365.25, "M600", "%Y"),
)
"""Days between ticks, the same for Plotly, and how a tick is written. Weeks are counted from a Monday."""
_TICK_PIXELS = 54
_LONG_NAME = 40
"""Letters of a name that stands in the chart, in a line of its own."""


def layout(lanes: Sequence[Lane], rows: Rows, scale: Scale, beside: bool) -> Figure:
    """Plotly's layout. `beside`: lanes are named left of the plot, not in it."""
    left = NAME_PIXELS if beside else EDGE_PIXELS
    return {
        "height": round((rows.end + 0.5 + ROOM_ROWS) * ROW_PIXELS) + AXIS_PIXELS + 12,
        "margin": {"l": left, "r": EDGE_PIXELS, "t": AXIS_PIXELS, "b": 12, "pad": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": FONT_PIXELS, "color": "@text"},
        "showlegend": False,
        "hovermode": False,
        "dragmode": "zoom",
        "barmode": "overlay",
        "xaxis": _time_axis(scale),
        "yaxis": {"range": [rows.end, -0.5 - ROOM_ROWS], "visible": False, "fixedrange": True},
        "shapes": [
            shape for number, lane in enumerate(lanes) for shape in _stripe(lane, number, rows)
        ],
        "annotations": [_name(lane, rows, beside) for lane in lanes],
    }


def _time_axis(scale: Scale) -> Figure:
    days = (scale.end - scale.start).days or 1
    room = _TICK_PIXELS / scale.width * days
    _, step, text = next((tick for tick in _TICKS if tick[0] >= room), _TICKS[-1])
    return {
        "type": "date",
        "range": [iso(scale.start), iso(scale.end)],
        "side": "top",
        "tick0": "2000-01-03" if isinstance(step, int) and step >= 7 * 86_400_000 else "2000-01-01",
        "dtick": step,
        "tickformat": text,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": "@grid",
        "tickfont": {"size": 12},
        "showgrid": True,
        "gridcolor": "@grid",
        "zeroline": False,
        "showline": False,
    }


def _stripe(lane: Lane, number: int, rows: Rows) -> Iterable[Figure]:
    top = rows.y(lane.top) - 0.5 - rows.head
    bottom = rows.y(lane.top + lane.rows - 1) + 0.5
    box = {"type": "rect", "layer": "below", "yref": "y", "y0": top, "y1": bottom}
    if number % 2 == 0:
        yield {
            **box,
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "fillcolor": "@stripe",
            "line": {"width": 0},
        }
    colour = COLOURS[Family(lane.name)] if lane.name in set(Family) else "@grid"
    tab = {"xref": "paper", "xsizemode": "pixel", "xanchor": 0, "x0": -7, "x1": -2}
    yield {
        **box,
        **tab,
        "y0": top + 0.06,
        "y1": bottom - 0.06,
        "fillcolor": colour,
        "line": {"width": 0},
    }


def _name(lane: Lane, rows: Rows, beside: bool) -> Figure:
    called = lane.name[:1].upper() + lane.name[1:]
    told = _in_two_lines(called) if beside else _cut(called, _LONG_NAME)
    name = f"<b>{escape(told, quote=False).replace(chr(10), '<br>')}</b>"
    text = {
        "text": f"{name}  {lane.count:,}",
        "showarrow": False,
        "font": {"size": 12.5, "color": "@text"},
    }
    if beside:
        middle = (rows.y(lane.top) + rows.y(lane.top + lane.rows - 1)) / 2
        return {
            **text,
            "xref": "paper",
            "x": 0,
            "xshift": -13,
            "xanchor": "right",
            "y": middle,
            "align": "right",
        }
    top = rows.y(lane.top) - 0.5 - rows.head
    return {
        **text,
        "xref": "paper",
        "x": 0,
        "xshift": 2,
        "xanchor": "left",
        "y": top,
        "yanchor": "top",
    }


def _in_two_lines(name: str) -> str:
    """A name in at most two lines of about `ONE_LINE` letters."""
    if len(name) <= ONE_LINE:
        return name
    cut = name.rfind(" ", 0, ONE_LINE + 1)
    first, rest = (name[:cut], name[cut + 1 :]) if cut > 0 else (name[:ONE_LINE], name[ONE_LINE:])
    return f"{first}\n{_cut(rest, ONE_LINE)}"


def _cut(name: str, room: int) -> str:
    return name if len(name) <= room else name[: room - 1].rstrip() + "…"
