"""The whole screen as data: a function of the view and the snapshot, and all that the browser's part is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from timeline.dashboard.details import Sources, event_details, index_sources, whole_article
from timeline.dashboard.figures import COLOURS, colour_of, hit_boxes, plot_width, timeline_figure
from timeline.dashboard.lanes import Lane, Scale, lane_names, pack_lanes
from timeline.dashboard.overview import (
    Window,
    bounds,
    centred_on,
    densest_window,
    overview,
    touches,
    whole_window,
)
from timeline.dashboard.state import Lanes, View
from timeline.dashboard.wording import (
    FAMILY,
    STATUS_LABELS,
    TYPE_LABELS,
    Family,
    counted,
    span_text,
    when_text,
)
from timeline.model import Actor, Event, EventType, Status
from timeline.store import Snapshot

MOST_MARKS = 1500
"""Events that are drawn at once, the most salient ones; the rest is told as a number."""
MOST_ROWS = 400
"""Rows of the table and the shelf."""
MOST_ALIASES = 12
HIGHLIGHTS = 6

_LANE_LABELS = {
    Lanes.TYPE: "Type",
    Lanes.ACTOR: "Actor",
    Lanes.PLACE: "Place",
    Lanes.ARTICLE: "Article",
    Lanes.NONE: "One lane",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What does not depend on the visitor: made once for a chronology and shared. Nothing in it changes."""

    snapshot: Snapshot
    sources: Sources
    window: Window | None
    """The crisis: what is shown first."""


def set_stage(snapshot: Snapshot) -> Stage:
    """Reads what every screen of a chronology needs."""
    events = snapshot.events()
    names = {actor_id: actor.name for actor_id, actor in snapshot.actors().items()}
    return Stage(
        snapshot=snapshot,
        sources=index_sources(snapshot.documents(), events, names),
        window=densest_window(events),
    )


def screen(view: View, stage: Stage, width: float) -> dict[str, Any]:
    """All that is shown for a view, in a chart of `width` pixels. `view` holds ids that exist (`resolve_view`)."""
    events = stage.snapshot.events(view.query)
    selected = stage.snapshot.event(view.event) if view.event else None
    window = shown_window(view, stage, events, selected)
    shown = [event for event in events if window and touches(event, window)]
    undated = sorted(
        (event for event in events if bounds(event.when) is None), key=lambda event: -event.salience
    )
    everything = [*stage.sources.events.values()]
    return {
        "version": stage.snapshot.version,
        "lead": _lead(len(everything), len(stage.sources.documents)),
        "view": _view_data(view),
        "window": _window_data(window),
        "crisis": _window_data(stage.window),
        "whole": _window_data(whole_window(events)),
        "overview": overview(events, everything),
        **_chart(view, stage, shown, window, width),
        "rows": [_row(event, stage) for event in shown[:MOST_ROWS]],
        "shelf": [_row(event, stage) for event in undated[:MOST_ROWS]],
        "counts": _counts(events, shown, undated, everything),
        "highlights": _highlights(shown),
        "filters": _filters(view, stage),
        "details": event_details(selected, stage.sources) if selected else None,
        "article": whole_article(selected, view.passage, stage.sources)
        if selected and view.passage
        else None,
    }


def _lead(events: int, articles: int) -> str:
    """The welcome: what this is, in one sentence."""
    found, told = counted(events, "event"), counted(articles, "article")
    return f"{found} found in {told}: when each happened, who did it, and the passages that say so."


def shown_window(
    view: View, stage: Stage, events: Sequence[Event], selected: Event | None
) -> Window | None:
    """The days on the chart: those of the address, else the crisis, else wherever the events that were found lie."""
    if view.start or view.end:
        whole = whole_window(events) or stage.window
        first, last = view.start or (whole and whole[0]), view.end or (whole and whole[1])
        if first and last:
            return (
                (first, last) if first <= last else (first, first) if view.start else (last, last)
            )
    window = stage.window
    if window and view.is_filtered and not any(touches(event, window) for event in events):
        window = densest_window(events) or window
    return centred_on(window, selected) if window else None


def _chart(
    view: View, stage: Stage, shown: Sequence[Event], window: Window | None, width: float
) -> dict[str, Any]:
    if window is None:
        return {"figure": None, "hits": [], "spoken": {}, "alternative": "", "width": width}
    drawn = sorted(shown, key=lambda event: (event.event_id != view.event, -event.salience))[
        :MOST_MARKS
    ]
    scale = Scale(window=window, width=plot_width(width))
    lanes = pack_lanes(drawn, lane_names(drawn, view.lanes, stage.sources.documents), scale)
    return {
        "figure": timeline_figure(lanes, scale, width, view.event),
        "width": width,
        "hits": hit_boxes(lanes, scale, width),
        "spoken": {event.event_id: _spoken(event) for event in drawn},
        "alternative": _alternative(lanes, window),
        "hidden": len(shown) - len(drawn),
        "legend": [
            {"name": family.value, "colour": COLOURS[family]}
            for family in Family
            if any(FAMILY[event.event_type] is family for event in drawn)
        ],
    }


