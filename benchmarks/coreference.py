"""Which mentions of several articles mean one event: CoNLL F1 on the development topics of ECB+, by the scorer beside the
corpora. Mentions are given, clusters of documents are not; the clustering is the one that merges every chronology.

python -m benchmarks.coreference --corpora ../shared          # the development topics, against the floor
python -m benchmarks.coreference --corpora ../shared --fit    # the weights of data/rules/resemblance.yaml, from the training topics
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import yaml
from spacy.tokens import Token

from benchmarks.scorers import load_scorer
from timeline.annotated import AnnotatedText
from timeline.merge.clusters import find_clusters, make_nodes
from timeline.merge.context import make_context
from timeline.merge.resemblance import features
from timeline.model import Analysis, Document, EventMention, EventType, Modality, Span
from timeline.nlp import annotate, load_pipeline

FLOORS = Path(__file__).with_name("floors.yaml")
_LIGHT = frozenset({"be", "have", "do", "make", "take", "get", "give", "go", "come"})
_MEANING = frozenset({"VERB", "NOUN", "PROPN", "ADJ"})
_SHRINKAGE = 10.0
Annotation = Mapping[str, Any]
"""A document as the scorer's loader gives it."""


def lay_out(annotation: Annotation) -> tuple[str, dict[int, list[Span]]]:
    """The text, one sentence a line, and the spans of the tokens of each sentence."""
    text = ""
    spans: dict[int, list[Span]] = {}
    for number, tokens in annotation["sents"].items():
        spans[number] = []
        for token in tokens:
            spans[number].append((len(text), len(text) + len(token)))
            text += token + " "
        text = text.rstrip() + "\n"
    return text, spans


def given_mentions(
    annotation: Annotation, spans: Mapping[int, list[Span]], text: AnnotatedText
) -> tuple[EventMention, ...]:
    """The annotated mentions, with nothing told of them but where they stand and what they are lemmas of."""
    tokens = {
        paragraph.start + token.idx: token
        for paragraph in text.paragraphs
        for token in paragraph.doc
    }
    used: Counter[tuple[int, tuple[str, ...]]] = Counter()
    return tuple(
        _mention(event, annotation, spans[event["sent"]], tokens, text.document, used)
        for event in annotation["events"]
    )


def _mention(  # noqa: PLR0917
    event: Annotation,
    annotation: Annotation,
    spans: Sequence[Span],
    tokens: Mapping[int, Token],
    document: Document,
    used: Counter[tuple[int, tuple[str, ...]]],
) -> EventMention:
    key = event["sent"], tuple(event["words"])
    first = _position(annotation["sents"][event["sent"]], event["words"], used[key])
    used[key] += 1
    last = min(first + len(event["words"]), len(spans))
    words = [tokens[start] for start, _ in spans[first:last] if start in tokens]
    start, end, lemma = _head(
        words, (spans[first][0], spans[last - 1][1]), document, spans[first:last]
    )
    sentence = spans[0][0], spans[-1][1]
    return EventMention(
        mention_id=event["id"],
        doc_id=document.doc_id,
        doc=document.doc,
        start=start,
        end=end,
        sentence=sentence,
        quote=document.text[slice(*sentence)],
        trigger=document.text[start:end],
        lemma=lemma,
        event_type=EventType.OTHER,
        mode="",
        modality=Modality.ASSERTED,
    )


def _head(
    words: Sequence[Token], whole: Span, document: Document, spans: Sequence[Span]
) -> tuple[int, int, str]:
    """(start, end, lemma) of the word that carries the meaning: that of "took a vote" is the vote."""
    full = [
        word for word in words if word.lemma_.lower() not in _LIGHT and word.pos_ in _MEANING
    ] or list(words)
    inside = {word.i for word in words}
    tops = [word for word in full if word.head.i not in inside or word.head == word] or full
    if not tops:
        return *whole, document.text[slice(*whole)].lower()
    start, end = next(span for span, word in zip(spans, words, strict=True) if word.i == tops[0].i)
    return start, end, tops[0].lemma_.lower()


def _position(tokens: Sequence[str], words: Sequence[str], skip: int) -> int:
    """Where the words stand in the sentence, the n-th time; words that are torn apart, at the first of them."""
    whole = [i for i in range(len(tokens)) if list(tokens[i : i + len(words)]) == list(words)]
    places = whole or [i for i, token in enumerate(tokens) if token == words[0]] or [0]
    return places[min(skip, len(places) - 1)]


