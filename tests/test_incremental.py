"""Builds go on from what earlier ones have read, whole or killed, and the result is the same."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline import build
from timeline.build import build_chronology
from timeline.kept import KeptAnalyses, kept_analyses
from timeline.model import Analysis, Document
from timeline.parallel import Packed, pack_batch
from timeline.paths import ARTICLES, ROOT
from timeline.pipeline import analyse
from timeline.sources import document_from_text
from timeline.store import open_snapshot

TEXTS = {
    "one": "Rebels shelled the town of Marran on 3 March 2021, killing four people. The army struck back a day later.",
    "two": "The army bombed rebel positions near Marran on 4 March 2021. Parliament met on Friday.",
    "three": "On 9 March 2021 thousands marched in the capital against the war.",
}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def tables(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def built_events(sources: Path, out: Path) -> set[str]:
    build_chronology([str(sources)], out)
    return {event.event_id for event in open_snapshot(out).events()}


def test_what_has_not_changed_is_not_read_again(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = kept_analyses(root=tmp_path / "kept")
    build_chronology([str(sources)], tmp_path / "first", kept=kept)
    (sources / "four.txt").write_text(
        "On 10 March 2021 the rebels freed a pilot.", encoding="utf-8"
    )
    read: list[str] = []

    def seen(pipeline: str, batch: list[Document]) -> list[Packed]:
        read.extend(document.doc for document in batch)
        return pack_batch(pipeline, batch)

    monkeypatch.setattr(build, "pack_batch", seen)
    build_chronology([str(sources)], tmp_path / "second", kept=kept)
    assert read == ["four"]
    build_chronology([str(sources)], tmp_path / "fresh", kept=KeptAnalyses(folder=None))
    assert tables(tmp_path / "second") == tables(tmp_path / "fresh")


def test_an_article_more_leaves_the_ids_of_what_it_does_not_touch(
    sources: Path, tmp_path: Path
) -> None:
    before = built_events(sources, tmp_path / "before")
    (sources / "four.txt").write_text("On 10 May 2022 a ferry sank off Tessel.", encoding="utf-8")
    assert before < built_events(sources, tmp_path / "after")


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\x78\x01half"])
def test_a_damaged_analysis_is_as_if_it_were_not_there(
    damage: bytes, sources: Path, tmp_path: Path
) -> None:
    kept = kept_analyses(root=tmp_path / "kept")
    first = build_chronology([str(sources)], tmp_path / "out", kept=kept).version
    for path in (tmp_path / "kept").rglob("*"):
        if path.is_file():
            path.write_bytes(damage)
    assert build_chronology([str(sources)], tmp_path / "out", kept=kept).version == first


def test_without_a_folder_to_keep_them_in_builds_go_on(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("TIMELINE_CACHE", str(tmp_path / "file"))
    assert build_chronology([str(sources)], tmp_path / "out").version
    monkeypatch.setenv("TIMELINE_CACHE", "")
    assert kept_analyses().folder is None


def test_analyses_come_back_equal(nlp, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    kept = kept_analyses(root=tmp_path)
    for path in sorted(ARTICLES.glob("*.txt")):
        document = document_from_text(path.read_text(encoding="utf-8"), doc=path.stem)
        (analysis,) = analyse([document], nlp)
        kept.keep(analysis)
        assert kept.find(document) == analysis


@given(st.text(max_size=200), st.text(max_size=20))
@settings(max_examples=30)
def test_any_document_is_kept_under_its_own_name(text: str, doc: str) -> None:
    document = Document(doc_id="1", doc=doc, text=text)
    with tempfile.TemporaryDirectory() as folder:
        kept = KeptAnalyses(folder=Path(folder))
        kept.keep(Analysis(document=document))
        assert kept.find(document) == Analysis(document=document)
        assert kept.find(replace(document, text=text + "!")) is None


def test_half_a_character_is_read_again_each_time(tmp_path: Path) -> None:
    kept = KeptAnalyses(folder=tmp_path)
    document = Document(doc_id="1", doc="d", text="\ud800")
    kept.keep(Analysis(document=document))
    assert kept.find(document) is None


def test_killed_at_any_moment_the_old_chronology_is_whole_and_the_next_build_the_same(
    sources: Path, tmp_path: Path
) -> None:
    out, environment = tmp_path / "out", {**os.environ, "TIMELINE_CACHE": str(tmp_path / "kept")}
    command = [sys.executable, "-m", "timeline", "build", str(sources), "--out", str(out)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    old = tables(out)
    (sources / "four.txt").write_text(
        "On 10 March 2021 the rebels freed a pilot.", encoding="utf-8"
    )
    fresh = build_chronology(
        [str(sources)], tmp_path / "fresh", kept=KeptAnalyses(folder=None)
    ).version
    moments = random.Random(7)
    for _ in range(6):
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(moments.uniform(0.3, 3.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = json.loads((out / "manifest.json").read_text())["data_version"]
        assert tables(out) == old or now == fresh
        open_snapshot(out)
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    assert json.loads((out / "manifest.json").read_text())["data_version"] == fresh
