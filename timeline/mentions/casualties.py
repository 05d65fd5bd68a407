"""How many were killed, wounded, detained or displaced, as the text puts it: bounds, never a guess."""

from __future__ import annotations

import re
from collections.abc import Collection

from timeline.annotated import Paragraph
from timeline.mentions import syntax
from timeline.mentions.phrases import noun_phrase
from timeline.mentions.triggers import Candidate
from timeline.model import Casualty, CasualtyKind
from timeline.words import Word

Bounds = tuple[int | None, int | None]

_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * (value + 2)
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    )
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_VAGUE: dict[str, Bounds] = {
    "dozen": (12, 12),
    "dozens": (24, None),
    "scores": (40, None),
    "hundreds": (200, None),
    "thousands": (2000, None),
    "several": (2, None),
    "multiple": (2, None),
    "many": (2, None),
    "some": (2, None),
    "few": (2, None),
    "numerous": (2, None),
    "two dozen": (24, 24),
}
_NUMERAL_DEPS = ("nummod", "compound", "amod", "quantmod", "det", "nmod", "npadvmod")
_WOUNDED = frozenset({"wounded", "injured"})
_AT_LEAST = re.compile(
    r"(at least|more than|over|no fewer than|upwards? of|no less than)\s*$", re.I
)
_AT_MOST = re.compile(r"(at most|up to|fewer than|less than|under|as many as)\s*$", re.I)
_ABOUT = re.compile(
    r"\b(about|around|roughly|approximately|an estimated|nearly|almost|close to|circa|perhaps)\s*$",
    re.I,
)
_RANGE_REACH = 6
_NUMERAL = r"([\d,.]*\d|[a-z]+)"
_RANGE = re.compile(
    rf"\b(?:between\s+{_NUMERAL}\s+and\s+{_NUMERAL}|{_NUMERAL}(?:\s+(?:to|or)\s+|\s?[-–]\s?){_NUMERAL})"
    r"(?:\s+[a-z]+){0,2}$",
    re.I,
)
_MEASURES = frozenset(
    [
        "total", "number", "group", "crowd", "family", "crew", "team", "couple", "pair",
        "band", "gang", "handful", "majority", "lot", "string", "series", "body", "bodies",
        "generation", "busload", "column", "convoy", "squad", "unit", "platoon", "patrol",
        "staff", "people",
    ]
)  # fmt: skip
"""Nouns for several: one of them is not one person."""
_NOBODY = frozenset(
    ["village", "town", "city", "house", "home", "building", "church", "school", "hospital", "bridge", "car", "vehicle",
     "truck", "bus", "base", "camp", "district", "area", "road", "animal", "cow", "sheep", "goat", "dog"]
)  # fmt: skip
"""What is hit, too, and is nobody: "buried a village"."""
_TOLL = re.compile(
    r"\b(?:to|at|of|is|was|above|beyond|past|reach\w*|hits?|surpass\w*|pass\w*|top\w*|exceed\w*)\s+"
    r"(?P<about>(?:(?:at least|more than|over|about|around|nearly|almost|some|up to|as many as|an estimated"
    r"|approximately)\s+)?)(?P<number>\d{1,3}(?:,\d{3})+|\d+|[a-z]+(?:-[a-z]+)?)(?=[\s.,;:]|$)"
)
"""The number that a verb or preposition after "toll" leads to."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


def find_casualties(
    candidate: Candidate, timed: Collection[tuple[int, int]] = ()
) -> tuple[Casualty, ...]:
    """The counts that the recipients of a casualty trigger carry; nothing for people named one by one.

    `timed`: (paragraph's start, index) of words that tell time, and count nobody ("the 23 October killing").
    """
    kind = candidate.trigger.casualty
    if kind is None:
        return ()
    if candidate.token.lower_ == "toll":
        counted = _toll(kind, candidate)
        return (counted,) if counted else ()
    heads = candidate.objects if "object" in _victim_slots(candidate) else candidate.subjects
    # "two or three were killed": one number, told at the second.
    told = (
        head
        for head in heads
        if not any(c.lower_ == "or" for c in syntax.children(head, "cc"))
        and (candidate.paragraph.start, head.i) not in timed
    )
    found = (_casualty(kind, candidate.paragraph, head) for head in told)
    return tuple(casualty for casualty in found if casualty)


def _toll(kind: CasualtyKind, candidate: Candidate) -> Casualty | None:
    """ "The death toll rose to 50", "a death toll of at least 373"."""
    token, sentence = candidate.token, candidate.sentence
    text = token.doc[token.i : sentence.end].text
    numbers = ((told, number_of(told["number"])) for told in _TOLL.finditer(text))
    found = [(t, bounds) for t, bounds in numbers if bounds and not _YEAR.fullmatch(t["number"])]
    if not found:
        return None
    told, bounds = found[0]
    low, high = _qualified(bounds, told["about"] or "")
    start = candidate.paragraph.span(token)[0]
    return Casualty(
        kind=kind,
        low=low,
        high=high,
        who="",
        start=start + told.start("number"),
        end=start + told.end("number"),
        approximate=bool(_ABOUT.search(told["about"] or "")),
    )


def _victim_slots(candidate: Candidate) -> set[str]:
    """Where the trigger's victims stand: "ten people died" has them in the subject."""
    slots = {slot for slot, role in candidate.trigger.roles.items() if role == "recipient"}
    return slots & {"subject"} or {"object"}


def _measured(head: Word) -> Word:
    """ "a total of 45 soldiers", "the bodies of 14 miners": those who are counted."""
    if head.lower_ not in _MEASURES:
        return head
    counted = [obj for prep, obj in syntax.prep_objects(head) if prep == "of"]
    return counted[0] if counted else head


def _casualty(kind: CasualtyKind, paragraph: Paragraph, phrase: Word) -> Casualty | None:
    head = _measured(phrase)
    bounds = count_of(head)
    if bounds is None or head.lemma in _NOBODY:
        return None
    if any(child.lower_ in _WOUNDED for child in syntax.children(head, "amod")):
        kind = CasualtyKind.WOUNDED
    first, last = noun_phrase(phrase)
    start, end = paragraph.span(first)[0], paragraph.span(last)[1]
    return Casualty(
        kind=kind,
        low=bounds[0],
        high=bounds[1],
        who=_who(head),
        start=start,
        end=end,
        approximate=_is_approximate(head),
    )


def _is_approximate(head: Word) -> bool:
    """ "about 25 people", "an estimated 600,000 refugees", "nearly 30"."""
    before = head.doc[head.left_edge.i : head.i + 1]
    first = next((token for token in before if _counts(token, head)), None)
    return first is not None and bool(_ABOUT.search(_text_before(first)))


def _who(head: Word) -> str:
    """The people counted, without the number: "militia fighters", "others"."""
    for child in syntax.children(head, "prep"):
        if child.lower_ == "of" and number_of(head.lower_):
            return _who(child.children[0]) if child.rights else ""
    words = [
        child.text
        for child in head.lefts
        if child.dep_ in ("compound", "amod", "nmod")
        and not number_of(child.lower_)
        and not _tells_age(child)
    ]
    return "" if number_of(head.lower_) else " ".join([*words, head.text])


def _tells_age(modifier: Word) -> bool:
    """The end of "70-year-old", which the tokeniser takes apart."""
    return modifier.i > 0 and modifier.lower_ == "old" and modifier.nbor(-1).text == "-"


def count_of(head: Word) -> Bounds | None:
    """Bounds of the number that a noun phrase tells, or None where it tells none."""
    before = head.doc[head.left_edge.i : head.i + 1]
    ranged = _range_before(head)
    if ranged:
        return ranged
    numerals = [token for token in before if _counts(token, head)]
    if head.lower_ == "more":  # "many more have been injured"
        numerals = [token for token in syntax.children(head, "advmod", "amod", "nummod", "quantmod")
                    if number_of(token.lower_)]  # fmt: skip
    if numerals:
        words = " ".join(token.lower_ for token in numerals)
        bounds = number_of(words)
        return _qualified(bounds, _text_before(numerals[0])) if bounds else None
    return _one(head)


def _range_before(head: Word) -> Bounds | None:
    """ "between 20 and 30 people", "3 to 5 civilians"."""
    text = head.doc[max(head.sent.start, head.i - _RANGE_REACH) : head.i + 1].text
    told = _RANGE.search(text)
    ends = [number_of(end) for end in told.groups() if end] if told else []
    low, high = ends if len(ends) == 2 else (None, None)
    if low is None or high is None or low[0] is None or high[1] is None:
        return None
    return (low[0], high[1]) if low[0] < high[1] else None


def _counts(token: Word, head: Word) -> bool:
    """A numeral that belongs to the head, or the head itself where it is one ("killing hundreds")."""
    if token == head:
        return number_of(token.lower_) is not None
    if token.lower_ in ("many", "few") and token.nbor().lower_ == "as":
        return False  # "as many as 300"
    is_number = token.like_num or token.lower_ in _VAGUE or token.lower_ in _SCALES
    return is_number and token.dep_ in _NUMERAL_DEPS and head in (token.head, token.head.head)


def _text_before(token: Word) -> str:
    return token.doc[max(0, token.i - 3) : token.i].text


def _one(head: Word) -> Bounds | None:
    """ "a US contractor" is one; a name or a bare plural tells no number."""
    articles = [child for child in syntax.children(head, "det") if child.lower_ in ("a", "an")]
    several = head.lower_ in _MEASURES
    return (1, 1) if articles and head.tag_ == "NN" and not several else None


def number_of(words: str) -> Bounds | None:
    """Bounds of a number in digits or words: ``"25"``, ``"twenty-five"``, ``"dozens"``, ``"1.5 million"``."""
    words = words.strip().lower()
    if words in _VAGUE:
        return _VAGUE[words]
    total, current, seen = 0, 0.0, False
    for word in re.split(r"[\s-]+", words):
        if word in _SCALES and seen:
            current *= _SCALES[word]
        elif (value := _value(word)) is not None:
            current += value
        elif word == "and":
            continue
        else:
            return None
        seen = True
    total += int(current)
    return (total, total) if seen else None


def _value(word: str) -> float | None:
    if _DIGITS.fullmatch(word):
        return int(word.replace(",", ""))
    if re.fullmatch(r"\d+\.\d+", word):
        return float(word)
    return _UNITS.get(word, _TENS.get(word, _SCALES.get(word)))


def _qualified(bounds: Bounds, before: str) -> Bounds:
    """ "more than 450" has no upper bound, "up to 30" no lower one."""
    if _AT_LEAST.search(before):
        return bounds[0], None
    if _AT_MOST.search(before):
        return None, bounds[1]
    return bounds
