"""Reads files of risky formats in a process of its own, which is bounded in memory and stopped when it takes too long.

A page of a million tags, or a PDF of a kilobyte that unpacks to gigabytes, costs its time limit and one line of the
report. The process is started when the first such file is met, and reads all that follow. The two speak JSON: what
reads hostile input must not be able to run code in what asked for it.
"""

from __future__ import annotations

import atexit
import io
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from timeline.errors import SourceError
from timeline.model import Failure
from timeline.paths import ROOT
from timeline.sources.articles import Article
from timeline.sources.files import File
from timeline.sources.header import Header
from timeline.sources.options import Options

_ENDED = object()


def read_bounded(file: File, suffix: str, options: Options) -> Iterator[Article | Failure]:
    """The articles of a file, read in the bounded process.

    Raises:
        SourceError: as the format's reader does; or it took too much time or memory.
    """
    content = file.read()
    order = {
        "label": file.label,
        "name": file.name,
        "url": file.url,
        "suffix": suffix,
        "size": len(content),
        "columns": dict(options.columns),
        "encoding": options.encoding,
    }
    for item in _shared(options).ask(order, content):
        yield _from_json(item)


class _Process:
    """The process, and the thread that listens to it."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def ask(self, order: dict[str, Any], content: bytes) -> list[dict[str, Any]]:
        with self._lock:
            answer = self._answer(order, content)
        error = answer.get("error")
        if error:
            raise SourceError(error["what"], where=error["where"], remedy=error["remedy"])
        items: list[dict[str, Any]] = answer["items"]
        return items

    def _answer(self, order: dict[str, Any], content: bytes) -> dict[str, Any]:
        process = self._started()
        # Written by a thread: a process that has died or hangs must not keep us waiting in a write.
        threading.Thread(target=_send, args=(process, order, content), daemon=True).start()
        try:
            line = self._answers.get(timeout=self._options.seconds)
        except queue.Empty:
            self.stop()
            seconds = f"{self._options.seconds:.0f} seconds"
            raise _refused(order, f"not read within {seconds}") from None
        if line is _ENDED:
            self.stop()
            raise _refused(order, "needs more memory than an article may take")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            # A new queue each time: the thread of a stopped process may still have something to say.
            self._answers = queue.SimpleQueue()
            self._process = _start(self._options.memory)
            listening = threading.Thread(
                target=_listen, args=(self._process, self._answers), daemon=True
            )
            listening.start()
        return self._process

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _refused(order: dict[str, Any], what: str) -> SourceError:
    return SourceError(
        what, where=order["label"], remedy="copy the article's text into a .txt file"
    )


def _start(memory: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "timeline.sources.reading", str(memory)]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": path},
    )


def _send(process: subprocess.Popen[bytes], order: dict[str, Any], content: bytes) -> None:
    try:
        assert process.stdin is not None
        process.stdin.write(json.dumps(order).encode() + b"\n" + content)
        process.stdin.flush()
    except (OSError, ValueError):
        pass  # It has ended, and its silence says so.


def _listen(process: subprocess.Popen[bytes], answers: queue.SimpleQueue[Any]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        answers.put(line)
    answers.put(_ENDED)


_processes: dict[tuple[float, int], _Process] = {}


def _shared(options: Options) -> _Process:
    limits = (options.seconds, options.memory)
    if limits not in _processes:
        _processes[limits] = _Process(options)
        atexit.register(_processes[limits].stop)
    return _processes[limits]


def to_json(item: Article | Failure) -> dict[str, Any]:
    """An article or a failure, as the bounded process writes it."""
    if isinstance(item, Failure):
        return {"source": item.source, "reason": item.reason}
    known = asdict(item.known)
    known["published"] = item.known.published.isoformat() if item.known.published else None
    return {
        "doc": item.doc,
        "text": item.text,
        "markdown": item.markdown,
        "known": known,
        "captions": sorted(item.captions),
    }


def _from_json(data: dict[str, Any]) -> Article | Failure:
    if "reason" in data:
        return Failure(source=data["source"], reason=data["reason"])
    known = data["known"]
    published = known.pop("published")
    return Article(
        doc=data["doc"],
        text=data["text"],
        markdown=data["markdown"],
        captions=frozenset(data["captions"]),
        known=Header(published=date.fromisoformat(published) if published else None, **known),
    )


def file_of(order: dict[str, Any], content: bytes) -> File:
    """The file that an order is about, in the bounded process."""
    return File(
        label=order["label"],
        name=order["name"],
        url=order["url"],
        open=lambda: io.BytesIO(content),
    )
