"""Big archives: whoever does the work and however often it is interrupted, the result is the same."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from factories import make_chronology

from benchmarks.archive import kill_and_resume
from benchmarks.merging import make_news
from timeline import acting, build
from timeline.blocks import as_kept, merge_by_blocks
from timeline.build import build_chronology
from timeline.cli.progress import line_of
from timeline.cluster import ray_cluster
from timeline.engine import Lost, Map, surely
from timeline.errors import SnapshotError, TimelineError
from timeline.kept import KeptAnalyses
from timeline.merge import merge_mentions
from timeline.merge.events import is_telling
from timeline.model import Actor, Analysis, Document, Event
from timeline.parallel import Packed, map_over_processes, pack_batch
from timeline.store import open_snapshot, write, write_chronology
from timeline.store.remote import published_to
from timeline.workspace import Workspace

CITIES = ("Marran", "Tessel", "Korvo", "Aldany", "Brisk")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Forty short articles of which some tell the same, some are copies and one is undated."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(40):
        city, day = CITIES[number % 5], number % 9 + 1
        (folder / f"{number:02}.txt").write_text(
            f"date 2021-03-{day + 1:02}\nRebels shelled the town of {city} on {day} March 2021, killing four people."
            f" The army struck back a day later. Aid number {number // 2} reached {city} on Friday.",
            encoding="utf-8",
        )
    (folder / "undated.txt").write_text(
        "Rebels shelled the town of Marran on 1 March 2021, killing four people.", encoding="utf-8"
    )
    return folder


def files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def engine(name: str, workers: int) -> AbstractContextManager[Map]:
    if name == "local":
        return nullcontext(partial(map_over_processes, workers))
    pytest.importorskip("ray", reason="Ray is an extra: `make scale` installs it and runs this")
    ray = pytest.importorskip("ray.cloudpickle")
    ray.register_pickle_by_value(sys.modules[__name__])  # its workers cannot import tests
    return ray_cluster("", workers)


@pytest.mark.parametrize("name", ["local", "ray"])
def test_any_engine_and_number_of_workers_writes_the_same_bytes(
    name: str, sources: Path, tmp_path: Path
) -> None:
    kept = KeptAnalyses(folder=None)
    build_chronology([str(sources)], tmp_path / "one", kept=kept)
    with engine(name, 2) as map_over:
        build_chronology([str(sources)], tmp_path / "two", kept=kept, map_over=map_over)
    assert files(tmp_path / "two") == files(tmp_path / "one")
    assert len(open_snapshot(tmp_path / "one").documents()) == 41


@pytest.mark.parametrize("size", [1, 5, 100])
def test_what_is_read_together_changes_nothing(
    size: int, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = KeptAnalyses(folder=tmp_path / "kept")
    build_chronology([str(sources)], tmp_path / "usual", kept=kept)
    monkeypatch.setattr(acting, "_size_of", lambda count: size)
    build_chronology([str(sources)], tmp_path / "other", kept=kept)
    assert files(tmp_path / "other") == files(tmp_path / "usual")


def test_an_article_that_names_nobody_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(
        "Rebels shelled the town on 1 March 2021, killing four people.", encoding="utf-8"
    )
    built = build_chronology(
        [str(tmp_path / "one.txt")], tmp_path / "out", kept=KeptAnalyses(folder=None)
    )
    assert built.counts["events"] == 1


def test_what_is_written_does_not_depend_on_the_groups_that_it_is_written_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chronology = make_chronology()
    version = write_chronology(chronology, tmp_path / "whole")
    monkeypatch.setattr(write, "_GROUP", 2)
    assert write_chronology(chronology, tmp_path / "pieces") == version
    whole, pieces = (open_snapshot(tmp_path / name) for name in ("whole", "pieces"))
    assert pieces.events() == whole.events()
    assert pieces.documents() == whole.documents()


def _square_or_die(folder: Path, number: int) -> int:
    """The third item kills its worker twice."""
    deaths = len(list(folder.iterdir()))
    if number == 3 and deaths < 2:
        (folder / str(deaths)).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


@pytest.mark.parametrize("name", ["local", "ray"])
def test_workers_that_are_killed_change_nothing(name: str, tmp_path: Path) -> None:
    with engine(name, 2) as map_over:
        found = list(map_over(partial(_square_or_die, tmp_path), range(20)))
    assert found == [number * number for number in range(20)]
    assert len(list(tmp_path.iterdir())) == 2


def _die(item: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return item


@pytest.mark.parametrize("name", ["local", "ray"])
def test_workers_that_always_die_are_told_and_not_started_for_ever(name: str) -> None:
    with engine(name, 2) as map_over, pytest.raises(TimelineError, match="again and again"):
        list(map_over(_die, range(4)))


def _square_but_seven(number: int) -> int:
    return _die(number) if number == 7 else number * number


@pytest.mark.parametrize("name", ["local", "ray"])
def test_an_item_over_which_every_worker_dies_is_lost_alone(name: str) -> None:
    with engine(name, 2) as map_over:
        found = list(map_over(_square_but_seven, range(20)))
    assert found == [Lost(item=7) if n == 7 else n * n for n in range(20)]


def _load_or_die(pipeline: str, batch: list[Document]) -> list[Packed]:
    if any(Path(document.doc).stem == "13" for document in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return pack_batch(pipeline, batch)


@pytest.mark.parametrize("name", ["local", "ray"])
def test_a_document_over_which_every_worker_dies_is_named_and_the_others_are_read(
    name: str, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "pack_batch", _load_or_die)
    with engine(name, 2) as map_over:
        built = build_chronology(
            [str(sources)], tmp_path / "out", kept=KeptAnalyses(folder=None), map_over=map_over
        )
    assert [Path(failure.source).stem for failure in built.failures] == ["13"]
    assert built.counts["documents"] == 40


def test_what_cannot_be_left_out_is_named_where_it_is_lost() -> None:
    mapped = surely(partial(map_over_processes, 2), "number {}".format)
    with pytest.raises(TimelineError, match="number 7"):
        list(mapped(_square_but_seven, range(20)))


def test_no_more_is_taken_than_workers_can_do() -> None:
    items = iter(range(1000))
    results = map_over_processes(2, abs, items)
    assert [next(results) for _ in range(10)] == list(range(10))
    assert next(items) < 20


def test_a_build_killed_at_random_moments_writes_the_same_bytes(
    sources: Path, tmp_path: Path
) -> None:
    kill_and_resume([str(sources)], tmp_path, times=4, jobs=2)


# --- merging by blocks ---------------------------------------------------------------------------------------


def merged(analyses: list[Analysis], actors: list[Actor], size: int) -> list[Event]:
    workspace = Workspace()
    for analysis in analyses:
        workspace.add_document(analysis.document)
        workspace.add_resolved(as_kept(analysis, actors))
    workspace.keep_actors(actors)
    merge_by_blocks(workspace, size=size)
    return list(workspace.events())


@pytest.fixture(scope="module")
def news() -> tuple[list[Analysis], list[Actor]]:
    return make_news(1500)


@pytest.mark.parametrize("size", [150, 400, 10_000])
def test_every_mention_is_told_by_one_event_at_most(
    size: int, news: tuple[list[Analysis], list[Actor]]
) -> None:
    events = merged(*news, size)
    counted = Counter(mention.mention_id for event in events for mention in event.mentions)
    assert set(counted.values()) == {1}
    assert len({event.event_id for event in events}) == len(events)


def test_an_archive_of_one_block_is_merged_as_a_whole(
    news: tuple[list[Analysis], list[Actor]],
) -> None:
    analyses, actors = news
    whole = {event.event_id for event in merge_mentions(analyses, actors, None)}
    assert {event.event_id for event in merged(analyses, actors, 10_000)} <= whole


def test_blocks_change_few_events(news: tuple[list[Analysis], list[Actor]]) -> None:
    """Groups of passages that blocks of 400 of 1,500 mentions leave as they are: all 337 when this was written."""
    whole, cut = (
        {frozenset(item.mention_id for item in event.mentions) for event in merged(*news, size)}
        for size in (10_000, 400)
    )
    assert len(whole & cut) > 0.95 * len(whole)


def test_blocks_do_not_depend_on_the_order_of_the_articles(
    news: tuple[list[Analysis], list[Actor]],
) -> None:
    analyses, actors = news
    shuffled = random.Random(3).sample(analyses, len(analyses))
    assert merged(shuffled, actors, 300) == merged(analyses, actors, 300)


def test_what_only_passes_by_makes_no_event(news: tuple[list[Analysis], list[Actor]]) -> None:
    analyses, actors = news
    passing = [
        replace(one, mentions=tuple(replace(item, incident=False) for item in one.mentions))
        for one in analyses[:20]
    ]
    assert not any(is_telling(item) for one in passing for item in one.mentions)
    assert merged(passing, actors, 50) == []


# --- progress, object stores ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "length", "seconds", "expected"),
    [
        (0, None, 0.0, "Reading 0"),
        (1200, None, 2.0, "Reading 1,200, 600/s"),
        (120, 1000, 35.0, "Reading 120 of 1,000 (12 %), 3.4/s, 0:04:17 left"),
        (1000, 1000, 100.0, "Reading 1,000 of 1,000 (100 %), 10/s"),
        (1, 100_000, 1.0, "Reading 1 of 100,000 (0 %), 1.0/s, 27:46:39 left"),
    ],
)
def test_progress_is_told_in_one_line(
    done: int, length: int | None, seconds: float, expected: str
) -> None:
    assert line_of("Reading", done, length, seconds) == expected


@pytest.mark.parametrize("address", ["memory://archive/crisis", "file://{}/remote/crisis"])
def test_a_chronology_is_published_to_an_object_store(
    address: str, sources: Path, tmp_path: Path
) -> None:
    fsspec = pytest.importorskip("fsspec", reason="an extra: `make scale` installs it")
    address = address.format(tmp_path)
    with published_to(address) as folder:
        build_chronology([str(sources / "00.txt")], folder)
        written = files(folder)
    store, path = fsspec.core.url_to_fs(address)
    assert {name: store.cat_file(f"{path}/{name}") for name in written} == written


def test_a_store_that_cannot_be_opened_is_told() -> None:
    with (
        pytest.raises(SnapshotError, match=r"requirements-scale\.txt"),
        published_to("no-such://a"),
    ):
        pytest.fail("a folder of a store that is not there")
