"""A real browser that may speak to nobody but the app."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from factories import make_chronology
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from running import OpenPage, serving

from timeline.store import write_chronology

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 90_000
"""Milliseconds until something is given up on: a shared machine may be slow, and nothing here is timed."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def outside() -> list[str]:
    """Requests that left this machine: there must be none."""
    return []


@pytest.fixture
def open_page(browser: Browser, outside: list[str]) -> Iterator[OpenPage]:
    """Opens an address in a fresh browser context, with options of `Browser.new_context`."""
    contexts: list[BrowserContext] = []

    def opened(address: str, **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: _note(request.url, outside))
        page.goto(address, wait_until="domcontentloaded")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert outside == []


def _note(url: str, outside: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
        outside.append(url)


@pytest.fixture(scope="session")
def small_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a small chronology that holds every kind of event."""
    folder = tmp_path_factory.mktemp("small") / "out"
    write_chronology(make_chronology(), folder)
    with serving(folder) as address:
        yield address
