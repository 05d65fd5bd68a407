"""Publication dates as headers, metadata and bylines write them. A date that can be read in two ways is none."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>[12]\d{3})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}-(?P<number>\d\d?)-(?P<day>\d\d?)(?!\d)",
        rf"\b{_YEAR}/(?P<number>\d\d?)/(?P<day>\d\d?)(?!\d)",
        rf"\b{_YEAR}\.(?P<number>\d\d?)\.(?P<day>\d\d?)(?!\d)",
        rf"(?<!\d){_YEAR}(?P<number>[01]\d)(?P<day>[0-3]\d)(?!\d)",
        rf"(?<!\d){_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}\b",
        rf"\b{_MONTH} {_DAY},? {_YEAR}\b",
        rf"\b{_YEAR}[ -]{_MONTH}[ -]{_DAY}(?!\d)",
    )
)
_DIGITS = re.compile(r"(?<!\d)(\d\d?)[./-](\d\d?)[./-]([12]\d{3})(?!\d)")
_AROUND = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun|tues|wednes|thurs|satur)(?:day)?\b\.?"
    r"|\b\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\.\d+)?(?: ?[ap]\.?m\b\.?)?|\b\d{1,2} ?[ap]\.?m\b\.?"
    r"|T?\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?|[+-]\d{2}:?\d{2}\b"
    r"|\b(?:gmt|utc|[ecmp][sd]?t|bst|cest|cet|eet|ist|jst|msk|z)\b"
    r"|\b(?:first |last |originally )?(?:published|updated|posted|modified|issued|created|date|edited|print)\b"
    r"|\b(?:on|at|hrs?|hours|local time|am|pm)\b|[|,;:·•–—/()\[\]*_#>-]",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:By|BY) .{2,80}|[\W_]*Source\W? ?.{2,60}")
_UPDATED = re.compile(r"\b(?:updated|modified|edited)\b", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1600, 2199
"""Newspapers begin; beyond, a number is a mistake, and dates counted from it would leave the calendar."""
_LONGEST = 160
"""Characters of a line that can be a byline."""


def parse_date(text: str) -> date | None:
    """The one full date in a short text, or None: ``2020-01-06T21:03Z``, ``Monday 06 January 2020``, ``20200106``.

    ``13/01/2020`` is read; ``03/01/2020`` is not, since it is March in one country and January in another.
    """
    found = _find_date(text[:200])
    return found[0] if found else None


def byline_date(line: str) -> tuple[date, bool] | None:
    """The date of a line that tells when the article was published and nothing else than that, who wrote it
    and for whom; and whether it is the date of an update."""
    if len(line) > _LONGEST:
        return None
    found = _find_date(line)
    if found is None:
        return None
    day, (start, end) = found
    before, after = line[:start], line[end:]
    if not (_is_empty(before) or _BYLINE.fullmatch(before.strip(" |-–—,·•"))):
        return None
    if not (_is_empty(after) or _BYLINE.fullmatch(_AROUND.sub(" ", after, count=4).strip())):
        return None
    return day, bool(_UPDATED.search(before))


def _is_empty(text: str) -> bool:
    return not _AROUND.sub(" ", text).strip(" .")


def _find_date(text: str) -> tuple[date, tuple[int, int]] | None:
    for form in _FORMS:
        match = form.search(text)
        day = _matched_date(match) if match else None
        if match and day:
            return day, match.span()
    return _unambiguous_digits(text)


def _matched_date(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    name = parts.get("month")
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(parts["number"])
    return valid_date(int(parts["year"]), month, int(parts["day"]))


def _unambiguous_digits(text: str) -> tuple[date, tuple[int, int]] | None:
    match = _DIGITS.search(text)
    if match is None:
        return None
    first, second, year = map(int, match.groups())
    readings = {valid_date(year, second, first), valid_date(year, first, second)} - {None}
    day = readings.pop() if len(readings) == 1 else None
    return (day, match.span()) if day else None


def valid_date(year: int, month: int, day: int) -> date | None:
    """The day, if there is such a day and news may have been published on it."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
