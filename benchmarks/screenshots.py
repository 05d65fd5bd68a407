"""Pictures of ten views of the dashboard, for the documentation: `python -m benchmarks.screenshots`."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.dashboard import DRAWN
from benchmarks.opening import PATIENCE, serving
from benchmarks.synthetic import make_chronology
from timeline.build import bundled_chronology
from timeline.bundled import BUNDLED, is_current
from timeline.paths import ROOT
from timeline.store import open_snapshot, write_chronology

OUT = ROOT / "docs" / "screenshots"
_PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
_PAPER = {"width": 794, "height": 1123}
"""A4 at 96 pixels an inch."""
_SETTLED = 900
"""Milliseconds that scrolling and fonts take after the chart is drawn."""


def _rest_mouse(page: Page) -> None:
    page.mouse.move(4, 4)


def _scrolled(selector: str) -> Callable[[Page], None]:
    return lambda page: page.locator(selector).last.evaluate("node => node.scrollIntoView()")


def _printed(page: Page) -> None:
    page.emulate_media(media="print")
    # The margins that a printer leaves.
    page.add_style_tag(content="body { padding: 46px; }")


def _views(
    disputed: str, told: str, undated: str
) -> Mapping[str, tuple[str, Callable[[Page], None], dict[str, Any]]]:
    """Query, what to do before the picture is taken, and options of the browser, by name of the picture."""
    return {
        "first-view": ("", _rest_mouse, {}),
        "event": (f"?event={told}", _rest_mouse, {}),
        "disagreement": (f"?event={disputed}", _rest_mouse, {}),
        "actor": ("?actor=United+States&lanes=actor", _rest_mouse, {}),
        "undated-shelf": (f"?event={undated}", _scrolled(".tl-shelf"), {}),
        "dark": (f"?event={told}", _rest_mouse, {"color_scheme": "dark"}),
        "phone": ("", _rest_mouse, _PHONE),
        "table": (f"?event={told}", _scrolled(".tl-table"), {}),
        "printed": (f"?event={told}", _printed, {"viewport": _PAPER}),
    }


def _take(
    browser: Browser, address: str, name: str, act: Callable[[Page], None], **options: Any
) -> None:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
    page = context.new_page()
    page.goto(address, timeout=PATIENCE * 1000)
    page.wait_for_function(DRAWN, timeout=PATIENCE * 1000)
    page.wait_for_timeout(_SETTLED)
    act(page)
    page.wait_for_timeout(_SETTLED)
    page.screenshot(path=OUT / f"{name}.png")
    context.close()
    print(name, flush=True)


def main() -> None:
    """Takes all pictures, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--chronology", type=Path, help="instead of the bundled articles'")
    asked = parser.parse_args()
    folder = asked.chronology or BUNDLED
    if not asked.chronology and not is_current():
        bundled_chronology(folder)
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        _bundled(browser, folder, asked.names)
        if not asked.names or "many-events" in asked.names:
            _many(browser)


def _bundled(browser: Browser, folder: Path, names: list[str]) -> None:
    events = sorted(open_snapshot(folder).events(), key=lambda event: -event.salience)
    disputed = next((event for event in events if event.disagreements), None)
    undated = next((event.event_id for event in events if not event.when.edtf), "")
    views = dict(_views(disputed.event_id if disputed else "", events[0].event_id, undated))
    if disputed is None and views.pop("disagreement") and (not names or "disagreement" in names):
        _disagreement(browser)
    with serving(folder) as address:
        for name, (query, act, options) in views.items():
            if not names or name in names:
                _take(browser, f"{address}/{query}", name, act, **options)


def _disagreement(browser: Browser) -> None:
    """Of a made-up story, where the bundled articles agree."""
    from tests.factories import make_chronology as make_story  # noqa: PLC0415

    story = make_story()
    [disputed] = [event for event in story.events if event.disagreements]
    with tempfile.TemporaryDirectory() as scratch:
        write_chronology(story, Path(scratch) / "out")
        with serving(Path(scratch) / "out") as address:
            query = f"?event={disputed.event_id}"
            _take(browser, f"{address}/{query}", "disagreement", _rest_mouse)


def _many(browser: Browser) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        write_chronology(make_chronology(100_000), Path(scratch) / "out")
        with serving(Path(scratch) / "out") as address:
            _take(browser, address, "many-events", _rest_mouse)


if __name__ == "__main__":
    main()
