"""The whole screen as data: a function of the view and the snapshot, and all that the browser's part is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from timeline.dashboard.changes import told_changes
from timeline.dashboard.choices import actor_options, named_options, options
from timeline.dashboard.counting import count_by_days
from timeline.dashboard.details import Sources, event_details, whole_article
from timeline.dashboard.figures import (
    COLOURS,
    colour_of,
    hit_boxes,
    plot_width,
    selection_traces,
    signs,
    timeline_figure,
)
from timeline.dashboard.index import Index, Mask, Rows
from timeline.dashboard.lanes import Lane, Scale, kept_lanes, lane_name, pack_lanes
from timeline.dashboard.loosening import ways_out
from timeline.dashboard.overview import (
    Strip,
    Window,
    centred_on,
    strip_data,
    strip_of,
    with_room,
)
from timeline.dashboard.rows import shelf_data, table_data
from timeline.dashboard.sources import index_sources
from timeline.dashboard.state import Lanes, View, view_data
from timeline.dashboard.wording import (
    FAMILY,
    STATUS_LABELS,
    TYPE_LABELS,
    Family,
    counted,
    span_text,
    when_text,
)
from timeline.exports import exported
from timeline.model import Document, Event, EventType, Status
from timeline.naming import article_title
from timeline.store import Snapshot

MOST_MARKS = 400
"""Events that are drawn one by one. Are there more, only the most salient are, and bars count the rest."""
MOST_TITLES = 60
"""Events that are drawn beside counted bars."""
MOST_EXPORTED = 5000
"""Events of a file that is made for the browser; the command line has no such bound."""
_SCENES = 64
"""Scenes of a chronology that are kept, of some 300 kB each."""
HIGHLIGHTS = 6

SceneKey = tuple[View, Window | None, float, int | None]
"""The view without what is open in it, the days on the chart, its width, and an event that is drawn in any case."""

_FILES = {"html": "text/html", "csv": "text/csv"}
_LANE_LABELS = {
    Lanes.TYPE: "Type",
    Lanes.ACTOR: "Actor",
    Lanes.PLACE: "Place",
    Lanes.ARTICLE: "Article",
    Lanes.NONE: "One lane",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The part of a screen that stays while events are opened and closed. Not to be changed."""

    data: Mapping[str, Any]
    rows: frozenset[int]
    """Of the events that are drawn one by one."""
    lanes: tuple[Lane, ...]
    scale: Scale | None
    shown: Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What does not depend on the visitor: made once for a chronology and shared. Nothing in it changes."""

    snapshot: Snapshot
    sources: Sources
    window: Window | None
    """The crisis: what is shown first."""
    index: Index
    strip: Strip | None
    """The whole range, which stays as it is while filters change."""
    surroundings: dict[View, Mapping[str, Any]] = field(default_factory=dict)
    scenes: dict[SceneKey, Scene] = field(default_factory=dict)
    """Those last asked for: whoever opens an event, and whoever comes first, sees what others have seen."""


def set_stage(snapshot: Snapshot) -> Stage:
    """Reads what every screen of a chronology needs."""
    index = Index(snapshot)
    everything = np.ones(index.size, dtype=bool)
    crisis = index.densest(everything)
    snapshot.prepare()
    return Stage(
        snapshot=snapshot,
        sources=index_sources(snapshot, index),
        window=crisis,
        index=index,
        strip=strip_of(index.extent(everything), index.middles(everything), crisis),
    )


def screen(view: View, stage: Stage, width: float) -> dict[str, Any]:
    """All that is shown for a view, in a chart of `width` pixels. `view` holds ids that exist (`resolve_view`)."""
    found = stage.index.found(view)
    selected = stage.sources.events.get(view.event)
    scene = _scene_with(view, stage, shown_window(view, stage, found, selected), width)
    return {
        **scene.data,
        "view": view_data(view),
        "changes": told_changes(view.version, stage.snapshot),
        "table": table_data(view, stage.index, scene.shown),
        "figure": _with_selection(scene, width, view.event),
        **event_data(view, stage),
    }


def event_data(view: View, stage: Stage) -> dict[str, Any]:
    """The part of a screen that an open event decides."""
    selected = stage.sources.events.get(view.event)
    return {
        "steps": _steps(view, stage.index.found(view), stage.index),
        "details": event_details(selected, stage.sources) if selected else None,
        "article": whole_article(selected, view.passage, stage.sources)
        if selected and view.passage
        else None,
    }


def foreseen(view: View, stage: Stage, events: Sequence[str]) -> dict[str, Any]:
    """What `event_data` tells once one of these events is opened, by event; those that are not there are left out."""
    there = (event for event in events if stage.index.row(event) is not None)
    return {event: event_data(replace(view, event=event, passage=""), stage) for event in there}


def _scene_with(view: View, stage: Stage, window: Window | None, width: float) -> Scene:
    """The scene, with the open event drawn if it lies in the window, however little it weighs."""
    looked_at = replace(view, event="", passage="", version="")
    scene = _remembered_scene((looked_at, window, width, None), stage)
    row = stage.index.row(view.event)
    if row is None or window is None or row in scene.rows:
        return scene
    if not stage.index.touching(window)[row] or not stage.index.found(view)[row]:
        return scene
    return _remembered_scene((looked_at, window, width, row), stage)


def _remembered_scene(key: SceneKey, stage: Stage) -> Scene:
    scene = stage.scenes.pop(key, None) or _set_scene(key, stage)
    # The last asked for comes last: the first is let go of.
    stage.scenes[key] = scene
    if len(stage.scenes) > _SCENES:
        stage.scenes.pop(next(iter(stage.scenes)), None)
    return scene


def _set_scene(key: SceneKey, stage: Stage) -> Scene:
    view, window, width, selected = key
    index = stage.index
    found = index.found(view)
    shown = found & index.touching(window) if window else np.zeros_like(found)
    undated = found & ~index.dated
    scale = Scale(window=window, width=plot_width(width)) if window else None
    rows = _drawn_rows(index, shown, selected)
    lanes = _lanes(view, stage, shown, rows, scale) if scale else ()
    data = {
        "version": stage.snapshot.version,
        "lead": _lead(index.size, len(stage.sources.documents)),
        "window": _window_data(window),
        "crisis": _window_data(stage.window),
        **_remembered_surroundings(view, stage, found),
        **_chart(lanes, scale, width, int(shown.sum()) - len(rows)),
        "counts": _counts(found, shown, undated),
        "ways": [] if shown.any() else ways_out(view, index),
        "highlights": _highlights(index.best_rows(shown, HIGHLIGHTS), stage),
    }
    return Scene(data=data, rows=frozenset(map(int, rows)), lanes=lanes, scale=scale, shown=shown)


def _remembered_surroundings(view: View, stage: Stage, found: Mask) -> Mapping[str, Any]:
    """The part of a scene that stays while the window moves: whoever zooms asks for it again and again."""
    key = replace(view, start=None, end=None, lanes=Lanes.TYPE, page=0)
    known = stage.surroundings.pop(key, None)
    if known is None:
        index = stage.index
        known = {
            "whole": _window_data(with_room(index.extent(found))),
            "overview": strip_data(stage.strip, index.middles(found)) if stage.strip else {},
            "shelf": shelf_data(view, index, found & ~index.dated),
            "filters": _filters(view, stage),
        }
    stage.surroundings[key] = known
    if len(stage.surroundings) > _SCENES:
        stage.surroundings.pop(next(iter(stage.surroundings)), None)
    return known


def _with_selection(scene: Scene, width: float, selected: str) -> dict[str, Any] | None:
    figure: dict[str, Any] | None = scene.data["figure"]
    if figure is None or scene.scale is None:
        return None
    ring = selection_traces(scene.lanes, scene.scale, width, selected)
    return {**figure, "data": [*figure["data"], *ring]}


def _lead(events: int, articles: int) -> str:
    """The welcome: what this is, in one sentence."""
    found, told = counted(events, "event"), counted(articles, "article")
    return f"{found} found in {told}: when each happened, who did it, and the passages that say so."


def shown_window(view: View, stage: Stage, found: Mask, selected: Event | None) -> Window | None:
    """The days on the chart: those of the address, else the crisis, else wherever the events that were found lie."""
    if view.start or view.end:
        whole = with_room(stage.index.extent(found)) or stage.window
        first, last = view.start or (whole and whole[0]), view.end or (whole and whole[1])
        if first and last:
            return (
                (first, last) if first <= last else (first, first) if view.start else (last, last)
            )
    window = stage.window
    if window and view.is_filtered and not (found & stage.index.touching(window)).any():
        window = stage.index.densest(found) or window
    return centred_on(window, selected) if window else None


def _chart(
    lanes: Sequence[Lane], scale: Scale | None, width: float, counted_only: int
) -> dict[str, Any]:
    if scale is None:
        return {"figure": None, "hits": [], "spoken": {}, "alternative": "", "width": width}
    drawn = [event for lane in lanes for event in lane.events]
    listed = [event for lane in lanes for bar in lane.bars for event in bar.events]
    families = {FAMILY[event.event_type] for event in drawn}
    return {
        "figure": timeline_figure(lanes, scale, width),
        "width": width,
        "hits": hit_boxes(lanes, scale, width),
        "spoken": {event.event_id: _spoken(event) for event in [*drawn, *listed]},
        "alternative": _alternative(lanes, scale.window),
        "counted": counted_only,
        "signs": signs(lanes),
        "legend": [
            {"name": family.value, "colour": COLOURS[family]}
            for family in Family
            if family in families
        ],
    }


def _drawn_rows(index: Index, shown: Mask, selected: int | None) -> Rows:
    """The events that are drawn one by one."""
    crowded = int(shown.sum()) > MOST_MARKS
    rows = index.best_rows(shown, MOST_TITLES if crowded else MOST_MARKS)
    if selected is not None and selected not in rows:
        rows[-1] = selected
    return rows


def _lanes(view: View, stage: Stage, shown: Mask, rows: Rows, scale: Scale) -> tuple[Lane, ...]:
    """The lanes, in which those of `rows` lie beside all others, which are counted."""
    index, lanes = stage.index, stage.index.lanes(view.lanes)
    drawn = stage.snapshot.events_at(rows)
    kept = kept_lanes(lanes.counts(shown))
    called = (lanes.of(row) for row in rows)
    names = {
        event.event_id: lane_name(name, kept) for event, name in zip(drawn, called, strict=True)
    }
    rest = shown.copy()
    rest[rows] = False
    bars = count_by_days(index, rest, lanes, sorted(kept), scale) if rest.any() else None
    return pack_lanes(drawn, names, scale, bars)


def _alternative(lanes: Sequence[Lane], window: Window) -> str:
    """What the chart shows, in a sentence for those who do not see it."""
    told = ", ".join(f"{lane.name} {lane.count}" for lane in lanes)
    return f"Timeline of {span_text(*window)}. Events in each lane: {told or 'none'}. The table below lists them all."


def _spoken(event: Event) -> str:
    """What the tooltip shows and a screen reader says."""
    status = "" if event.status is Status.OCCURRED else f" · {STATUS_LABELS[event.status].lower()}"
    return "\n".join(
        (
            event.title,
            f"{when_text(event.when, weekday=True)}{status}",
            f"{TYPE_LABELS[event.event_type]} · {counted(event.sources, 'source')}",
        )
    )


def _window_data(window: Window | None) -> dict[str, str] | None:
    if window is None:
        return None
    return {"from": window[0].isoformat(), "to": window[1].isoformat(), "text": span_text(*window)}


def _counts(found: Mask, shown: Mask, undated: Mask) -> dict[str, int]:
    return {
        "all": len(found),
        "found": int(found.sum()),
        "shown": int(shown.sum()),
        "undated": int(undated.sum()),
        "outside": int(found.sum() - shown.sum() - undated.sum()),
    }


def _steps(view: View, found: Mask, index: Index) -> dict[str, dict[str, str] | None]:
    """The events before and after the open one, among those found."""
    row = index.row(view.event)
    if row is None:
        return {"previous": None, "next": None}
    before, after = index.beside(found, row)
    return {"previous": _step(before), "next": _step(after)}


def _step(event: Event | None) -> dict[str, str] | None:
    return {"id": event.event_id, "title": event.title} if event else None


def _highlights(rows: Rows, stage: Stage) -> list[dict[str, str]]:
    """The events to begin with: the most salient ones, in the order of their dates."""
    return [
        {
            "id": event.event_id,
            "title": event.title,
            "date": when_text(event.when),
            "colour": colour_of(event),
        }
        for event in stage.snapshot.events_at(np.sort(rows))
    ]


def _filters(view: View, stage: Stage) -> dict[str, Any]:
    """What can be chosen, with counts that follow all the other choices."""
    index = stage.index

    def counts(name: str) -> dict[str, int]:
        # Of several actors who must all take part, each further one is counted beside those chosen.
        kept = name == "actor" and view.match == "all"
        return index.counts(view, name, without="" if kept else name)

    articles, places = counts("article"), counts("place")
    return {
        "actors": actor_options(stage.snapshot.actors(), counts("actor"), view.actors),
        "types": options(EventType, TYPE_LABELS, counts("type"), view.types),
        "statuses": options(Status, STATUS_LABELS, counts("status"), view.statuses),
        "places": named_options(lambda names: {name: name for name in names}, places, view.places),
        "articles": named_options(
            lambda ids: {
                i: _article_name(d if d.title else stage.sources.documents[i])
                for i, d in stage.snapshot.document_heads(ids).items()
            },
            articles,
            view.articles,
        ),
        "lanes": [{"id": lanes.value, "name": _LANE_LABELS[lanes]} for lanes in Lanes],
    }


def _article_name(document: Document) -> str:
    return " · ".join(filter(None, (article_title(document), document.publisher)))


def file_of(view: View, stage: Stage, format_name: str) -> dict[str, str]:
    """The events of a view, those on the chart and on the shelf, as a file of that format (`exports.exported`)."""
    index = stage.index
    found = index.found(view)
    window = shown_window(view, stage, found, stage.sources.events.get(view.event))
    chosen = found & (index.touching(window) | ~index.dated) if window else found
    events = index.at(chosen, MOST_EXPORTED)
    name = format_name if format_name in _FILES else "html"
    text = exported(name, events, stage.sources.documents, stage.snapshot.version)
    return {"name": f"timeline.{name}", "type": _FILES[name], "text": text}
