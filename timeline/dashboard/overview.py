"""The whole range at a glance: where the crisis lies, and a histogram whose quiet stretches are folded."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.dashboard.wording import counted, span_text
from timeline.model import Event, When

Ordinals = npt.NDArray[np.int64] | npt.NDArray[np.int32]
Window = tuple[date, date]
"""First and last day on the chart, both inclusive."""

_MONTH = 28
_CANDIDATES = 400
"""Days that are tried as the ends of the crisis; with more, neighbours are tried together."""
_QUIET = 30
"""Days without any event, from which on a stretch of the overview is folded."""
_FOLD = 0.022
"""Share of the overview's width that a folded stretch keeps."""
_MOST_FOLDS = 24
"""Stretches that are folded, the longest: more would leave no room for what lies between."""
_CRISIS = 0.6
"""Share of the overview's width that the crisis has at least, however dense its background is."""
_BINS = 60
_FEW_DAYS = 10
"""Days of a bin up to which one more or less shows."""
_MOST_LABELS = 60
_SHORT = 14
"""Days up to which a stretch between folds has one label."""


def bounds(when: When) -> Window | None:
    """First and last day that a date may touch; None when it has none. An open end is its other end."""
    first, last = when.earliest or when.latest, when.latest or when.earliest
    return (first, last) if first and last else None


def touches(event: Event, window: Window) -> bool:
    """Whether an event may lie in the window, or reaches into it because it goes on."""
    days = bounds(event.when)
    if days is None or days[0] > window[1]:
        return False
    return days[1] >= window[0] or event.when.ongoing


