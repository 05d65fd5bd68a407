"""Sentences of agency prose with their trees, from a grammar of our own.

The open treebanks hold hardly any news on crises: "killed" is in the past tense eight times in three hundred thousand
words, and "Dockers struck at the port" or "Rebels backed by Rwanda advanced" come out as one long noun phrase. The grammar
makes what tells a past from a participle as common as it is in the news: clauses whose subjects carry participles, relative
clauses and prepositions of their own, with every verb now the one and now the other. What they tell makes little sense; the
trees are right because they come first.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml
from spacy.tokens import Doc
from spacy.vocab import Vocab

from timeline.gazetteer.loading import read_rows
from timeline.paths import GAZETTEERS
from training.agency.clauses import Grammar
from training.agency.trees import Features, doc_of
from training.conllu import Sentence

__all__ = ["agency_docs"]

_WORDS = Path(__file__).with_name("words.yaml")
_LONGEST = 4
"""Sentences of a paragraph."""


def agency_docs(vocab: Vocab, treebank: Iterable[Sentence], count: int, seed: int) -> Iterator[Doc]:
    """`count` paragraphs of one to four sentences; parts of speech and features are those that words have in `treebank`."""
    grammar, features, rng = Grammar(_words(), seed), Features(treebank), random.Random(seed)
    for _ in range(count):
        sentences = [grammar.sentence() for _ in range(rng.randint(1, _LONGEST))]
        yield doc_of(vocab, sentences, features)


def _words() -> dict[str, object]:
    """The words of `words.yaml`, with names of places and people from the gazetteers."""
    cities = (row["name"] for row in read_rows(GAZETTEERS / "cities.csv", "name"))
    towns = [name for name in cities if re.fullmatch("[A-Z][a-z]+", name)]
    borne = (row["names"] for row in read_rows(GAZETTEERS / "first_names.csv", "names"))
    given = [name for names in borne for name in names.split("|")]
    words = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return {**words, "towns": towns, "first_names": given}
