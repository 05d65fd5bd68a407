"""Whatever comes in: bounded in time and memory, a line of the report for each input that gives no article, the rest read."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hostile import (
    OTHER,
    PROSE,
    Case,
    item,
    mail,
    make_cases,
    page,
    pdf,
    rss,
    tarred,
    warc,
    word_with,
    zipped,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import reader
from timeline.model import Document, Failure
from timeline.paths import ROOT
from timeline.sources import load_sources
from timeline.sources.options import Options
from timeline.store import open_snapshot

CASES = make_cases()
BOUNDS = Options(unique=True, seconds=30, memory=1024 * 2**20)


def test_there_are_enough_of_them() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 150


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile_input_is_reported_and_the_rest_is_read(case: Case, tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    if callable(case.files):
        case.files(inputs)
    else:
        for name, content in case.files.items():
            (inputs / name).write_bytes(content)
    # Something good after it: whatever came before, it is read.
    (tmp_path / "good.txt").write_text(f"{OTHER} {OTHER}")

    found = list(load_sources([str(inputs), str(tmp_path / "good.txt")], options=BOUNDS))

    *documents, good = [item for item in found if isinstance(item, Document)]
    failures = [item for item in found if isinstance(item, Failure)]
    assert good.doc == "good"
    assert [failure.reason for failure in failures if " — " not in failure.reason] == []
    assert len(documents) == case.articles, failures[:3]
    assert all(case.says in document.text for document in documents)
    assert len(failures) == len(case.report), failures[:5]
    for failure, word in zip(failures, case.report, strict=True):
        assert word in f"{failure.source}: {failure.reason}", failure
        assert (failure.source + failure.reason).isprintable()
        assert len(failure.source + failure.reason) < 1000


def test_a_page_that_takes_too_long_costs_its_time_and_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page("<div>" * 200_000 + PROSE))
    (tmp_path / "b.html").write_text(page(f"<article><p>{PROSE}</p><p>{OTHER}</p></article>"))
    found = list(load_sources([str(tmp_path)], options=Options(seconds=0.001)))
    assert [type(item).__name__ for item in found] == ["Failure", "Failure"]
    assert "not read within" in found[0].reason  # type: ignore[union-attr]


def test_a_paper_that_takes_too_much_memory_costs_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(
        word_with("word/document.xml", b"<a>" + b" " * (200 * 2**20) + b"</a>")
    )
    (tmp_path / "b.txt").write_text(PROSE)
    found = list(load_sources([str(tmp_path)], options=Options(memory=300 * 2**20)))
    assert [type(item).__name__ for item in found] == ["Failure", "Document"]
    assert "memory" in found[0].reason  # type: ignore[union-attr]


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "{PROSE}"}}\n' * 3)
    found = []
    for read in load_sources([str(path)]):
        found.append(read)
        with path.open("a") as file:
            file.write("more\n")
    assert isinstance(found[-1], Failure)
    assert "changed while it was read" in found[-1].reason


# --- what nobody thought of ------------------------------------------------------------------------------

SEEDS = {
    ".txt": PROSE.encode(),
    ".md": f"---\ntitle: A\n---\n# B\n\n> {PROSE}".encode(),
    ".html": page(f"<article><p>{PROSE}</p><p>{OTHER}</p></article>").encode(),
    ".csv": f'text,date\n"{PROSE}",2011-03-05\n'.encode(),
    ".jsonl": f'{{"text": "{PROSE}", "date": "2011-03-05"}}\n'.encode(),
    ".json": f'{{"articles": [{{"text": "{PROSE}"}}]}}'.encode(),
    ".eml": mail(attached={"b.txt": PROSE.encode()}),
    ".rss": rss(item()).encode(),
    ".pdf": pdf(PROSE[:90]),
    ".warc": warc(("200 OK", "text/html", page(f"<p>{PROSE}</p>").encode())),
    ".zip": zipped({"a.txt": PROSE, "b/c.html": page(PROSE)}),
    ".tar": tarred({"a.txt": PROSE}),
    ".gz": gzip.compress(PROSE.encode()),
}


@pytest.mark.parametrize("suffix", SEEDS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_bent_files_raise_nothing(suffix: str, data: st.DataObject) -> None:
    content = bytearray(SEEDS[suffix])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        length = data.draw(st.sampled_from([0, 1, 2, 8, 200]))
        content[at : at + length] = data.draw(st.binary(max_size=12))
    # In this process, and so without the net that catches what escapes the readers.
    reader(suffix)(bytes(content))


@pytest.mark.parametrize("suffix", SEEDS)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=300))
def test_noise_raises_nothing(suffix: str, content: bytes) -> None:
    reader(suffix)(content)


# --- killed at any moment --------------------------------------------------------------------------------


def test_a_build_that_is_killed_leaves_the_old_chronology_or_the_new(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"date 2011-03-05 {PROSE}")
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "timeline",
        "build",
        str(tmp_path / "a.txt"),
        "--out",
        str(out),
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    old = open_snapshot(out).version
    (tmp_path / "a.txt").write_text(f"date 2011-03-05 {OTHER}")
    started = time.monotonic()
    subprocess.run(
        [*command[:-1], str(tmp_path / "other")], check=True, capture_output=True, cwd=ROOT
    )
    whole = time.monotonic() - started
    new = open_snapshot(tmp_path / "other").version
    assert new != old
    for share in (0.5, 0.8, 0.9, 0.95, 1.0):
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
        )
        try:
            said, _ = process.communicate(timeout=share * whole)
        except subprocess.TimeoutExpired:
            process.kill()
            said, _ = process.communicate()
        version = open_snapshot(out).version
        assert version in {old, new}
        # What was reported is there.
        assert new.encode() not in said or version == new
