"""Extended Date/Time Format (EDTF, ISO 8601-2) and the only date arithmetic of the project.

Read and written are days, months, seasons, quarters, years, decades, centuries, intervals ``a/b`` whose ends may be
open (``..``), and windows ``[a..b]``: once, somewhere in there. Qualifiers ``~ ? %`` are kept as flags.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from timeline.errors import EdtfError

DAY, MONTH, SEASON, QUARTER, YEAR = "day", "month", "season", "quarter", "year"
DECADE, CENTURY, RANGE, WINDOW = "decade", "century", "range", "window"

SEASONS = ("spring", "summer", "autumn", "winter")
"""Northern, by whole months; EDTF codes 21 to 24 in this order. Winter is named after the year it begins in."""

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_SHAPE = re.compile(
    r"""(?P<year>\d{4}) (?: -(?P<month>\d\d) (?: -(?P<day>\d\d) )? )?
      | (?P<decade>\d{3})X
      | (?P<century>\d\d)XX""",
    re.VERBOSE | re.ASCII,
)
_SHIFT = re.compile(
    r"(?P<sign>[+-]?)P(?:(?P<Y>\d+)Y)?(?:(?P<M>\d+)M)?(?:(?P<W>\d+)W)?(?:(?P<D>\d+)D)?", re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """First and last day of an EDTF string, both inclusive; None is an open end."""

    earliest: date | None
    latest: date | None
    precision: str
    """A value of `timeline.model.Precision`."""
    approximate: bool = False
    uncertain: bool = False


def parse_edtf(text: str) -> Bounds:
    """The days that an EDTF string spans.

    Raises:
        EdtfError: not EDTF of the levels above, no such day, or an end before its beginning.
    """
    bare = text.strip().rstrip("~?%")
    qualifiers = text.strip()[len(bare) :]
    try:
        bounds = _parse(bare)
    except (ValueError, OverflowError) as error:
        raise EdtfError(
            "not an EDTF date",
            where=repr(text),
            remedy="write 2020, 2020-01, 2020-01-03 or 2020-01/2020-03",
        ) from error
    return Bounds(
        earliest=bounds.earliest,
        latest=bounds.latest,
        precision=bounds.precision,
        approximate=bounds.approximate or "~" in qualifiers or "%" in qualifiers,
        uncertain=bounds.uncertain or "?" in qualifiers or "%" in qualifiers,
    )


def _parse(text: str) -> Bounds:
    if text.startswith("[") and text.endswith("]"):
        return _between(text[1:-1].split(".."), WINDOW)
    if "/" in text:
        return _between([_open(end) for end in text.split("/")], RANGE)
    return _single(text)


def _open(end: str) -> str:
    """An interval marks its open end by two dots, a window by nothing before or after its own."""
    if not end:
        raise ValueError("an unknown end is not supported")
    return "" if end == ".." else end


def _between(ends: list[str], precision: str) -> Bounds:
    if len(ends) != 2 or not any(ends):
        raise ValueError("two ends are needed")
    first, last = (parse_edtf(end) if end else None for end in ends)
    earliest = first.earliest if first else None
    latest = last.latest if last else None
    if earliest and latest and latest < earliest:
        raise ValueError("the end comes before the beginning")
    parts = [part for part in (first, last) if part]
    if any(part.precision in (RANGE, WINDOW) for part in parts):
        raise ValueError("an end is itself an interval")
    return Bounds(
        earliest=earliest,
        latest=latest,
        precision=precision,
        approximate=any(part.approximate for part in parts),
        uncertain=any(part.uncertain for part in parts),
    )


def _single(text: str) -> Bounds:
    match = _SHAPE.fullmatch(text)
    if not match:
        raise ValueError("unknown shape")
    if match["decade"]:
        return _years(int(match["decade"]) * 10, 10, DECADE)
    if match["century"]:
        return _years(int(match["century"]) * 100, 100, CENTURY)
    year = int(match["year"])
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return Bounds(earliest=day, latest=day, precision=DAY)
    if match["month"]:
        return _part_of_year(year, int(match["month"]))
    return _years(year, 1, YEAR)


def _years(first: int, count: int, precision: str) -> Bounds:
    # Python's calendar begins with the year 1.
    return Bounds(
        earliest=date(max(first, 1), 1, 1),
        latest=date(first + count - 1, 12, 31),
        precision=precision,
    )


def _part_of_year(year: int, code: int) -> Bounds:
    if 1 <= code <= 12:
        return _months(year, code, 1, MONTH)
    if 21 <= code <= 24:
        return _months(year, 3 * (code - 20), 3, SEASON)
    if 33 <= code <= 36:
        return _months(year, 3 * (code - 33) + 1, 3, QUARTER)
    raise ValueError("no such month, season or quarter")


def _months(year: int, month: int, count: int, precision: str) -> Bounds:
    first = date(year, month, 1)
    return Bounds(
        earliest=first, latest=last_of_month(add_months(first, count - 1)), precision=precision
    )


def format_day(day: date) -> str:
    """``2020-01-03``."""
    return day.isoformat()


def format_month(year: int, month: int) -> str:
    """``2020-01``."""
    return f"{year:04d}-{month:02d}"


def format_season(year: int, season: str) -> str:
    """``2020-21``: a season of `SEASONS` by its EDTF code."""
    return f"{year:04d}-{21 + SEASONS.index(season)}"


def format_quarter(year: int, quarter: int) -> str:
    """``2020-33``: quarter 1 to 4 by its EDTF code."""
    return f"{year:04d}-{32 + quarter}"


def format_year(year: int) -> str:
    """``2020``."""
    return f"{year:04d}"


def format_decade(year: int) -> str:
    """``202X``: the decade that the year is in."""
    return f"{year // 10:03d}X"


def format_century(year: int) -> str:
    """``20XX``: the hundred years that share the year's first two digits."""
    return f"{year // 100:02d}XX"


