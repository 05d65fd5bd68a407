"""Sources in, a chronology folder out: what the `build` command and the dashboard's first start do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from timeline.bundled import BUNDLED, is_current
from timeline.errors import SourceError
from timeline.model import Analysis, Chronology, Document, Failure
from timeline.nlp import load_pipeline
from timeline.parallel import Result, analyse_documents
from timeline.paths import ARTICLES
from timeline.pipeline import chronicle
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
    options: Options = DEFAULT,
) -> Built:
    """Read sources, analyse and merge them, and write the snapshot.

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
    results = analyse_documents(documents, pipeline=pipeline, jobs=jobs)
    with progress(results, len(documents)) if progress else nullcontext(results) as shown:
        analyses = list(_without_failures(shown, failures))
    nlp = load_pipeline(pipeline)
    chronology = chronicle(analyses, nlp, failures)
    name = f"{nlp.meta.get('lang', '')}_{nlp.meta.get('name', '')} {nlp.meta.get('version', '')}"
    version = write_chronology(chronology, out, built_by={"pipeline": name})
    return Built(chronology=chronology, version=version)


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
