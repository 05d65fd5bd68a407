"""What else draws timelines, on the same events: vis-timeline and TimelineJS, on static pages and as Streamlit's own components of them."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Browser, Route
from playwright.sync_api import TimeoutError as TookTooLong

from benchmarks.opening import new_page, serving, waited
from timeline.model import Event

MARKED = "first mark, cold"

_VIS = """<!doctype html><link rel=stylesheet href=/peer/styles/vis-timeline-graph2d.min.css><div id=v></div>
<script src=/peer/standalone/umd/vis-timeline-graph2d.min.js></script><script src=/data.js></script>
<script>new vis.Timeline(v, new vis.DataSet(data), {height: 600, maxHeight: 600, start: '2019-12-28', end: '2020-03-03'})</script>"""
_VIS_DONE = "!!document.querySelector('.vis-item')"
_JS = """<!doctype html><link rel=stylesheet href=/peer/dist/css/timeline.css><div id=v style='height:600px'></div>
<script src=/peer/dist/js/timeline.js></script><script src=/data.js></script>
<script>new TL.Timeline('v', {events: data}, {font: null})</script>"""
_JS_DONE = "!!document.querySelector('.tl-timemarker')"


def _vis_data(events: Sequence[Event]) -> list[dict[str, object]]:
    return [{"id": e.event_id, "content": e.title, "start": e.when.edtf} for e in events]


def _js_data(events: Sequence[Event]) -> list[dict[str, object]]:
    days = ((event, event.when.earliest) for event in events)
    return [
        {
            "start_date": {"year": day.year, "month": day.month, "day": day.day},
            "text": {"headline": event.title, "text": event.mentions[0].quote},
        }
        for event, day in days
        if day
    ]


class Peer:
    """A peer on a static page that holds all events, served out of memory."""

    def __init__(
        self, browser: Browser, folder: Path, *, html: str, data: object, done: str, patience: float
    ) -> None:
        self.browser, self.folder, self.html, self.done = browser, folder, html, done
        self.patience = patience
        self.data = f"const data = {json.dumps(data)}"

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix("http://peer.test")
        if path == "/":
            route.fulfill(body=self.html, content_type="text/html")
        elif path == "/data.js":
            route.fulfill(body=self.data, content_type="text/javascript")
        elif (file := self.folder / path.removeprefix("/peer/").split("?")[0]).is_file():
            route.fulfill(path=file)
        else:
            route.abort()

    def times(self) -> dict[str, float]:
        """One cold opening."""
        page = new_page(self.browser, self.patience)
        page.context.route("**/*", self._answer)
        try:
            return {MARKED: waited(lambda: page.goto("http://peer.test/", wait_until="commit"), page, self.done)}  # fmt: skip
        except TookTooLong:
            return {MARKED: math.inf}
        finally:
            page.context.close()


_VIS_APP = """
import json, os, pathlib
import streamlit as st
from streamlit_timeline import st_timeline
data = json.loads(pathlib.Path(os.environ["DATA"]).read_text("utf-8"))
st_timeline(data, groups=[], options={"start": "2019-12-28", "end": "2020-03-03"}, height="600px")
"""
_JS_APP = """
import json, os, pathlib
from streamlit_timeline import timeline
timeline({"events": json.loads(pathlib.Path(os.environ["DATA"]).read_text("utf-8"))}, height=600)
"""


class StreamlitPeer:
    """A peer as Streamlit's own component of it draws it. What it asks a CDN for comes out of the npm package at once."""

    def __init__(
        self, browser: Browser, address: str, mark: str, npm: Path | None, patience: float
    ) -> None:
        self.browser, self.address, self.mark, self.npm = browser, address, mark, npm
        self.patience = patience

    def _answer(self, route: Route) -> None:
        file = (self.npm or Path()) / "dist" / route.request.url.split("/latest/")[-1]
        if file.is_file():
            route.fulfill(path=file)
        else:
            route.abort()

    def times(self) -> dict[str, float]:
        """One cold opening."""
        page = new_page(self.browser, self.patience)
        page.context.route(re.compile("^https:"), self._answer)
        begun = time.perf_counter()
        try:
            page.goto(self.address, wait_until="commit")
            page.frame_locator("iframe").locator(self.mark).first.wait_for(state="attached")
            return {MARKED: (time.perf_counter() - begun) * 1000}
        except TookTooLong:
            return {MARKED: math.inf}
        finally:
            page.context.close()


class Timed(Protocol):
    """Something that is opened, again and again."""

    def times(self) -> dict[str, float]:
        """Milliseconds of one round, by what was waited for; infinite where patience ended first."""
        ...


@contextmanager
def running_peers(
    browser: Browser,
    events: Sequence[Event],
    *,
    npm: Path | None,
    streamlit: Path | None,
    patience: float,
    scratch: Path,
) -> Iterator[dict[str, Timed]]:
    """Those that are there, by name, drawing these events.

    Args:
        npm: folder with the unpacked packages `vis-timeline/` and `timelinejs/`.
        streamlit: folder with Streamlit's components of them, in `vis/` and `js/`.
        patience: seconds until an opening is given up on.
    """
    with ExitStack() as running:
        peers: dict[str, Timed] = {}
        pages = (
            ("vis-timeline, static page", "vis-timeline", _VIS, _vis_data, _VIS_DONE),
            ("TimelineJS, static page", "timelinejs", _JS, _js_data, _JS_DONE),
        )
        for name, folder, html, data, done in pages:
            if npm and (npm / folder).is_dir():
                drawn = data(events)
                peers[name] = Peer(
                    browser, npm / folder, html=html, data=drawn, done=done, patience=patience
                )
        apps = (
            ("vis-timeline in Streamlit", "vis", _VIS_APP, _vis_data, ".vis-item"),
            ("TimelineJS in Streamlit", "js", _JS_APP, _js_data, ".tl-timemarker"),
        )
        for name, folder, app, data, mark in apps:
            if streamlit is None:
                continue
            script, told = scratch / f"{folder}.py", scratch / f"{folder}.json"
            script.write_text(app, "utf-8")
            told.write_text(json.dumps(data(events)), "utf-8")
            path = str((streamlit / folder).resolve())
            served = serving(scratch, str(script), PYTHONPATH=path, DATA=str(told))
            address = running.enter_context(served)
            held = npm / "timelinejs" if npm else None
            peers[name] = StreamlitPeer(browser, address, mark, held, patience)
        yield peers
