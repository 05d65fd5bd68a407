"""How long a reader waits for the dashboard, in a real browser, beside what else draws timelines, in one interleaved run.

    python -m benchmarks.dashboard [--sizes 50 1000 …] [--times 10] [--peers DIR] [--streamlit-peers DIR] [--kept DIR]

Medians in milliseconds on the machine at hand: read ratios. `--peers` names a folder with the unpacked npm packages
`vis-timeline/` and `timelinejs/`, shown on static pages; `--streamlit-peers` one with the Python packages streamlit-vis-timeline and
streamlit-timeline, each in a folder of its own (`pip install --no-deps --target DIR/vis streamlit-vis-timeline`, and `DIR/js`).
"first mark" is when the first event can be seen; "whole page" when Streamlit has started too and Plotly has drawn the chart anew.
A peer whose page takes longer than `--patience` seconds is given up on, and its row says so; one that has taken `--peer-seconds`
of a size is opened there no more: "times" is how often each was.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from math import inf
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from benchmarks.opening import new_page, serving, waited
from benchmarks.peers import MARKED as MARKED_COLD
from benchmarks.peers import Timed, running_peers
from benchmarks.synthetic import make_chronology, write_big_chronology

SIZES = (50, 1_000, 10_000, 100_000, 1_000_000)
MOST_OF_PEERS = 100_000
COLUMNS = (MARKED_COLD, "whole page, cold", "click to passage", "filter redrawn", "zoom redrawn")

MARKED = "!!document.querySelector('[data-drawn]')"
DRAWN = (
    "!!document.querySelector('[data-drawn]:not(.tl-sketched) .plot-container')"
    " && !document.querySelector('.tl-first')"
)
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
                MARKED_COLD: first,
                "whole page, cold": first + waited(lambda: None, page, DRAWN),
            }
        finally:
            page.context.close()

    def _timed(self, script: str, argument: object) -> float:
        taken = float(self.page.evaluate(script, argument))
        self._settle()
        return taken

    def _settle(self) -> None:
        self.page.wait_for_function(DRAWN)
        self.page.wait_for_timeout(400)

    def _kind(self) -> str:
        """One more type is chosen in one turn, and taken back in the next."""
        return f".tl-menu[aria-label='Type'] label:nth-child({1 + (self.turn - 1) // 2 % 5}) input"


def measure(size: int, asked: argparse.Namespace, browser: Browser) -> list[str]:
    """The rows of one size."""
    with ExitStack() as open_things:
        scratch = Path(open_things.enter_context(tempfile.TemporaryDirectory()))
        folder = _chronology(size, asked.kept or scratch)
        shown: dict[str, Timed] = {}
        # Of a million events only the page that has to stand them is asked: the others draw no more than it does.
        few = size > MOST_OF_PEERS
        for name, script in (("Timeline", "host.py"), ("Timeline, plain", "app.py"))[
            : 1 if few else 2
        ]:
            address = open_things.enter_context(serving(folder, script))
            shown[name] = Dashboard(browser, address)
        peers = running_peers(
            browser,
            () if few else make_chronology(size).events,
            npm=None if few else asked.peers,
            streamlit=None if few else asked.streamlit_peers,
            patience=asked.patience,
            scratch=scratch,
        )
        others = open_things.enter_context(peers)
        rounds = _rounds({**shown, **others}, asked, peers=set(others))
    return [_row(size, name, times, asked.patience) for name, times in rounds.items()]


def _chronology(size: int, place: Path) -> Path:
    folder = place / f"events-{size}"
    if not (folder / "manifest.json").exists():
        write_big_chronology(size, folder)
    return folder


def _rounds(
    shown: dict[str, Timed], asked: argparse.Namespace, peers: set[str]
) -> dict[str, list[dict[str, float]]]:
    """What each was timed at, one after the other in each round, so that what slows the machine slows them all."""
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in shown}
    for _ in range(asked.times):
        for name, one in shown.items():
            done = taken[name]
            spent = sum(each[MARKED_COLD] for each in done) / 1000
            if name not in peers or spent < asked.peer_seconds:
                done.append(one.times())
    return taken


def _row(size: int, name: str, times: Sequence[dict[str, float]], patience: float) -> str:
    figures = (
        median(each[column] for each in times) if column in times[0] else None for column in COLUMNS
    )
    cells = [
        "–"
        if figure is None
        else f"> {patience * 1000:,.0f}"
        if figure == inf
        else f"{figure:,.0f}"
        for figure in figures
    ]
    return f"| {size:,} | {name} | {len(times)} | {' | '.join(cells)} |"


def main() -> None:
    """Measures every size, and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--streamlit-peers", type=Path)
    parser.add_argument("--patience", type=float, default=25, help="seconds for a peer's page")
    parser.add_argument("--peer-seconds", type=float, default=30, help="in all, at each size")
    parser.add_argument("--kept", type=Path, help="where the invented chronologies stay")
    asked = parser.parse_args()
    begun = time.monotonic()
    print(f"| events | page | times | {' | '.join(COLUMNS)} |\n|{' --- |' * (len(COLUMNS) + 3)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for size in asked.sizes:
            print("\n".join(measure(size, asked, browser)), flush=True)
    print(f"\n{date.today():%-d %B %Y}, {(time.monotonic() - begun) / 60:.0f} minutes.")


if __name__ == "__main__":
    main()
