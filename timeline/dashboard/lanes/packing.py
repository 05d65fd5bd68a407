"""Which row of its lane an event lies in: marks and titles never lie over each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from timeline.dashboard.lanes.shapes import (
    NOT_STATED,
    OTHER,
    Bar,
    Bars,
    Cluster,
    Lane,
    Mark,
    Scale,
    Side,
    is_span,
)
from timeline.dashboard.lanes.titles import (
    CLUSTER_PIXELS,
    GAP,
    SHORTEST_TITLE,
    fitted,
    footprint,
    importance,
    lengthened,
    text_width,
)
from timeline.dashboard.overview import bounds
from timeline.dashboard.wording import Family
from timeline.model import Event

MOST_LANES = 8
ROW_PIXELS = 26
_MOST_ROWS = 7
_ROW_BUDGET = 32
"""Rows of all lanes together: what fits on a screen."""
_LONGEST_TITLE = 400
ONE_LINE = 15
"""Letters of a lane's name that fit into one line beside the chart."""


def kept_lanes(counts: Mapping[str, int]) -> set[str]:
    """The names that get a lane of their own; the others share `OTHER`."""
    named = Counter({name: count for name, count in counts.items() if name})
    most = MOST_LANES if len(named) <= MOST_LANES else MOST_LANES - 1
    return {name for name, _ in named.most_common(most)}


def lane_name(name: str, kept: Collection[str]) -> str:
    """The lane that events of that value share; an empty one is none."""
    return name if name in kept else OTHER if name else NOT_STATED


