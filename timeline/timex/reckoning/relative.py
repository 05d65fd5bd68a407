"""Dates counted from the publication date, from a date told before, or from the event told before."""

from __future__ import annotations

from datetime import date

from timeline import edtf
from timeline.model import Basis, TimexType
from timeline.timex.phrases import parse_phrase
from timeline.timex.reckoning.amounts import limited
from timeline.timex.reckoning.periods import quarter_a_year_before
from timeline.timex.setting import Direction, Fields, Reckoned, Setting
from timeline.timex.values import FUTURE, PAST, duration, edtf_of, moved, unit_value, unplaced

_PHRASED = {"M": "month", "Y": "year", "DE": "decade"}
"""Units that dateparser counts by; days and weeks need no calendar."""
_SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def _base(fields: Fields, setting: Setting, unit: str) -> tuple[date | None, str]:
    """``from: told`` counts from the last date told in the text, all else as the text does by its kind."""
    if fields.text("from") == "told" and (timex := setting.last_told(unit)):
        return timex.earliest, f"timex:{timex.start}"
    return setting.base(unit)


def _step(fields: Fields) -> int:
    """-1, 0 or 1: the rule's constant, or what "last", "this", "next" mean."""
    if step := fields.text("step"):
        return int(step)
    return {"last": -1, "past": -1, "next": 1}.get(fields.meaning("direction"), 0)


