"""What the wording of two passages says of their being one event: learned weights, in ``data/rules/resemblance.yaml``.

Rarity of words comes from a table that ships. Were it counted over the articles at hand, each new one would change
old decisions.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile
from math import log, sqrt
from typing import Any

import yaml

from timeline import paths
from timeline.errors import DataError
from timeline.merge.wording import (
    WORD,
    Reason,
    content_of,
    families_of,
    load_rules,
    stem,
    telling_stem,
    without_figures,
    words_of,
)

Weighted = Mapping[str, float]
_KIN = 4
"""Letters that two lemmas begin with, at least, where one derives from the other."""
_LEAD = 120
"""Characters after which a document's lead ends with its line."""
_FAR = 5
"""Sentences from which on distance says no more."""
_ONE_STORY, _ONE_ARTICLE = "their articles are on one story", "told in one article"
_SPEECH = frozenset({"report", "accusation", "demand"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What ``resemblance.yaml`` and the table of word frequencies hold."""

    weights: Weighted
    bounds: Weighted
    kindred: Mapping[str, frozenset[str]]
    """Lemma -> looser families than those of `families_of`."""
    forms: Mapping[str, str]
    rarity: Weighted
    """Stem -> inverse document frequency."""
    unknown: float
    """That of a stem which the table does not hold."""


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon.

    Raises:
        DataError: a file is missing or damaged.
    """
    path = paths.RULES / "resemblance.yaml"
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _lexicon(raw, *_rarity())
    except (KeyError, ValueError, TypeError, OSError, yaml.YAMLError) as error:
        raise DataError(
            f"what wordings weigh cannot be read ({error})",
            where=str(path),
            remedy="restore it and word-documents.csv beside it, or mend the entry that is named",
        ) from error


def _lexicon(raw: Mapping[str, Any], rarity: Weighted, unknown: float) -> Lexicon:
    kindred: dict[str, set[str]] = {}
    for family, lemmas in raw["kindred"].items():
        for lemma in lemmas:
            kindred.setdefault(lemma, set()).add(family)
    return Lexicon(
        weights=raw["weights"],
        bounds=raw["bounds"],
        kindred={lemma: frozenset(names) for lemma, names in kindred.items()},
        forms=raw["forms"],
        rarity=rarity,
        unknown=unknown,
    )


def _rarity() -> tuple[Weighted, float]:
    lines = (paths.RULES / "word-documents.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    counts = {row["stem"]: int(row["documents"]) for row in rows}
    total = counts.pop("") + 1
    # What is too rare to be in the table counts as half as frequent as the rarest that is.
    unknown = log(total / (min(counts.values()) / 2 + 1))
    return {word: log(total / (count + 1)) for word, count in counts.items()}, unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Stems beside a trigger: weight (squared rarity) by stem, and the length of the vector."""

    weights: Weighted
    length: float


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The words of one mention: its trigger's, and those around it."""

    doc: str
    sentence: int
    """Number of the sentence (or line) in its document."""
    quote: str
    """The sentence."""
    span: tuple[int, int]
    """Where the trigger stands in it."""
    lemma: str
    stems: frozenset[str]
    families: frozenset[str]

    @cached_property
    def content(self) -> frozenset[str]:
        """Stems of its sentence but its own and figures."""
        start, end = self.span
        words = (*words_of(self.quote[:start]), *words_of(self.quote[end:]))
        return without_figures(words) - content_of(self.quote[start:end])

    @cached_property
    def left(self) -> tuple[str, ...]:
        """Stems of its sentence before the trigger, and figures."""
        return words_of(self.quote[: self.span[0]])

    @cached_property
    def right(self) -> tuple[str, ...]:
        """The same behind the trigger."""
        return words_of(self.quote[self.span[1] :])

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset((*self.left, *self.right))

    @cached_property
    def near(self) -> Company:
        """What stands right beside the trigger."""
        return _company((*self._left_near, *self._right_near))

    @cached_property
    def before(self) -> Company:
        return _company(self._left_near)

    @cached_property
    def behind(self) -> Company:
        return _company(self._right_near)

    @cached_property
    def figures(self) -> frozenset[str]:
        """Numbers in its sentence."""
        return frozenset(word for word in self.words if word.isdigit())

    @property
    def _left_near(self) -> tuple[str, ...]:
        return self.left[-int(load_lexicon().bounds["near"]) :]

    @property
    def _right_near(self) -> tuple[str, ...]:
        return self.right[: int(load_lexicon().bounds["near"])]


def wording_of(
    doc: str, quote: str, span: tuple[int, int], lemma: str, *, sentence: int
) -> Wording:
    """The wording of the mention whose trigger is ``quote[span]``, in the sentence `quote`."""
    own = lemma_of(lemma)
    return Wording(
        doc=doc,
        sentence=sentence,
        quote=quote,
        span=span,
        lemma=own,
        stems=stems_of(own),
        families=kindred_of(own),
    )


@lru_cache(maxsize=16384)
def lemma_of(lemma: str) -> str:
    """The lemma that it counts as, word by word."""
    return " ".join(_form(word) for word in lemma.split())


@lru_cache(maxsize=16384)
def stems_of(lemma: str) -> frozenset[str]:
    """Those of its words."""
    return frozenset(stem(word) for word in lemma.replace("-", " ").split())


@lru_cache(maxsize=16384)
def kindred_of(lemma: str) -> frozenset[str]:
    """Its families, strict and loose."""
    return families_of(lemma) | load_lexicon().kindred.get(lemma, frozenset())


def _form(word: str) -> str:
    return load_lexicon().forms.get(word) or load_rules().same_words.get(word, word)


def _company(words: tuple[str, ...]) -> Company:
    lexicon = load_lexicon()
    weights = {word: lexicon.rarity.get(word, lexicon.unknown) ** 2 for word in sorted(set(words))}
    return Company(weights=weights, length=sqrt(sum(weights.values())))


def _cosine(a: Company, b: Company) -> float:
    shared = a.weights.keys() & b.weights.keys()
    if not shared:
        return 0.0
    return sum(a.weights[word] for word in sorted(shared)) / (a.length * b.length)


def terms_of(text: str) -> Weighted:
    """What a document is about: its most telling stems with weights (tf-idf), of length 1.

    Names, figures and the words of the lead count for more than one.
    """
    lexicon = load_lexicon()
    weights = {
        word: (1 + log(count)) * lexicon.rarity.get(word, lexicon.unknown)
        for word, count in _bag(text, lexicon.bounds).items()
    }
    most = int(lexicon.bounds["story_terms"])
    kept = sorted(weights, key=lambda word: (-weights[word], word))[:most]
    length = sqrt(sum(weights[word] ** 2 for word in kept)) or 1.0
    return {word: weights[word] / length for word in kept}


def _bag(text: str, bounds: Weighted) -> Counter[str]:
    bag: Counter[str] = Counter()
    end = text.find("\n", _LEAD)
    name, lead = int(bounds["story_name"]), int(bounds["story_lead"])
    for match in WORD.finditer(text):
        word = match.group()
        if telling := telling_stem(word):
            times = name if word[0].isupper() or word.isdigit() else 1
            bag[telling] += times * (lead if match.start() < end else 1)
    return bag


def likeness(a: Weighted, b: Weighted) -> float:
    """How alike two documents are, 0..1, by `terms_of` each."""
    # Summed in an order of its own, so that the last digit does not depend on which article came first.
    return sum(a[word] * b[word] for word in sorted(a.keys() & b.keys()))


def link_of(a: Wording, b: Wording) -> str:
    """How the two triggers belong together: the name of a weight, or nothing."""
    if a.lemma == b.lemma:
        return "same_lemma"
    if not a.stems.isdisjoint(b.stems):
        return "same_stem"
    if _are_kin(a.lemma, b.lemma):
        return "kin"
    if not a.families.isdisjoint(b.families):
        return "family"
    return ""


def _are_kin(a: str, b: str) -> bool:
    if a[:_KIN] != b[:_KIN]:
        return False
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
    return shared >= max(_KIN, 0.6 * min(len(a), len(b)))


def features(a: Wording, b: Wording, alike: float) -> Iterator[tuple[str, str, float]]:
    """(reason, name of its weight, value about 0..1) of what is known of a pair. Symmetric in the pair.

    `alike` is the likeness of their documents.
    """
    link = link_of(a, b)
    yield _REASONS[link], link or "unlinked", 1.0
    yield from _around(a, b, link)
    if a.doc == b.doc:
        yield from _in_one_article(a, b, link)
        return
    bounds = load_lexicon().bounds
    story = max(bounds["story_least"], min(alike, bounds["story_most"]))
    yield _ONE_STORY, "story", story
    yield _ONE_STORY, "story_squared", story * story
    if link:
        yield _ONE_STORY, "story_linked", story
        yield _ONE_STORY, "story_squared_linked", story * story


def _around(a: Wording, b: Wording, link: str) -> Iterator[tuple[str, str, float]]:
    near = _cosine(a.near, b.near)
    yield "the words around them", "near", near
    if not a.stems & b.stems and not (a.stems.isdisjoint(b.words) and b.stems.isdisjoint(a.words)):
        yield "one sentence tells the other one besides", "other_trigger", 1.0
    if a.figures and b.figures:
        name = "figures_apart" if a.figures.isdisjoint(b.figures) else "figures"
        yield "the figures in their sentences", name, 1.0
    if not link:
        return
    yield "the words around them", "near_linked", near
    yield "the words around them", "before", _cosine(a.before, b.before)
    yield "the words around them", "behind", _cosine(a.behind, b.behind)
    if not _SPEECH.isdisjoint(a.families | b.families):
        yield "words are often repeated", "speech", 1.0
        yield "the words around them", "speech_near", near


def _in_one_article(a: Wording, b: Wording, link: str) -> Iterator[tuple[str, str, float]]:
    apart = min(abs(a.sentence - b.sentence), _FAR) / _FAR
    yield _ONE_ARTICLE, "one_article", 1.0
    yield _ONE_ARTICLE, "distance", apart
    if link:
        yield _ONE_ARTICLE, "one_article_linked", 1.0
        yield _ONE_ARTICLE, "distance_linked", apart
    if a.sentence == b.sentence:
        yield "told in one sentence", "one_sentence", 1.0


_REASONS = {
    "same_lemma": "the same word",
    "same_stem": "the same word",
    "kin": "words of one stem",
    "family": "words for the same kind of event",
    "": "words for different events",
}


def resemblance(a: Wording, b: Wording, alike: float) -> float:
    """The log-odds, by wording alone, that the two are one event."""
    weights = load_lexicon().weights
    return weights["constant"] + sum(weights[name] * x for _, name, x in features(a, b, alike))


def reasons(a: Wording, b: Wording, alike: float) -> Iterator[Reason]:
    """The same in words, one entry a reason."""
    weights = load_lexicon().weights
    yield "two mentions", weights["constant"]
    told: dict[str, float] = {}
    for reason, name, value in features(a, b, alike):
        told[reason] = told.get(reason, 0.0) + weights[name] * value
    yield from told.items()
