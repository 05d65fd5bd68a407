"""The calendar of companies and ministries: quarters and halves told by their year, and the like period a year before."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from timeline import edtf
from timeline.model import Basis, Timex
from timeline.timex.reckoning.calendar import calendar_date
from timeline.timex.setting import Fields, Reckoned, Setting, counts_back
from timeline.timex.values import edtf_of, unit_value, unplaced

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_LONGER = re.compile(r"\d{4}|P\d+[MY]")
_NEAR = 8
"""Expressions back that "a year earlier" may compare with."""


def told_quarter(setting: Setting) -> Timex | None:
    """The last quarter told."""
    quarters = (timex for timex in reversed(setting.told) if _QUARTER.fullmatch(timex.value))
    return next((timex for timex in quarters if not counts_back(timex)), None)


def _compared(setting: Setting) -> Timex | None:
    """The period that a report's figures are of: the last quarter told, or the year or months told since."""
    for timex in reversed(setting.told[-_NEAR:]):
        if counts_back(timex):
            continue
        if _QUARTER.fullmatch(timex.value) or _LONGER.fullmatch(timex.value):
            return timex
    return None


def quarter_a_year_before(setting: Setting) -> Reckoned | None:
    """ "(in the third quarter, from $98 million) a year earlier": the like quarter, if one was just told."""
    told = _compared(setting)
    if told is None or not _QUARTER.fullmatch(told.value):
        return None
    value = f"{int(told.value[:4]) - 1:04d}{told.value[4:]}"
    return Reckoned(value=value, anchor=f"timex:{told.start}", basis=Basis.RELATIVE)


def like_period(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "the year-earlier quarter", "the same period last year"."""
    unit = fields.meaning("big_unit") or "Q"
    if unit == "Q" and (quarter := quarter_a_year_before(setting)):
        return quarter
    base, anchor = setting.base("Y")
    if base is None:
        return Reckoned(value=unplaced("Y"))
    before = edtf.add_months(base, -12)
    if unit == "Q" and fields.text("big_unit"):
        before = edtf.add_months(before, -3)  # the last quarter that is over
    else:
        unit = "Y" if unit == "Q" else unit
    return Reckoned(value=unit_value(before, unit), anchor=anchor, basis=Basis.RELATIVE)


def quarter(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "the quarter", "the previous quarter": from the one told last, or else from the last that is over."""
    step = int(fields.text("step") or 0)
    if fields.text("month") and (last := calendar_date(fields, setting)) and edtf_of(last.value):
        return replace(last, value=_quarter_of(last.value))
    told = told_quarter(setting)
    if told and (match := _QUARTER.fullmatch(told.value)):
        first, anchor = date(int(match[1]), 3 * int(match[2]) - 2, 1), f"timex:{told.start}"
    elif setting.dct:
        first, anchor = edtf.add_months(setting.dct, -3), "publication"
    else:
        return Reckoned(value=unplaced("Q"))
    value = unit_value(edtf.add_months(first, 3 * step), "Q")
    return Reckoned(value=value, anchor=anchor, basis=Basis.RELATIVE)


def _quarter_of(day: str) -> str:
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


_STEPS = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "following": 1}


def part_of_year(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "last year's fourth quarter", "the first half of the year", "the spring of that year"."""
    part = _part(fields)
    if fields.text("year") and part:
        return Reckoned(value=f"{fields.text('year')}-{part}", basis=Basis.EXPLICIT)
    base, anchor = _year_spoken_of(fields, setting)
    if base is None or not part:
        return Reckoned(value=f"XXXX-{part}") if part else None
    year = base.year + _STEPS.get(fields.text("which").lower(), 0)
    mod = fields.meaning("early")
    return Reckoned(value=f"{year:04d}-{part}", mod=mod, anchor=anchor, basis=Basis.RELATIVE)


def _year_spoken_of(fields: Fields, setting: Setting) -> tuple[date | None, str]:
    """ "Last" and "this" year count from the publication date, "that" and "the previous" from what was told."""
    if fields.text("which").lower() in ("last", "this", "next", "past", "current", ""):
        return setting.base("Y")
    if told := setting.last_told("Y"):
        return told.earliest, f"timex:{told.start}"
    return setting.base("Y")


def _part(fields: Fields) -> str:
    if season := fields.meaning("season"):
        return season
    number, name = int(fields.meaning("ordinal") or 0), fields.text("portion")[:1].upper()
    return f"{name}{number}" if 1 <= number <= {"Q": 4, "H": 2}.get(name, 0) else ""
