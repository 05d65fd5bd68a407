"""Events by lanes and stretches of days, counted: what a lane shows where single events would find no room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from timeline.dashboard.index import Index, LaneOf, Mask, Rows
from timeline.dashboard.lanes import NOT_STATED, OTHER, Bar, Bars, Scale
from timeline.model import Event

_BAR_PIXELS = 62
"""About as wide is a bar: wide enough to be pointed at, and for its number."""
_MOST_LISTED = 40
"""Events of one day, which no zoom parts, that a click on its bar lists."""


def count_by_days(
    index: Index, mask: Mask, lanes: LaneOf, kept: Sequence[str], scale: Scale
) -> Bars:
    """Bars of the masked events by lane, each over days of its own; what reaches into the window is counted at its edge.

    Args:
        kept: the lanes that are shown; events of all others share `OTHER`, those of none `NOT_STATED`.
    """
    first, last = scale.window
    days = (last - first).days + 1
    step = max(1, -(-days * _BAR_PIXELS // int(scale.width)))
    width = -(-days // step)
    rows = np.flatnonzero(mask)
    middles = index.middle[rows].clip(first.toordinal(), last.toordinal())
    names = [*(name for name in kept if name != OTHER), OTHER, NOT_STATED]
    number_of = {name: number for number, name in enumerate(names)} | {"": len(names) - 1}
    slots = np.array([number_of.get(name, len(names) - 2) for name in lanes.names])
    slot_of = slots[lanes.codes[rows]]
    counts = np.bincount(slot_of * width + (middles - first.toordinal()) // step)
    bars: defaultdict[str, list[Bar]] = defaultdict(list)
    for at in np.flatnonzero(counts):
        slot, number = divmod(int(at), width)
        begin = first + timedelta(days=number * step)
        window = begin, max(begin, min(begin + timedelta(days=step - 1), last))
        listed = _listed(index, rows[slot_of == slot]) if days == 1 else ()
        bars[names[slot]].append(Bar(count=int(counts[at]), window=window, events=listed))
    return bars


def _listed(index: Index, rows: Rows) -> tuple[Event, ...]:
    mask = np.zeros(index.size, dtype=bool)
    mask[rows] = True
    return tuple(index.best(mask, _MOST_LISTED))
