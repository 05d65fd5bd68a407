"""How far a build is: stage, number, rate and time left, in one line of a terminal. Quiet elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

_EVERY = 0.2
"""Seconds between two looks of the line."""


def told(stage: str, length: int | None) -> Callable[[int], None]:
    """Begin a stage of so many items, if that is known; what it answers is told how many more are done."""
    if not sys.stderr.isatty():
        return lambda done: None
    return _Line(stage, length).advance


class _Line:
    def __init__(self, stage: str, length: int | None) -> None:
        self._stage, self._length = stage, length
        self._begun = self._drawn = time.monotonic()
        self._done = 0
        self._draw()

    def advance(self, done: int) -> None:
        self._done += done
        now = time.monotonic()
        if now - self._drawn >= _EVERY or self._done == self._length:
            self._drawn = now
            self._draw()

    def _draw(self) -> None:
        seconds = time.monotonic() - self._begun
        line = line_of(self._stage, self._done, self._length, seconds)
        # Drawn over by the next stage; what is longer than it is wiped.
        sys.stderr.write(f"\r{line}\x1b[K" + ("\n" if self._done == self._length else ""))
        sys.stderr.flush()


def line_of(stage: str, done: int, length: int | None, seconds: float) -> str:
    """ "Analysing 120 of 1,000 (12 %), 3.4/s, 0:04:18 left"; what is not known yet is left out."""
    parts = [f"{stage} {done:,}"]
    if length:
        parts[0] += f" of {length:,} ({100 * min(done, length) // length} %)"
    if done and seconds >= 1:
        rate = done / seconds
        parts.append(f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s")
        if length and done < length:
            left = round((length - done) / rate)
            parts.append(f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02} left")
    return ", ".join(parts)
