"""The bounded process (see `bounded`): reads one file after another from standard input, and writes a line for each."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
from typing import Any, BinaryIO

from timeline.errors import TimelineError
from timeline.sources.bounded import file_of, to_json
from timeline.sources.files import File
from timeline.sources.formats import reader_of
from timeline.sources.options import Options


def main() -> None:
    """Answers orders until the input ends."""
    _bound_memory(int(sys.argv[1]))
    logging.disable(logging.CRITICAL)
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not be taken for an answer.
    with open(os.devnull, "w", encoding="utf-8") as nothing, contextlib.redirect_stdout(nothing):
        while line := orders.readline():
            order = json.loads(line)
            answers.write(_answer(order, orders) + b"\n")
            answers.flush()


def _bound_memory(limit: int) -> None:
    try:
        import resource  # noqa: PLC0415  (Windows has none)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(order: dict[str, Any], orders: BinaryIO) -> bytes:
    file = file_of(order, orders.read(order["size"]))
    try:
        return json.dumps(_read(file, order)).encode()
    except (MemoryError, RecursionError):
        return json.dumps(
            _error(
                file, "needs more memory than an article may take", "copy its text into a .txt file"
            )
        ).encode()


def _read(file: File, order: dict[str, Any]) -> dict[str, Any]:
    options = Options(columns=order["columns"], encoding=order["encoding"])
    try:
        return {"items": list(map(to_json, reader_of(file, order["suffix"])(file, options)))}
    except TimelineError as error:
        return _error(file, error.what, error.remedy, error.where)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # Whatever a library makes of a hostile file, the others are read.
        return _error(
            file,
            f"not a readable {order['suffix']} file ({type(error).__name__})",
            "save it again, or copy its text into a .txt file",
        )


def _error(file: File, what: str, remedy: str, where: str = "") -> dict[str, Any]:
    return {"error": {"what": what, "where": where or file.label, "remedy": remedy}}


if __name__ == "__main__":
    main()
