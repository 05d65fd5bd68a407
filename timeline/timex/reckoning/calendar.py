"""Dates that name their month, year, decade or century; what they leave out is filled in."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from timeline import edtf
from timeline.model import Basis, Precision
from timeline.timex.phrases import parse_phrase
from timeline.timex.setting import Direction, Fields, Reckoned, Setting
from timeline.timex.values import edtf_of, unit_value

_MONTHS_BACK = 6
"""Months that a history may step back without naming the year."""


def calendar_date(fields: Fields, setting: Setting) -> Reckoned | None:
    """A day, month, season, quarter, half or year, whose year may be left to the context."""
    if fields.meaning("era") == "BC":
        return _before_christ(fields)
    month, day = int(fields.meaning("month") or 0), day_number(fields.text("day"))
    year = _year(fields)
    if year is None:
        return _without_year(fields, month, day, setting)
    value = _value(fields, year, month, day)
    return (
        Reckoned(value=value, mod=fields.meaning("early"), basis=Basis.EXPLICIT) if value else None
    )


def _before_christ(fields: Fields) -> Reckoned:
    """Before the first year of Python's calendar, so that there is no EDTF."""
    month = int(fields.meaning("month") or 0)
    suffix = f"-{month:02d}" if month else ""
    season = fields.meaning("season")
    value = f"BC{int(fields.text('year')):04d}{suffix}{'-' + season if season else ''}"
    return Reckoned(value=value, mod=fields.meaning("early"), basis=Basis.EXPLICIT)


def _year(fields: Fields) -> int | None:
    digits = re.sub(r"\D", "", fields.text("year"))
    if not digits:
        return None
    return int(digits) if len(digits) != 2 or fields.text("era") else full_year(int(digits))


def full_year(two_digits: int) -> int:
    """The year that '98 or '05 is short for: two-digit years are of 1930 to 2029."""
    return two_digits + (1900 if two_digits >= 30 else 2000)


def day_number(text: str) -> int:
    """The day of the month that figures stand for; 0 if there are none."""
    return int(re.sub(r"\D", "", text) or 0)


def _value(fields: Fields, year: int, month: int, day: int) -> str:
    """The value of what is named in full; empty for a day no calendar has."""
    if day:
        try:
            return edtf.format_day(date(year, month, day))
        except ValueError:
            return ""
    if month:
        return edtf.format_month(year, month)
    if season := fields.meaning("season"):
        return f"{year:04d}-{season}"
    if quarter := fields.meaning("ordinal"):
        return f"{year:04d}-{fields.text('portion')}{quarter}"
    return edtf.format_year(year) if year else ""


def _without_year(fields: Fields, month: int, day: int, setting: Setting) -> Reckoned | None:
    base, anchor = setting.base("Y")
    mod = fields.meaning("early")
    if year := setting.year_before_christ():
        return Reckoned(value=f"BC{year:04d}{_yearless(fields, month, day)[4:]}", mod=mod)
    if base is None:
        return Reckoned(value=_yearless(fields, month, day), mod=mod)
    year = _nearest_year(fields, month, day, base, setting)
    if (month, day) == (2, 29):
        year = min(
            range(year - 8, year + 8), key=lambda other: (not isleap(other), abs(other - year))
        )
    value = _value(fields, year, month, day)
    if not value:
        return None
    return Reckoned(value=value, mod=mod, anchor=anchor, basis=Basis.RELATIVE)


def _yearless(fields: Fields, month: int, day: int) -> str:
    if month:
        return f"XXXX-{month:02d}" + (f"-{day:02d}" if day else "")
    season, quarter = fields.meaning("season"), fields.meaning("ordinal")
    return f"XXXX-{season}" if season else f"XXXX-{fields.text('portion')}{quarter}"


def _nearest_year(fields: Fields, month: int, day: int, base: date, setting: Setting) -> int:
    if not month:
        return _year_of_quarter(fields, base, setting)
    if weekday := fields.meaning("weekday"):
        years = _years_with(int(weekday), month, day, base)
        if years:
            return min(years, key=lambda year: abs(year - base.year))
    if anchored_in_text(setting):
        return _year_in_narrative(month, base, setting)
    if setting.tense() is not Direction.FUTURE and (told := _told_in_full(setting)):
        return told.year + (1 if told.month - month > _MONTHS_BACK else 0)
    return _year_by_tense(month, day, base, setting.tense())


