"""Dates of mentions as they are written down: from a time expression, as a beginning, or counted from an event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from timeline.edtf import format_day, format_interval, parse_edtf, shift_day
from timeline.model import Basis, Precision, Timex, When


def at_its_date(when: When, timex: Timex) -> When:
    """Of "since the 2003 invasion", the year: what goes on since is something else."""
    if not when.ongoing:
        return when
    bounds = parse_edtf(timex.value)
    return replace(
        when,
        edtf=timex.value,
        earliest=bounds.earliest,
        latest=bounds.latest,
        precision=Precision(bounds.precision),
        ongoing=False,
    )


def begun(when: When) -> When:
    """`when` as the beginning of something whose end is not told."""
    if when.earliest is None:
        return when
    return replace(
        when,
        edtf=format_interval(when.edtf if not when.edtf.startswith("[") else when.earliest, ".."),
        latest=None,
        precision=Precision.RANGE,
        ongoing=True,
    )


def when_of(timex: Timex, dct: date | None) -> When:
    """A mention's date from its time expression; what is counted from another event is left to be filled in."""
    return When(
        edtf="" if timex.anchor == "event" else timex.edtf,
        earliest=None if timex.anchor == "event" else timex.earliest,
        latest=None if timex.anchor == "event" else timex.latest,
        precision=timex.precision,
        basis=timex.basis,
        phrase=timex.text,
        phrase_span=(timex.start, timex.end),
        anchor=_anchor(timex, dct),
        rule=timex.rule,
        shift=timex.shift,
        ongoing=timex.ongoing,
    )


def _anchor(timex: Timex, dct: date | None) -> str:
    if timex.anchor == "publication" and dct:
        return f"publication:{dct.isoformat()}"
    return timex.anchor


def shifted(when: When, anchor: When, anchor_id: str) -> When:
    """`when` counted from the event told before ("a day later"), where that one has a day of its own."""
    pointing = _pointing(when, anchor_id)
    if anchor.earliest is None or anchor.earliest != anchor.latest or not when.shift.strip("<>"):
        return pointing
    day = shift_day(anchor.earliest, when.shift)
    return replace(
        pointing, edtf=format_day(day), earliest=day, latest=day, precision=anchor.precision
    )


def _pointing(when: When, anchor_id: str) -> When:
    """Not dated yet, but the event that it is counted from is known: merging may date it."""
    return When(
        basis=Basis.RELATIVE,
        phrase=when.phrase,
        phrase_span=when.phrase_span,
        anchor=f"mention:{anchor_id}",
        rule=when.rule,
        shift=when.shift,
    )
