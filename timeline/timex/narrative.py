"""Whether a text is news, which counts from its publication date, or tells history, which counts from the last date told."""

from __future__ import annotations

import re
from datetime import date

_YEAR = re.compile(r"(?<![\d.,$£€/-])(1[0-9]\d\d|20\d\d)(?![\d%]|[.,]\d)")
_DEICTIC = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|(?:last|this|next) (?:week|month|year)"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_FEWEST_YEARS = 6


def is_narrative(text: str, dct: date | None) -> bool:
    """Many years named, most of them long over, and few words that count from today."""
    years = [int(year) for year in _YEAR.findall(text)]
    if len(years) < _FEWEST_YEARS:
        return False
    over = [year for year in years if dct is None or year < dct.year - 1]
    deictic = len(_DEICTIC.findall(text))
    return len(over) > 0.5 * len(years) and len(years) > 3 * deictic