def calendar_unit(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "last week", "this year", "the following month", "the same day"."""
    unit = fields.meaning("big_unit")
    if unit == "D" and fields.text("from") == "told":
        return _day_after_event(_step(fields), setting)
    mod = fields.meaning("early")
    if unit == "Y" and (year := setting.year_before_christ()):
        return Reckoned(value=f"BC{year - _step(fields):04d}", mod=mod)
    base, anchor = _base(fields, setting, unit if unit in "DWMY" else "Y")
    if base is None:
        return Reckoned(value=unplaced(unit), mod=mod)
    day = moved(base, "W" if unit == "WE" else unit, _step(fields))
    value = unit_value(day, unit)
    window = _part_not_over(fields, value, base) if anchor == "publication" else ""
    return Reckoned(value=value, mod=mod, edtf=window, anchor=anchor, basis=Basis.RELATIVE)


def _day_after_event(step: int, setting: Setting) -> Reckoned:
    """ "the next day": counted from the event told before; until that is known, from the last day told."""
    shift = f"{'-' if step < 0 else ''}P{abs(step)}D"
    told = setting.last_told("D")
    if told is None or told.earliest is None:
        return Reckoned(value="XXXX-XX-XX", anchor="event", shift=shift, basis=Basis.RELATIVE)
    value = edtf.format_day(edtf.add_days(told.earliest, step))
    return Reckoned(value=value, anchor="event", shift=shift, basis=Basis.RELATIVE)


def _part_not_over(fields: Fields, value: str, base: date) -> str:
    """ "earlier this week" ends, and "later this week" begins, with the base date."""
    side = fields.meaning("earlier")
    if not side or _step(fields) or len(value) == 10:
        return ""
    bounds = edtf.parse_edtf(edtf_of(value))
    first, last = (bounds.earliest, base) if side == "before" else (base, bounds.latest)
    return edtf.format_window(first, last) if first and last and first <= last else ""


def named_month_or_season(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "last October", "next spring", "October last year", "summer of that year"."""
    month, season = fields.meaning("month"), fields.meaning("season")
    base, anchor = _base(fields, setting, "Y")
    first = int(month) if month else _SEASON_STARTS[season]
    mod = fields.meaning("early")
    if base is None:
        return Reckoned(value=f"XXXX-{first:02d}" if month else f"XXXX-{season}", mod=mod)
    step = _step(fields)
    year = (
        base.year + step
        if fields.text("of_year")
        else _year_of(first, 1 if month else 3, base, step)
    )
    suffix = f"{first:02d}" if month else season
    day = f"-{int(fields.text('day')):02d}" if fields.text("day") else ""
    return Reckoned(value=f"{year:04d}-{suffix}{day}", mod=mod, anchor=anchor, basis=Basis.RELATIVE)


def _year_of(first: int, length: int, base: date, step: int) -> int:
    """The year of the last one that is over, of the first yet to begin, or of this year's."""
    if step < 0:
        return base.year - (0 if first + length - 1 < base.month else 1)
    if step > 0:
        return base.year + (0 if first > base.month else 1)
    return base.year - (1 if first == 12 and length == 3 and base.month <= 2 else 0)


def weekday(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "Tuesday", "last Friday", "next Monday", "the following Friday"."""
    number = int(fields.meaning("weekday"))
    base, anchor = _base(fields, setting, "D")
    if base is None:
        return Reckoned(value=f"XXXX-WXX-{number}")
    day = _nearest(number, base, fields, setting)
    return Reckoned(value=edtf.format_day(day), anchor=anchor, basis=Basis.RELATIVE)


def _nearest(number: int, base: date, fields: Fields, setting: Setting) -> date:
    """Today counts for a bare weekday: news of a Friday says "Friday" for today."""
    ahead, behind = (number - base.isoweekday()) % 7, (base.isoweekday() - number) % 7
    if step := _step(fields):
        return edtf.add_days(base, (ahead or 7) if step > 0 else -(behind or 7))
    if fields.text("direction"):
        return _this(number, base, setting.tense())
    future = setting.tense() is Direction.FUTURE or anchored(setting)
    return edtf.add_days(base, ahead if future else -behind)


def anchored(setting: Setting) -> bool:
    """A history goes on to the next such day."""
    return setting.narrative and setting.last_told("D") is not None


def _this(number: int, base: date, direction: Direction) -> date:
    """ "this Friday" is the coming one, unless the verb says that it is over."""
    if direction is Direction.PAST:
        return edtf.add_days(base, -((base.isoweekday() - number) % 7))
    return edtf.add_days(base, (number - base.isoweekday()) % 7)


def day_word(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "today", "yesterday", "the day after tomorrow"."""
    base, anchor = setting.dct, "publication"
    if base is None:
        return Reckoned(value="XXXX-XX-XX")
    day = edtf.add_days(base, int(fields.meaning("day_word")))
    return Reckoned(value=edtf.format_day(day), anchor=anchor, basis=Basis.RELATIVE)


def part_of_day(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "this morning", "last night", "the next evening"; after a day's name it is joined to that."""
    part = fields.text("hour_of") or f"T{fields.meaning('part') or fields.meaning('dawn')}"
    part = part.replace("TT", "T")
    base, anchor = _base(fields, setting, "D")
    if base is None:
        return Reckoned(value=f"XXXX-XX-XX{part}")
    day = edtf.add_days(base, _step(fields))
    return Reckoned(value=f"{day.isoformat()}{part}", anchor=anchor, basis=Basis.RELATIVE)


def clock(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "10:35 a.m.", "2100 GMT"; the day is the one named beside it, or the base date."""
    hour = _hour(fields)
    if hour is None or hour > 24:
        return None
    minute, zone = fields.text("minute"), fields.meaning("zone")
    time = f"T{hour:02d}:{minute or '00'}{zone}"
    base, anchor = _day_of_clock(setting)
    day = base.isoformat() if base else "XXXX-XX-XX"
    return Reckoned(value=f"{day}{time}", anchor=anchor, basis=Basis.RELATIVE)


def _day_of_clock(setting: Setting) -> tuple[date | None, str]:
    """A day told just before; else the base date. A sentence that names its day has the last word (`joined`)."""
    told = setting.last_told("D")
    if told and told in setting.told[-2:]:
        return told.earliest, f"timex:{told.start}"
    return setting.base("D")


def _hour(fields: Fields) -> int | None:
    number = fields.number("hour")
    if number is None:
        return None
    hour, half = int(number), fields.text("half_day").lower()
    if half and hour > 12:
        return None
    # In the afternoon, in the evening, at night: all begin with other letters than "a.m." and "morning".
    late = half[:1] in ("p", "e", "n") or half == "afternoon"
    return hour % 12 + (12 if late else 0) if half else hour


def offset(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "three days ago", "a week later", "two days before the vote", "in two weeks"."""
    unit = fields.meaning("unit") or fields.meaning("plural_unit")
    count = fields.number("count") if fields.text("count") else None
    way = fields.text("way")
    year_back = unit == "Y" and count == 1 and way in ("ago", "earlier")
    if year_back and (quarter := quarter_a_year_before(setting)):
        return quarter
    if way in ("later", "earlier", "after", "before"):
        return _from_event(way, count, unit, fields, setting)
    if way == "ahead" and setting.tense() is not Direction.FUTURE:
        return limited(fields, duration(count, unit))
    return _from_base(way, count, unit, fields, setting)


def _from_base(
    way: str, count: float | None, unit: str, fields: Fields, setting: Setting
) -> Reckoned:
    sign = -1 if way == "ago" else 1
    if count is None:
        return Reckoned(
            value=PAST if sign < 0 else FUTURE, basis=Basis.RELATIVE, type=TimexType.DATE
        )
    base, anchor = setting.base("Y")
    if base is None:
        return Reckoned(value=unplaced(unit), mod=fields.meaning("limit"), type=TimexType.DATE)
    day = _counted(sign, count, unit, base)
    value = unit_value(day, "Y" if unit == "DE" and count % 1 == 0 else unit)
    mod = fields.meaning("limit")
    return Reckoned(value=value, mod=mod, anchor=anchor, basis=Basis.RELATIVE, type=TimexType.DATE)


def _counted(sign: int, count: float, unit: str, base: date) -> date:
    """By dateparser where it knows the unit, which it does not for half a year or a century."""
    if unit in _PHRASED and count == int(count):
        phrase = (
            f"{int(count)} {_PHRASED[unit]}s ago"
            if sign < 0
            else f"in {int(count)} {_PHRASED[unit]}s"
        )
        if day := parse_phrase(phrase, base, prefer="current_period"):
            return day
    return moved(base, unit, sign * count)


def _from_event(
    way: str, count: float | None, unit: str, fields: Fields, setting: Setting
) -> Reckoned:
    after = way in ("later", "after")
    if count is None:
        value = duration(None, unit) if way in ("after", "before") else FUTURE if after else PAST
        return Reckoned(
            value=value, anchor="event", shift=">" if after else "<", basis=Basis.RELATIVE
        )
    length = duration(count, unit)
    shift = length if after else f"-{length}"
    if way in ("after", "before"):
        return Reckoned(
            value=length, mod=fields.meaning("limit"), anchor="event", shift=shift, basis=Basis.RELATIVE,
            type=TimexType.DURATION,
        )  # fmt: skip
    told = setting.last_told(
        "D" if unit in ("D", "W", "H", "MIN", "S", "NI", "FN") else "M" if unit == "M" else "Y",
        asides=after,
    )
    value = unplaced(unit)
    if told and told.earliest:
        value = unit_value(moved(told.earliest, unit, count if after else -count), _grain(unit))
    elif setting.dct and not after and unit in ("W", "M", "Q", "Y"):
        # Prices are compared with those of "a week earlier" where no other date is told.
        value = unit_value(moved(setting.dct, unit, -count), unit)
    return Reckoned(
        value=value, mod=fields.meaning("limit"), anchor="event", shift=shift, basis=Basis.RELATIVE
    )


def _grain(unit: str) -> str:
    """Counted from a day, weeks are told to the day as well."""
    return "D" if unit in ("W", "FN") else unit


def anniversary(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "five years ago today", "a week ago Friday": to the day, whatever the unit."""
    base, anchor = setting.dct, "publication"
    count = fields.number("count")
    if base is None or count is None:
        return Reckoned(value="XXXX-XX-XX")
    if weekday := fields.meaning("weekday"):
        base = edtf.add_days(base, -((base.isoweekday() - int(weekday)) % 7))
    day = moved(base, fields.meaning("unit"), -count)
    return Reckoned(value=edtf.format_day(day), anchor=anchor, basis=Basis.RELATIVE)


def weekday_of_week(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "Friday last week"."""
    number = int(fields.meaning("weekday"))
    base, anchor = setting.base("D")
    if base is None:
        return Reckoned(value=f"XXXX-WXX-{number}")
    day = edtf.add_days(edtf.monday_of(base), 7 * _step(fields) + number - 1)
    return Reckoned(value=edtf.format_day(day), anchor=anchor, basis=Basis.RELATIVE)
