"""What surrounds an expression while it is reckoned: the publication date, what was told before, the tense."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timeline.model import Basis, Precision, Timex, TimexType
from timeline.timex.lexicon import Lexicon, load_lexicon


class Direction(StrEnum):
    """Which way from the base date the text is looking."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


_FINE: Mapping[str, frozenset[Precision]] = {
    "D": frozenset({Precision.DAY, Precision.TIME}),
    "M": frozenset({Precision.DAY, Precision.TIME, Precision.MONTH, Precision.WEEK}),
    "Y": frozenset(Precision) - {Precision.DECADE, Precision.CENTURY, Precision.UNKNOWN},
}


def _aside(timex: Timex) -> bool:
    """Ranges and open ends look back or ahead of where the text is."""
    return timex.precision is Precision.WINDOW and not timex.value.startswith("XX")


_COUNTED_BACK = frozenset(
    {"ago", "earlier", "year-ago", "year-ago-period", "same-period-last-year"}
)
"""Rules of expressions that compare with a time before: "from $98 million a year earlier"."""


def counts_back(timex: Timex) -> bool:
    """Whether it looks back from what the text tells of, and the text does not go there."""
    return timex.rule in _COUNTED_BACK


_NEAR = 4
"""Dates back that a text still speaks of, if those since have only named something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The surroundings of one expression."""

    dct: date | None
    told: Sequence[Timex]
    """What was found before it, in reading order."""
    narrative: bool
    """The text tells history: it counts from the last date told, not from the publication date."""
    tense: Callable[[], Direction]
    scene: Timex | None = None
    """The date with which a sentence of this paragraph began: "On 3 April 2011, …"."""
    asides: Set[int] = frozenset()
    """Starts of the told ones that only name something, "the November 27 agreement"."""
    story: Timex | None = None
    """The date that a history has come to, asides left out."""

    def last_told(self, unit: str, *, asides: bool = True) -> Timex | None:
        """The nearest earlier expression that says which day (D), month (M) or year (Y) it is.

        Without `asides` what was itself counted back, "two years earlier", is no date to count from.
        """
        fit = [
            timex
            for timex in reversed(self.told)
            if timex.precision in _FINE.get(unit, _FINE["Y"])
            and timex.earliest
            and (asides or not counts_back(timex))
            and not timex.value.startswith("P")
            and not (unit == "Y" and _aside(timex))
        ]
        near = fit[:_NEAR] if unit == "D" else ()
        told = (timex for timex in near if timex.start not in self.asides)
        return next(told, fit[0] if fit else None)

    def year_before_christ(self) -> int | None:
        """The year that a history of antiquity has come to: Python's calendar has no date for it."""
        if self.story and self.story.value.startswith("BC"):
            return int(self.story.value[2:6])
        return None

    def base(self, unit: str) -> tuple[date | None, str]:
        """The date that "last week" is counted from, and the name of that anchor."""
        if self.narrative and (timex := self.last_told(unit)):
            return timex.earliest, f"timex:{timex.start}"
        return self.dct, "publication" if self.dct else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """What a rule's meaning makes of a match."""

    value: str
    mod: str = ""
    edtf: str = ""
    """Where it is not what `value` says by itself."""
    anchor: str = ""
    shift: str = ""
    basis: Basis = Basis.NONE
    ongoing: bool = False
    type: TimexType | None = None
    """Where it is not the rule's."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What a match holds, and what its words mean. A label is a class of the lexicon, with or without a digit."""

    texts: Mapping[str, str]

    def text(self, label: str) -> str:
        """As written; empty if the match has no such part."""
        return self.texts.get(label, "") or self._numbered(label)

    def _numbered(self, label: str) -> str:
        """A pattern's alternatives number their groups, since a name may be given but once: ``part2``."""
        return next(
            (self.texts[key] for number in "234" if self.texts.get(key := label + number)), ""
        )

    def meaning(self, label: str) -> str:
        """What the word means: ``"5"`` for May."""
        return _lexicon().meaning(label.rstrip("0123456789"), self.text(label))

    def number(self, label: str) -> float | None:
        """A count in figures or words: ``2.5`` for "two and a half"."""
        return parse_number(self.text(label))


def _lexicon() -> Lexicon:
    return load_lexicon()


_FIGURE = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:[ -](\d)/(\d))?")


_HYPHENED_HALF = re.compile(r"[ -]and[ -]a[ -]half$")


def parse_number(text: str) -> float | None:
    """The number that figures or words stand for: ``5 1/2``, ``twenty-five``, ``a dozen``; None for other text."""
    text = _HYPHENED_HALF.sub(" and a half", text.strip().lower())
    half = 0.5 if text.endswith(" and a half") else 0.0
    text = text.removesuffix(" and a half")
    figure = _FIGURE.fullmatch(text)
    if figure:
        whole, over, under = figure.groups()
        return (
            float(whole.replace(",", "")) + (int(over) / max(int(under), 1) if over else 0.0) + half
        )
    number = _words_to_number(text)
    return None if number is None else number + half


def _words_to_number(text: str) -> float | None:
    words = _lexicon().meanings["number"]
    if text in ("a", "an"):
        return 1.0
    if text in words:
        return float(words[text])
    total, group = 0.0, 0.0
    for word in re.split(r"[ -]", text):
        if word == "and":
            continue
        if word not in words:
            return None
        number = float(words[word])
        if number == 1000:
            total, group = total + max(group, 1) * 1000, 0.0
        else:
            group = max(group, 1) * number if number in (100, 12) else group + number
    return total + group if total + group else None
