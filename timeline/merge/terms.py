"""What makes two accounts differ: ``data/rules/disagreement.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from timeline import paths
from timeline.errors import DataError
from timeline.model import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Ways of putting one thing that exclude each other."""

    name: str
    in_sentence: bool
    """Looked for in the whole sentence, else in the trigger and its instruments."""
    families: frozenset[str]
    """Families of triggers of which it is asked; empty for all."""
    types: frozenset[EventType]
    """Types of events of which it is asked; empty for all."""
    together: bool
    """An article that uses both words tells of both."""
    sides: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What ``disagreement.yaml`` holds."""

    vague: re.Pattern[str]
    slack: float
    """Share, 0..1, by which a number may exceed an open one that covers it."""
    counted: Mapping[str, str]
    """Noun -> the group of people that it counts."""
    parts: frozenset[str]
    """Groups that are parts of a toll."""
    scales: tuple[Scale, ...]


@lru_cache(maxsize=1)
def load_terms() -> Terms:
    """The terms of disagreement.

    Raises:
        DataError: the file is missing a section, names an unknown type, or holds no regular expression.
    """
    path = paths.RULES / "disagreement.yaml"
    try:
        return _terms(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (KeyError, ValueError, TypeError, OSError, re.error, yaml.YAMLError) as error:
        raise DataError(
            f"the terms of disagreement cannot be read ({error})",
            where=str(path),
            remedy="restore the file, or mend the entry that is named",
        ) from error


def _terms(raw: Mapping[str, Any]) -> Terms:
    return Terms(
        vague=re.compile(rf"\b(?:{'|'.join(raw['vague'])})\b", re.I),
        slack=float(raw["slack"]),
        counted={noun: group for group, nouns in raw["counted"].items() for noun in nouns},
        parts=frozenset(raw["parts"]),
        scales=tuple(map(_scale, raw["wording"])),
    )


def _scale(raw: Mapping[str, Any]) -> Scale:
    return Scale(
        name=raw["name"],
        in_sentence=raw["where"] == "sentence",
        families=frozenset(raw.get("families", ())),
        types=frozenset(map(EventType, raw.get("types", ()))),
        together=raw.get("together", False),
        sides={side: re.compile("|".join(found), re.I) for side, found in raw["sides"].items()},
    )