def densest_window(middles: Ordinals, weights: npt.NDArray[np.float64]) -> Window | None:
    """The days of the crisis: the stretch with the most events for its length, with room around.

    The score of a stretch is its events, each by its weight, over a power of its days: a month costs little more
    than a week, so that what led to the peak and what came of it is in, while a background of years is not.

    Args:
        middles: ordinals of the events' middle days, in any order.
        weights: beside them.
    """
    if not middles.size:
        return None
    ordinals, at = np.unique(middles, return_inverse=True)
    days = [date.fromordinal(int(day)) for day in ordinals]
    step = -(-len(days) // _CANDIDATES)
    sums = [0.0, *np.cumsum(np.bincount(at, weights=weights)).tolist()]
    best = max(
        ((i, j) for i in range(0, len(days), step) for j in range(i, len(days), step)),
        key=lambda ends: _density(days, sums, *ends),
    )
    first, last = days[best[0]], days[min(best[1] + step, len(days)) - 1]
    span = max((last - first).days, 6)
    return _shifted(first, -timedelta(days=max(1, span // 16))), _shifted(
        last, timedelta(days=max(2, span // 6))
    )


def _density(days: Sequence[date], sums: Sequence[float], i: int, j: int) -> float:
    length = (days[j] - days[i]).days + _MONTH
    return (sums[j + 1] - sums[i]) / float(length**0.4)


def with_room(extent: Window | None) -> Window | None:
    """A little more than these days."""
    if extent is None:
        return None
    room = timedelta(days=max(2, (extent[1] - extent[0]).days // 25))
    return _shifted(extent[0], -room), _shifted(extent[1], room)


def centred_on(window: Window, event: Event | None) -> Window:
    """The window, moved without changing its length if that event would lie outside."""
    days = bounds(event.when) if event else None
    if event is None or days is None or touches(event, window):
        return window
    length = window[1] - window[0]
    middle = days[0] + (days[1] - days[0]) // 2
    return _shifted(middle, -(length // 2)), _shifted(middle, length - length // 2)


def _shifted(day: date, step: timedelta) -> date:
    try:
        return day + step
    except OverflowError:
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedScale:
    """Days to shares of a width, linear between knots; quiet stretches are narrow."""

    days: tuple[int, ...]
    """Ordinals of the knots, ascending."""
    shares: tuple[float, ...]
    """Their positions, from 0 to 1."""

    def share(self, day: date) -> float:
        """Where a day begins, from 0 to 1; days outside lie on the edge."""
        ordinal = min(max(day.toordinal(), self.days[0]), self.days[-1])
        i = min(bisect_right(self.days, ordinal), len(self.days) - 1)
        (d0, d1), (s0, s1) = self.days[i - 1 : i + 1], self.shares[i - 1 : i + 1]
        return s0 + (s1 - s0) * (ordinal - d0) / (d1 - d0)

    def day(self, share: float) -> date:
        """The day at a position."""
        i = min(max(bisect_right(self.shares, share), 1), len(self.shares) - 1)
        (d0, d1), (s0, s1) = self.days[i - 1 : i + 1], self.shares[i - 1 : i + 1]
        return date.fromordinal(int(d0 + (d1 - d0) * (share - s0) / (s1 - s0)))


def fold(days: Sequence[date], extent: Window) -> tuple[FoldedScale, list[Window]]:
    """A scale on which stretches without a day in `days` are narrow, and those stretches."""
    marks = sorted(
        {extent[0].toordinal(), *(day.toordinal() for day in days), extent[1].toordinal() + 1}
    )
    marks = [mark for mark in marks if extent[0].toordinal() <= mark <= extent[1].toordinal() + 1]
    long = [(a, b) for a, b in pairwise(marks) if b - a > _QUIET]
    long = sorted(sorted(long, key=lambda ends: ends[0] - ends[1])[:_MOST_FOLDS])
    busy = (marks[-1] - marks[0]) - sum(b - a - 2 * _margin(a, b) for a, b in long)
    folds = [(a + _margin(a, b), b - _margin(a, b)) for a, b in long]
    width = min(_FOLD, 0.5 / max(len(folds), 1))
    unit = (1 - width * len(folds)) / max(busy, 1)
    knots, shares, position = [marks[0]], [0.0], 0.0
    for a, b in folds:
        position += (a - knots[-1]) * unit
        knots += [a, b]
        shares += [position, position + width]
        position += width
    return _closed_scale(knots, shares, marks[-1]), [
        (date.fromordinal(a), date.fromordinal(b)) for a, b in folds
    ]


def _margin(a: int, b: int) -> int:
    return min(4, (b - a) // 4)


def _closed_scale(knots: list[int], shares: list[float], end: int) -> FoldedScale:
    if knots[-1] < end:
        knots, shares = [*knots, end], [*shares, 1.0]
    return FoldedScale(days=tuple(knots), shares=tuple(shares))


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """What the strip has whatever the filters, so that it stays where it is while they change."""

    extent: Window
    """First and last day of all events."""
    scale: FoldedScale
    folds: tuple[Window, ...]
    """The quiet stretches that are drawn narrow."""
    labels: tuple[tuple[date, str], ...]
    """Days with what stands beneath them."""


def strip_of(
    extent: Window | None, middles: Ordinals, crisis: Window | None = None
) -> Strip | None:
    """The strip of a chronology, whatever the filters; the days of the crisis have most of its width.

    Args:
        middles: ordinals of the events' middle days.
    """
    if extent is None:
        return None
    scale, folds = fold([date.fromordinal(int(day)) for day in np.unique(middles)], extent)
    return Strip(
        extent=extent,
        scale=roomy(scale, crisis) if crisis else scale,
        folds=tuple(folds),
        labels=tuple(
            _labels(_stretches(extent, folds), np.unique(np.asarray(middles, dtype=np.int64)))
        ),
    )


def roomy(scale: FoldedScale, crisis: Window) -> FoldedScale:
    """The scale with the days of the crisis widened and all others narrowed, where those would have too few pixels."""
    ends = crisis[0].toordinal(), crisis[1].toordinal() + 1
    a, b = (float(share) for share in np.interp(ends, scale.days, scale.shares))
    if not 0 < b - a < _CRISIS:
        return scale
    narrowed = (1 - _CRISIS) / (1 - (b - a))
    inside = [day for day in ends if scale.days[0] < day < scale.days[-1]]
    days = sorted({*scale.days, *inside})
    shares = np.interp(days, scale.days, scale.shares)
    widened = np.interp(shares, (0, a, b, 1), (0, a * narrowed, a * narrowed + _CRISIS, 1))
    return FoldedScale(days=tuple(days), shares=tuple(map(float, widened)))


def strip_data(strip: Strip, middles: Ordinals) -> dict[str, Any]:
    """What the strip draws of events whose middle days have these ordinals.

    Every position is a share of the width, every day an ISO date.
    """
    scale = strip.scale
    counts = _binned(scale, middles)
    levels = _levelled(scale, counts)
    most = max(float(levels.max(initial=1)), 1.0)
    return {
        "knots": [
            [date.fromordinal(d).isoformat(), round(s, 5)]
            for d, s in zip(scale.days, scale.shares, strict=True)
        ],
        "bars": [
            _bar(strip, int(at), int(counts[at]), float(levels[at]) / most)
            for at in np.flatnonzero(counts)
        ],
        "folds": [
            {
                "from": round(scale.share(a), 5),
                "to": round(scale.share(b), 5),
                "text": f"Nothing from {span_text(a, b).replace(' – ', ' to ')}",
            }
            for a, b in strip.folds
        ],
        "labels": [{"x": round(scale.share(day), 5), "text": text} for day, text in strip.labels],
        "text": f"{counted(len(middles), 'dated event')} from {span_text(*strip.extent)}",
    }


def _binned(scale: FoldedScale, middles: Ordinals) -> npt.NDArray[np.int64]:
    # Days first, then their shares of the width: there are fewer days than events.
    by_day = np.bincount(np.asarray(middles) - scale.days[0])
    days = np.flatnonzero(by_day)
    shares = np.interp(days + scale.days[0], scale.days, scale.shares)
    bins = np.minimum((shares * _BINS).astype(int), _BINS - 1)
    return np.bincount(bins, weights=by_day[days], minlength=_BINS).astype(np.int64)


def _levelled(scale: FoldedScale, counts: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """The counts as bars of equal days would have them: a bin of two days beside one of three would draw a comb."""
    every = np.interp(np.arange(scale.days[0], scale.days[-1]), scale.days, scale.shares)
    days = np.bincount(np.minimum((every * _BINS).astype(int), _BINS - 1), minlength=_BINS)
    few = (days > 0) & (days <= _FEW_DAYS)
    levels = counts.astype(float)
    if few.any():
        levels[few] *= days[few].mean() / days[few]
    return levels


def _bar(strip: Strip, index: int, count: int, level: float) -> dict[str, Any]:
    scale = strip.scale
    first, last = scale.day(index / _BINS), scale.day((index + 1) / _BINS)
    return {
        "x": round(index / _BINS, 5),
        "width": round(1 / _BINS, 5),
        "height": round(sqrt(level), 3),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "text": f"{counted(count, 'event')}: {_days_told(strip, first, last)}",
    }


def _days_told(strip: Strip, first: date, last: date) -> str:
    """The days of a bar: between folds its years alone, for there an event of a year lies in the middle of it."""
    long = [(a, b) for a, b in _stretches(strip.extent, strip.folds) if (b - a).days > _SHORT]
    if any(a <= first and last <= b + timedelta(days=1) for a, b in long):
        return span_text(first, last)
    return str(last.year) if first.year == last.year else f"{first.year}–{last.year}"


def _stretches(extent: Window, folds: Sequence[Window]) -> list[Window]:
    """The days between the folds."""
    edges = [extent[0], *(edge for ends in folds for edge in ends), extent[1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _labels(stretches: Sequence[Window], middles: Ordinals) -> Iterable[tuple[date, str]]:
    """Each stretch and each month begins with a label: the browser drops those without room.

    A short stretch bears its year alone, and once for several: its event may be of the year and of no month.
    """
    years: set[int] = set()
    for first, last in [stretch for stretch in stretches if _has_any(stretch, middles)]:
        middle = first + (last - first) // 2
        if (last - first).days > _SHORT:
            months = [first, *_months(first, last)]
            if len(months) <= _MOST_LABELS:
                yield from ((day, f"{day:%b} {day.year}") for day in months)
                continue
            # Over decades nobody needs every month, and the page would carry them all.
            januaries = [day for day in months if day.month == 1]
            thinned = januaries[:: 1 + len(januaries) // _MOST_LABELS]
            yield from ((day, str(day.year)) for day in thinned)
        elif middle.year not in years:
            years.add(middle.year)
            yield first, str(middle.year)


def _has_any(stretch: Window, middles: Ordinals) -> bool:
    first, last = (day.toordinal() for day in stretch)
    return bool(np.searchsorted(middles, first) < np.searchsorted(middles, last, side="right"))


def _months(first: date, last: date) -> Iterable[date]:
    """The first days of the months after the first day."""
    day = first.replace(day=1)
    while (day.year, day.month) < (last.year, last.month) and day.year < date.max.year:
        day = (day + timedelta(days=32)).replace(day=1)
        yield day
