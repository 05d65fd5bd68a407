"""Fifty visitors at once: ``python -m benchmarks.load --visitors 50 --seconds 120``.

Starts the dashboard (`host.py`) on the bundled chronology, and opens that many sessions by Streamlit's own protocol: a websocket
each, which asks for what the browser asks for when its visitor opens the page, sets a filter, searches or clicks an event, and
waits until the server has answered in full. Two of the visitors sit in a real browser and bring articles of their own; no
other session may be told a word of those. Told: errors, the time of an answer, the server's memory.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from timeline.build import bundled_chronology
from timeline.paths import ROOT
from timeline.store import open_snapshot

_MARKS = {"Zubrowka": "Zubrowka", "Grenzmark": "Grenzmark"}
"""Towns that only an uploaded article names."""
_THINKS = (1.0, 4.0)
"""Seconds that a visitor looks before the next click."""


@dataclass(slots=True)
class Seen:
    """What the visitors met."""

    seconds: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    strange: int = 0
    """Messages that told of another visitor's articles."""
    uploads: int = 0


def main() -> None:
    """Runs the visits and prints what became of them; ends with 1 if any failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--script", default="host.py", help="app.py: as Community Cloud runs it")
    parser.add_argument("--cold", action="store_true", help="from a clone that has built nothing")
    parser.add_argument("--no-browser", action="store_true", help="nobody brings articles")
    options = parser.parse_args()
    folder = bundled_chronology()
    clicks = _clicks(folder)
    seen = Seen()
    if options.cold:
        shutil.rmtree(folder)
    with _serving(folder, options.script) as (port, server), _watched(server) as most:
        alone = _memory(server)
        bringing = threading.Thread(target=_bring_articles, args=(port, options.seconds, seen))
        if not options.no_browser:
            bringing.start()
        asyncio.run(_visits(port, options.visitors, options.seconds, clicks, seen))
        if not options.no_browser:
            bringing.join()
        _tell(options.visitors, seen, alone, _memory(server))
        print(f"most at any moment, MB, with what the server starts: {max(most):.0f}")
    sys.exit(1 if seen.errors or seen.strange else 0)


def _clicks(folder: Path) -> list[str]:
    """Addresses that choices on the page lead to."""
    snapshot = open_snapshot(folder)
    events = snapshot.events()
    actors = list(snapshot.actor_counts())[:10]
    return [
        *(f"event={event.event_id}" for event in events[:60]),
        *(f"actor={actor}" for actor in actors),
        *(f"actor={actor}&event={events[0].event_id}" for actor in actors),
        *(f"lanes={lanes}" for lanes in ("actor", "place", "article", "none")),
        *("type=ASSAULT", "status=planned", "q=missile", "from=2020-01-01&to=2020-01-10", ""),
    ]


@contextmanager
def _serving(folder: Path, script: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1"]
    environment = os.environ | {"TIMELINE_CHRONOLOGY": str(folder)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_until_up(port)
        yield port, server
    finally:
        server.terminate()
        server.wait(30)


def _wait_until_up(port: int) -> None:
    for _ in range(300):
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the dashboard did not come up")


def _memory(server: subprocess.Popen[bytes]) -> float:
    """Megabytes that the server and what it has started hold; what they share is counted once."""
    return sum(map(_proportional, [server.pid, *_children(server.pid)]))


def _children(pid: int) -> list[int]:
    try:
        listed = Path(f"/proc/{pid}/task").glob("*/children")
        found = [int(child) for file in listed for child in file.read_text("utf-8").split()]
    except OSError:
        return []
    return [*found, *(grandchild for child in found for grandchild in _children(child))]


def _proportional(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()
    except OSError:
        return 0.0  # It has ended meanwhile.
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


@contextmanager
def _watched(server: subprocess.Popen[bytes]) -> Iterator[list[float]]:
    """The server's memory, looked at every half second."""
    found = [0.0]
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.5):
            found.append(_memory(server))

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield found
    finally:
        ended.set()
        watching.join()


