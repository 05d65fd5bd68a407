"""Events by stretches of days, counted: what a lane shows where single events would find no room."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from timeline.dashboard.index import Index, Mask
from timeline.dashboard.lanes import Bar, Scale

_BAR_PIXELS = 62
"""About as wide is a bar: wide enough to be pointed at, and for its number."""
_MOST_LISTED = 40
"""Events of one day, which no zoom parts, that a click on its bar lists."""


def count_by_days(index: Index, mask: Mask, scale: Scale) -> list[Bar]:
    """Bars of the masked events, each over days of its own; what reaches into the window is counted at its edge."""
    first, last = scale.window
    days = (last - first).days + 1
    step = max(1, -(-days * _BAR_PIXELS // int(scale.width)))
    places = np.flatnonzero(mask)
    middles = index.middles(mask).clip(first.toordinal(), last.toordinal())
    bins = (middles - first.toordinal()) // step
    bars: list[Bar] = []
    for at in np.unique(bins):
        begin = first + timedelta(days=int(at) * step)
        end = min(begin + timedelta(days=step - 1), last)
        here = places[bins == at]
        listed = here[np.argsort(-index.salience[here], kind="stable")[:_MOST_LISTED]]
        events = tuple(index.events[one] for one in listed) if days == 1 else ()
        bars.append(Bar(count=len(here), window=_ordered(begin, end), events=events))
    return bars


def _ordered(first: date, last: date) -> tuple[date, date]:
    return min(first, last), max(first, last)
