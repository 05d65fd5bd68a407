"""Sources in, a chronology folder out: what the `build` command and the dashboard's first start do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from timeline.acting import Reading, batches
from timeline.blocks import across_blocks
from timeline.bundled import BUNDLED, is_current
from timeline.engine import Lost, Map, Progress
from timeline.errors import SourceError
from timeline.kept import KeptAnalyses, kept_analyses
from timeline.model import Actor, Document, Failure
from timeline.nlp import load_pipeline, pipeline_name
from timeline.parallel import (
    Packed,
    ended_over,
    load_or_analyse,
    pack_batch,
    worker_processes,
)
from timeline.paths import ARTICLES
from timeline.pipeline import assemble
from timeline.sources import load_sources
from timeline.sources.options import DEFAULT, Options
from timeline.store.schema import TABLES, Row, sorted_rows
from timeline.store.write import check_replaceable, working_folder, write_rows
from timeline.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did."""

    version: str
    """The data version; empty where no source could be read and nothing was written."""
    counts: Mapping[str, int]
    """Rows of each table."""
    failures: tuple[Failure, ...]


def build_chronology(
    sources: Sequence[str],
    out: Path,
    *,
    pipeline: str = "",
    jobs: int = 1,
    map_over: Map | None = None,
    progress: Progress = lambda stage, length: lambda done: None,
    kept: KeptAnalyses | None = None,
    options: Options = DEFAULT,
) -> Built:
    """Read sources, analyse and merge them, and write the snapshot. What is at work is on the disk beside `out`, and
    little of it in memory, however many documents there are.

    Documents whose analysis was kept from an earlier build, or from one that was killed, are not analysed again; None:
    where builds usually keep it.

    Sources that cannot be read are among the failures and stop nothing. If none can be read, nothing is written, and a
    chronology that was there stays. Neither `jobs` nor `map_over` (which goes before it) changes the result.

    Raises:
        PipelineError: the spaCy pipeline cannot be loaded.
        SnapshotError: `out` cannot be written.
    """
    out = Path(os.path.abspath(out))
    check_replaceable(out)
    with (
        working_folder(out) as folder,
        closing(Workspace(folder / "workspace.sqlite")) as space,
        nullcontext(map_over) if map_over else worker_processes(jobs) as mapped,
    ):
        failures = list(_collect(sources, options, space, progress("Reading", None)))
        if not space.document_count():
            return Built(version="", counts=dict.fromkeys(TABLES, 0), failures=tuple(failures))
        reader = _Reader(
            pipeline=pipeline,
            map_over=mapped,
            kept=_usable(kept_analyses(pipeline) if kept is None else kept, folder),
            space=space,
            progress=progress,
            failures=failures,
        )
        actors = assemble(
            space,
            Reading(find=reader.kept.packed, load=partial(load_or_analyse, pipeline)),
            prepare=reader.prepare,
            map_over=reader.map_over,
            progress=progress,
        )
        version, counts = write_rows(
            rows_of(space, actors), failures, out, built_by={"pipeline": pipeline_name(pipeline)}
        )
    return Built(version=version, counts=counts, failures=tuple(failures))


def rows_of(space: Workspace, actors: Sequence[Actor]) -> dict[str, Iterator[Row]]:
    """The rows of a workspace, whose documents are all merged."""
    return sorted_rows(
        documents=map(space.with_original, space.documents()),
        mentions=space.mentions(),
        events=(across_blocks(space, event) for event in space.events()),
        actors=actors,
    )


def _collect(
    sources: Sequence[str], options: Options, space: Workspace, done: Callable[[int], None]
) -> Iterator[Failure]:
    """Put all documents into the workspace; yields what cannot be read."""
    for found in load_sources(sources, options=options):
        if isinstance(found, Failure):
            yield found
        else:
            space.add_document(found)
            done(1)


def _usable(kept: KeptAnalyses, folder: Path) -> KeptAnalyses:
    """Where nothing is to be kept, or can be, analyses are kept until the build ends."""
    if kept.folder is not None and os.access(kept.folder, os.W_OK):
        return kept
    return KeptAnalyses(folder=folder / "analyses")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Analyses the documents of a workspace, but for those of which an analysis was kept."""

    pipeline: str
    map_over: Map
    kept: KeptAnalyses
    space: Workspace
    progress: Progress
    failures: list[Failure]

    def prepare(self) -> None:
        """Analyse and keep what is not kept yet. What cannot be analysed is dropped."""
        if not (missing := sum(1 for _ in self._missing())):
            return
        # Before workers start: an error of the pipeline is told once, and those that are forked have it loaded.
        load_pipeline(self.pipeline)
        done = self.progress("Analysing", missing)
        failed: list[Document] = []
        for results in self._analysed(batches(self._missing(), missing)):
            for document, packed in results:
                if isinstance(packed, Failure):
                    self.failures.append(packed)
                    failed.append(document)
                else:
                    self.kept.keep_packed(document, packed)
            done(len(results))
        for document in failed:
            self.space.drop_document(document)

    def _analysed(self, asked: Iterable[list[Document]]) -> Iterator[list[Packed]]:
        """What workers find. Documents over which they end are tried once more, each by itself."""
        work, lost = partial(pack_batch, self.pipeline), []
        for results in self.map_over(work, asked):
            if isinstance(results, Lost):
                lost.append(results.item)
            else:
                yield results
        # A worker that ends over a batch of one has shown which document it is; the others are told apart.
        single = [batch for batch in lost if len(batch) == 1]
        asked = [[document] for batch in lost if len(batch) > 1 for document in batch]
        for results in self.map_over(work, asked):
            if isinstance(results, Lost):
                single.append(results.item)
            else:
                yield results
        for [document] in single:
            yield [(document, ended_over(document))]

    def _missing(self) -> Iterator[Document]:
        return (item for item in self.space.documents() if not self.kept.has(item))


def bundled_chronology(out: Path = BUNDLED, *, jobs: int = 1) -> Path:
    """The folder of the bundled articles' chronology, built first if it is missing, broken or older than what it is
    built from.

    Raises:
        SourceError: the bundled articles are not there.
    """
    if is_current(out):
        return out
    built = build_chronology([str(ARTICLES)], out, jobs=jobs)
    if not built.version:
        raise SourceError(
            "the bundled articles cannot be read",
            where=str(ARTICLES),
            remedy="restore data/articles",
        )
    return out
