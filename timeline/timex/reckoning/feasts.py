"""Feasts and public days: fixed, counted from Easter, or known to the `holidays` library."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import holidays
from dateutil.easter import easter

from timeline import edtf
from timeline.model import Basis
from timeline.timex.files import read_rules
from timeline.timex.setting import Direction, Fields, Reckoned, Setting


def feast(fields: Fields, setting: Setting) -> Reckoned | None:
    """ "New Year's Eve", "Christmas 1914", "last Thanksgiving", "Ramadan"."""
    entry = _entries().get(fields.meaning("feast"))
    if entry is None:
        return None
    eve = 1 if fields.text("eve") else 0
    if fields.text("year"):
        return _reckoned(entry, _days(entry, int(fields.text("year")), eve), "", Basis.EXPLICIT)
    base, anchor = setting.base("Y")
    if base is None:
        return Reckoned(value="XXXX-XX-XX")
    return _reckoned(entry, _nearest(entry, eve, base, fields, setting), anchor, Basis.RELATIVE)


def _reckoned(
    entry: Mapping[str, Any], day: date | None, anchor: str, basis: Basis
) -> Reckoned | None:
    if day is None:
        return None
    lasts = int(entry.get("lasts", 1))
    if lasts == 1:
        return Reckoned(value=edtf.format_day(day), anchor=anchor, basis=basis)
    window = edtf.format_window(day, edtf.add_days(day, lasts - 1))
    return Reckoned(value=f"P{lasts}D", edtf=window, anchor=anchor, basis=basis)


def _nearest(
    entry: Mapping[str, Any], eve: int, base: date, fields: Fields, setting: Setting
) -> date | None:
    """The last one unless the text looks ahead; one that is at most a month ahead where it does not say."""
    years = range(max(base.year - 1, 1), min(base.year + 2, 9999))
    days = [day for year in years if (day := _days(entry, year, eve))]
    past, future = ([day for day in days if day < base], [day for day in days if day >= base])
    ahead = fields.meaning("direction") == "next" or setting.tense() is Direction.FUTURE
    if fields.meaning("direction") != "last" and future:
        unsaid = setting.tense() is Direction.UNKNOWN and (future[0] - base).days <= 31
        if ahead or unsaid or future[0] == base:
            return future[0]
    return past[-1] if past else None


@lru_cache(maxsize=1)
def _entries() -> Mapping[str, Mapping[str, Any]]:
    entries: Mapping[str, Mapping[str, Any]] = read_rules("timex_feasts")
    return entries


def _days(entry: Mapping[str, Any], year: int, eve: int) -> date | None:
    """The first day of the feast in a year, or the day before it; None where nobody knows."""
    day = _date_of(entry, year)
    return edtf.add_days(day, int(entry.get("starts", 0)) - eve) if day else None


def _date_of(entry: Mapping[str, Any], year: int) -> date | None:
    if "day" in entry:
        month, day = str(entry["day"]).split("-")
        return date(year, int(month), int(day))
    if "easter" in entry:
        return edtf.add_days(easter(year), int(entry["easter"])) if 1583 <= year <= 4099 else None
    if "weekday" in entry:
        month, weekday, first = entry["weekday"]
        start = date(year, month, first)
        return edtf.add_days(start, (weekday - start.isoweekday()) % 7)
    return _movable(*entry["holiday"], year)


@lru_cache(maxsize=1024)
def _movable(country: str, name: str, year: int) -> date | None:
    known = holidays.country_holidays(country, years=year, language="en_US")
    return min((day for day, title in known.items() if name in title), default=None)
