"""Where the rules match a text, without overlaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

from timeline.timex.rules import FIGURE, NOTHING, START, Rule, load_rules, rules_by_word

_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A rule's match; offsets are into the text that was searched."""

    start: int
    end: int
    rule: Rule
    fields: Mapping[str, str]
    """The rule's constants and what its groups matched."""


@lru_cache(maxsize=1024)
def find_matches(text: str) -> tuple[Match, ...]:
    """The longest matches that do not overlap, in reading order."""
    found = list(_all_matches(text))
    blocked = [match for match in found if match.rule.means == NOTHING]
    dates = [
        match for match in found if match.rule.means != NOTHING and not _overlaps(match, blocked)
    ]
    return tuple(_without_overlaps(dates))


def _all_matches(text: str) -> Iterator[Match]:
    words = set(_WORD.findall(text.lower()))
    if _DIGIT.search(text):
        words.add(FIGURE)
    starts = [start.start() for start in START.finditer(text)]
    for rule in _rules_for(words):
        end = 0
        for start in starts:
            if start >= end and (match := rule.pattern.match(text, start)):
                end = match.end()
                yield _match(match, rule)


def _rules_for(words: Set[str]) -> Iterator[Rule]:
    """The rules that a text with these words may match, in their order."""
    rules, by_word = load_rules(), rules_by_word()
    places = {place for word in (*words, "") if word in by_word for place in by_word[word]}
    for place in sorted(places):
        if not any(words.isdisjoint(needed) for needed in rules[place].needs):
            yield rules[place]


def _match(match: re.Match[str], rule: Rule) -> Match:
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    start, end = match.span("span") if "span" in groups else match.span()
    return Match(start=start, end=end, rule=rule, fields={**rule.constants, **groups})


def _without_overlaps(matches: Iterable[Match]) -> list[Match]:
    """Longest first; `sorted` is stable, so that the earlier rule wins a tie."""
    free: list[Match] = []
    taken: set[int] = set()
    for match in sorted(matches, key=lambda match: match.start - match.end):
        places = range(match.start, match.end)
        if taken.isdisjoint(places):
            taken.update(places)
            free.append(match)
    return sorted(free, key=lambda match: match.start)


def _overlaps(match: Match, blocked: Iterable[Match]) -> bool:
    return any(other.start < match.end and match.start < other.end for other in blocked)