def format_interval(first: date | str | None, last: date | str | None) -> str:
    """``a/b``: goes on from the first to the last; None is an open end."""
    return f"{_end(first) or '..'}/{_end(last) or '..'}"


def format_window(first: date | str | None, last: date | str | None) -> str:
    """``[a..b]``: once, somewhere in there; None is an open end."""
    return f"[{_end(first)}..{_end(last)}]"


def _end(end: date | str | None) -> str:
    return end.isoformat() if isinstance(end, date) else end or ""


def add_days(day: date, count: int) -> date:
    """Raises OverflowError outside of the years 1 to 9999, as all arithmetic here."""
    return day + timedelta(days=count)


def add_months(day: date, count: int) -> date:
    """The same day of another month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("year out of range")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_of_month(day: date) -> date:
    """The last day of the month that `day` is in."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def shift_day(day: date, shift: str) -> date:
    """The day a signed ISO 8601 duration away: ``P1D``, ``-P2W``, ``P1Y6M``; parts of a day count as none.

    Raises:
        EdtfError: not such a duration.
        OverflowError: outside of the years 1 to 9999.
    """
    match = _SHIFT.fullmatch(shift.split("T", maxsplit=1)[0])
    if not match:
        raise EdtfError("not a duration", where=repr(shift), remedy="write P1D, -P2W or P3M")
    years, months, weeks, days = (int(match[unit] or 0) for unit in "YMWD")
    sign = -1 if match["sign"] == "-" else 1
    return add_days(add_months(day, sign * (12 * years + months)), sign * (7 * weeks + days))


def monday_of(day: date) -> date:
    """The first day of the ISO week that `day` is in."""
    return add_days(day, -day.weekday())


def week_bounds(year: int, week: int) -> tuple[date, date]:
    """Monday and Sunday of an ISO week. Raises ValueError if the year has no such week."""
    return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
