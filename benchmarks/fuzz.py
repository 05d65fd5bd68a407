"""Feeds each parser what a fuzzer makes of real files, for a bounded time: ``python -m benchmarks.fuzz --seconds 60``.

Atheris watches which code an input reaches and bends those that reach new code. A crash is any exception but an error of
the project's own; a hang is an input that takes more than ten seconds; memory is bounded to 2 GB. Needs
``pip install atheris``, which brings libFuzzer.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_SUFFIXES = (
    *(".txt", ".md", ".html", ".pdf", ".docx", ".eml", ".rss", ".warc", ".csv", ".jsonl", ".json"),
    *(".zip", ".tar.gz"),
)
_LONGEST_INPUT = 20_000
_SECONDS_EACH = 10
_MEGABYTES = 2048


def main() -> None:
    """Fuzzes every parser in turn, each in a process of its own, and tells what became of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=60, help="for each parser")
    parser.add_argument("--parser", choices=_SUFFIXES, help="one alone")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        _fuzz(options.parser, Path(options.inside), options.seconds)
        return
    chosen = [options.parser] if options.parser else _SUFFIXES
    failed = [suffix for suffix in chosen if not _in_process(suffix, options.seconds)]
    sys.exit(f"fuzz: failed on {', '.join(failed)}" if failed else 0)


def _in_process(suffix: str, seconds: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.fuzz", "--parser", suffix]
        started = time.monotonic()
        done = subprocess.run(
            [*command, "--inside", folder, "--seconds", str(seconds)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            check=False,
        )
        counts = [line for line in done.stderr.splitlines() if line.startswith("Done ")]
        said = counts[-1] if counts else done.stderr[-2000:]
        print(f"{suffix:8} {time.monotonic() - started:5.0f} s  exit {done.returncode}  {said}")
        return done.returncode == 0


def _fuzz(suffix: str, folder: Path, seconds: int) -> None:
    import atheris  # noqa: PLC0415  (an optional tool)

    with atheris.instrument_imports(
        include=["timeline.sources", "email", "csv", "zipfile", "tarfile"]
    ):
        read = reader(suffix)
    for number, seed in enumerate(_seeds(suffix)):
        (folder / str(number)).write_bytes(seed)
    arguments = [
        f"-max_total_time={seconds}",
        f"-timeout={_SECONDS_EACH}",
        f"-rss_limit_mb={_MEGABYTES}",
        f"-max_len={_LONGEST_INPUT}",
        f"-artifact_prefix={tempfile.gettempdir()}/timeline-fuzz-{suffix.strip('.')}-",
        str(folder),
    ]
    atheris.Setup([sys.argv[0], *arguments], read)
    atheris.Fuzz()


def reader(suffix: str) -> Callable[[bytes], None]:
    """Reads bytes as a file of that suffix, in this process; lets all but the project's own errors through."""
    from timeline.errors import SourceError  # noqa: PLC0415  (so that atheris sees them imported)
    from timeline.model import Failure  # noqa: PLC0415
    from timeline.sources.archives import expand  # noqa: PLC0415
    from timeline.sources.articles import document_from_article  # noqa: PLC0415
    from timeline.sources.files import File  # noqa: PLC0415
    from timeline.sources.formats import READERS, reader_of  # noqa: PLC0415
    from timeline.sources.languages import foreign_language  # noqa: PLC0415
    from timeline.sources.options import Options  # noqa: PLC0415

    def read(content: bytes) -> None:
        whole = File(label="fuzz", name=f"fuzz{suffix}", open=lambda: io.BytesIO(content))
        for file in expand(whole):
            if isinstance(file, Failure):
                continue
            try:
                inner = file.suffix if file.suffix in READERS else ".txt"
                for article in reader_of(file, inner)(file, Options()):
                    if not isinstance(article, Failure):
                        document = document_from_article(article)
                        foreign_language(document.text)
            except SourceError:
                pass  # The report's line.

    return read


def _seeds(suffix: str) -> list[bytes]:
    """Inputs to begin with: those of the tests."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
    from hostile import make_cases  # type: ignore[import-not-found]  # noqa: PLC0415

    files = [
        file for case in make_cases() if isinstance(case.files, dict) for file in case.files.items()
    ]
    return [data for name, data in files if name.endswith(suffix) and len(data) <= _LONGEST_INPUT]


if __name__ == "__main__":
    main()
