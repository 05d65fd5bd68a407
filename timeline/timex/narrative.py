"""Whether a text is news, which counts from its publication date, or tells history, which counts from the last date told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from timeline.model import Precision, Timex
from timeline.timex.setting import Direction

_YEAR = re.compile(r"(?<![\d.,$£€/-])(1[0-9]\d\d|20\d\d)(?![\d%]|[.,]\d)")
_DEICTIC = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|(?:last|this|next) (?:week|month|year)"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_BEFORE_CHRIST = re.compile(r"\b\d{1,4} B\.?C\b")
_FEWEST_YEARS = 6
_YEARS_A_DEICTIC = 10
"""A history may say "today" once in a while; news says it, or a weekday, in every other paragraph."""


def is_narrative(text: str, dct: date | None) -> bool:
    """Many years named, most of them long over, and few words that count from today."""
    years = [int(year) for year in _YEAR.findall(text)] + [0] * len(_BEFORE_CHRIST.findall(text))
    if len(years) < _FEWEST_YEARS:
        return False
    over = [year for year in years if dct is None or year < dct.year - 1]
    deictic = len(_DEICTIC.findall(text))
    return len(over) > 0.5 * len(years) and len(years) > _YEARS_A_DEICTIC * deictic


_COARSE = frozenset({Precision.DECADE, Precision.CENTURY, Precision.WINDOW, Precision.UNKNOWN})
_LOOKING_BACK = frozenset({"ago", "earlier", "unit-previous", "feast", "part", "clock"})
"""Rules whose dates a story mentions without going there."""
_STEP = 12
"""Months that a story goes forward at most in the middle of a sentence."""


def goes_on(
    story: Timex | None, timex: Timex, *, opens: bool, begins: bool, tense: Callable[[], Direction]
) -> bool:
    """Whether a history has come to this date, and does not just mention it.

    `opens`: it is its sentence's first; `begins`: and stands at its very beginning, "In 1956 …", where a year is the
    story's and none that was planned for or remembered.
    """
    if timex.value.startswith("BC"):
        return True
    if not timex.earliest or timex.value.startswith("P") or timex.rule in _LOOKING_BACK:
        return False
    if timex.precision in _COARSE and not timex.value[:4].isdigit():
        return False
    if story is None or not story.earliest:
        return True
    if timex.precision is Precision.YEAR and timex.earliest.year == story.earliest.year:
        # "On December 7, 1941 (the year …)": the month told before goes on counting.
        return False
    if timex.precision is Precision.YEAR and not begins:
        years = timex.earliest.year - story.earliest.year
        next_one = years == 1 and story.precision is Precision.YEAR
        return years > 0 and (opens or next_one) and tense() is not Direction.FUTURE
    if opens:
        return True
    if timex.precision is Precision.YEAR and story.precision is not Precision.YEAR:
        return False
    step = (
        12 * (timex.earliest.year - story.earliest.year)
        + timex.earliest.month
        - story.earliest.month
    )
    return 0 <= step <= _STEP