def anchored_in_text(setting: Setting) -> bool:
    """Whether missing parts come from the last date told."""
    return setting.narrative and setting.last_told("Y") is not None


def _years_with(weekday: int, month: int, day: int, base: date) -> list[int]:
    """The years around in which that day of the month falls on that weekday."""
    return [
        day.year
        for day in _days(range(base.year - 3, base.year + 3), month, day)
        if day.isoweekday() == weekday
    ]


def _told_in_full(setting: Setting) -> date | None:
    """The date of a bygone year that news has just told: "on 31 May 2009 it sank; in June the search ended"."""
    told = setting.scene
    if told is None or setting.dct is None or told.start in setting.asides:
        return None
    if told.basis is not Basis.EXPLICIT or told.precision not in (Precision.DAY, Precision.MONTH):
        return None
    bygone = told.earliest and told.earliest.year < setting.dct.year - 1
    return told.earliest if bygone else None


def _days(years: Iterable[int], month: int, day: int) -> Iterable[date]:
    for year in years:
        try:
            yield date(year, month, day or 1)
        except ValueError:
            continue


def _year_in_narrative(month: int, base: date, setting: Setting) -> int:
    """A history goes forward: the next month of that name, unless it lies only a little way back."""
    if setting.story and setting.story.earliest:
        base = setting.story.earliest
        if setting.story.precision is Precision.YEAR:
            return base.year
    if base.month - month > _MONTHS_BACK:
        return base.year + 1
    return base.year - 1 if month - base.month > _MONTHS_BACK else base.year


def _year_by_tense(month: int, day: int, base: date, direction: Direction) -> int:
    """The nearest such date on the side that the text looks to; past if it does not say, and far ahead."""
    past, future = (_closest(month, day, base, sign) for sign in (-1, 1))
    ahead = (future - base.year) * 12 + month - base.month
    behind = (base.year - past) * 12 + base.month - month
    near = 3 if direction is Direction.UNKNOWN else 1
    if day and min(ahead, behind) <= near:
        # Nobody leaves the year out of a day eleven months away, whatever the tense seems to be.
        return future if ahead < behind else past
    if direction is Direction.FUTURE:
        return future
    if direction is Direction.PAST:
        return past
    return future if ahead <= 2 and ahead < behind else past


def _closest(month: int, day: int, base: date, sign: int) -> int:
    """dateparser fills in the year; this month counts on either side, since it is not over."""
    if not day:
        over = month - base.month
        return base.year + (sign if over * sign < 0 else 0)
    found = parse_phrase(
        f"{day} {edtf.MONTH_NAMES[month - 1]}", base, prefer="past" if sign < 0 else "future"
    )
    return found.year if found and found.month == month else base.year


def _year_of_quarter(fields: Fields, base: date, setting: Setting) -> int:
    """ "The fourth quarter" is the last one that has begun, "summer" the nearest, unless the text looks ahead."""
    last_month = _first_month(fields)
    if anchored_in_text(setting):
        return _year_in_narrative(last_month, base, setting)
    direction = setting.tense()
    if direction is Direction.FUTURE:
        return base.year + (1 if last_month + 2 < base.month else 0)
    return base.year - (1 if last_month > base.month else 0)


