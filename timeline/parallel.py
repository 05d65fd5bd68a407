"""Work on many items, in this process or over several. The result does not depend on their number."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from typing import TypeVar

from timeline.acting import BATCH, Kept
from timeline.engine import Lost, Map
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
    remaining = iter(documents)
    while batch := list(islice(remaining, BATCH)):
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


@contextmanager
def worker_processes(jobs: int) -> Iterator[Map]:
    """Something that maps work over processes of this machine, in order. They are started for the first work of several
    items, and stay for all that is mapped after it. Until then, or with but one process, work is done here.

    Processes may end early: killed, or out of memory. What these had before them is then done item by item, each in a
    process of its own, and what no process comes to the end of is lost. Mapping raises TimelineError where one item
    after the other is.
    """
    workers = _Workers(jobs)
    try:
        yield workers.map
    finally:
        workers.stop()


def map_over_processes(
    jobs: int, work: Callable[[_A], _B], items: Iterable[_A]
) -> Iterator[_B | Lost]:
    """The work done on each item by `worker_processes` that end with the last of them."""
    with worker_processes(jobs) as map_over:
        yield from map_over(work, items)


class _Workers:
    """Processes that are started when they are needed, and again when they have ended early."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def map(self, work: Callable[[_A], _B], items: Iterable[_A]) -> Iterator[_B | Lost]:
        remaining = iter(items)
        first = list(islice(remaining, 2))
        if self._jobs <= 1 or (len(first) < 2 and self._pool is None):
            yield from map(work, chain(first, remaining))
            return
        waiting: deque[_A] = deque()
        remaining, lost = chain(first, remaining), 0
        while True:
            try:
                for result in self._over_the_pool(work, remaining, waiting):
                    lost = 0
                    yield result
                return
            except BrokenProcessPool:
                self.stop()
                while waiting:
                    found = _alone(work, waiting.popleft())
                    lost = lost + 1 if isinstance(found, Lost) else 0
                    check_lost(lost)
                    yield found

    def _over_the_pool(
        self, work: Callable[[_A], _B], items: Iterator[_A], waiting: deque[_A]
    ) -> Iterator[_B]:
        """Results in order. `waiting` holds the items whose results have not been handed over."""
        self._pool = pool = self._pool or _processes(self._jobs)
        futures: deque[Future[_B]] = deque()
        while True:
            for item in islice(items, AHEAD * self._jobs - len(futures)):
                waiting.append(item)
                futures.append(pool.submit(work, item))
            if not futures:
                return
            result = futures.popleft().result()
            waiting.popleft()
            yield result

    def stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
            gc.unfreeze()


def _processes(number: int) -> ProcessPoolExecutor:
    # Whoever is forked has the model and the gazetteer already, and shares their memory. But what other threads hold
    # at that moment would never be let go of, and on other systems than Linux threads of the system are about.
    alone = sys.platform == "linux" and threading.active_count() == 1
    context = get_context("fork" if alone else "spawn")
    gc.freeze()  # A collector that walks through what is shared would make each its own copy of it.
    return ProcessPoolExecutor(number, mp_context=context, initializer=_end_quietly)


def _end_quietly() -> None:
    """A worker says nothing when a person stops the build, and does not outlive the process that it works for."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=[parent_process()], daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def check_lost(in_a_row: int) -> None:
    """Raise TimelineError where so many items were lost one after the other that it is not for what they are."""
    if in_a_row >= TRIES:
        raise TimelineError(
            "worker processes end early, again and again",
            remedy="try fewer --jobs: each needs memory for the model",
        )


def _alone(work: Callable[[_A], _B], item: _A) -> _B | Lost:
    for _ in range(TRIES):
        with suppress(BrokenProcessPool), _processes(1) as pool:
            return pool.submit(work, item).result()
    return Lost(item=item)
