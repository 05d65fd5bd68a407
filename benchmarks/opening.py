"""Opens the real app, and pages in a real browser, for those who time them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page

from timeline.paths import ROOT

PATIENCE = 600.0
"""Seconds until the app is given up on."""


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
    """Milliseconds from `act` until the JavaScript expression `done` holds in the page, which has its own patience."""
    begun = time.perf_counter()
    act()
    page.wait_for_function(done, polling="raf")
    return (time.perf_counter() - begun) * 1000


def new_page(browser: Browser, patience: float = PATIENCE) -> Page:
    """A page that has fetched nothing yet. Without the content policy: the benchmark speaks to the page by `eval`."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    context.set_default_timeout(patience * 1000)
    return context.new_page()
