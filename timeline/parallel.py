"""Work on many items, in this process or over several. The result does not depend on their number."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import chain, islice
from multiprocessing import get_context
from typing import TypeVar

from timeline.acting import Kept, batches
from timeline.engine import Lost
from timeline.errors import TimelineError
from timeline.kept import pack, unpack
from timeline.model import Analysis, Document, Failure
from timeline.nlp import load_pipeline
from timeline.pipeline import analyse

_A = TypeVar("_A")
_B = TypeVar("_B")
AHEAD = 2
"""Items that each worker has before it. More are not taken from where they come until results are taken away."""
TRIES = 3
"""Workers that are given an item by itself, one after the other, and items that may be lost in a row."""

Result = Analysis | Failure
Packed = tuple[Document, bytes | Failure]
"""A document, and its analysis as it is kept, or why there is none."""


def analyse_documents(documents: Iterable[Document], *, pipeline: str = "") -> Iterator[Result]:
    """The analysis of each document, in order, in this process; a failure for one that the stages cannot cope with.

    Raises:
        PipelineError: the pipeline cannot be loaded.
    """
    load_pipeline(pipeline)
    for batch in batches(documents):
        yield from analyse_batch(pipeline, batch)


def analyse_batch(pipeline: str, batch: list[Document]) -> list[Result]:
    """The analyses of documents that are parsed together. The pipeline is loaded once in each process."""
    nlp = load_pipeline(pipeline)
    try:
        return list(analyse(batch, nlp))
    except TimelineError:  # The data or the pipeline is at fault, and every document would tell so.
        raise
    except Exception as error:  # One document must not stop the others: it is found, and reported.
        if len(batch) == 1:
            return [_failure(batch[0], error)]
        return [result for document in batch for result in analyse_batch(pipeline, [document])]


def pack_batch(pipeline: str, batch: list[Document]) -> list[Packed]:
    """As `analyse_batch`; analyses are packed by the worker, so that whoever collects them need not look into them."""
    results = analyse_batch(pipeline, batch)
    return [
        (document, result if isinstance(result, Failure) else _packed(result))
        for document, result in zip(batch, results, strict=True)
    ]


def load_or_analyse(pipeline: str, document: Document, kept: Kept) -> Analysis:
    """The analysis of a document: what was kept, or where none could be, a new one."""
    found = kept if isinstance(kept, Analysis) else unpack(document, kept)
    return found or next(analyse([document], load_pipeline(pipeline)))


def _packed(analysis: Analysis) -> bytes:
    try:
        return pack(analysis)
    except ValueError:  # half a character: it cannot be kept, and is analysed when it is needed
        return b""


def ended_over(document: Document) -> Failure:
    """Why there is nothing of a document over which every worker ended."""
    reason = "could not be analysed: every process that began with it ended early, perhaps for want of memory"
    return Failure(source=document.doc, reason=reason)


def _failure(document: Document, error: Exception) -> Failure:
    reason = (
        f"could not be analysed ({type(error).__name__}: {error}) — please report it with the text"
    )
    return Failure(source=document.doc, reason=" ".join(reason.split()))


def map_here(work: Callable[[_A], _B], items: Iterable[_A]) -> Iterator[_B]:
    """The work done on each item, in this process."""
    return map(work, items)


def map_over_processes(
    jobs: int, work: Callable[[_A], _B], items: Iterable[_A]
) -> Iterator[_B | Lost]:
    """The work done on each item, in order, by processes that end with the last of them. One item is done here.

    Processes may end early: killed, or out of memory. What these had before them is then done item by item, each in a
    process of its own, and what no process comes to the end of is lost.

    Raises:
        TimelineError: one item after the other is lost.
    """
    remaining = iter(items)
    first = list(islice(remaining, 2))
    if jobs <= 1 or len(first) < 2:
        yield from map(work, chain(first, remaining))
        return
    waiting: deque[_A] = deque()
    remaining, lost = chain(first, remaining), 0
    while True:
        try:
            for result in _over_a_pool(jobs, work, remaining, waiting):
                lost = 0
                yield result
            return
        except BrokenProcessPool:
            while waiting:
                found = _alone(work, waiting.popleft())
                lost = lost + 1 if isinstance(found, Lost) else 0
                check_lost(lost)
                yield found


def check_lost(in_a_row: int) -> None:
    """Raise TimelineError where so many items were lost one after the other that it is not for what they are."""
    if in_a_row >= TRIES:
        raise TimelineError(
            "worker processes end early, again and again",
            remedy="try fewer --jobs: each needs memory for the model",
        )


def _alone(work: Callable[[_A], _B], item: _A) -> _B | Lost:
    for _ in range(TRIES):
        with (
            suppress(BrokenProcessPool),
            ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
        ):
            return pool.submit(work, item).result()
    return Lost(item=item)


def _over_a_pool(
    jobs: int, work: Callable[[_A], _B], items: Iterator[_A], waiting: deque[_A]
) -> Iterator[_B]:
    """Results in order. `waiting` holds the items whose results have not been handed over."""
    futures: deque[Future[_B]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        while True:
            for item in islice(items, AHEAD * jobs - len(futures)):
                waiting.append(item)
                futures.append(pool.submit(work, item))
            if not futures:
                return
            result = futures.popleft().result()
            waiting.popleft()
            yield result
