"""The process that reads a visitor's articles: ``python -m timeline.dashboard.uploads.reading`` with an order on its
standard input. It writes a JSON object a line: how far it is, and in the end what became of each source."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from timeline.build import build_chronology
from timeline.errors import TimelineError
from timeline.kept import KeptAnalyses
from timeline.sources.options import Options
from timeline.store import article_names

_MEMORY = 3 * 2**30
"""Bytes of address space, where the system can bound it."""


def main() -> None:
    """Reads what the order names."""
    _bound()
    order = json.loads(sys.stdin.readline())
    options = Options(columns=order["columns"], web=order["web"], unique=True, seconds=60.0)
    try:
        built = build_chronology(
            order["sources"],
            Path(order["out"]),
            progress=_told,
            options=options,
            # A visit leaves nothing on the disk: not even what would make the next one faster.
            kept=KeptAnalyses(folder=None),
        )
    except TimelineError as error:
        _tell({"trouble": f"{error.what} — {error.remedy}"})
        return
    except MemoryError:
        _tell({"trouble": "these articles need more memory than a visit may take — bring fewer"})
        return
    out = Path(order["out"])
    _tell(
        {
            "version": built.version,
            # By name alone: DuckDB, which opens a chronology, does not stand the bound on memory.
            "articles": article_names(out) if built.version else [],
            "events": built.counts["events"],
            "failures": [[failure.source, failure.reason] for failure in built.failures],
        }
    )


def _told(stage: str, length: int | None) -> Callable[[int], None]:
    """Tells of the stage that takes the time."""
    read = 0

    def done(more: int) -> None:
        nonlocal read
        read += more
        if stage == "Analysing":
            _tell({"read": read, "of": length})

    return done


def _tell(message: dict[str, Any]) -> None:
    print(json.dumps(message), flush=True)


def _bound() -> None:
    os.nice(10)  # Visitors who look go before one who has something read.
    try:
        import resource  # noqa: PLC0415  (Windows has none)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
