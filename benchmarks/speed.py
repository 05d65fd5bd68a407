"""Speed of a whole build and of each stage on the bundled articles, repeated to a given number.

    python -m benchmarks.speed [--copies 20]

Prints seconds of wall clock and words a second on one core.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from timeline.actors import resolve_actors
from timeline.gazetteer import load_gazetteer
from timeline.merge import merge_mentions
from timeline.model import Document
from timeline.nlp import annotate, load_pipeline
from timeline.ontology import load_ontology
from timeline.paths import ARTICLES
from timeline.pipeline import analysed
from timeline.sources import load_sources
from timeline.timex import find_timexes

Result = TypeVar("Result")


def timed(name: str, words: int, work: Callable[[], Result]) -> Result:
    """The result of the work; its time and rate are printed."""
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    print(f"{name:28} {seconds:8.2f} s {words / seconds:12,.0f} words/s")
    return result


def copies(documents: list[Document], number: int) -> list[Document]:
    """The documents repeated, each copy with an id of its own."""
    return [
        replace(document, doc_id=f"{document.doc_id}-{copy}", doc=f"{document.doc}-{copy}")
        for copy in range(number)
        for document in documents
    ]


def main() -> None:
    """Times each stage in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=20)
    number = parser.parse_args().copies
    documents = [
        document
        for document in load_sources([str(path) for path in sorted(ARTICLES.glob("*.txt"))])
        if isinstance(document, Document)
    ]
    documents = copies(documents, number)
    words = sum(len(document.text.split()) for document in documents)
    print(f"{len(documents)} documents, {words:,} words")
    nlp = timed("load the pipeline", 0, load_pipeline)
    gazetteer = timed("load the gazetteer", 0, load_gazetteer)
    timed("load the ontology", 0, load_ontology)
    texts = timed("parse", words, lambda: list(annotate(nlp, documents)))
    timed("time expressions", words, lambda: [find_timexes(text) for text in texts])
    analyses = timed("all after parsing", words, lambda: [analysed(text) for text in texts])
    resolved, actors = timed("actors", words, lambda: resolve_actors(analyses, gazetteer))
    timed("merging", words, lambda: merge_mentions(resolved, actors, gazetteer))


if __name__ == "__main__":
    main()
