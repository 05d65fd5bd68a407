"""The marks of the chart as Plotly traces: each date is drawn as what it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from html import escape
from typing import Any

from timeline.dashboard.figures.palette import (
    AXIS_PIXELS,
    COLOURS,
    EDGE_PIXELS,
    EDGES,
    FONT,
    HEAD_ROWS,
    NAME_PIXELS,
    ROOM_ROWS,
    SYMBOLS,
    WIDE,
    Figure,
    Rows,
    colour_of,
    edge_of,
    iso,
)
from timeline.dashboard.figures.signs import is_exact
from timeline.dashboard.lanes import (
    FONT_PIXELS,
    ROW_PIXELS,
    Bar,
    Lane,
    Mark,
    Scale,
    Side,
    is_span,
    symbol_size,
    text_width,
)
from timeline.dashboard.wording import FAMILY, Family, counted, span_text
from timeline.model import Event, Status

_CERTAIN = frozenset({Status.OCCURRED, Status.ONGOING})


def mark_traces(lanes: Sequence[Lane], rows: Rows, scale: Scale) -> Iterable[Figure]:
    """All marks and their titles, in the order in which they are drawn; a trace may be empty."""
    marks = [mark for lane in lanes for mark in lane.marks]
    yield _counted_bars(lanes, rows)
    yield _spans(marks, rows, scale)
    yield from _whiskers(marks, rows, scale)
    yield _arrows(marks, rows, scale)
    yield _points(marks, rows)
    yield _titles(marks, rows, scale)
    yield _clusters(lanes, rows)


def _milliseconds(span: timedelta) -> float:
    return span.total_seconds() * 1000


def _spans(marks: Sequence[Mark], rows: Rows, scale: Scale) -> Figure:
    """Bars of what goes on for days. They end at the edge of the chart, where the arrow tells that more follows."""
    spans = [mark for mark in marks if is_span(mark.event)]
    starts = [max(mark.first, scale.start - timedelta(days=1)) for mark in spans]
    ends = [min(mark.last, scale.end) for mark in spans]
    return {
        "type": "bar",
        "orientation": "h",
        "base": [iso(start) for start in starts],
        "x": [_milliseconds(end - start) for start, end in zip(starts, ends, strict=True)],
        "y": [rows.y(mark.row) for mark in spans],
        "width": [0.66] * len(spans),
        "marker": {
            "color": [_tint(mark.event) for mark in spans],
            "line": {
                "color": [edge_of(mark.event) for mark in spans],
                "width": 1.2,
            },
            "pattern": {
                "shape": ["" if mark.event.status in _CERTAIN else "/" for mark in spans],
                "fgcolor": [edge_of(mark.event) for mark in spans],
                "solidity": 0.15,
            },
        },
        "customdata": [[mark.event.event_id] for mark in spans],
        "hoverinfo": "none",
        "showlegend": False,
        "cliponaxis": True,
    }


def _tint(event: Event) -> str:
    return _translucent(colour_of(event), 0.24 if event.status in _CERTAIN else 0.08)


def _translucent(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:.2f})"


def _whiskers(marks: Sequence[Mark], rows: Rows, scale: Scale) -> Iterable[Figure]:
    """Earliest to latest, capped, for what happened once somewhere in there; dashed where the ends are vague."""
    vague = [mark for mark in marks if not is_span(mark.event) and not is_exact(mark.event)]
    for family in Family:
        for dashed in (False, True):
            chosen = [
                mark
                for mark in vague
                if FAMILY[mark.event.event_type] is family
                and ("~" in mark.event.when.edtf) is dashed
            ]
            yield _whisker_trace(
                chosen,
                rows,
                scale,
                EDGES.get(family, COLOURS[family]),
                "dot" if dashed else "solid",
            )


def _whisker_pieces(mark: Mark, scale: Scale) -> list[tuple[datetime, datetime]]:
    """The whisker as far as the chart shows it: in two, where the title stands in its line."""
    first, last = max(mark.first, scale.start), min(mark.last, scale.end)
    if mark.side is not Side.WHISKER or not mark.label:
        return [(first, last)]
    begin = title_pixel(mark, scale)
    # The width is a generous estimate: a twentieth less still clears the title.
    end = begin + 0.95 * text_width(mark.label) + 2
    return [(first, mark.x), (scale.moment(end), last)]


def _whisker_trace(
    marks: Sequence[Mark], rows: Rows, scale: Scale, colour: str, dash: str
) -> Figure:
    x: list[str | None] = []
    y: list[float | None] = []
    sizes: list[float] = []
    for mark in marks:
        for first, last in _whisker_pieces(mark, scale):
            x += [iso(first), iso(last), None]
            y += [rows.y(mark.row)] * 2 + [None]
            sizes += [9 if mark.first == first else 0, 9 if mark.last == last else 0, 0]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": y,
        "line": {"color": colour, "width": 1.6, "dash": dash},
        "marker": {
            "symbol": "line-ns",
            "size": sizes,
            "line": {"color": colour, "width": 1.6},
            "opacity": 1,
        },
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _arrows(marks: Sequence[Mark], rows: Rows, scale: Scale) -> Figure:
    going = [mark for mark in marks if mark.event.when.ongoing]
    edge = iso(scale.moment(scale.width - 7))
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [edge] * len(going),
        "y": [rows.y(mark.row) for mark in going],
        "marker": {
            "symbol": "triangle-right",
            "size": 11,
            "color": [edge_of(m.event) for m in going],
        },
        "hoverinfo": "skip",
        "showlegend": False,
    }


def ring(mark: Mark, rows: Rows, scale: Scale) -> Figure:
    """A ring about the symbol of an event, or a strong edge about its bar."""
    if is_span(mark.event):
        bar = _spans([mark], rows, scale)
        edge = {"color": edge_of(mark.event), "width": 3}
        return {**bar, "marker": {"color": "rgba(0,0,0,0)", "line": edge}, "hoverinfo": "skip"}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [iso(mark.x)],
        "y": [rows.y(mark.row)],
        "marker": {
            "symbol": "circle-open",
            "size": [symbol_size(mark.event) + 7],
            "color": "@text",
            "line": {"width": 2},
        },
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _points(marks: Sequence[Mark], rows: Rows) -> Figure:
    """One symbol an event: its shape is the status, its size the number of sources, hollow where the day is not known."""
    points = [mark for mark in marks if not is_span(mark.event)]
    hollow = [not is_exact(mark.event) or mark.event.status is Status.PLANNED for mark in points]
    colours = [colour_of(mark.event) for mark in points]
    edges = [edge_of(mark.event) for mark in points]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [iso(mark.x) for mark in points],
        "y": [rows.y(mark.row) for mark in points],
        "marker": {
            "symbol": [SYMBOLS[mark.event.status] for mark in points],
            "size": [
                symbol_size(mark.event) - 2 * empty
                for mark, empty in zip(points, hollow, strict=True)
            ],
            "color": ["@background" if h else c for h, c in zip(hollow, colours, strict=True)],
            "line": {
                "color": [
                    edge if h or edge != colour else "@background"
                    for h, edge, colour in zip(hollow, edges, colours, strict=True)
                ],
                "width": [2.2 if h else 1.2 for h in hollow],
            },
            "opacity": 1,
        },
        "cliponaxis": False,
        "customdata": [[mark.event.event_id] for mark in points],
        "hoverinfo": "none",
        "showlegend": False,
    }


def _titles(marks: Sequence[Mark], rows: Rows, scale: Scale) -> Figure:
    titled = [mark for mark in marks if mark.label]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [iso(scale.moment(title_pixel(mark, scale))) for mark in titled],
        "y": [rows.y(mark.row) for mark in titled],
        # Plotly reads a small markup in texts: what comes from articles is escaped, and shows as it is.
        "text": [escape(mark.label, quote=False) for mark in titled],
        "textposition": [
            "middle left" if mark.side is Side.LEFT else "middle right" for mark in titled
        ],
        "textfont": {"size": FONT_PIXELS, "color": "@text", "family": FONT},
        "customdata": [[mark.event.event_id] for mark in titled],
        "hoverinfo": "none",
        "showlegend": False,
        "cliponaxis": True,
    }


_BESIDE = 7
"""Pixels between a symbol and its title: the ring about a chosen one goes between them."""


def title_pixel(mark: Mark, scale: Scale) -> float:
    if is_span(mark.event):
        first, last = max(scale.pixel(mark.first), 0), min(scale.pixel(mark.last), scale.width)
        return {Side.INSIDE: first + 4, Side.LEFT: first - 4}.get(mark.side, last + 4)
    radius = symbol_size(mark.event) / 2 + 3 * (SYMBOLS[mark.event.status] == "diamond")
    if mark.side is Side.LEFT:
        return min(scale.pixel(mark.x) - radius, max(scale.pixel(mark.first), 0)) - _BESIDE
    if mark.side is Side.WHISKER:
        return scale.pixel(mark.x) + radius + _BESIDE
    return max(scale.pixel(mark.x) + radius, min(scale.pixel(mark.last), scale.width)) + _BESIDE


def _counted_bars(lanes: Sequence[Lane], rows: Rows) -> Figure:
    """How many events there are in some days, where single ones find no room: the more, the stronger."""
    bars = [(lane, bar) for lane in lanes for bar in lane.bars]
    most = max((bar.count for _, bar in bars), default=1)
    half, gap = timedelta(hours=12), timedelta(hours=1)
    begins = [datetime.combine(bar.window[0], time()) - half for _, bar in bars]
    ends = [datetime.combine(bar.window[1], time()) + half - gap for _, bar in bars]
    return {
        "type": "bar",
        "orientation": "h",
        "base": [iso(begin) for begin in begins],
        "x": [_milliseconds(end - begin) for begin, end in zip(begins, ends, strict=True)],
        "y": [rows.y(bar.row) for _, bar in bars],
        "width": [0.8] * len(bars),
        "text": [f"{bar.count:,}" for _, bar in bars],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 11, "color": "@text", "family": FONT},
        "marker": {
            "color": [_lane_tint(lane, 0.12 + 0.4 * bar.count / most) for lane, bar in bars]
        },
        "hoverinfo": "none",
        "showlegend": False,
    }


def _lane_tint(lane: Lane, opacity: float) -> str:
    known = lane.name in set(Family)
    return _translucent(COLOURS[Family(lane.name) if known else Family.OTHER], opacity)


def _clusters(lanes: Sequence[Lane], rows: Rows) -> Figure:
    clusters = [cluster for lane in lanes for cluster in lane.clusters]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [iso(cluster.x) for cluster in clusters],
        "y": [rows.y(cluster.row) for cluster in clusters],
        "text": [f"+{len(cluster.events)}" for cluster in clusters],
        "textfont": {"size": 11, "color": "@text", "family": FONT},
        "marker": {
            "symbol": "square",
            "size": 22,
            "color": "@background",
            "line": {"color": [edge_of(c.events[0]) for c in clusters], "width": 1.5},
        },
        "customdata": [[event.event_id for event in cluster.events] for cluster in clusters],
        "hoverinfo": "none",
        "showlegend": False,
    }


def hit_boxes(lanes: Sequence[Lane], scale: Scale, width: float) -> list[dict[str, Any]]:
    """Where each mark lies with its title, in pixels of the chart: what is pointed at, focused and clicked."""
    beside = width >= WIDE
    rows, left = Rows(lanes, 0.0 if beside else HEAD_ROWS), NAME_PIXELS if beside else EDGE_PIXELS
    boxes: list[dict[str, Any]] = []
    for number, lane in enumerate(lanes):
        found = [(_mark_span(mark, scale), mark.row, [mark.event.event_id]) for mark in lane.marks]
        found += [
            (
                (scale.pixel(c.x) - 12, scale.pixel(c.x) + 12),
                c.row,
                [event.event_id for event in c.events],
            )
            for c in lane.clusters
        ]
        boxes += [
            {
                "ids": ids,
                "lane": number,
                "x": round(left + max(span[0], 0)),
                "y": round(AXIS_PIXELS + (rows.y(row) + ROOM_ROWS) * ROW_PIXELS + 1),
                "width": round(min(span[1], scale.width) - max(span[0], 0)),
                "height": ROW_PIXELS - 2,
            }
            for span, row, ids in found
        ]
        boxes += [_bar_box(bar, number, rows, scale, left) for bar in lane.bars]
    return boxes


def _bar_box(bar: Bar, lane: int, rows: Rows, scale: Scale, left: float) -> dict[str, Any]:
    begin, end = (datetime.combine(day, time()) for day in bar.window)
    half = timedelta(hours=12)
    first = max(scale.pixel(begin - half), 0)
    last = min(scale.pixel(end + half), scale.width)
    days = span_text(*bar.window)
    return {
        "ids": [event.event_id for event in bar.events],
        "zoom": [] if bar.events else [day.isoformat() for day in bar.window],
        "text": f"{counted(bar.count, 'event')}\n{days}",
        "lane": lane,
        "x": round(left + first),
        "y": round(AXIS_PIXELS + (rows.y(bar.row) + ROOM_ROWS) * ROW_PIXELS + 1),
        "width": max(round(last - first) - 1, 4),
        "height": ROW_PIXELS - 2,
    }


def _mark_span(mark: Mark, scale: Scale) -> tuple[float, float]:
    radius, x = symbol_size(mark.event) / 2 + 4, scale.pixel(mark.x)
    start, end = scale.pixel(mark.first), scale.pixel(mark.last)
    if not is_span(mark.event):
        start, end = min(start, x - radius), max(end, x + radius)
    if mark.label:
        title, room = title_pixel(mark, scale), text_width(mark.label)
        start, end = (
            (min(start, title - room), end)
            if mark.side is Side.LEFT
            else (start, max(end, title + room))
        )
    return start, end
