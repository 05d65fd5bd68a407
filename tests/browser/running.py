"""The real app in a process of its own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, expect

from timeline.paths import ROOT

OpenPage = Callable[..., Page]


_STAND_STILL = """(frames) => {
  const marks = [...document.querySelectorAll(".tl-mark, .tl-frame")].map((mark) => {
    const { x, y, width, height } = mark.getBoundingClientRect();
    return [x, y, width, height].map(Math.round);
  });
  const places = JSON.stringify(marks);
  window.stillFor = window.stillAt === places ? window.stillFor + 1 : 0;
  window.stillAt = places;
  return marks.length > 0 && window.stillFor >= frames;
}"""
_FRAMES = 40
"""Pictures in a row in which nothing moves: a machine that is slow to draw is waited for the longer."""


def settled(page: Page) -> Page:
    """The page, once the session has answered, the chart is as wide as its place, and its marks stand still."""
    expect(page.locator(".stApp [data-drawn]")).to_be_visible()
    expect(page.locator(".tl-first, .tl-settling, .tl-sketched")).to_have_count(0)
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
    page.wait_for_function(_STAND_STILL, arg=_FRAMES, polling="raf")
    return page


def taken_along(page: Page, folder: Path) -> Page:
    """Saves the page that a visitor takes along as ``timeline.html``; an empty page that may open it."""
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("button", name=re.compile("HTML")).click()
    saved.value.save_as(folder / "timeline.html")
    return page.context.new_page()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(server: subprocess.Popen[bytes], address: str) -> None:
    for _ in range(600):
        assert server.poll() is None, "the app stopped while starting"
        try:
            with urlopen(f"{address}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("the app did not come up")


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of the app, which shows the chronology in `folder` until the block is left."""
    address = f"http://127.0.0.1:{(port := _free_port())}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    environment = os.environ | {"TIMELINE_CHRONOLOGY": str(folder)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait_until_up(server, address)
        yield address
    finally:
        server.terminate()
        server.wait(30)
