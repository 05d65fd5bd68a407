"""The rules of ``data/rules/timex_*.yaml``: what time expressions look like, and what they mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from timeline.errors import DataError
from timeline.model import TimexType
from timeline.timex.files import read_rules, rule_files
from timeline.timex.lexicon import load_lexicon, spaced

_GROUP = re.compile(r"\(\?P<(\w+)>")
FIGURE = "figure"
"""What a rule needs that needs a digit."""
NOTHING = "nothing"
"""What a rule means that only keeps others from reading a date into its span."""

START = re.compile(r"(?<![\w$£€])(?<![\d][.,/:])(?=\S)")
"""Where an expression may begin, and …"""
_AFTER = r"(?![\w%])(?![.,/:]\d)"
"""… may end: it is no part of a longer word or number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What a rule makes of a text, as its file says. `span` is empty where nothing may be found."""

    text: str
    dct: date | None
    span: str
    type: str
    value: str
    edtf: str | None = None
    mod: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One pattern, which is tried at each `START`, and its meaning. A group called ``span`` is the expression; else it is the whole match."""

    rule_id: str
    pattern: re.Pattern[str]
    type: TimexType
    means: str
    constants: Mapping[str, str]
    """Fields that every match has, e.g. ``direction: last``."""
    needs: tuple[frozenset[str], ...]
    """For each, one of these words must be in the text: it spares most texts most of the rules."""
    examples: tuple[Example, ...]


@lru_cache(maxsize=1)
def rules_by_word() -> Mapping[str, tuple[int, ...]]:
    """Word -> places in `load_rules` of those whose first need it meets. Rules without needs stand under the empty word."""
    found: dict[str, list[int]] = {}
    for place, rule in enumerate(load_rules()):
        for word in rule.needs[0] if rule.needs else ("",):
            found.setdefault(word, []).append(place)
    return {word: tuple(places) for word, places in found.items()}


@lru_cache(maxsize=1)
def load_rules() -> tuple[Rule, ...]:
    """All rules, in order of file and place; of two that match the same span the earlier one wins.

    Raises:
        DataError: a rule lacks a part, or its pattern is no regular expression.
    """
    rules: list[Rule] = []
    for path in rule_files():
        content = read_rules(path.stem)
        if isinstance(content, list):
            rules += [
                _rule(entry, f"{path.name}, rule {number}")
                for number, entry in enumerate(content, 1)
            ]
    return tuple(rules)


def _rule(entry: Any, where: str) -> Rule:
    try:
        where = f"{where} ({entry['id']})"
        kind = TimexType(entry.get("type", "DATE"))
        return Rule(
            rule_id=entry["id"],
            pattern=_compiled(entry["pattern"], where),
            type=kind,
            means=entry["means"],
            constants=MappingProxyType({k: str(v) for k, v in entry.get("with", {}).items()}),
            needs=tuple(_words(name, where) for name in entry.get("needs", ())),
            examples=tuple(_example(example, kind) for example in entry["examples"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(
            f"malformed rule: {error!r}", where=where, remedy="give id, pattern, means and examples"
        ) from error


def _compiled(pattern: str, where: str) -> re.Pattern[str]:
    expanded = _numbered(spaced(load_lexicon().expand(pattern, where=where)))
    try:
        return re.compile(f"(?:{expanded}){_AFTER}", re.IGNORECASE)
    except re.error as error:
        raise DataError(f"bad pattern: {error}", where=where, remedy="mend the pattern") from error


def _numbered(pattern: str) -> str:
    """Alternatives may capture the same label: the second becomes ``month2``, as `Fields` expects."""
    seen: Counter[str] = Counter()

    def label(match: re.Match[str]) -> str:
        seen[match[1]] += 1
        return f"(?P<{match[1]}{seen[match[1]] if seen[match[1]] > 1 else ''}>"

    return _GROUP.sub(label, pattern)


def _words(need: str | list[str], where: str) -> frozenset[str]:
    """Any of these must be in the text: the words listed, or the longest word of each spelling of a class."""
    if isinstance(need, list):
        return frozenset(need)
    if need == FIGURE:
        return frozenset({FIGURE})
    words = load_lexicon().meanings.get(need)
    if words is None:
        raise DataError(f"unknown class {need}", where=where, remedy="name a class of words")
    return frozenset(max(re.findall(r"[a-zé]+", word), key=len) for word in words)


def _example(entry: Mapping[str, Any], kind: TimexType) -> Example:
    edtf, mod = entry.get("edtf"), entry.get("mod")
    return Example(
        text=entry["text"],
        dct=entry.get("dct"),
        span=str(entry.get("span") or ""),
        type=entry.get("type", kind.value),
        value=str(entry.get("value") or ""),
        edtf=None if edtf is None else str(edtf),
        mod=None if mod is None else str(mod),
    )
