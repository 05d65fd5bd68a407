"""TIMEX3 values: written from dates, and read back as EDTF."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from timeline import edtf
from timeline.model import Precision, Timex

PRESENT, PAST, FUTURE = "PRESENT_REF", "PAST_REF", "FUTURE_REF"

_VALUE = re.compile(
    r"""(?P<day>\d{4}-\d\d-\d\d)(?:T.*)?
      | (?P<whole>\d{4}(?:-\d\d)?|\d{3}X|\d\dXX)
      | (?P<year>\d{4})-(?:W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI))""",
    re.VERBOSE | re.ASCII,
)
_SEASONS: Mapping[str, str] = dict(zip(("SP", "SU", "FA", "WI"), edtf.SEASONS, strict=True))


def edtf_of(value: str) -> str:
    """The EDTF of a TIMEX3 value that names a place on the calendar; empty for all others."""
    match = _VALUE.fullmatch(value)
    if not match:
        return ""
    if match["day"] or match["whole"]:
        return match["day"] or match["whole"]
    year = int(match["year"])
    if match["quarter"]:
        return edtf.format_quarter(year, int(match["quarter"]))
    if match["season"]:
        return edtf.format_season(year, _SEASONS[match["season"]])
    return edtf.format_window(*_first_and_last(year, match))


def _first_and_last(year: int, match: re.Match[str]) -> tuple[date, date]:
    if match["half"]:
        first = date(year, 6 * int(match["half"]) - 5, 1)
        return first, edtf.last_of_month(edtf.add_months(first, 5))
    monday, sunday = edtf.week_bounds(year, int(match["week"]))
    return (edtf.add_days(sunday, -1) if match["weekend"] else monday), sunday


def with_edtf(timex: Timex, text: str) -> Timex:
    """The timex with an EDTF, and the days and precision that follow from it."""
    if not text:
        return replace(timex, edtf="", earliest=None, latest=None, precision=Precision.UNKNOWN)
    bounds = edtf.parse_edtf(text)
    precision = Precision(bounds.precision)
    if precision is Precision.WINDOW and "-W" in timex.value and edtf_of(timex.value) == text:
        precision = Precision.WEEK
    return replace(
        timex, edtf=text, earliest=bounds.earliest, latest=bounds.latest, precision=precision
    )


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


_UNITS: Mapping[str, Callable[[date], str]] = {
    "D": edtf.format_day,
    "NI": lambda day: f"{day.isoformat()}TNI",
    "W": _week,
    "FN": _week,
    "WE": lambda day: f"{_week(day)}-WE",
    "M": lambda day: edtf.format_month(day.year, day.month),
    "Q": lambda day: f"{day.year:04d}-Q{(day.month + 2) // 3}",
    "Y": lambda day: edtf.format_year(day.year),
    "DE": lambda day: edtf.format_decade(day.year),
    "CE": lambda day: edtf.format_century(day.year),
}
_UNPLACED: Mapping[str, str] = {
    "D": "XXXX-XX-XX",
    "NI": "XXXX-XX-XXTNI",
    "W": "XXXX-WXX",
    "FN": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
    "DE": "XXXX",
    "CE": "XXXX",
}
_LENGTHS: Mapping[str, tuple[int, float]] = {
    "H": (0, 1 / 24), "D": (0, 1), "NI": (0, 1), "W": (0, 7), "WE": (0, 7), "FN": (0, 14),
    "M": (1, 0), "Q": (3, 0), "Y": (12, 0), "DE": (120, 0), "CE": (1200, 0), "ML": (12000, 0),
}  # fmt: skip
"""Months and days of a unit."""


def unit_value(day: date, unit: str) -> str:
    """The value of the day, week, month… that `day` is in."""
    return _UNITS.get(unit, edtf.format_day)(day)


def unplaced(unit: str) -> str:
    """The value of some day, week, month… of an undated text."""
    return _UNPLACED.get(unit, "XXXX-XX-XX")


def moved(day: date, unit: str, count: float) -> date:
    """`day` moved by a number of units; a fraction of a unit of months counts in whole months.

    Raises:
        OverflowError: outside of the years 1 to 9999.
    """
    months, days = _LENGTHS.get(unit, (0, 0))
    return edtf.add_days(edtf.add_months(day, round(count * months)), round(count * days))


_SCALES: Mapping[str, tuple[int, str]] = {
    "NI": (1, "D"), "WE": (2, "D"), "FN": (2, "W"), "Q": (3, "M"), "DE": (10, "Y"), "CE": (100, "Y"), "ML": (1000, "Y"),
}  # fmt: skip
_CLOCK = {"H": "H", "MIN": "M", "S": "S"}


def duration(count: float | None, unit: str) -> str:
    """``P3M``, ``PT36H``, ``P10Y`` for a decade; ``PXM`` when the number is not told."""
    if count is None:
        return (
            f"PTX{_CLOCK[unit]}"
            if unit in _CLOCK
            else f"PX{unit if unit not in _SCALES else _SCALES[unit][1]}"
        )
    scale, name = _SCALES.get(unit, (1, unit))
    if unit == "H" and count % 1 == 0.5:
        return f"PT{int(count) or ''}{'H' if int(count) else ''}30M"
    if unit in _CLOCK:
        return f"PT{_figure(count)}{_CLOCK[unit]}"
    return _split(count * scale, name)


def _split(count: float, unit: str) -> str:
    """Half years are told in months: ``P18M``."""
    if unit == "Y" and count % 1 == 0.5 and count < 10:
        return f"P{round(count * 12)}M"
    return f"P{_figure(count)}{unit}"


def _figure(count: float) -> str:
    return str(int(count)) if count == int(count) else f"{count:g}"
