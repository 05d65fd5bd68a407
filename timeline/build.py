"""Sources in, a chronology folder out: what the `build` command and the dashboard's first start do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from timeline.bundled import BUNDLED, is_current
from timeline.errors import SourceError
from timeline.kept import KeptAnalyses, kept_analyses
from timeline.model import Analysis, Chronology, Document, Failure
from timeline.nlp import load_pipeline, pipeline_name
from timeline.parallel import Result, analyse_documents
from timeline.paths import ARTICLES
from timeline.pipeline import analyse, chronicle
from timeline.sources import load_sources
from timeline.sources.options import DEFAULT, Options
from timeline.store import write_chronology
from timeline.store.write import check_replaceable

Progress = Callable[[Iterable[Result], int], AbstractContextManager[Iterable[Result]]]
"""Wraps the results as they come; is told how many there will be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did."""

    chronology: Chronology
    version: str
    """The data version; empty where no source could be read and nothing was written."""


def build_chronology(
    sources: Sequence[str],
    out: Path,
    *,
    pipeline: str = "",
    jobs: int = 1,
    progress: Progress | None = None,
    kept: KeptAnalyses | None = None,
    options: Options = DEFAULT,
) -> Built:
    """Read sources, analyse and merge them, and write the snapshot.

    Documents whose analysis was kept from an earlier build are not analysed again; None: where builds usually keep it.

    Sources that cannot be read are among the chronology's failures and stop nothing. If none can be read, nothing is
    written, and a chronology that was there stays.

    Raises:
        PipelineError: the spaCy pipeline cannot be loaded.
        SnapshotError: `out` cannot be written.
    """
    check_replaceable(out)
    found = list(load_sources(sources, options=options))
    documents = [item for item in found if isinstance(item, Document)]
    failures = [item for item in found if isinstance(item, Failure)]
    if not documents:
        return Built(chronology=_nothing(failures), version="")
    reader = _Reader(pipeline, jobs, kept_analyses(pipeline) if kept is None else kept)
    results = reader.read_all(documents)
    with progress(results, len(documents)) if progress else nullcontext(results) as shown:
        analyses = list(_without_failures(shown, failures))
    chronology = chronicle(analyses, reader.read, failures)
    version = write_chronology(chronology, out, built_by={"pipeline": pipeline_name(pipeline)})
    return Built(chronology=chronology, version=version)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Analyses documents, but for those of which an analysis was kept."""

    pipeline: str
    jobs: int
    kept: KeptAnalyses

    def read_all(self, documents: Sequence[Document]) -> Iterator[Result]:
        """Kept ones first, since they are there at once."""
        unread = []
        for document in documents:
            if analysis := self.kept.find(document):
                yield analysis
            else:
                unread.append(document)
        if unread:
            for result in analyse_documents(unread, pipeline=self.pipeline, jobs=self.jobs):
                if isinstance(result, Analysis):
                    self.kept.keep(result)
                yield result

    def read(self, document: Document) -> Analysis:
        """One document that the merging has dated."""
        if analysis := self.kept.find(document):
            return analysis
        analysis = next(analyse([document], load_pipeline(self.pipeline)))
        self.kept.keep(analysis)
        return analysis


def bundled_chronology(out: Path = BUNDLED) -> Path:
    """The folder of the bundled articles' chronology, built first if it is missing, broken or older than what it is
    built from.

    Raises:
        SourceError: the bundled articles are not there.
    """
    if is_current(out):
        return out
    built = build_chronology([str(ARTICLES)], out)
    if not built.version:
        raise SourceError(
            "the bundled articles cannot be read",
            where=str(ARTICLES),
            remedy="restore data/articles",
        )
    return out


def _without_failures(results: Iterable[Result], failures: list[Failure]) -> Iterator[Analysis]:
    for result in results:
        if isinstance(result, Failure):
            failures.append(result)
        else:
            yield result


def _nothing(failures: Sequence[Failure]) -> Chronology:
    return Chronology(documents=(), mentions=(), events=(), actors=(), failures=tuple(failures))
