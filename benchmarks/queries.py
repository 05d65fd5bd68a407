"""What the dashboard asks of a chronology, from a thousand events to a million: `python -m benchmarks.queries [--sizes …]`.

Medians in milliseconds, nothing remembered from one time to the next but what a chronology keeps open; beside them the
seconds of opening it and the memory of the process. `--out FILE` writes the table.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from benchmarks.synthetic import write_big_chronology
from timeline.dashboard.counting import count_by_days
from timeline.dashboard.figures import plot_width
from timeline.dashboard.lanes import Scale
from timeline.dashboard.overview import strip_data
from timeline.dashboard.packing import packed
from timeline.dashboard.screen import Stage, screen, set_stage
from timeline.dashboard.state import Lanes, View
from timeline.store import open_snapshot

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_WIDTH = 1000.0
_WORDS = ("freed", "sanctioned", "met", "warned", "attacked", "accused")


def _questions(stage: Stage) -> Mapping[str, Callable[[int], object]]:
    """What is timed, each with the number of the turn, so that no two turns ask for the same."""
    index = stage.index

    def window(turn: int) -> tuple[date, date]:
        first = date(2020, 1, 1) + timedelta(days=turn)
        return first, first + timedelta(days=21)

    def actor_and_range(turn: int) -> int:
        found = index.found(View(actors=(f"actor-{turn % 30}", f"actor-{(turn + 7) % 30}")))
        return int((found & index.touching(window(turn))).sum())

    def histogram(turn: int) -> object:
        assert stage.strip
        return strip_data(stage.strip, index.middles(index.touching(window(turn))))

    def best_of_lane(turn: int) -> object:
        lanes = index.lanes(Lanes.TYPE)
        lane = lanes.codes == turn % len(lanes.names)
        return index.best_rows(lane & index.touching(window(turn)), 60)

    def density_of_lanes(turn: int) -> object:
        lanes = index.lanes(Lanes.TYPE)
        scale = Scale(window=window(turn), width=plot_width(_WIDTH))
        return count_by_days(index, index.touching(scale.window), lanes, lanes.names, scale)

    def facet_counts(turn: int) -> object:
        view = View(actors=(f"actor-{turn % 30}",), text=f"place {turn}")
        return [index.counts(view, name) for name in ("actor", "type", "status", "place")]

    def text(query: Callable[[int], str]) -> Callable[[int], object]:
        return lambda turn: stage.snapshot.holding(query(turn))

    return {
        "actor and range": actor_and_range,
        "histogram": histogram,
        "best of a lane": best_of_lane,
        "density by lane": density_of_lanes,
        "counts of filters": facet_counts,
        "event by id": lambda turn: stage.snapshot.event(f"e{turn * 31 % index.size}"),
        "search: frequent word": text(lambda turn: _WORDS[turn % 6][: 6 - turn // 6]),
        "search: rare word": text(lambda turn: f"{turn * 37 % index.size}"),
        "search: phrase": text(lambda turn: f'"group {turn % 30} {_WORDS[turn % 6]} group"'),
        "whole screen": lambda turn: packed(
            screen(View(start=window(turn)[0], end=window(turn)[1]), stage, _WIDTH)
        ),
    }


def _measured(folder: Path, times: int) -> Iterator[tuple[str, str]]:
    started = time.perf_counter()
    stage = set_stage(open_snapshot(folder))
    yield "opened, s", f"{time.perf_counter() - started:.1f}"
    stage.snapshot.holding("once")  # The words are read meanwhile: waits for them.
    yield "with all words, s", f"{time.perf_counter() - started:.1f}"
    for name, ask in _questions(stage).items():
        ask(times)
        yield f"{name}, ms", f"{median(_timed(ask, turn) for turn in range(times)):.1f}"
    first = packed(screen(View(), stage, _WIDTH))
    yield "first view, kB to the browser", f"{len(first) / 1000:.0f}"
    yield "most memory, MB", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}"


def _timed(ask: Callable[[int], object], turn: int) -> float:
    started = time.perf_counter()
    ask(turn)
    return (time.perf_counter() - started) * 1000


def measured(folder: Path, times: int) -> dict[str, str]:
    """Every figure of one chronology, by what was measured."""
    return dict(_measured(folder, times))


def main() -> None:
    """Measures every size, each in a process of its own, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    columns: dict[int, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for size in asked.sizes:
            folder = Path(scratch) / str(size)
            write_big_chronology(size, folder)
            # A process of its own: the memory of one size is not that of the next.
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                columns[size] = pool.apply(measured, (folder, asked.times))
    table = "\n".join(_table(columns))
    print(table)
    if asked.out:
        asked.out.write_text(
            f"# The dashboard's queries, by number of events\n\n{table}\n", "utf-8"
        )


def _table(columns: Mapping[int, Mapping[str, str]]) -> Iterator[str]:
    yield "| | " + " | ".join(f"{size:,}" for size in columns) + " |"
    yield "| --- |" + " ---: |" * len(columns)
    names = dict.fromkeys(itertools.chain.from_iterable(columns.values()))
    for name in names:
        yield f"| {name} | " + " | ".join(column[name] for column in columns.values()) + " |"


if __name__ == "__main__":
    main()
