"""Which mentions of several articles mean one event: CoNLL F1 on the development topics of ECB+, by the scorer beside the
corpora. Mentions are given, clusters of documents are not; the clustering is the one that merges every chronology.

python -m benchmarks.coreference --corpora ../shared
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks.scorers import load_scorer
from timeline.annotated import AnnotatedText
from timeline.merge.clusters import find_clusters, make_nodes
from timeline.merge.traits import make_context
from timeline.model import Analysis, Document, EventMention, EventType, Modality, Span
from timeline.nlp import annotate, load_pipeline

FLOORS = Path(__file__).with_name("floors.yaml")
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
    lemmas = {
        paragraph.start + token.idx: token.lemma_.lower()
        for paragraph in text.paragraphs
        for token in paragraph.doc
    }
    used: Counter[tuple[int, tuple[str, ...]]] = Counter()
    return tuple(
        _mention(event, annotation, spans[event["sent"]], lemmas, text.document, used)
        for event in annotation["events"]
    )


def _mention(  # noqa: PLR0917
    event: Annotation,
    annotation: Annotation,
    spans: Sequence[Span],
    lemmas: Mapping[int, str],
    document: Document,
    used: Counter[tuple[int, tuple[str, ...]]],
) -> EventMention:
    key = event["sent"], tuple(event["words"])
    first = _position(annotation["sents"][event["sent"]], event["words"], used[key])
    used[key] += 1
    last = min(first + len(event["words"]), len(spans))
    start, end = spans[first][0], spans[last - 1][1]
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
        lemma=" ".join(
            lemmas.get(at, document.text[at:to].lower()) for at, to in spans[first:last]
        ),
        event_type=EventType.OTHER,
        mode="",
        modality=Modality.ASSERTED,
    )


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


def main() -> int:
    """Prints the measures; 1 where CoNLL F1 is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared"))
    parser.add_argument("--set", choices=["train", "dev"], default="dev")
    given = parser.parse_args()
    scorer = load_scorer(given.corpora, "score_ecb")
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
