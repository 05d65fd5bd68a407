"""Builds of whole archives: documents a second, peak of memory, cost of a million articles, by size and by workers.

    python -m benchmarks.archive prose --copies 20 --jobs 1 2        the whole build, on real prose repeated
    python -m benchmarks.archive prose --engine ray --jobs 1 2       the same on a Ray cluster of this machine
    python -m benchmarks.archive merging --sizes 1000 10000          made-up analyses, merged and written
    python -m benchmarks.archive kills --times 20                    killed at random moments, and resumed
    python -m benchmarks.archive words --heideltime CMD              words a second, beside a HeidelTime that is installed

Each build is a process of its own; its seconds of processor time and its memory count those of its workers.
"""

from __future__ import annotations

import argparse
import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from benchmarks.made_up import write_sources
from timeline.paths import ARTICLES, ROOT

_LOOK = 0.2
"""Seconds between two looks at the memory of a build."""
_HOUR = 0.04
"""US dollars that a core costs an hour, on demand, at large providers: what the costs are reckoned with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one build took."""

    seconds: float
    """Wall clock."""
    cpu: float
    """Seconds of processor time, of all its processes."""
    mib: int
    """Peak of resident memory of all its processes together."""


def measure(command: Sequence[str], **environment: str) -> Run:
    """Run a command, and look at it while it runs. Raises CalledProcessError if it fails."""
    begun, peak = time.monotonic(), 0
    before = os.times()
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    while process.poll() is None:
        peak = max(peak, sum(map(_resident, _family(process.pid))))
        time.sleep(_LOOK)
    after = os.times()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    return Run(seconds=time.monotonic() - begun, cpu=spent, mib=peak // 2**20)


def _family(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _family(int(child))
    except OSError:  # it has just ended
        return


def _resident(pid: int) -> int:
    """Bytes of a process that are its own: what it shares with others is counted once, with none of them."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return 0


def build_command(sources: Sequence[str], out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "timeline", "build", *sources, "--out", str(out), *more]


def prose(copies: int, jobs: Sequence[int], engine: str) -> None:
    """The bundled articles repeated, each time with other numbers and names, so that they are no copies."""
    with tempfile.TemporaryDirectory() as scratch:
        sources = Path(scratch) / "articles"
        count, words = write_sources(sources, copies)
        print(f"{count} articles of {words // count} words, engine {engine}")
        print(
            "workers   seconds   of processor   articles/s   words/s   MiB   $ a million articles"
        )
        for workers in jobs:
            command = build_command([str(sources)], Path(scratch) / "out", "--jobs", str(workers))
            run = measure([*command, "--engine", engine], TIMELINE_CACHE="")
            cost = run.cpu / count * 1e6 / 3600 * _HOUR
            print(
                f"{workers:7} {run.seconds:9.1f} {run.cpu:14.1f} {count / run.seconds:12.2f}"
                f" {words / run.seconds:9,.0f} {run.mib:5,} {cost:8,.1f}",
                flush=True,
            )


def merging(sizes: Sequence[int], jobs: int, passages: float) -> None:
    """Made-up analyses of short articles, from the resolving of actors to the written chronology."""
    print("articles   seconds   of processor   articles/s   MiB   slope   $ a million articles")
    last: tuple[int, float] | None = None
    for size in sizes:
        module = [sys.executable, "-m", "benchmarks.made_up", str(size), "--jobs", str(jobs)]
        run = measure([*module, "--passages", str(passages)])
        slope = log(run.cpu / last[1]) / log(size / last[0]) if last else float("nan")
        last = size, run.cpu
        cost = run.cpu / size * 1e6 / 3600 * _HOUR
        print(
            f"{size:8,} {run.seconds:9.1f} {run.cpu:14.1f} {size / run.seconds:12.1f}"
            f" {run.mib:5,} {slope:7.2f} {cost:8,.1f}",
            flush=True,
        )


def kill_and_resume(sources: Sequence[str], folder: Path, *, times: int, jobs: int) -> int:
    """Kill a build (and its workers) at random moments so often, each time going on from what the last one left; one that
    ends before its moment is begun anew. Then let it end. Returns how many builds ended early.

    Raises:
        AssertionError: a byte differs from the build that was left alone.
    """
    alone, out, kept = folder / "alone", folder / "killed", folder / "kept"
    moments, early, killed = random.Random(7), 0, 0
    command = build_command(sources, out, "--jobs", str(jobs))
    longest = measure(build_command(sources, alone, "--jobs", str(jobs)), TIMELINE_CACHE="").seconds
    while killed < times:
        if _is_killed(command, kept, moments.uniform(0, longest)):
            killed += 1
        else:
            early += 1
            assert _files(out) == _files(alone), "what was killed and resumed differs"
            shutil.rmtree(out)
            shutil.rmtree(kept)
    subprocess.run(command, cwd=ROOT, env=_keeping(kept), check=True, stdout=subprocess.DEVNULL)
    assert _files(out) == _files(alone), "what was killed and resumed differs"
    return early


def _is_killed(command: Sequence[str], kept: Path, seconds: float) -> bool:
    """Run a build and kill it with its workers at that moment; whether it was still at work."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=_keeping(kept),
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait() != 0


def _keeping(kept: Path) -> dict[str, str]:
    return {**os.environ, "TIMELINE_CACHE": str(kept)}


def _files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def words(copies: int, heideltime: str) -> None:
    """Words a second of the whole build and of the `timex` command, and of a HeidelTime that the user has installed.

    The command is called once, with the folder of texts as its last argument.
    """
    with tempfile.TemporaryDirectory() as scratch:
        sources = Path(scratch) / "articles"
        count, total = write_sources(sources, copies)
        timeline = [sys.executable, "-m", "timeline"]
        commands = {
            "build, everything": build_command([str(sources)], Path(scratch) / "out"),
            "timex, dates alone": [*timeline, "timex", str(sources)],
        }
        if heideltime:
            commands["HeidelTime, dates alone"] = [*shlex.split(heideltime), str(sources)]
        print(f"{count} articles, {total:,} words")
        for name, command in commands.items():
            run = measure(command, TIMELINE_CACHE="")
            print(
                f"{name:24} {run.seconds:8.1f} s {total / run.seconds:10,.0f} words/s", flush=True
            )


def main() -> int:
    """Runs one of the benchmarks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["prose", "merging", "kills", "words"])
    parser.add_argument("--copies", type=int, default=20)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1])
    parser.add_argument("--engine", choices=["local", "ray"], default="local")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument(
        "--passages", type=float, default=4, help="of an article of middling length"
    )
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--heideltime", default="", metavar="CMD")
    asked = parser.parse_args()
    if asked.what == "prose":
        prose(asked.copies, asked.jobs, asked.engine)
    elif asked.what == "merging":
        merging(asked.sizes, asked.jobs[0], asked.passages)
    elif asked.what == "words":
        words(asked.copies, asked.heideltime)
    else:
        with tempfile.TemporaryDirectory() as folder:
            early = kill_and_resume(
                [str(ARTICLES)], Path(folder), times=asked.times, jobs=asked.jobs[0]
            )
        print(f"killed {asked.times} times, ended {early} times between: the same bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