def _first_month(fields: Fields) -> int:
    if season := fields.meaning("season"):
        return {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
    step = {"Q": 3, "H": 6}.get(fields.text("portion"), 3)
    return step * (int(fields.meaning("ordinal") or 1) - 1) + 1


def numeric_date(fields: Fields, setting: Setting) -> Reckoned | None:
    """Days in figures: ``2020-01-07``, ``7/1/2020``; where both orders are days, the American one is taken."""
    order = fields.text("order")
    found = parse_phrase(fields.text("date"), setting.dct, order=order or "MDY")
    return Reckoned(value=edtf.format_day(found), basis=Basis.EXPLICIT) if found else None


def decade(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "the 1990s", "the late '80s", "the sixties"."""
    digits = re.sub(r"\D", "", fields.text("year"))
    year = int(digits) if digits else int(fields.meaning("tens") or 0)
    if year < 100:
        year = full_year(year)
    value = edtf.format_decade(year)
    return Reckoned(value=value, mod=fields.meaning("early"), basis=Basis.EXPLICIT)


def century(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "the 19th century" is 18XX."""
    number = int(fields.meaning("ordinal") or re.sub(r"\D", "", fields.text("figure")) or 0)
    if fields.meaning("era") == "BC":
        return Reckoned(value=f"BC{number:02d}", mod=fields.meaning("early"), basis=Basis.EXPLICIT)
    if not 2 <= number <= 30:
        return None
    value = edtf.format_century(100 * (number - 1))
    return Reckoned(value=value, mod=fields.meaning("early"), basis=Basis.EXPLICIT)


def second_year(fields: Fields, setting: Setting) -> Reckoned | None:
    """The "08" of "2007-08"."""
    value = edtf.format_year(int(fields.text("century")) * 100 + int(fields.text("two")))
    return Reckoned(value=value, basis=Basis.EXPLICIT)


def half_year(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "the first half of 2019"."""
    year = fields.text("year")
    return Reckoned(value=f"{year}-H{1 if fields.text('half1') else 2}", basis=Basis.EXPLICIT)


def nth_weekday(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "the first Sunday in May", "the last weekend of March 2004"."""
    alone = {label: text for label, text in fields.texts.items() if label != "weekday"}
    month = calendar_date(Fields(alone), setting)
    if month is None or not edtf_of(month.value):
        return month
    first = edtf.parse_edtf(month.value).earliest
    assert first  # a month has a first day
    day = _nth(6 if fields.text("weekend") else int(fields.meaning("weekday")), fields, first)
    if day.month != first.month:
        return None
    return replace(month, value=unit_value(day, "WE" if fields.text("weekend") else "D"))


def _nth(weekday: int, fields: Fields, first: date) -> date:
    if fields.text("last"):
        last = edtf.last_of_month(first)
        return edtf.add_days(last, -((last.isoweekday() - weekday) % 7))
    weeks = int(fields.meaning("ordinal")) - 1
    return edtf.add_days(first, (weekday - first.isoweekday()) % 7 + 7 * weeks)


def day_of_month(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "on the 30th": of the month told last, or the nearest such day on the side that the text looks to."""
    number = day_number(fields.text("day"))
    if told := setting.last_told("M"):
        base, anchor, step = told.earliest, f"timex:{told.start}", 0
    else:
        base, anchor = setting.dct, "publication"
        ahead = setting.tense() is Direction.FUTURE
        step = 0 if base is None or (number <= base.day) != ahead else 1 if ahead else -1
    if base is None:
        return Reckoned(value=f"XXXX-XX-{number:02d}")
    days = _days_numbered(number, edtf.add_months(base.replace(day=1), step), step)
    return Reckoned(value=edtf.format_day(days), anchor=anchor, basis=Basis.RELATIVE)


def _days_numbered(number: int, month: date, step: int) -> date:
    """That day of the month, or of the next month on the same side that has one."""
    while edtf.last_of_month(month).day < number:
        month = edtf.add_months(month, step or -1)
    return month.replace(day=number)


def nth_week(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "the first week of March", "the last week of May 2004": seven days from the 1st, the 8th…, or to the last."""
    month = calendar_date(fields, setting)
    if month is None or not edtf_of(month.value):
        return month
    bounds = edtf.parse_edtf(month.value)
    assert bounds.earliest  # a month has a first day
    assert bounds.latest
    if fields.text("last"):
        first, last = edtf.add_days(bounds.latest, -6), bounds.latest
    else:
        first = edtf.add_days(bounds.earliest, 7 * (int(fields.meaning("ordinal")) - 1))
        last = min(edtf.add_days(first, 6), bounds.latest)
    middle = edtf.add_days(first, 3)
    return replace(month, value=unit_value(middle, "W"), edtf=edtf.format_window(first, last))


def week_of(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "the week of March 6"."""
    day = calendar_date(fields, setting)
    if day is None or not edtf_of(day.value):
        return None
    first = edtf.parse_edtf(day.value).earliest
    return replace(day, value=unit_value(first, "W")) if first else None


def side_of_year(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "the post-2003 order", "pre-1989"."""
    year, after = fields.text("year"), fields.text("side").lower() == "post"
    span = edtf.format_interval(year, None) if after else edtf.format_interval(None, year)
    return Reckoned(value=year, mod="AFTER" if after else "BEFORE", edtf=span, basis=Basis.EXPLICIT)