def read_corpus(annotations: Iterable[Annotation]) -> tuple[list[Analysis], dict[str, str]]:
    """Analyses that hold the given mentions, and the annotated cluster of each by mention id."""
    annotations = list(annotations)
    laid_out = [lay_out(annotation) for annotation in annotations]
    documents = [
        Document(doc_id=annotation["name"], doc=annotation["name"], text=text)
        for annotation, (text, _) in zip(annotations, laid_out, strict=True)
    ]
    texts = annotate(load_pipeline(), documents)
    analyses = [
        Analysis(document=text.document, mentions=given_mentions(annotation, spans, text))
        for annotation, (_, spans), text in zip(annotations, laid_out, texts, strict=True)
    ]
    return analyses, {event["id"]: event["gold"] for one in annotations for event in one["events"]}


def clusters_of(analyses: Sequence[Analysis]) -> dict[str, int]:
    """Mention id -> the number of its cluster."""
    mentions = [mention for analysis in analyses for mention in analysis.mentions]
    nodes = make_nodes(mentions, make_context(analyses, (), None), {})
    return {
        mention.mention_id: number
        for number, cluster in enumerate(find_clusters(nodes))
        for node in cluster
        for mention in nodes.groups[node]
    }


def examples(
    analyses: Sequence[Analysis], gold: Mapping[str, str]
) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """Names of the weights, and per pair of one topic: features, whether it is one event, and how much it counts."""
    context = make_context(analyses, (), None)
    topics: dict[str, list[EventMention]] = defaultdict(list)
    for analysis in analyses:
        topics[analysis.document.doc.split("_")[0]] += analysis.mentions
    found, same, counts = [], [], []
    alike = lru_cache(None)(context.likeness)
    for mentions in topics.values():
        worded = [(context.wording(mention), gold[mention.mention_id]) for mention in mentions]
        for (a, x), (b, y) in combinations(worded, 2):
            found.append({name: value for _, name, value in features(a, b, alike(a.doc, b.doc))})
            same.append(x == y)
            # A topic counts by its mentions: by its pairs, the largest would outweigh all others.
            counts.append(1 / len(mentions))
    names = sorted({name for one in found for name in one})
    rows = np.array([[one.get(name, 0.0) for name in names] for one in found])
    return names, rows, np.array(same, float), np.array(counts)


def fit(rows: np.ndarray, same: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression, the constant first, by Newton's method with shrinkage."""
    counts = counts / counts.mean()
    mean, spread = np.average(rows, axis=0, weights=counts), rows.std(0) + 1e-6
    scaled = np.c_[np.ones(len(rows)), (rows - mean) / spread]
    shrink = np.eye(scaled.shape[1]) * _SHRINKAGE
    shrink[0, 0] = 0
    weights = np.zeros(scaled.shape[1])
    for _ in range(15):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        curve = (scaled.T * (counts * (chance * (1 - chance) + 1e-6))) @ scaled + shrink
        weights -= np.linalg.solve(curve, scaled.T @ (counts * (chance - same)) + shrink @ weights)
    slopes = weights[1:] / spread
    return np.concatenate(([weights[0] - slopes @ mean], slopes))


def _print_weights(scorer: ModuleType) -> None:
    names, rows, same, counts = examples(*read_corpus(scorer.load(("train",))))
    weights = fit(rows, same, counts)
    print("weights:")
    for name, weight in zip(["constant", *names], weights, strict=True):
        print(f"  {name}: {weight:.2f}")


def main() -> int:
    """Prints the measures; 1 where CoNLL F1 is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared"))
    parser.add_argument("--set", choices=["train", "dev"], default="dev")
    parser.add_argument("--fit", action="store_true", help="print weights instead of measures")
    given = parser.parse_args()
    scorer = load_scorer(given.corpora, "score_ecb")
    if given.fit:
        _print_weights(scorer)
        return 0
    analyses, gold = read_corpus(scorer.load((given.set,)))
    found = scorer.conll(gold, clusters_of(analyses))
    floor = (yaml.safe_load(FLOORS.read_text("utf-8")) or {}).get("ecb", {}).get("conll", 0)
    print(f"ECB+ ({given.set}), {len(gold)} mentions in {len(analyses)} articles")
    for name in ("MUC", "B3", "CEAFe"):
        print(f"  {name:6}" + "".join(f" {value:5.1f}" for value in found[name]))
    below = given.set == "dev" and found["CoNLL"] < floor
    print(f"  CoNLL  {found['CoNLL']:.1f}   floor {floor}{'   BELOW' if below else ''}")
    return int(below)


if __name__ == "__main__":
    sys.exit(main())
