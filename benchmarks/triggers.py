"""How many of the events that people marked are found: event triggers in the validated sentences of ECB+.

python -m benchmarks.triggers --corpora ../shared

Topics 1-35 of the corpus; the topics 36-45 that others test on are never read.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks.scorers import load_scorer
from timeline.model import Span
from timeline.nlp import load_pipeline
from timeline.pipeline import analyse
from timeline.sources import document_from_text

FLOORS = Path(__file__).with_name("floors.yaml")
_CLOSING = frozenset([",", ".", ")", "'s", "n't", ";", ":", "?", "!", "%"])
_QUOTES = {"``": '"', "''": '"'}


def detokenised(words: Sequence[str]) -> tuple[str, list[Span]]:
    """The words as a reader would see them, and the span of each."""
    text, spans = "", []
    for word in (_QUOTES.get(word, word) for word in words):
        if text and word not in _CLOSING and text[-1] not in "($":
            text += " "
        spans.append((len(text), len(text) + len(word)))
        text += word
    return text, spans


def laid_out(sentences: Mapping[int, Sequence[str]]) -> tuple[str, dict[int, list[Span]]]:
    """A document, a paragraph a sentence, and where the words of each sentence stand in it."""
    text, places = "", {}
    for number, words in sentences.items():
        line, spans = detokenised(words)
        places[number] = [(len(text) + start, len(text) + end) for start, end in spans]
        text += line + "\n\n"
    return text, places


def marked(
    events: Iterable[Mapping[str, Any]],
    sentences: Mapping[int, Sequence[str]],
    places: Mapping[int, list[Span]],
) -> Iterator[Span]:
    """Where the marked words of each event stand: the scorer gives them as words, found in order in their sentence."""
    used: Counter[tuple[int, str]] = Counter()
    for event in events:
        words, first = sentences[event["sent"]], event["words"][0]
        at = [i for i, word in enumerate(words) if word == first]
        place = at[min(used[event["sent"], first], len(at) - 1)]
        used[event["sent"], first] += 1
        last = min(place + len(event["words"]), len(words)) - 1
        yield places[event["sent"]][place][0], places[event["sent"]][last][1]


def overlapping(spans: Sequence[Span], others: Sequence[Span]) -> int:
    """How many of the spans overlap one of the others."""
    return sum(any(a < d and c < b for c, d in others) for a, b in spans)


def main() -> int:
    """Prints precision and recall of triggers; 1 where one is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared"))
    scorer = load_scorer(parser.parse_args().corpora, "score_ecb")
    documents = list(scorer.load(("train", "dev")))
    validated = scorer.valid()
    laid = [laid_out(document["sents"]) for document in documents]
    sources = (
        document_from_text(text, doc=document["name"], dct=None)
        for document, (text, _) in zip(documents, laid, strict=True)
    )
    counts: Counter[str] = Counter()
    analyses = analyse(sources, load_pipeline())
    for document, (_, places), analysis in zip(documents, laid, analyses, strict=True):
        checked = [
            (spans[0][0], spans[-1][1])
            for number, spans in places.items()
            if number in validated[document["name"]] and spans
        ]
        gold = list(marked(document["events"], document["sents"], places))
        found = [(m.start, m.end) for m in analysis.mentions]
        found = [(a, b) for a, b in found if any(c <= a < d for c, d in checked)]
        counts.update(
            gold=len(gold),
            found=len(found),
            recalled=overlapping(gold, found),
            right=overlapping(found, gold),
        )
    return _report(
        {
            "recall": 100 * counts["recalled"] / max(1, counts["gold"]),
            "precision": 100 * counts["right"] / max(1, counts["found"]),
        }
    )


def _report(measures: Mapping[str, float]) -> int:
    floors = (yaml.safe_load(FLOORS.read_text("utf-8")) or {}).get("ecb_triggers", {})
    print("ECB+ topics 1-35, validated sentences: event triggers")
    below = False
    for name, value in measures.items():
        floor = floors.get(name, 0)
        below |= value < floor
        print(f"  {name:9} {value:5.1f}   floor {floor}{'   BELOW' if value < floor else ''}")
    return int(below)


if __name__ == "__main__":
    sys.exit(main())
