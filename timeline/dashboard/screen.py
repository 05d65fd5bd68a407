"""The whole screen as data: a function of the view and the snapshot, and all that the browser's part is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from timeline.dashboard.changes import told_changes
from timeline.dashboard.counting import count_by_days
from timeline.dashboard.details import Sources, event_details, index_sources, whole_article
from timeline.dashboard.figures import COLOURS, colour_of, hit_boxes, plot_width, timeline_figure
from timeline.dashboard.index import Index, Mask
from timeline.dashboard.lanes import OTHER, Lane, Scale, kept_lanes, lane_names, pack_lanes
from timeline.dashboard.overview import (
    Strip,
    Window,
    centred_on,
    densest_window,
    strip_data,
    strip_of,
    with_room,
)
from timeline.dashboard.rows import shelf_data, table_data
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
from timeline.exports import exported
from timeline.model import Actor, Document, Event, EventType, Status
from timeline.naming import article_title
from timeline.store import Snapshot

MOST_MARKS = 400
"""Events that are drawn one by one. Are there more, only the most salient are, and bars count the rest."""
MOST_TITLES = 60
"""Events that are drawn beside counted bars."""
MOST_OPTIONS = 200
"""Places and articles to choose from."""
MOST_EXPORTED = 5000
"""Events of a file that is made for the browser; the command line has no such bound."""
MOST_ALIASES = 12
HIGHLIGHTS = 6

_FILES = {"html": "text/html", "csv": "text/csv"}
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
    index: Index
    strip: Strip | None
    """The whole range, which stays as it is while filters change."""


def set_stage(snapshot: Snapshot) -> Stage:
    """Reads what every screen of a chronology needs."""
    index = Index(snapshot)
    events = index.events
    everything = np.ones(len(events), dtype=bool)
    middles = [date.fromordinal(int(day)) for day in index.middles(everything)]
    names = {actor_id: actor.name for actor_id, actor in snapshot.actors().items()}
    crisis = densest_window(events)
    return Stage(
        snapshot=snapshot,
        sources=index_sources(snapshot.documents(), events, names),
        window=crisis,
        index=index,
        strip=strip_of(index.extent(everything), middles, crisis),
    )


def screen(view: View, stage: Stage, width: float) -> dict[str, Any]:
    """All that is shown for a view, in a chart of `width` pixels. `view` holds ids that exist (`resolve_view`)."""
    index = stage.index
    found = index.found(view)
    selected = stage.sources.events.get(view.event)
    window = shown_window(view, stage, found, selected)
    shown = found & index.touching(window) if window else np.zeros_like(found)
    undated = found & ~index.dated
    return {
        "version": stage.snapshot.version,
        "lead": _lead(len(index.events), len(stage.sources.documents)),
        "view": _view_data(view),
        "window": _window_data(window),
        "crisis": _window_data(stage.window),
        "whole": _window_data(with_room(index.extent(found))),
        "overview": strip_data(stage.strip, index.middles(found)) if stage.strip else {},
        **_chart(view, stage, shown, window, width),
        "table": table_data(view, index, shown),
        "shelf": shelf_data(view, index, undated),
        "counts": _counts(found, shown, undated),
        "highlights": _highlights(index.best(shown, HIGHLIGHTS), index),
        "steps": _steps(view, found, index),
        "filters": _filters(view, stage),
        "changes": told_changes(view.version, stage.snapshot),
        "details": event_details(selected, stage.sources) if selected else None,
        "article": whole_article(selected, view.passage, stage.sources)
        if selected and view.passage
        else None,
    }


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
        window = densest_window(stage.index.at(found)) or window
    return centred_on(window, selected) if window else None


def _chart(
    view: View, stage: Stage, shown: Mask, window: Window | None, width: float
) -> dict[str, Any]:
    if window is None:
        return {"figure": None, "hits": [], "spoken": {}, "alternative": "", "width": width}
    scale = Scale(window=window, width=plot_width(width))
    drawn, lanes = _drawn(view, stage, shown, scale)
    listed = [event for lane in lanes for bar in lane.bars for event in bar.events]
    return {
        "figure": timeline_figure(lanes, scale, width, view.event),
        "width": width,
        "hits": hit_boxes(lanes, scale, width),
        "spoken": {event.event_id: _spoken(event) for event in [*drawn, *listed]},
        "alternative": _alternative(lanes, window),
        "counted": int(shown.sum()) - len(drawn),
        "legend": [
            {"name": family.value, "colour": COLOURS[family]}
            for family in Family
            if any(FAMILY[event.event_type] is family for event in drawn)
        ],
    }


def _drawn(
    view: View, stage: Stage, shown: Mask, scale: Scale
) -> tuple[list[Event], tuple[Lane, ...]]:
    """The events that are drawn one by one, and the lanes in which they lie beside those that are counted."""
    index, documents = stage.index, stage.sources.documents
    crowded = int(shown.sum()) > MOST_MARKS
    drawn = index.best(shown, MOST_TITLES if crowded else MOST_MARKS)
    selected = stage.sources.events.get(view.event)
    if selected and selected not in drawn and shown[index.position[view.event]]:
        drawn[-1:] = [selected]
    if not crowded:
        return drawn, pack_lanes(drawn, lane_names(drawn, view.lanes, documents), scale)
    of_lane = index.lanes(view.lanes, documents)
    kept = kept_lanes(of_lane.counts(shown))
    names = {
        event.event_id: name if name in kept else OTHER
        for event in drawn
        for name in [of_lane.of(index.position[event.event_id])]
    }
    rest = shown.copy()
    rest[[index.position[event.event_id] for event in drawn]] = False
    bars = {name: count_by_days(index, rest & of_lane.chosen([name]), scale) for name in kept}
    others = rest & ~of_lane.chosen(kept)
    bars[OTHER] = [*bars.get(OTHER, []), *count_by_days(index, others, scale)]
    return drawn, pack_lanes(drawn, names, scale, {n: some for n, some in bars.items() if some})


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
        "role": view.role,
        "place": list(view.places),
        "article": list(view.articles),
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
        "page": str(view.page or ""),
        "shelf": str(view.shelf or ""),
    }


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
    if view.event not in index.position:
        return {"previous": None, "next": None}
    before, after = index.beside(found, view.event)
    return {"previous": _step(before), "next": _step(after)}


def _step(event: Event | None) -> dict[str, str] | None:
    return {"id": event.event_id, "title": event.title} if event else None


def _highlights(best: Sequence[Event], index: Index) -> list[dict[str, str]]:
    """The events to begin with: the most salient ones, in the order of their dates."""
    return [
        {
            "id": event.event_id,
            "title": event.title,
            "date": when_text(event.when),
            "colour": colour_of(event),
        }
        for event in sorted(best, key=lambda event: index.position[event.event_id])
    ]


def _filters(view: View, stage: Stage) -> dict[str, Any]:
    """What can be chosen, with counts that follow all the other choices."""
    index = stage.index

    def counts(name: str) -> dict[str, int]:
        # Of several actors who must all take part, each further one is counted beside those chosen.
        kept = name == "actor" and view.match == "all"
        return index.counts(view, name, without="" if kept else name)

    articles = {doc_id: _article_name(d) for doc_id, d in stage.sources.documents.items()}
    places = counts("place")
    return {
        "actors": _actor_options(stage.snapshot.actors(), counts("actor"), view.actors),
        "types": _options(EventType, TYPE_LABELS, counts("type"), view.types),
        "statuses": _options(Status, STATUS_LABELS, counts("status"), view.statuses),
        "places": _named_options(
            {name: name for name in (*places, *view.places)}, places, view.places
        ),
        "articles": _named_options(articles, counts("article"), view.articles),
        "lanes": [{"id": lanes.value, "name": _LANE_LABELS[lanes]} for lanes in Lanes],
    }


def _article_name(document: Document) -> str:
    return " · ".join(filter(None, (article_title(document), document.publisher)))


def _named_options(
    names: Mapping[str, str], counts: Mapping[str, int], chosen: Sequence[str]
) -> list[dict[str, Any]]:
    ids = [name for name in names if counts.get(name) or name in chosen]
    ids.sort(key=lambda name: (name not in chosen, -counts.get(name, 0), names[name]))
    return [
        {"id": name, "name": names[name], "count": counts.get(name, 0)}
        for name in ids[:MOST_OPTIONS]
    ]


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
