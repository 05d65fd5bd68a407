"""Reads ``data/rules/furniture.yaml``: what lines of a page are no prose."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from timeline.errors import DataError
from timeline.paths import RULES

FILE = "furniture.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A pattern that whole lines of one kind match."""

    id: str
    kind: str
    pattern: re.Pattern[str]
    max_words: int
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]

    def matches(self, line: str) -> bool:
        """Whether this line, without surrounding white space, is of the rule's kind."""
        return line.count(" ") < self.max_words and self.pattern.fullmatch(line) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnitureRules:
    """All rules, in the order of the file: the first that matches decides."""

    lines: tuple[Rule, ...]
    publishers: tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]
    """Patterns with a group ``name``, and their examples with the name expected."""
    datelines: tuple[Rule, ...]
    menu_words: frozenset[str]


@lru_cache(maxsize=4)
def load_furniture_rules(path: Path = RULES / FILE) -> FurnitureRules:
    """The rules of the project, or of another file of the same form.

    Raises:
        DataError: the file is missing or breaks its form.
    """
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
        words = {name: _alternatives(text) for name, text in data["words"].items()}
        return FurnitureRules(
            lines=_rules(data["rules"], words),
            publishers=tuple(
                (_compile(entry["pattern"], words, case=True), entry["examples"])
                for entry in data["publishers"]
            ),
            datelines=_rules([entry | {"case": True} for entry in data["datelines"]], words),
            menu_words=frozenset(words["menu_word"].split("|")),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, re.error) as error:
        raise DataError(
            f"not a valid list of furniture rules ({error})",
            where=path.name,
            remedy="restore the file",
        ) from error


def _alternatives(text: str) -> str:
    return "|".join(word.strip() for word in " ".join(text.split()).split("|"))


def _rules(entries: Sequence[Mapping[str, Any]], words: Mapping[str, str]) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            id=entry["id"],
            kind=entry.get("kind", "dateline"),
            pattern=_compile(entry["pattern"], words, case=entry.get("case", False)),
            max_words=entry.get("max_words", 60),
            examples=tuple(entry["examples"]),
            counterexamples=tuple(entry.get("not", ())),
        )
        for entry in entries
    )


def _compile(pattern: str, words: Mapping[str, str], *, case: bool) -> re.Pattern[str]:
    for name, alternatives in words.items():
        pattern = pattern.replace("{" + name + "}", alternatives)
    return re.compile(pattern, 0 if case else re.IGNORECASE)