def pack_lanes(
    events: Sequence[Event], names: Mapping[str, str], scale: Scale, bars: Bars | None = None
) -> tuple[Lane, ...]:
    """All lanes with their events in rows, the fullest story first: type lanes in their own order, others by count."""
    grouped: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        grouped[names[event.event_id]].append(event)
    counted = {name: sum(bar.count for bar in some) for name, some in (bars or {}).items()}
    for name in counted:
        grouped[name] += []
    most_rows = max(3, min(_MOST_ROWS, _ROW_BUDGET // max(len(grouped), 1)))
    packed: list[Lane] = []
    top = 0
    sizes = {name: len(some) + counted.get(name, 0) for name, some in grouped.items()}
    for name in sorted(grouped, key=lambda name: _lane_order(name, sizes[name])):
        lane = _pack(name, grouped[name], scale, top, most_rows if len(grouped) > 1 else 18)
        lane = _with_bars(lane, (bars or {}).get(name, ()))
        packed.append(lane)
        top += lane.rows
    return tuple(packed)


def _with_bars(lane: Lane, bars: Sequence[Bar]) -> Lane:
    """The lane with a row of counted bars beneath its marks."""
    if not bars:
        return lane
    taken = [mark.row for mark in lane.marks] + [cluster.row for cluster in lane.clusters]
    row = 1 + max(taken, default=lane.top - 1)
    rows = max(row + 1 - lane.top, _fewest_rows(lane.name))
    return replace(lane, rows=rows, bars=tuple(replace(bar, row=row) for bar in bars))


def _fewest_rows(name: str) -> int:
    return 1 if len(name) <= ONE_LINE else 2


def _lane_order(name: str, count: int) -> tuple[bool, bool, int, int, str]:
    families = [family.value for family in Family]
    return (
        name == NOT_STATED,
        name == OTHER,
        families.index(name) if name in families else 0,
        -count,
        name,
    )


def _pack(name: str, events: Sequence[Event], scale: Scale, top: int, most: int) -> Lane:
    """Greedy, the most salient first: its own row and its whole title, else a cut title, else the mark alone."""
    rows = [_Row(number) for number in range(most)]
    marks: list[Mark] = []
    crowded: list[Mark] = []
    for mark in sorted((_mark(event, scale) for event in events), key=importance):
        placed = _place(mark, rows, scale)
        (marks if placed else crowded).append(placed or mark)
    used = 1 + max((mark.row for mark in marks), default=0)
    left, clusters = _crowd(crowded, scale, used)
    alone = _entitled(left, clusters, scale, used)
    return Lane(
        name=name,
        top=top,
        rows=max(used + bool(crowded), _fewest_rows(name)),
        marks=tuple(
            replace(mark, row=mark.row + top)
            for mark in sorted(
                lengthened([*marks, *alone], clusters, scale),
                key=lambda mark: (mark.x, mark.row),
            )
        ),
        clusters=tuple(replace(cluster, row=cluster.row + top) for cluster in clusters),
    )


def _mark(event: Event, scale: Scale) -> Mark:
    first, last = _moments(event, scale)
    middle = first + (last - first) / 2
    x = max(first, scale.start) if is_span(event) else middle
    if not is_span(event) and not scale.start <= middle <= scale.end:
        seen = max(first, scale.start), min(last, scale.end)
        x = seen[0] + (seen[1] - seen[0]) / 2
    return Mark(event=event, first=first, last=last, x=x)


def _moments(event: Event, scale: Scale) -> tuple[datetime, datetime]:
    days = bounds(event.when)
    assert days is not None, "undated events lie on the shelf"
    first, last = (datetime.combine(day, time()) for day in days)
    if days[0] == days[1] and not is_span(event):
        return first, last
    half = timedelta(hours=11)
    return first - half, max(scale.end, last + half) if event.when.ongoing else last + half


@dataclass(slots=True)
class _Row:
    number: int
    taken: list[tuple[float, float]] = field(default_factory=list)

    def free(self, start: float, end: float) -> bool:
        return all(end <= left or start >= right for left, right in self.taken)

    def room_after(self, start: float) -> float:
        return min((left for left, _ in self.taken if left >= start), default=float("inf")) - start


def _place(mark: Mark, rows: Sequence[_Row], scale: Scale) -> Mark | None:
    start, end = footprint(mark, scale)
    if titled := _titled(mark, rows, (start, end), scale):
        return titled
    for row in rows:
        if row.free(start, end):
            row.taken.append((start, end))
            return replace(mark, row=row.number)
    return None


def _titled(
    mark: Mark, rows: Sequence[_Row], box: tuple[float, float], scale: Scale
) -> Mark | None:
    """The mark with as much of its title as one of the rows has room for; None if that is too little."""
    wanted = min(text_width(mark.event.title), _LONGEST_TITLE)
    inside = box[1] - box[0] if is_span(mark.event) else 0.0
    for width in (wanted, wanted * 0.6, SHORTEST_TITLE):
        if width < min(SHORTEST_TITLE, wanted):
            continue
        for row in rows:
            if placed := _with_title(mark, row, (*box, inside), width, scale):
                return placed
    return None


def _with_title(
    mark: Mark, row: _Row, box: tuple[float, float, float], width: float, scale: Scale
) -> Mark | None:
    """The mark in this row if it and `width` pixels of its title find room, behind it or before it."""
    start, end, inside = box
    if inside >= width + GAP and row.free(start, end):
        row.taken.append((start, end))
        label = fitted(mark.event.title, inside - 2 * GAP)
        return replace(mark, row=row.number, label=label, side=Side.INSIDE)
    stop = end + width + GAP
    if stop <= scale.width and row.free(start, stop):
        room = min(row.room_after(end), scale.width - end, wanted_room(mark)) - GAP
        label = fitted(mark.event.title, room)
        row.taken.append((start, end + text_width(label) + 2 * GAP))
        return replace(mark, row=row.number, label=label)
    begin = start - width - GAP
    if begin >= 0 and row.free(begin, end):
        label = fitted(mark.event.title, width)
        row.taken.append((start - text_width(label) - 2 * GAP, end))
        return replace(mark, row=row.number, label=label, side=Side.LEFT)
    return None


def _entitled(
    alone: Sequence[Mark], clusters: Sequence[Cluster], scale: Scale, number: int
) -> list[Mark]:
    """What was left over and shares the last row, with titles where the others leave room for one."""
    boxes = {mark.event.event_id: footprint(mark, scale) for mark in alone}
    badges = [
        (scale.pixel(c.x) - CLUSTER_PIXELS / 2, scale.pixel(c.x) + CLUSTER_PIXELS / 2)
        for c in clusters
    ]
    titles: list[tuple[float, float]] = []
    entitled: list[Mark] = []
    for mark in sorted(alone, key=importance):
        start, end = boxes[mark.event.event_id]
        others = [box for name, box in boxes.items() if name != mark.event.event_id]
        row = _Row(number, [*others, *badges, *titles])
        placed = _titled(mark, [row], (start, end), scale)
        if placed:
            titles.append(row.taken[-1])
        entitled.append(placed or mark)
    return entitled


def wanted_room(mark: Mark) -> float:
    """Pixels that the title and its gap would take, were there no neighbour."""
    return min(text_width(mark.event.title), _LONGEST_TITLE) + GAP + 1


def _crowd(crowded: Iterable[Mark], scale: Scale, row: int) -> tuple[list[Mark], list[Cluster]]:
    """What found no room, in a row of its own: close ones counted together, single ones as they are."""
    groups: list[list[Mark]] = []
    for mark in sorted(crowded, key=lambda mark: (mark.x, mark.event.event_id)):
        if (
            groups
            and _edged_pixel(mark, scale) - _edged_pixel(groups[-1][0], scale) < CLUSTER_PIXELS
        ):
            groups[-1].append(mark)
        else:
            groups.append([mark])
    alone = [
        replace(group[0], row=row)
        for group in groups
        if len(group) == 1 and (len(groups) == 1 or group[0].first == group[0].last)
    ]
    single = {mark.event.event_id for mark in alone}
    return alone, [
        Cluster(
            events=tuple(mark.event for mark in group),
            x=scale.moment(_edged_pixel(group[0], scale)),
            row=row,
        )
        for group in groups
        if group[0].event.event_id not in single
    ]


def _edged_pixel(mark: Mark, scale: Scale) -> float:
    """Where a badge for the mark lies: moved in, where it would stick out of the chart."""
    return min(max(scale.pixel(mark.x), 12), scale.width - 12)
