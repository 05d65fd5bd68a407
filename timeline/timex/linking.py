"""What the words around an expression make of it: "since October", "from March to May", "before 2014"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from timeline import edtf
from timeline.annotated import Paragraph
from timeline.model import Precision, Timex, TimexType
from timeline.timex.values import FUTURE, PAST, moved, unit_value, with_edtf

_BETWEEN = re.compile(
    r"\s?(?:-|–|—)\s?|,? (?:to|until|till|through|thru|and|or) (?:the |about |around )?",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\b(?P<word>from|between)(?: the| about| around)? ?$", re.IGNORECASE)
_SIGNAL = re.compile(
    r"\b(?P<word>(?:since|before|after|until|till|prior to)(?: the)?|by)(?: at least| about| around)? ?$",
    re.IGNORECASE,
)
_BEFORE_SPAN = 24
_POINTS = frozenset({TimexType.DATE, TimexType.TIME})


def linked(timexes: list[Timex], paragraph: Paragraph, dct: date | None) -> list[Timex]:
    """Expressions with the range, or the open end, that the words before and between them tell."""
    text, offset = paragraph.text, paragraph.start
    result = list(timexes)
    in_range: set[int] = set()
    for index in range(len(result) - 1):
        result[index] = _in_order(result[index], result[index + 1], text, offset)
        whole = _range(result[index], result[index + 1], text, offset)
        if whole and index not in in_range:
            result[index], result[index + 1] = (
                with_edtf(end, whole) for end in result[index : index + 2]
            )
            in_range |= {index, index + 1}
    for index, (timex, base) in enumerate(pairwise(list(result))):
        if index + 1 not in in_range and (counted := _counted(timex, base, text, offset)):
            result[index] = counted
            in_range |= {index, index + 1}
    return [
        timex if index in in_range else _with_signal(timex, paragraph, dct)
        for index, timex in enumerate(result)
    ]


def _in_order(first: Timex, last: Timex, text: str, offset: int) -> Timex:
    """ "Monday through Friday": the Monday before that Friday."""
    gap = text[first.end - offset : last.start - offset]
    if first.rule != "weekday" or last.rule != "weekday" or not _THROUGH.fullmatch(gap):
        return first
    if not (first.earliest and last.earliest and first.earliest > last.earliest):
        return first
    value = edtf.format_day(edtf.add_days(first.earliest, -7))
    return with_edtf(replace(first, value=value), value)


_THROUGH = re.compile(r"(?: to | through | until | till | thru |\s?[-–—]\s?)", re.IGNORECASE)


_FROM = re.compile(r" (?:before|prior to|ahead of|after|following) (?:the )?", re.IGNORECASE)
_SHIFT = re.compile(r"(?P<sign>-?)P(?P<count>\d+)(?P<unit>[DWMY])")


def _counted(timex: Timex, base: Timex, text: str, offset: int) -> Timex | None:
    """ "two days before 3 March": counted from the date that follows, which is no event."""
    shift = _SHIFT.fullmatch(timex.shift)
    if timex.anchor != "event" or not shift or base.earliest is None:
        return None
    between = (timex.end - offset, base.start - offset)
    if base.precision is not Precision.DAY or not _FROM.fullmatch(text, *between):
        return None
    count = int(shift["count"]) * (-1 if shift["sign"] else 1)
    day = moved(base.earliest, shift["unit"], count)
    value = edtf.format_day(day) if timex.type is TimexType.DATE else timex.value
    dated = replace(timex, value=value, anchor=f"timex:{base.start}", shift="")
    return with_edtf(dated, unit_value(day, "D" if shift["unit"] == "W" else shift["unit"]))


def _range(first: Timex, last: Timex, text: str, offset: int) -> str:
    """The EDTF of an interval; empty if the two are just two dates."""
    gap = text[first.end - offset : last.start - offset]
    if not (_dated(first) and _dated(last) and _BETWEEN.fullmatch(gap)):
        return ""
    before = text[max(0, first.start - offset - _BEFORE_SPAN) : first.start - offset]
    opens = _OPENS.search(before)
    word = gap.strip(", ").split(" ")[0].lower()
    needed = {"and": "between", "or": "never"}.get(word, "")
    if needed and (not opens or opens["word"].lower() != needed):
        return ""
    if first.earliest is None or last.latest is None or first.earliest > last.latest:
        return ""
    return edtf.format_interval(first.edtf, last.edtf)


def _dated(timex: Timex) -> bool:
    closed = timex.earliest is not None and timex.latest is not None
    return closed and timex.type in _POINTS and "/" not in timex.edtf and "[" not in timex.edtf


def follows_signal(text: str, start: int) -> bool:
    """Whether a word like "since" or "before" stands right before that place."""
    return bool(_SIGNAL.search(text[max(0, start - _BEFORE_SPAN) : start]))


def _with_signal(timex: Timex, paragraph: Paragraph, dct: date | None) -> Timex:
    text, offset = paragraph.text, paragraph.start
    before = text[max(0, timex.start - offset - _BEFORE_SPAN) : timex.start - offset]
    signal = _SIGNAL.search(before)
    if not signal or timex.type not in _POINTS or timex.anchor == "event":
        return timex
    word = signal["word"].lower().removesuffix(" the")
    if timex.type is TimexType.TIME and word in ("after", "before", "prior to"):
        return timex  # "after 5 p.m. on Monday" is on Monday still
    if word == "since" and timex.value not in (PAST, FUTURE):
        timex = replace(timex, ongoing=True)
        return with_edtf(timex, edtf.format_interval(timex.edtf, None)) if _dated(timex) else timex
    if not _dated(timex) or _is_attribute(timex, paragraph):
        return timex
    return with_edtf(timex, _one_sided(word, timex, dct))


def _is_attribute(timex: Timex, paragraph: Paragraph) -> bool:
    """ "after Friday's strike", "by the 2003 invasion": what comes after the strike may be on Friday still."""
    end = timex.end - paragraph.start
    if paragraph.text[end : end + 2] in ("'s", "’s"):
        return True
    span = paragraph.doc.char_span(timex.start - paragraph.start, end, alignment_mode="expand")
    if span is None or not paragraph.doc.has_annotation("DEP"):
        return False
    return span.root.head.i >= span.end and span.root.head.tag_.startswith("NN")


def _one_sided(word: str, timex: Timex, dct: date | None) -> str:
    assert timex.earliest  # `_dated` has looked
    assert timex.latest
    if word in ("until", "till"):
        return edtf.format_interval(None, timex.edtf)
    if word == "by":
        return edtf.format_window(None, timex.latest)
    if word in ("before", "prior to"):
        return edtf.format_window(None, edtf.add_days(timex.earliest, -1))
    first = edtf.add_days(timex.latest, 1)
    return edtf.format_window(first, dct if dct and dct >= first else None)
