"""dateparser, for what it is good at: one phrase that a rule has spanned, against one base date."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from dateparser.date import DateDataParser


@lru_cache(maxsize=16)
def _parser(prefer: str, order: str, base: date | None) -> DateDataParser:
    settings: dict[str, object] = {
        "PREFER_DATES_FROM": prefer,
        "PREFER_DAY_OF_MONTH": "first",
        "DATE_ORDER": order,
        "PARSERS": ["relative-time", "absolute-time"],
        "RELATIVE_BASE": datetime(base.year, base.month, base.day)
        if base
        else datetime(2000, 1, 1),
        "TIMEZONE": "UTC",
    }
    return DateDataParser(languages=["en"], settings=settings)


@lru_cache(maxsize=65536)
def parse_phrase(
    phrase: str, base: date | None, *, prefer: str = "past", order: str = "MDY"
) -> date | None:
    """The day that "3 January 2020" or "three days ago" names, or the first day of a longer one; None if none.

    `base` is the date that relative phrases and missing parts are reckoned from; `prefer` is past, future or
    current_period.
    """
    try:
        found = _parser(prefer, order, base).get_date_data(phrase).date_obj
    except (ValueError, OverflowError, TypeError, AttributeError):
        # A number no calendar has ("in 99999 years") fails inside the library in several ways.
        return None
    return found.date() if found else None
