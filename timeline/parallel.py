"""Analyses documents, in this process or over several. The result does not depend on their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context

from timeline.errors import TimelineError
from timeline.model import Analysis, Document, Failure
from timeline.nlp import load_pipeline
from timeline.pipeline import analyse

_BATCH = 16
"""Documents that are parsed together, and sent to a worker together."""

Result = Analysis | Failure


def analyse_documents(
    documents: Iterable[Document], *, pipeline: str = "", jobs: int = 1
) -> Iterator[Result]:
    """The analysis of each document, in order; a failure for one that the stages cannot cope with.

    Args:
        documents: what to read; taken in batches, never all at once where `jobs` is 1.
        pipeline: name of an installed spaCy pipeline, or empty for the shipped one.
        jobs: number of processes.

    Raises:
        PipelineError: the pipeline cannot be loaded.
    """
    batches = _batches(documents)
    if jobs <= 1:
        load_pipeline(pipeline)
        for batch in batches:
            yield from _analyse_batch(pipeline, batch)
    else:
        yield from _over_processes(pipeline, list(batches), jobs)


def _over_processes(
    pipeline: str, batches: Sequence[list[Document]], jobs: int
) -> Iterator[Result]:
    load_pipeline(pipeline)  # An error of the pipeline is told once, before workers start.
    workers = min(jobs, len(batches)) or 1
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for results in pool.map(_analyse_batch, [pipeline] * len(batches), batches):
                yield from results
    except BrokenProcessPool as error:
        raise TimelineError(
            "a worker process ended early",
            remedy="try fewer --jobs: each needs memory for the model",
        ) from error


def _analyse_batch(pipeline: str, batch: list[Document]) -> list[Result]:
    nlp = load_pipeline(pipeline)
    try:
        return list(analyse(batch, nlp))
    except TimelineError:  # The data or the pipeline is at fault, and every document would tell so.
        raise
    except Exception as error:  # One document must not stop the others: it is found, and reported.
        if len(batch) == 1:
            return [_failure(batch[0], error)]
        return [result for document in batch for result in _analyse_batch(pipeline, [document])]


def _failure(document: Document, error: Exception) -> Failure:
    reason = (
        f"could not be analysed ({type(error).__name__}: {error}) — please report it with the text"
    )
    return Failure(source=document.doc, reason=" ".join(reason.split()))


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    remaining = iter(documents)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