def _alternative(lanes: Sequence[Lane], window: Window) -> str:
    """What the chart shows, in a sentence for those who do not see it."""
    told = ", ".join(f"{lane.name} {lane.count}" for lane in lanes)
    return f"Timeline of {span_text(*window)}. Events in each lane: {told or 'none'}. The table below lists them all."


def _spoken(event: Event) -> str:
    """What the tooltip shows and a screen reader says."""
    return "\n".join(
        (
            event.title,
            f"{when_text(event.when, weekday=True)} · {STATUS_LABELS[event.status].lower()}",
            f"{TYPE_LABELS[event.event_type]} · {counted(event.sources, 'source')}",
        )
    )


def _view_data(view: View) -> dict[str, Any]:
    return {
        "actor": list(view.actors),
        "match": view.match,
        "type": list(view.types),
        "status": list(view.statuses),
        "from": view.start.isoformat() if view.start else "",
        "to": view.end.isoformat() if view.end else "",
        "q": view.text,
        "lanes": view.lanes.value,
        "event": view.event,
        "passage": view.passage,
        "v": view.version,
    }


def _window_data(window: Window | None) -> dict[str, str] | None:
    if window is None:
        return None
    return {"from": window[0].isoformat(), "to": window[1].isoformat(), "text": span_text(*window)}


def _row(event: Event, stage: Stage) -> dict[str, Any]:
    return {
        "id": event.event_id,
        "date": when_text(event.when),
        "title": event.title,
        "type": TYPE_LABELS[event.event_type],
        "colour": colour_of(event),
        "status": STATUS_LABELS[event.status],
        "actors": ", ".join(dict.fromkeys(actor.name for actor in event.actors)),
        "place": event.place.name if event.place else "",
        "sources": event.sources,
    }


def _counts(
    events: Sequence[Event],
    shown: Sequence[Event],
    undated: Sequence[Event],
    everything: Sequence[Event],
) -> dict[str, int]:
    return {
        "all": len(everything),
        "found": len(events),
        "shown": len(shown),
        "undated": len(undated),
        "outside": len(events) - len(shown) - len(undated),
    }


def _highlights(shown: Sequence[Event]) -> list[dict[str, str]]:
    """The events to begin with: the most salient ones, in the order of their dates."""
    best = sorted(shown, key=lambda event: -event.salience)[:HIGHLIGHTS]
    return [
        {
            "id": event.event_id,
            "title": event.title,
            "date": when_text(event.when),
            "colour": colour_of(event),
        }
        for event in shown
        if event in best
    ]


def _filters(view: View, stage: Stage) -> dict[str, Any]:
    """What can be chosen, with counts that follow all the other choices."""
    snapshot = stage.snapshot
    others = replace(view, actors=()) if view.match == "any" else view
    counts = snapshot.actor_counts(others.query)
    by_type = Counter(event.event_type for event in snapshot.events(replace(view, types=()).query))
    by_status = Counter(event.status for event in snapshot.events(replace(view, statuses=()).query))
    return {
        "actors": _actor_options(snapshot.actors(), counts, view.actors),
        "types": _options(EventType, TYPE_LABELS, by_type, view.types),
        "statuses": _options(Status, STATUS_LABELS, by_status, view.statuses),
        "lanes": [{"id": lanes.value, "name": _LANE_LABELS[lanes]} for lanes in Lanes],
    }


def _actor_options(
    actors: Mapping[str, Actor], counts: Mapping[str, int], chosen: Sequence[str]
) -> list[dict[str, Any]]:
    found = sorted(
        (
            actor
            for actor in actors.values()
            if counts.get(actor.actor_id) or actor.actor_id in chosen
        ),
        key=lambda actor: (-counts.get(actor.actor_id, 0), actor.name),
    )
    return [
        {
            "id": actor.actor_id,
            "name": actor.name,
            "count": counts.get(actor.actor_id, 0),
            "aliases": list(actor.aliases[:MOST_ALIASES]),
            "kind": actor.kind.value.replace("_", " "),
        }
        for actor in found
    ]


def _options(
    kinds: Iterable[Any],
    labels: Mapping[Any, str],
    counts: Mapping[Any, int],
    chosen: Sequence[str],
) -> list[dict[str, Any]]:
    present: Callable[[Any], bool] = lambda kind: bool(counts.get(kind)) or kind.value in chosen  # noqa: E731
    return [
        {"id": kind.value, "name": labels[kind], "count": counts.get(kind, 0)}
        for kind in sorted(filter(present, kinds), key=lambda kind: -counts.get(kind, 0))
    ]
