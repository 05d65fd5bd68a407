"""How long a reader waits for the dashboard, in a real browser, beside vis-timeline and TimelineJS on static pages.

    python -m benchmarks.dashboard [--sizes 50 1000 …] [--times 10] [--peers DIR]

Medians in milliseconds on the machine at hand, one interleaved run: read ratios. `--peers` names a folder with the
unpacked npm packages of the peers (`vis-timeline/`, `timelinejs/`); without it, they are left out.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, Route, sync_playwright

from benchmarks.synthetic import make_chronology
from timeline.model import Event, EventType
from timeline.paths import ROOT
from timeline.store import write_chronology

SIZES = (50, 1_000, 10_000, 100_000)
PATIENCE = 180_000


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of the real app on that chronology."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = os.environ | {"TIMELINE_CHRONOLOGY": str(folder)}
    server = subprocess.Popen(
        [*command, "--server.address", "127.0.0.1"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
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


def _cold(browser: Browser, address: str, done: str) -> float:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    try:
        return waited(lambda: page.goto(address, wait_until="commit"), page, done)
    finally:
        context.close()


DRAWN = "!!document.querySelector('[data-drawn] .plot-container')"


class Dashboard:
    """One page of the app that stays open, and what is timed on it."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.page = browser.new_page(viewport={"width": 1440, "height": 900})
        self.page.set_default_timeout(PATIENCE)
        self.page.goto(address)
        self.page.wait_for_function(DRAWN, timeout=PATIENCE)
        self.turn = 0

    def times(self) -> dict[str, float]:
        """One round of everything."""
        self.turn += 1
        return {
            "first mark, cold": _cold(self.browser, self.address, DRAWN),
            "click to passage": self._click(),
            "filter redrawn": self._filter(),
            "zoom redrawn": self._zoom(),
        }

    def _click(self) -> float:
        ids = self.page.evaluate(
            "[...document.querySelectorAll('.tl-mark:not([aria-current])')]"
            ".filter(n => !/close together|open these days/i.test(n.ariaLabel)).map(n => n.dataset.mark)"
        )
        chosen = ids[self.turn % len(ids)]
        title = json.dumps(
            self.page.locator(f"[data-mark='{chosen}']").get_attribute("aria-label").split(". ")[0]  # type: ignore[union-attr]
        )
        done = f"document.querySelector('.tl-panel h2')?.textContent === {title} && !!document.querySelector('.tl-panel blockquote')"
        press = f"document.querySelector(\"[data-mark='{chosen}']\").click()"
        return waited(lambda: self.page.evaluate(press), self.page, done)

    def _filter(self) -> float:
        return self._redrawn(f"?status=occurred&type={list(EventType)[self.turn % 20]}")

    def _zoom(self) -> float:
        day = date(2020, 1, 1) + timedelta(days=self.turn)
        return self._redrawn(f"?from={day}&to={day + timedelta(days=14)}")

    def _redrawn(self, query: str) -> float:
        """From a change of the address to new marks: as `go` of the component does it, drawn to the end."""
        self.page.evaluate(
            "window.seen = 0; window.plot = document.querySelector('.tl-plot');"
            "plot.removeAllListeners?.('plotly_afterplot'); plot.on('plotly_afterplot', () => window.seen++)"
        )
        go = (
            f"history.replaceState({{}}, '', {json.dumps(query)});"
            "dispatchEvent(new PopStateEvent('popstate', {state: {}}))"
        )
        return waited(lambda: self.page.evaluate(go), self.page, "window.seen > 0")


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


def _peers(browser: Browser, folder: Path, events: Sequence[Event]) -> dict[str, Peer]:
    peers: dict[str, Peer] = {}
    if (vis := folder / "vis-timeline").is_dir():
        peers["vis-timeline"] = Peer(browser, vis, _VIS, _vis_data(events), _VIS_DONE)
    # TimelineJS took close to a minute for 10,000 events: beyond, a median of ten is a matter of hours.
    if (js := folder / "timelinejs").is_dir() and len(events) <= 1_000:
        peers["TimelineJS"] = Peer(browser, js, _JS, _js_data(events), _JS_DONE)
    return peers


def measure(size: int, times: int, peers: Path | None, browser: Browser) -> None:
    """Prints the medians of one size."""
    chronology = make_chronology(size)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "out"
        write_chronology(chronology, folder)
        with serving(folder) as address:
            shown: Mapping[str, Dashboard | Peer] = {
                "Timeline": Dashboard(browser, address),
                **(_peers(browser, peers, chronology.events) if peers else {}),
            }
            rounds = [{name: one.times() for name, one in shown.items()} for _ in range(times)]
    for name in shown:
        figures = {key: median(each[name][key] for each in rounds) for key in rounds[0][name]}
        told = ", ".join(f"{key} {value:,.0f}" for key, value in figures.items())
        print(f"{size:>7,} events  {name:<12} {told}", flush=True)


def main() -> None:
    """Measures every size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--peers", type=Path)
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for size in asked.sizes:
            measure(size, asked.times, asked.peers, browser)


if __name__ == "__main__":
    main()