async def _visits(port: int, visitors: int, seconds: float, clicks: list[str], seen: Seen) -> None:
    end = time.monotonic() + seconds
    await asyncio.gather(*(_visit(port, number, end, clicks, seen) for number in range(visitors)))


async def _visit(port: int, number: int, end: float, clicks: list[str], seen: Seen) -> None:
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, 10))
    try:
        address = f"ws://127.0.0.1:{port}/_stcore/stream"
        async with connect(address, subprotocols=["streamlit"], max_size=None) as socket_:  # type: ignore[list-item]
            seen.first.append(await _asked(socket_, "", seen))
            while time.monotonic() < end:
                await asyncio.sleep(chance.uniform(*_THINKS))
                seen.seconds.append(await _asked(socket_, chance.choice(clicks), seen))
    except (OSError, TimeoutError, ValueError, Exception) as error:
        seen.errors.append(f"visitor {number}: {type(error).__name__}: {error}")


async def _asked(connection: ClientConnection, query: str, seen: Seen) -> float:
    """Seconds until the server has answered in full."""
    message = BackMsg()
    message.rerun_script.query_string = query
    started = time.monotonic()
    await connection.send(message.SerializeToString())
    async with asyncio.timeout(60):
        while True:
            data = await connection.recv()
            answer = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            seen.strange += any(
                mark.encode() in data for mark in _MARKS.values() if isinstance(data, bytes)
            )
            kind = answer.WhichOneof("type")
            if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
                seen.errors.append(answer.delta.new_element.exception.message)
            if kind == "script_finished":
                return time.monotonic() - started


def _bring_articles(port: int, seconds: float, seen: Seen) -> None:
    try:
        _browse(port, seconds, seen)
    except Exception as error:  # Whatever a browser meets is what a visitor meets.
        seen.errors.append(f"browser: {type(error).__name__}: {error}")


def _browse(port: int, seconds: float, seen: Seen) -> None:
    from playwright.sync_api import FilePayload, sync_playwright  # noqa: PLC0415  (a tool of the tests)

    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        pages = {town: browser.new_context().new_page() for town in _MARKS}
        end = time.monotonic() + seconds
        for town, page in pages.items():
            text = f"date 2011-03-05 Rebels attacked the harbour of {town} on 3 March 2011, killing twelve soldiers."
            page.set_default_timeout(60_000)
            page.goto(f"http://127.0.0.1:{port}/")
            page.locator("[data-drawn] .plot-container").wait_for()
            page.get_by_role("button", name="Your own articles").click()
            file = FilePayload(name=f"{town}.txt", mimeType="text/plain", buffer=text.encode())
            page.locator("input[type=file]").set_input_files([file])
            page.get_by_text(f"{town}.txt").first.wait_for()
            page.get_by_role("button", name="Read them").click()
            page.get_by_text("You see 1 article of your own").wait_for()
            seen.uploads += 1
        while time.monotonic() < end:
            time.sleep(2)
            for town, page in pages.items():
                others = [other for other in _MARKS if other != town]
                seen.strange += any(other in page.content() for other in others)
        browser.close()


def _tell(visitors: int, seen: Seen, alone: float, full: float) -> None:
    ordered = sorted(seen.seconds)
    p95, p99 = (ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.95, 0.99))
    print(
        f"visitors {visitors}, clicks {len(ordered)}, uploads {seen.uploads}, errors {len(seen.errors)}, strange {seen.strange}"
    )
    print(
        f"click, s: median {median(ordered):.3f}, p95 {p95:.3f}, p99 {p99:.3f}, worst {ordered[-1]:.3f}"
    )
    print(f"first answer, s: median {median(seen.first):.3f}, worst {max(seen.first):.3f}")
    print(
        f"server, MB: {alone:.0f} alone, {full:.0f} with {visitors}; {(full - alone) / visitors:.1f} a visitor"
    )
    for error in seen.errors[:5]:
        print(error)


if __name__ == "__main__":
    main()
