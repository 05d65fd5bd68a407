"""Has a process of its own read what a visitor brings: it can be stopped, and takes no other visitor's memory along."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from timeline.dashboard.screen import Stage, set_stage
from timeline.dashboard.uploads.room import Told
from timeline.paths import ROOT
from timeline.sources.files import shown
from timeline.store import open_snapshot

MOST_FILES, MOST_BYTES = 200, 50 * 2**20
"""Of one visit."""
_SECONDS = 600.0
_AT_ONCE = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a visitor brings."""

    files: Sequence[tuple[str, bytes]] = ()
    """Names and contents."""
    addresses: Sequence[str] = ()
    columns: Mapping[str, str]


def refusal(files: Sequence[tuple[str, int]]) -> str:
    """Why so much, of these names and sizes in bytes, is not taken; empty if it is."""
    if len(files) > MOST_FILES:
        return f"More than {MOST_FILES} files: bring fewer at a time, or pack them into a ZIP."
    if sum(size for _, size in files) > MOST_BYTES:
        return f"More than {MOST_BYTES // 2**20} MB: bring fewer, or use the command line."
    return ""


def read_brought(
    brought: Brought, progress: Callable[[int, int], None]
) -> tuple[Stage | None, Told]:
    """The chronology of what was brought, and what became of each; None where nothing could be read.

    Args:
        brought: files and addresses; nothing of them is left on the disk afterwards.
        progress: is told how many articles have been read, of how many.
    """
    if not _AT_ONCE.acquire(timeout=_SECONDS):
        return None, Told(trouble="Too many visitors have articles read: try again later.")
    try:
        with tempfile.TemporaryDirectory(prefix="timeline-visit-") as place:
            return _read_in(Path(place), brought, progress)
    finally:
        _AT_ONCE.release()


def _read_in(
    place: Path, brought: Brought, progress: Callable[[int, int], None]
) -> tuple[Stage | None, Told]:
    sources = [*_written(place, brought.files), *brought.addresses]
    out = place / "chronology"
    order = {
        "sources": sources,
        "out": str(out),
        "columns": dict(brought.columns),
        "web": bool(brought.addresses),
    }
    last: dict[str, Any] = {}
    with _started(order) as process:
        for message in _messages(process):
            if "read" in message:
                progress(message["read"], message["of"])
            else:
                last = message
    told = _report(last, place)
    # All of it is in memory then: the folder can go.
    return (set_stage(open_snapshot(out)) if told.articles else None), told


def _written(place: Path, files: Sequence[tuple[str, bytes]]) -> Iterator[str]:
    """The paths of the files, each in a folder of its own: two of one name are two."""
    for number, (name, content) in enumerate(files):
        folder = place / str(number)
        folder.mkdir()
        path = folder / (shown(Path(name).name)[-120:].lstrip("-") or "unnamed")
        path.write_bytes(content)
        yield str(path)


@contextmanager
def _started(order: Mapping[str, Any]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "timeline.dashboard.uploads.reading"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        text=True,
    )
    stopping = threading.Timer(_SECONDS, process.kill)
    stopping.daemon = True
    stopping.start()
    try:
        assert process.stdin is not None
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.close()
        yield process
    finally:
        # Also when the visitor has left: Streamlit then ends the script from within `progress`.
        stopping.cancel()
        process.kill()
        process.wait()


def _messages(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    for line in process.stdout:
        message: dict[str, Any] = json.loads(line)
        yield message


def _report(last: Mapping[str, Any], place: Path) -> Told:
    if "version" not in last:
        unfinished = "Reading them took too much time or memory — bring fewer articles at a time"
        return Told(trouble=last.get("trouble", unfinished))
    return Told(
        articles=len(last["articles"]),
        events=last["events"],
        lines=[
            *((name, "read") for name in last["articles"]),
            *((_own_name(source, place), reason) for source, reason in last["failures"]),
        ],
    )


def _own_name(source: str, place: Path) -> str:
    """What the visitor calls it."""
    head, found, rest = source.partition(f"{place}/")
    return head + rest.partition("/")[2] if found else source
