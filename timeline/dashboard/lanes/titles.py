"""How wide titles are, and how much of each finds room beside its mark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from timeline.dashboard.lanes.shapes import Cluster, Mark, Scale, Side, is_span
from timeline.model import Event

FONT_PIXELS = 12.5
SHORTEST_TITLE = 84
"""Pixels under which a cut title tells nothing."""
GAP = 9
_TITLES = 4096
"""Titles whose width is remembered: each is asked for in every row that is tried."""
CLUSTER_PIXELS = 26
"""Pixels that events without a room of their own are counted over."""
_NARROW, _WIDE = frozenset("ijltfrI.,:;'’|()[]-– "), frozenset("mwMW%@—")


def symbol_size(event: Event) -> float:
    """Diameter in pixels: it grows with the number of independent sources."""
    return 9 + 2.4 * min(event.sources, 5)


def footprint(mark: Mark, scale: Scale) -> tuple[float, float]:
    """Pixels that the mark takes without its title."""
    radius = symbol_size(mark.event) / 2 + 3
    x = scale.pixel(mark.x)
    first = max(scale.pixel(mark.first), 0.0)
    last = min(scale.pixel(mark.last), scale.width)
    return (
        (first, max(last, first + 6))
        if is_span(mark.event)
        else (min(first, x - radius), max(last, x + radius))
    )


def _extent(mark: Mark, scale: Scale) -> tuple[float, float]:
    """Pixels that the mark takes with its title."""
    start, end = footprint(mark, scale)
    room = text_width(mark.label) + GAP if mark.label else 0.0
    if mark.side is Side.LEFT:
        return start - room, end
    return start, end + room if mark.side is Side.RIGHT else end


def lengthened(marks: Sequence[Mark], clusters: Sequence[Cluster], scale: Scale) -> Iterable[Mark]:
    """The marks once all have their places: cut titles take what room is left, the most important first."""
    rows: defaultdict[int, dict[str, tuple[float, float]]] = defaultdict(dict)
    for cluster in clusters:
        x = scale.pixel(cluster.x)
        rows[cluster.row][cluster.events[0].event_id] = (
            x - CLUSTER_PIXELS / 2,
            x + CLUSTER_PIXELS / 2,
        )
    for mark in marks:
        rows[mark.row][mark.event.event_id] = _extent(mark, scale)
    for mark in sorted(marks, key=importance):
        if mark.label != mark.event.title and mark.side is not Side.INSIDE:
            boxes = rows[mark.row]
            del boxes[mark.event.event_id]
            mark = max(_retitled(mark, boxes.values(), scale), key=lambda each: len(each.label))  # noqa: PLW2901
            boxes[mark.event.event_id] = _extent(mark, scale)
        yield mark


def _retitled(mark: Mark, boxes: Collection[tuple[float, float]], scale: Scale) -> Iterable[Mark]:
    """The mark as it is, and with the title that fits behind it, before it, or on its whisker, between other boxes."""
    yield mark
    start, end = footprint(mark, scale)
    after = min((left for left, _ in boxes if left >= end), default=scale.width + GAP) - end
    before = start - max((right for _, right in boxes if right <= start), default=-GAP)
    radius = symbol_size(mark.event) / 2
    on_line = 0.0 if is_span(mark.event) else end - scale.pixel(mark.x) - radius - GAP
    least = max(SHORTEST_TITLE, text_width(mark.label) + 1)
    for side, room in ((Side.RIGHT, after), (Side.LEFT, before), (Side.WHISKER, on_line)):
        if room - 2 * GAP >= least:
            yield replace(mark, label=fitted(mark.event.title, room - 2 * GAP), side=side)


def importance(mark: Mark) -> tuple[float, int, datetime, str]:
    return -mark.event.salience, -mark.event.sources, mark.first, mark.event.event_id


@lru_cache(_TITLES)
def text_width(text: str) -> float:
    """Pixels of a title in the chart's font: a generous estimate, so that titles never touch."""
    return FONT_PIXELS * sum(
        0.32
        if letter in _NARROW
        else 0.86
        if letter in _WIDE
        else 0.66
        if letter.isupper()
        else 0.535
        for letter in text
    )


def fitted(title: str, room: float) -> str:
    """The title, cut at a word with an ellipsis where it is wider than `room` pixels; empty if nothing fits."""
    if text_width(title) <= room:
        return title
    cut, width = 0, text_width("…")
    for position, letter in enumerate(title):
        width += text_width(letter)
        if width > room:
            break
        cut = position + 1
    whole = title.rfind(" ", 0, cut + 1)
    return title[: whole if whole > cut * 0.5 else cut].rstrip(" ,;:–-") + "…" if cut >= 4 else ""
