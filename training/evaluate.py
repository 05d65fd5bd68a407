"""Measure a pipeline: accuracy on the test sets, speed on one core, size on disk.

Parsing and entities are measured from raw text, as the program uses the pipeline: spaCy's tokenizer
splits it, and a word it splits differently from the treebank counts as wrong. ``--gold-tokens``
measures with the treebanks' words instead. Punctuation is left out of UAS and LAS, as usual.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from training.corpora import ner_docs, tree_docs

TREE_TESTS = {
    "ewt": ("en_ewt-test", ""),
    "gum": ("en_gum-open-test", ""),
    "pud-news": ("en_pud-test", "n"),
}
NER_TESTS = {
    "re3d": "re3d-open-test",
    "politics": "crossner-politics-test",
    "pud-news-ner": "uner-pudnews-test",
    "wikigold": "wikigold-test",
    "gum-ner": "gum-open-test",
    "ewt-ner": "uner-ewt-test",
}
TREE_METRICS = {"tag": "tag_acc", "pos": "pos_acc", "uas": "dep_uas", "las": "dep_las"}
NER_METRICS = {"p": "ents_p", "r": "ents_r", "f": "ents_f"}
DEFAULT_FLOORS = Path(__file__).with_name("floors.yaml")

Scores = dict[str, Any]
Floors = dict[str, dict[str, float]]


def measure(nlp: Language, folder: Path, corpora: Path, gold_tokens: bool = False) -> Scores:
    """All figures of the pipeline `nlp` stored in `folder`, by test set."""
    scores: Scores = {
        name: _tree_scores(nlp, corpora / "treebanks" / f"{file}.conllu", prefix, gold_tokens)
        for name, (file, prefix) in TREE_TESTS.items()
    }
    for name, file in NER_TESTS.items():
        scores[name] = _ner_scores(nlp, corpora / "ner" / f"{file}.iob2", gold_tokens)
    news = tree_docs(nlp.vocab, corpora / "treebanks" / "en_pud-test.conllu", prefix="n")
    scores["tokens_per_second"] = tokens_per_second(nlp, [doc.text for doc in news])
    scores["megabytes"] = megabytes(folder)
    return scores


def _tree_scores(nlp: Language, path: Path, prefix: str, gold_tokens: bool) -> Scores:
    result = nlp.evaluate(_examples(nlp, tree_docs(nlp.vocab, path, prefix), gold_tokens))
    scores: Scores = {name: round(result[key], 4) for name, key in TREE_METRICS.items()}
    scores["sentences"] = round(result["sents_f"], 4)
    scores["relations"] = _f_by_label(result["dep_las_per_type"])
    return scores


def _ner_scores(nlp: Language, path: Path, gold_tokens: bool) -> Scores:
    result = nlp.evaluate(_examples(nlp, ner_docs(nlp.vocab, path), gold_tokens))
    scores: Scores = {name: round(result[key], 4) for name, key in NER_METRICS.items()}
    scores["labels"] = _f_by_label(result["ents_per_type"])
    return scores


def _f_by_label(per_type: dict[str, dict[str, float]]) -> dict[str, float]:
    return {label: round(scores["f"], 3) for label, scores in sorted(per_type.items())}


def _examples(nlp: Language, docs: Iterable[Doc], gold_tokens: bool) -> list[Example]:
    return [
        Example(_bare(nlp, gold) if gold_tokens else nlp.make_doc(gold.text), gold) for gold in docs
    ]


def _bare(nlp: Language, gold: Doc) -> Doc:
    spaces = [bool(token.whitespace_) for token in gold]
    return Doc(nlp.vocab, words=[token.text for token in gold], spaces=spaces)


def tokens_per_second(nlp: Language, texts: Sequence[str], rounds: int = 3) -> int:
    """Tokens a second of CPU time, whole pipeline, best of `rounds` passes over `texts`."""
    best = 0.0
    for _ in range(rounds):
        start = time.process_time()
        tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
        best = max(best, tokens / (time.process_time() - start))
    return round(best)


def megabytes(folder: Path) -> float:
    """The size of all files in `folder`, in 10**6 bytes."""
    return round(sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6, 2)


def load_floors(path: Path) -> Floors:
    """The bounds in a YAML file, at its top or below ``pipeline``: ``at_least``, ``at_most``."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    floors: Floors = content.get("pipeline", content)
    if not set(floors) <= {"at_least", "at_most"}:
        raise SystemExit(f"{path} has no section 'pipeline' with 'at_least' and 'at_most'")
    return floors


def shortfalls(scores: Scores, floors: Floors) -> list[str]:
    """One line for each figure below its floor or above its ceiling."""
    lines = []
    for sign, bounds in floors.items():
        for name, bound in bounds.items():
            value = _figure(scores, name)
            if value < bound if sign == "at_least" else value > bound:
                lines.append(f"{name} is {value}, must be {sign.replace('_', ' ')} {bound}")
    return lines


def judge(scores: Scores, floors: Path = DEFAULT_FLOORS) -> int:
    """Print what misses the bounds in `floors`; the exit status: 1 if anything does, else 0."""
    missed = shortfalls(scores, load_floors(floors))
    print("\n".join(missed) or "every floor is reached")
    return 1 if missed else 0


def _figure(scores: Scores, name: str) -> float:
    test_set, _, metric = name.partition(".")
    return float(scores[test_set][metric] if metric else scores[test_set])


def report(scores: Scores) -> str:
    """The figures as a table to read."""
    lines = [f"{'trees':14}" + "".join(f"{m:>11}" for m in (*TREE_METRICS, "sentences"))]
    for name in TREE_TESTS:
        row = scores[name]
        lines.append(
            f"{name:14}" + "".join(f"{row[m]:>11.3f}" for m in (*TREE_METRICS, "sentences"))
        )
    lines.append(f"\n{'entities':14}" + "".join(f"{m:>11}" for m in NER_METRICS) + "   F by label")
    for name in NER_TESTS:
        row = scores[name]
        labels = "  ".join(f"{label} {f:.2f}" for label, f in row["labels"].items())
        lines.append(
            f"{name:14}" + "".join(f"{row[m]:>11.3f}" for m in NER_METRICS) + f"   {labels}"
        )
    lines.append(f"\n{scores['tokens_per_second']} tokens a CPU-second, {scores['megabytes']} MB")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 if one misses its floor, else 0."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    parser.add_argument("pipeline", type=Path)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--gold-tokens", action="store_true", help="skip spaCy's tokenizer")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument(
        "--floors", type=Path, nargs="?", const=DEFAULT_FLOORS, help="exit 1 below these figures"
    )
    options = parser.parse_args(arguments)
    scores = measure(
        spacy.load(options.pipeline), options.pipeline, options.corpora, options.gold_tokens
    )
    print(report(scores))
    if options.json:
        options.json.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    return judge(scores, options.floors) if options.floors else 0


if __name__ == "__main__":
    sys.exit(main())
