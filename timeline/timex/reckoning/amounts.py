"""Durations, periods up to or from the base date, sets, and words like "now"."""

from __future__ import annotations

from timeline import edtf
from timeline.model import Basis
from timeline.timex.setting import Fields, Reckoned, Setting
from timeline.timex.values import duration, moved


def amount(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "three months", "nearly two years", "several weeks", "a 16-hour flight"."""
    unit = fields.meaning("unit") or fields.meaning("plural_unit")
    if not fields.text("count"):
        return limited(fields, duration(None, unit))
    count = fields.number("count")
    return None if count is None else limited(fields, duration(count, unit))


def limited(fields: Fields, value: str) -> Reckoned:
    """A duration with the modifier that "nearly" or "at least" puts to it."""
    return Reckoned(value=value, mod=fields.meaning("limit"))


def period(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "the past two years", "the next six months": a duration with a place on the calendar, from or to the base date."""
    unit = fields.meaning("unit") or fields.meaning("big_unit")
    vague = bool(fields.text("vague")) or not (fields.text("count") or fields.text("big_unit"))
    count = fields.number("count") if fields.text("count") else None if vague else 1.0
    value = duration(count, unit)
    base, anchor = setting.base("Y")
    if base is None or count is None:
        return Reckoned(value=value)
    ahead = fields.meaning("direction") == "next"
    other = moved(base, unit, count if ahead else -count)
    first, last = min(base, other), max(base, other)
    return Reckoned(
        value=value, edtf=edtf.format_interval(first, last), anchor=anchor, basis=Basis.RELATIVE
    )


def recurrence(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "daily", "every Friday", "twice a month"."""
    if value := fields.meaning("frequency"):
        return Reckoned(value=value)
    if weekday := fields.meaning("weekday"):
        return Reckoned(value=f"XXXX-WXX-{weekday}")
    if month := fields.meaning("month"):
        return Reckoned(value=f"XXXX-{int(month):02d}")
    if part := fields.meaning("part"):
        return Reckoned(value=f"XXXX-XX-XXT{part}")
    if season := fields.meaning("season"):
        return Reckoned(value=f"XXXX-{season}")
    count = fields.number("count") if fields.text("count") else 1.0
    return Reckoned(value=duration(count, fields.meaning("unit")))


def fixed(fields: Fields, setting: Setting) -> Reckoned | None:
    """What the rule itself says: ``PRESENT_REF``."""
    return Reckoned(value=fields.text("value"), mod=fields.text("mod"))
