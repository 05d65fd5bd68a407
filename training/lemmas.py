"""Lemmas of closed-class words, learned from a treebank: "was" is "be", "n't" is "not".

spaCy's English tables cover nouns, verbs, adjectives and adverbs; auxiliaries, particles and
pronouns would keep their form.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from spacy.language import Language

from training.conllu import Sentence

CLOSED_CLASSES = ("AUX", "PART", "PRON")
_RARE = 5

Lemmas = dict[str, dict[str, list[str]]]


def closed_class_lemmas(sentences: Iterable[Sentence]) -> Lemmas:
    """The most frequent lemma of each closed-class form, by lower-case part of speech and form."""
    counts: dict[str, dict[str, Counter[str]]] = {
        upos.lower(): defaultdict(Counter) for upos in CLOSED_CLASSES
    }
    for sentence in sentences:
        for word, lemma, upos in zip(sentence.words, sentence.lemmas, sentence.upos, strict=True):
            if upos in CLOSED_CLASSES:
                counts[upos.lower()][word.lower().replace("’", "'")][lemma] += 1
    return {upos: _majorities(forms) for upos, forms in counts.items()}


def _majorities(forms: dict[str, Counter[str]]) -> dict[str, list[str]]:
    lemmas = {
        form: [lemmas.most_common(1)[0][0]]
        for form, lemmas in sorted(forms.items())
        if lemmas.total() >= _RARE
    }
    curly = {form.replace("'", "’"): lemma for form, lemma in lemmas.items()}
    return {**lemmas, **curly}


def add_lemmas(nlp: Language, lemmas: Lemmas) -> None:
    """Add `lemmas` to the exceptions of the pipeline's rule lemmatizer."""
    lookups = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    exceptions = lookups.get_table("lemma_exc")
    for upos, forms in lemmas.items():
        exceptions[upos] = {**exceptions.get(upos, {}), **forms}
