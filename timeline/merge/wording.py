"""Words that tell the same kind of happening, and the weights of evidence: ``data/rules/merge.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

import yaml

from timeline import paths
from timeline.errors import DataError
from timeline.model import EventType

Reason = tuple[str, float]
"""What speaks for or against, and its weight in log-odds."""
WORD = re.compile(r"\w+")
_SUFFIXES = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ions",
    "ion",
    "ers",
    "er",
    "ed",
    "es",
    "s",
    "e",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What ``merge.yaml`` holds. Weights are log-odds, see the file."""

    weights: Mapping[str, float]
    thresholds: Mapping[str, float]
    families: Mapping[str, frozenset[str]]
    """Lemma -> the families it belongs to."""
    related: frozenset[tuple[str, str]]
    """Ordered pairs of families, both ways."""
    outcomes: frozenset[tuple[str, str]]
    """(what is done, what it brings about)."""
    compatible: frozenset[tuple[EventType, EventType]]
    speech: frozenset[EventType]
    symmetric: frozenset[EventType]
    salience: Mapping[str, Any]
    same_words: Mapping[str, str]
    """Lemma -> the lemma that it counts as."""
    empty: frozenset[str]
    """Words that two sentences share by chance."""


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The rules of merging.

    Raises:
        DataError: the file is missing a section, or names an unknown type or family.
    """
    path = paths.RULES / "merge.yaml"
    try:
        return _rules(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (KeyError, ValueError, TypeError, OSError, yaml.YAMLError) as error:
        raise DataError(
            f"the rules of merging cannot be read ({error})",
            where=str(path),
            remedy="restore the file, or mend the entry that is named",
        ) from error


def _rules(raw: Mapping[str, Any]) -> Rules:
    families: dict[str, set[str]] = {}
    for family, lemmas in raw["families"].items():
        for lemma in lemmas:
            families.setdefault(lemma, set()).add(family)
    known = set(raw["families"])
    related = {tuple(pair) for pair in raw["related"]}
    outcomes = {(cause, effect) for cause, effects in raw["outcomes"].items() for effect in effects}
    unknown = {family for pair in related | outcomes for family in pair} - known
    if unknown:
        raise ValueError(f"unknown families: {', '.join(sorted(unknown))}")
    compatible = {(EventType(a), EventType(b)) for a, b in raw["compatible"]}
    return Rules(
        weights=raw["weights"],
        thresholds=raw["thresholds"],
        families={lemma: frozenset(names) for lemma, names in families.items()},
        related=_both_ways(related),
        outcomes=frozenset(outcomes),
        compatible=_both_ways(compatible) | {(kind, kind) for kind in EventType},
        speech=frozenset(map(EventType, raw["speech"])),
        symmetric=frozenset(map(EventType, raw["symmetric"])),
        salience=raw["salience"],
        same_words=raw["same_words"],
        empty=frozenset(raw["empty_words"].split()),
    )


def _both_ways(pairs: Any) -> frozenset[Any]:
    return frozenset(pairs) | {(b, a) for a, b in pairs}


@lru_cache(maxsize=16384)
def families_of(lemma: str) -> frozenset[str]:
    """Families of a trigger: of all its words together, else of its words, the last one first."""
    families = load_rules().families
    words = lemma.replace("-", " ").split()
    for candidate in (lemma, " ".join(words), *reversed(words)):
        if candidate in families:
            return families[candidate]
    return frozenset()


@lru_cache(maxsize=16384)
def are_related(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether a family of one goes with a family of the other: an attack and the deaths it caused."""
    related = load_rules().related
    return any(pair in related for pair in product(a, b))


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A crude stem, so that "resignation" meets "resign": enough to compare two words, no more."""
    word = word.lower()
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def word_of(lemma: str) -> str:
    """The stem by which triggers are compared: that of the last word, "airstrike" being a "strike"."""
    last = lemma.replace("-", " ").split()[-1]
    return stem(load_rules().same_words.get(last, last))


def words_of(text: str) -> tuple[str, ...]:
    """Stems of the words that carry meaning, and the figures, in their order."""
    return tuple([found for word in WORD.findall(text) if (found := telling_stem(word))])


@lru_cache(maxsize=16384)
def telling_stem(word: str) -> str:
    """The stem of a word that carries meaning, or a figure; empty for others."""
    telling = (len(word) > 2 or word.isdigit()) and word.lower() not in load_rules().empty
    return stem(word) if telling else ""


def content_of(text: str) -> frozenset[str]:
    """The stems alone, without the figures."""
    return without_figures(words_of(text))


def without_figures(words: Iterable[str]) -> frozenset[str]:
    return frozenset([word for word in words if not word.isdigit()])
