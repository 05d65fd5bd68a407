"""Which lane an event lies in, and in which row of it: marks and titles never lie over each other."""

from __future__ import annotations

from timeline.dashboard.lanes.packing import (
    ONE_LINE,
    ROW_PIXELS,
    kept_lanes,
    lane_name,
    pack_lanes,
)
from timeline.dashboard.lanes.shapes import (
    ALL_EVENTS,
    NOT_STATED,
    OTHER,
    Bar,
    Bars,
    Lane,
    Mark,
    Scale,
    Side,
    is_span,
)
from timeline.dashboard.lanes.titles import FONT_PIXELS, fitted, symbol_size, text_width

__all__ = [
    "ALL_EVENTS",
    "FONT_PIXELS",
    "NOT_STATED",
    "ONE_LINE",
    "OTHER",
    "ROW_PIXELS",
    "Bar",
    "Bars",
    "Lane",
    "Mark",
    "Scale",
    "Side",
    "fitted",
    "is_span",
    "kept_lanes",
    "lane_name",
    "pack_lanes",
    "symbol_size",
    "text_width",
]
