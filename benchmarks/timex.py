"""Time expressions: accuracy on annotated corpora, by the scorer beside them, and documents a second.

    python -m benchmarks.timex --corpora ../shared [--pipeline NAME]

Exit status 1 if a figure is below its floor in ``floors.yaml``.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from benchmarks.scorers import load_scorer
from timeline.annotated import AnnotatedText
from timeline.model import Document, Timex
from timeline.nlp import annotate, load_pipeline
from timeline.timex import depth_needed, find_timexes

FLOORS = Path(__file__).with_name("floors.yaml")
MEASURES = ("strict", "relaxed", "type", "value")
_AQUAINT = re.compile(r"XIE|APW(1998(0[89]|1)|199980817|1999|2000)|NYT(1998(09|1[012])|1999|2000)")
"""The rules were tuned on this half of TBAQ; the other, TimeBank, is only reported."""

Gold = tuple[str, str | None, str, list[dict[str, Any]]]


def load_gold(corpora: Path, scorer: ModuleType) -> Mapping[str, list[Gold]]:
    """Documents by the name of the set they are reported in."""
    folder = corpora / "corpora" / "timex"
    tbaq, wikiwars, meantime = (
        [scorer.read_tml(path) for path in scorer.gold_files(str(folder / name))]
        for name in ("tbaq", "wikiwars", "meantime-apple")
    )
    return {
        "tbaq": tbaq,
        "aquaint": [gold for gold in tbaq if _AQUAINT.match(gold[0])],
        "timebank": [gold for gold in tbaq if not _AQUAINT.match(gold[0])],
        "wikiwars": wikiwars,
        "meantime-apple": meantime,
    }


def measure(gold: Sequence[Gold], pipeline: str, scorer: ModuleType) -> dict[str, float]:
    """F1 of each measure in percent, and documents a second on one core from raw text, the pipeline loaded."""
    documents = [
        Document(
            doc_id=doc, doc=doc, text=text, published=date.fromisoformat(dct[:10]) if dct else None
        )
        for doc, dct, text, _ in gold
    ]
    nlp = load_pipeline(pipeline)
    for text in annotate(nlp, documents[:5], depth_needed):
        find_timexes(text)  # rules and vocabulary are loaded at their first use
    begun = time.process_time()
    texts = list(annotate(nlp, documents, depth_needed))
    found = [find_timexes(text) for text in texts]
    elapsed = time.process_time() - begun
    total: Counter[str] = Counter()
    for (*_, expected), text, timexes in zip(gold, texts, found, strict=True):
        total.update(scorer.counts(expected, [_scored(timex, text) for timex in timexes])[0])
    figures = {name: round(100 * scorer.prf(total, name)[2], 1) for name in MEASURES}
    return figures | {"per_second": round(len(gold) / elapsed, 1)}


def _scored(timex: Timex, text: AnnotatedText) -> dict[str, Any]:
    return {
        "doc": text.document.doc,
        "start": timex.start,
        "end": timex.end,
        "type": timex.type.value,
        "value": timex.value,
    }


def below_floor(name: str, figures: Mapping[str, float]) -> list[str]:
    """The figures of a set that are lower than ``floors.yaml`` allows."""
    floors = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))["timex"].get(name, {})
    return [
        f"{name}: {measure} {figures[measure]} is below {floor}"
        for measure, floor in floors.items()
        if figures[measure] < floor
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 if a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared"))
    parser.add_argument(
        "--pipeline", default="", help="a spaCy pipeline other than the shipped one"
    )
    options = parser.parse_args(arguments)
    scorer = load_scorer(options.corpora, "score_timex")
    print(f"{'set':16}" + "".join(f"{name:>12}" for name in (*MEASURES, "per_second")))
    broken: list[str] = []
    for name, gold in load_gold(options.corpora, scorer).items():
        figures = measure(gold, options.pipeline, scorer)
        print(f"{name:16}" + "".join(f"{figure:12}" for figure in figures.values()))
        broken += below_floor(name, figures)
    print("\n".join(broken) or "no figure is below its floor")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
