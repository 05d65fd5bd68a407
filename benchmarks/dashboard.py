"""How long a reader waits for the dashboard, in a real browser, beside what else draws timelines, in one interleaved run.

    python -m benchmarks.dashboard [--sizes 50 1000 …] [--times 10] [--peers DIR] [--streamlit-peers DIR]

Medians in milliseconds on the machine at hand: read ratios. `--peers` names a folder with the unpacked npm packages
`vis-timeline/` and `timelinejs/`, shown on static pages; `--streamlit-peers` one with the Python packages streamlit-vis-timeline and
streamlit-timeline, each in a folder of its own (`pip install --no-deps --target DIR/vis streamlit-vis-timeline`, and `DIR/js`).
"first marks" are the chart as it is first painted, "complete" is Plotly's, which takes its place.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, Route, sync_playwright

from benchmarks.synthetic import make_chronology, write_big_chronology
from timeline.model import Event
from timeline.paths import ROOT

SIZES = (50, 1_000, 10_000, 100_000, 1_000_000)
MOST_OF_PEERS = 100_000
PATIENCE = 180_000


@contextmanager
def serving(folder: Path, script: str = "app.py", **environment: str) -> Iterator[str]:
    """The address of the real app on that chronology, or of another script."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    variables = os.environ | {"TIMELINE_CHRONOLOGY": str(folder)} | environment
    server = subprocess.Popen(
        [*command, "--server.address", "127.0.0.1"], cwd=ROOT, env=variables, stdout=subprocess.DEVNULL
    )  # fmt: skip
    try:
        _wait_until_up(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def _wait_until_up(address: str) -> None:
    for _ in range(300):
        try:
            with urlopen(f"{address}/_stcore/health", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise SystemExit("the app did not come up")


def waited(act: Callable[[], object], page: Page, done: str) -> float:
    """Milliseconds from `act` until the JavaScript expression `done` holds in the page."""
    begun = time.perf_counter()
    act()
    page.wait_for_function(done, timeout=PATIENCE, polling="raf")
    return (time.perf_counter() - begun) * 1000


def new_page(browser: Browser) -> Page:
    """A page that has fetched nothing yet. Without the content policy: the benchmark speaks to the page by `eval`."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    context.set_default_timeout(PATIENCE)
    return context.new_page()


MARKED = "!!document.querySelector('[data-drawn]')"
DRAWN = "!!document.querySelector('[data-drawn]:not(.tl-sketched) .plot-container')"
_UNTIL = """(act, done) => new Promise((seen) => {
  const begun = performance.now();
  act();
  const look = () => (done() ? seen(performance.now() - begun) : requestAnimationFrame(look));
  look();
})"""
_CLICK = f"""(turn) => {{
  const single = [...document.querySelectorAll(".tl-mark:not([aria-current])")]
    .filter((mark) => !/close together|open these days/i.test(mark.ariaLabel));
  const mark = single[turn % single.length];
  const title = mark.ariaLabel.split(". ")[0];
  return ({_UNTIL})(() => mark.click(), () =>
    document.querySelector(".tl-panel h2")?.textContent === title && document.querySelector(".tl-panel blockquote"));
}}"""
_REDRAWN = f"""(selector) => {{
  const chart = document.querySelector(".tl-chart");
  const turn = chart.dataset.turn;
  return ({_UNTIL})(() => document.querySelector(selector).click(), () => chart.dataset.turn !== turn);
}}"""


class Dashboard:
    """One page of the app that stays open, and what is timed on it, within the page: from the click to the next frame
    that shows what was asked for."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.page = new_page(browser)
        self.page.goto(address)
        self._settle()
        self.turn = 0

    def times(self) -> dict[str, float]:
        """One round of everything."""
        self.turn += 1
        return {
            **self._cold(),
            "click to passage": self._timed(_CLICK, self.turn),
            "filter redrawn": self._timed(_REDRAWN, self._kind()),
            "zoom redrawn": self._timed(_REDRAWN, f"[data-key='{('in', 'out')[self.turn % 2]}']"),
        }

    def _cold(self) -> dict[str, float]:
        page = new_page(self.browser)
        try:
            first = waited(lambda: page.goto(self.address, wait_until="commit"), page, MARKED)
            return {
                "first marks, cold": first,
                "complete, cold": first + waited(lambda: None, page, DRAWN),
            }
        finally:
            page.context.close()

    def _timed(self, script: str, argument: object) -> float:
        taken = float(self.page.evaluate(script, argument))
        self._settle()
        return taken

    def _settle(self) -> None:
        self.page.wait_for_function(DRAWN, timeout=PATIENCE)
        self.page.wait_for_timeout(400)

    def _kind(self) -> str:
        """One more type is chosen in one turn, and taken back in the next."""
        return f".tl-menu[aria-label='Type'] label:nth-child({1 + (self.turn - 1) // 2 % 5}) input"


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

    def __init__(self, browser: Browser, folder: Path, html: str, data: object, done: str) -> None:
        self.browser, self.folder, self.html, self.done = browser, folder, html, done
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
        context = self.browser.new_context(viewport={"width": 1440, "height": 900})
        context.route("**/*", self._answer)
        page = context.new_page()
        try:
            return {"first mark, cold": waited(lambda: page.goto("http://peer.test/", wait_until="commit"), page, self.done)}  # fmt: skip
        finally:
            context.close()


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

    def __init__(self, browser: Browser, address: str, mark: str, npm: Path | None) -> None:
        self.browser, self.address, self.mark, self.npm = browser, address, mark, npm

    def _answer(self, route: Route) -> None:
        file = (self.npm or Path()) / "dist" / route.request.url.split("/latest/")[-1]
        if file.is_file():
            route.fulfill(path=file)
        else:
            route.abort()

    def times(self) -> dict[str, float]:
        """One cold opening."""
        page = new_page(self.browser)
        page.context.route(re.compile("^https:"), self._answer)
        begun = time.perf_counter()
        try:
            page.goto(self.address, wait_until="commit")
            page.frame_locator("iframe").locator(self.mark).first.wait_for(state="attached")
            return {"first marks, cold": (time.perf_counter() - begun) * 1000}
        finally:
            page.context.close()


def _peers(browser: Browser, folder: Path, events: Sequence[Event]) -> dict[str, Peer]:
    peers: dict[str, Peer] = {}
    if (vis := folder / "vis-timeline").is_dir():
        peers["vis-timeline, static"] = Peer(browser, vis, _VIS, _vis_data(events), _VIS_DONE)
    # TimelineJS took close to a minute for 10,000 events: beyond, a median of ten is a matter of hours.
    if (js := folder / "timelinejs").is_dir() and len(events) <= 1_000:
        peers["TimelineJS, static"] = Peer(browser, js, _JS, _js_data(events), _JS_DONE)
    return peers


@contextmanager
def _streamlit_peers(
    browser: Browser, asked: argparse.Namespace, events: Sequence[Event], scratch: Path
) -> Iterator[dict[str, StreamlitPeer]]:
    """Those installed; neither is asked for more events than it draws within a minute."""
    kinds = (
        ("vis-timeline in Streamlit", "vis", _VIS_APP, _vis_data, ".vis-item"),
        ("TimelineJS in Streamlit", "js", _JS_APP, _js_data, ".tl-timemarker"),
    )
    with ExitStack() as running:
        peers: dict[str, StreamlitPeer] = {}
        for name, folder, app, data, mark in kinds:
            if not asked.streamlit_peers or len(events) > 1_000:
                continue
            (scratch / f"{folder}.py").write_text(app, "utf-8")
            (scratch / f"{folder}.json").write_text(json.dumps(data(events)), "utf-8")
            path = str((asked.streamlit_peers / folder).resolve())
            script = str(scratch / f"{folder}.py")
            told = {"PYTHONPATH": path, "DATA": str(scratch / f"{folder}.json")}
            address = running.enter_context(serving(scratch, script, **told))
            npm = asked.peers / "timelinejs" if asked.peers else None
            peers[name] = StreamlitPeer(browser, address, mark, npm)
        yield peers


def measure(size: int, asked: argparse.Namespace, browser: Browser) -> None:
    """Prints the medians of one size."""
    with ExitStack() as open_things:
        scratch = Path(open_things.enter_context(tempfile.TemporaryDirectory()))
        write_big_chronology(size, scratch / "out")
        # The peers hold all events, and draw no million of them.
        events = make_chronology(size).events if size <= MOST_OF_PEERS else ()
        shown: dict[str, Dashboard | Peer | StreamlitPeer] = {}
        for name, script in (("Timeline", "host.py"), ("Timeline, plain", "app.py")):
            address = open_things.enter_context(serving(scratch / "out", script))
            shown[name] = Dashboard(browser, address)
        if asked.peers and events:
            shown |= _peers(browser, asked.peers, events)
        running = _streamlit_peers(browser, asked, events, scratch)
        shown |= open_things.enter_context(running)
        rounds = [{name: one.times() for name, one in shown.items()} for _ in range(asked.times)]
    for name in shown:
        figures = {key: median(each[name][key] for each in rounds) for key in rounds[0][name]}
        told = ", ".join(f"{key} {value:,.0f}" for key, value in figures.items())
        print(f"{size:>9,} events  {name:<26} {told}", flush=True)


def main() -> None:
    """Measures every size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--streamlit-peers", type=Path)
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for size in asked.sizes:
            measure(size, asked, browser)


if __name__ == "__main__":
    main()
