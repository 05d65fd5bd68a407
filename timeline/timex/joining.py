"""A clock time or part of a day and the day beside it are one expression: "10 a.m. on Friday", "Friday night"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from timeline.annotated import Paragraph
from timeline.model import Precision, Timex, TimexType
from timeline.timex.values import edtf_of, with_edtf

_GLUE = re.compile(r",? ?(?:(?:on|of|at|in)(?: the)? )?(?:early |late )?|['’]s ", re.IGNORECASE)
_PARTS_OF_A_DAY = frozenset({"this-part", "yesterday-part", "tomorrow-part", "last-night"})
_CLOCK = re.compile(r"T(\d\d):")
_SENTENCE_END = re.compile(r"(?<![ap]\.m)[.!?]\s")


def joined(timexes: list[Timex], paragraph: Paragraph) -> list[Timex]:
    """Neighbours joined; a time that stands alone takes the day that its sentence names."""
    text = paragraph.text
    result: list[Timex] = []
    for timex in timexes:
        if result and (whole := _joined(result[-1], timex, text, paragraph.start)):
            result[-1] = whole
        else:
            result.append(timex)
    named = [_as_named(pair, text, paragraph.start) for pair in pairwise([*result, None])]
    return [_with_day(timex, named, text, paragraph.start) for timex in named]


_NAMED = re.compile(r",? (?:on )?", re.IGNORECASE)


def _as_named(pair: tuple[Timex | None, Timex | None], text: str, offset: int) -> Timex:
    """ "A day earlier, on Tuesday": what is counted is named as well."""
    timex, day = pair
    assert timex  # only the last place is empty
    if day is None or timex.anchor != "event" or timex.type is not TimexType.DATE:
        return timex
    if not _is_day(day) or not _NAMED.fullmatch(text, timex.end - offset, day.start - offset):
        return timex
    same = replace(timex, value=day.value, anchor=f"timex:{day.start}", shift="", basis=day.basis)
    return with_edtf(same, day.edtf)


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
    named = part.rule == "part" and "+" in whole.rule
    if not clock or not (named or (_is_time(whole) and part.rule in _PARTS_OF_A_DAY)):
        return None
    late = part.value[-2:] in ("AF", "EV") or (part.value[-2:] == "NI" and int(clock[1]) > 4)
    hour = int(clock[1]) + (12 if late and int(clock[1]) < 12 else 0)
    day = whole.value[: clock.start()] if named else part.value[:10]
    value = f"{day}T{hour:02d}{whole.value[clock.end(1) :]}"
    joint = replace(
        whole if named else part,
        start=whole.start,
        end=part.end,
        text=text[whole.start - offset : part.end - offset],
        value=value,
        rule=f"{whole.rule}+{part.rule}",
    )
    return with_edtf(joint, edtf_of(value))


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
