"""What the rules' `means` stand for: functions from a match's fields and its surroundings to a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from timeline.timex.reckoning import amounts, calendar, feasts, periods, relative
from timeline.timex.setting import Fields, Reckoned, Setting

Reckoner = Callable[[Fields, Setting], Reckoned | None]

RECKONERS: Mapping[str, Reckoner] = {
    "calendar": calendar.calendar_date,
    "second_year": calendar.second_year,
    "side_of_year": calendar.side_of_year,
    "half": calendar.half_year,
    "nth_weekday": calendar.nth_weekday,
    "day_of_month": calendar.day_of_month,
    "nth_week": calendar.nth_week,
    "anniversary": relative.anniversary,
    "quarter": periods.quarter,
    "like_period": periods.like_period,
    "part_of_year": periods.part_of_year,
    "week_of": calendar.week_of,
    "weekday_of_week": relative.weekday_of_week,
    "numeric": calendar.numeric_date,
    "decade": calendar.decade,
    "century": calendar.century,
    "weekday": relative.weekday,
    "unit": relative.calendar_unit,
    "named": relative.named_month_or_season,
    "offset": relative.offset,
    "day_word": relative.day_word,
    "part": relative.part_of_day,
    "clock": relative.clock,
    "feast": feasts.feast,
    "duration": amounts.amount,
    "period": amounts.period,
    "set": amounts.recurrence,
    "fixed": amounts.fixed,
}
"""None as a result means: no time expression after all."""
