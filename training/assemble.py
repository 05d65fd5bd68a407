"""Put the trained components together into one pipeline directory that stands on its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import spacy
from spacy.language import Language

from training.lemmas import Lemmas, add_lemmas

NAME = "timeline_news"
VERSION = "1.1.0"
WHITESPACE_TAG = "_SP"
_HERE = Path(__file__).parent


def assemble(nlp: Language, ner: Language, lemmas: Lemmas) -> Language:
    """`nlp` (taggers and parser) with the recogniser of `ner` and a rule lemmatizer added.

    The lemmatizer's tables are copied into the pipeline: whoever loads it needs spaCy alone.
    """
    # Before the parser: entities may then cross a sentence end that the parser got wrong.
    nlp.add_pipe("ner", source=ner, first=True)
    _add_whitespace_rule(nlp)
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lambda: [], nlp=nlp)  # type: ignore[attr-defined]
    add_lemmas(nlp, lemmas)
    # The paths of this training run mean nothing to those who load the pipeline.
    nlp.config["paths"].update(dict.fromkeys(nlp.config["paths"]))
    nlp.meta.update(json.loads((_HERE / "meta.json").read_text(encoding="utf-8")))
    nlp.meta.update(name=NAME, version=VERSION)
    return nlp


def _add_whitespace_rule(nlp: Language) -> None:
    """Treebanks have no whitespace tokens, running text does: label them as spaCy's pipelines do."""
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"IS_SPACE": True}]], {"TAG": WHITESPACE_TAG, "POS": "SPACE"})  # type: ignore[attr-defined]


def publish(nlp: Language, out: Path) -> None:
    """Write `nlp` with its licence to `out`, replacing what is there only once all is written."""
    fresh = out.with_name(f"{out.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    nlp.to_disk(fresh)
    _trim_strings(nlp, fresh)
    shutil.copy(_HERE / "LICENSE.pipeline.md", fresh / "LICENSE.md")
    spacy.load(fresh)
    retired = out.with_name(f"{out.name}.old")
    shutil.rmtree(retired, ignore_errors=True)
    if out.exists():
        out.rename(retired)
    fresh.rename(out)
    shutil.rmtree(retired, ignore_errors=True)


def _trim_strings(nlp: Language, folder: Path) -> None:
    """Drop the words of the training text: reading a Doc needs the names of labels alone."""
    labels = {label for _, pipe in nlp.pipeline for label in getattr(pipe, "labels", ())}
    strings = folder / "vocab" / "strings.json"
    strings.write_text(json.dumps(sorted({*labels, WHITESPACE_TAG})), encoding="utf-8")
