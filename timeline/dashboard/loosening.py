"""Where nothing is found: which single choice to take back, and how many events that would show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from timeline.dashboard.index import Index
from timeline.dashboard.state import View

Change = Mapping[str, str | list[str]]
"""Parameters of the address with their new values."""


def ways_out(view: View, index: Index) -> list[dict[str, Any]]:
    """The choices that can be taken back, those that show most first; what would still find nothing is left out."""
    ways = [
        {"text": text, "change": change, "count": int(index.found(looser).sum())}
        for text, change, looser in _looser(view)
    ]
    return sorted((way for way in ways if way["count"]), key=lambda way: -way["count"])


def _looser(view: View) -> Iterator[tuple[str, Change, View]]:
    if view.text:
        yield f"Drop the search for “{view.text}”", {"q": ""}, replace(view, text="")
    if len(view.actors) > 1 and view.match == "all":
        yield "Match any of the actors", {"match": "any"}, replace(view, match="any")
    if view.actors and view.role != "any":
        yield "Allow the actors in any role", {"role": "any"}, replace(view, role="any")
    if view.actors:
        yield "Drop the actors", {"actor": []}, replace(view, actors=())
    if view.types:
        yield "Allow all types", {"type": []}, replace(view, types=())
    if view.statuses:
        yield "Allow every status", {"status": []}, replace(view, statuses=())
    if view.places:
        yield "Allow all places", {"place": []}, replace(view, places=())
    if view.articles:
        yield "Allow all articles", {"article": []}, replace(view, articles=())
