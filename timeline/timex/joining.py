"""A clock time or part of a day and the day beside it are one expression: "10 a.m. on Friday", "Friday night"."""

from __future__ import annotations

import re
from dataclasses import replace

from timeline.annotated import Paragraph
from timeline.model import Precision, Timex, TimexType
from timeline.timex.values import edtf_of, with_edtf

_GLUE = re.compile(r",? ?(?:(?:on|of|at|in)(?: the)? )?(?:early |late )?|['’]s ", re.IGNORECASE)
_CLOCK = re.compile(r"T(\d\d):")
_SENTENCE_END = re.compile(r"[.!?]\s")


def joined(timexes: list[Timex], paragraph: Paragraph) -> list[Timex]:
    """Neighbours joined; a time that stands alone takes the day that its sentence names."""
    text = paragraph.text
    result: list[Timex] = []
    for timex in timexes:
        if result and (whole := _joined(result[-1], timex, text, paragraph.start)):
            result[-1] = whole
        else:
            result.append(timex)
    return [_with_day(timex, result, text, paragraph.start) for timex in result]


def _joined(first: Timex, second: Timex, text: str, offset: int) -> Timex | None:
    gap = text[first.end - offset : second.start - offset]
    if not _GLUE.fullmatch(gap):
        return None
    if half := _with_half(first, second, text, offset):
        return half
    if _is_time(first) and _is_day(second):
        day, time = second, first
    elif _is_day(first) and _is_time(second):
        day, time = first, second
    else:
        return None
    value = day.value + time.value[time.value.index("T") :]
    return replace(
        day,
        start=first.start,
        end=second.end,
        text=text[first.start - offset : second.end - offset],
        type=TimexType.TIME,
        value=value,
        rule=f"{first.rule}+{second.rule}",
    )


def _with_half(whole: Timex, part: Timex, text: str, offset: int) -> Timex | None:
    """ "10:30 Tuesday night": the part of the day says which 10:30."""
    clock = _CLOCK.search(whole.value)
    late = part.value[-2:] in ("AF", "EV", "NI")
    if part.rule != "part" or not clock or "+" not in whole.rule:
        return None
    hour = int(clock[1]) + (12 if late and int(clock[1]) < 12 else 0)
    return replace(
        whole,
        end=part.end,
        text=text[whole.start - offset : part.end - offset],
        value=f"{whole.value[: clock.start(1)]}{hour:02d}{whole.value[clock.end(1) :]}",
    )


def _is_time(timex: Timex) -> bool:
    """A clock time or part of the day that does not say by itself which day it is of."""
    return timex.type is TimexType.TIME and timex.rule in (
        "clock",
        "clock-24",
        "clock-zone",
        "noon",
        "part",
    )


def _is_day(timex: Timex) -> bool:
    return timex.type is TimexType.DATE and (
        timex.precision is Precision.DAY
        or timex.value.startswith("XXXX-WXX-")
        or len(timex.value) == 10
    )


def _with_day(timex: Timex, others: list[Timex], text: str, offset: int) -> Timex:
    """The day beside which the sentence puts a time."""
    if not _is_time(timex):
        return timex
    near = [day for day in others if _is_day(day) and _same_sentence(day, timex, text, offset)]
    if not near:
        return timex
    day = min(near, key=lambda day: abs(day.start - timex.start))
    value = day.value + timex.value[timex.value.index("T") :]
    return with_edtf(
        replace(timex, value=value, anchor=f"timex:{day.start}", basis=day.basis), edtf_of(value)
    )


def _same_sentence(one: Timex, other: Timex, text: str, offset: int) -> bool:
    first, second = sorted((one, other), key=lambda timex: timex.start)
    return not _SENTENCE_END.search(text, first.end - offset, second.start - offset)
