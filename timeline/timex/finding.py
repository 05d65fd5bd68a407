"""Finds the time expressions of a text: matches of the rules, reckoned in reading order, then joined and linked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from spacy.tokens import Doc

from timeline.annotated import AnnotatedText, Depth, Paragraph
from timeline.model import Timex
from timeline.timex.joining import joined
from timeline.timex.linking import follows_signal, linked
from timeline.timex.matching import Match, find_matches
from timeline.timex.names import is_name, may_be_name
from timeline.timex.narrative import goes_on, is_narrative
from timeline.timex.reckoning import RECKONERS
from timeline.timex.setting import Direction, Fields, Reckoned, Setting
from timeline.timex.tense import direction_at
from timeline.timex.values import edtf_of, with_edtf


def find_timexes(text: AnnotatedText) -> tuple[Timex, ...]:
    """All time expressions of a document, sorted by start, none overlapping another.

    Relative ones are counted from the publication date, from a date told before, or are left to be counted from an
    event (`Timex.anchor`). Without a publication date they stay underspecified, and have no EDTF.
    """
    told = _Told(narrative=is_narrative(text.document.text, text.dct))
    for paragraph in text.paragraphs:
        told.timexes += _in_paragraph(paragraph, text, told)
    return tuple(told.timexes)


def depth_needed(text: str) -> Depth:
    """What `find_timexes` looks at in a paragraph of that text: nothing but words where no rule matches."""
    matches = find_matches(text)
    if any(may_be_name(text[match.start : match.end]) for match in matches):
        return Depth.NAMES
    looked_at = any(
        match.rule.means in _ASK_THE_VERB or follows_signal(text, match.start) for match in matches
    )
    # "The next day" is counted from a day that the text has come to, and names none in passing.
    counted = len(matches) > 1 and any(match.rule.means == "unit" for match in matches)
    return Depth.SYNTAX if looked_at or counted else Depth.WORDS


_ASK_THE_VERB = frozenset(
    {"weekday", "calendar", "offset", "feast", "day_of_month", "nth_weekday", "nth_week", "week_of"}
)
"""Meanings that depend on which way the clause looks: "last week" and "three months" do not."""


@dataclass(slots=True)
class _Told:
    """What the text has told so far."""

    narrative: bool
    timexes: list[Timex] = field(default_factory=list)
    story: Timex | None = None
    scene: Timex | None = None
    asides: set[int] = field(default_factory=set)

    def setting(
        self, found: list[Timex], text: AnnotatedText, tense: Callable[[], Direction]
    ) -> Setting:
        return Setting(
            dct=text.dct,
            told=[*self.timexes[-_REMEMBERED:], *found],
            scene=self.scene,
            narrative=self.narrative,
            tense=tense,
            asides=self.asides,
            story=self.story,
        )

    def follow(
        self, timex: Timex, opens: bool, begins: bool, tense: Callable[[], Direction]
    ) -> None:
        if self.narrative and goes_on(self.story, timex, opens=opens, begins=begins, tense=tense):
            self.story = timex


def _in_paragraph(paragraph: Paragraph, text: AnnotatedText, told: _Told) -> list[Timex]:
    found: list[Timex] = []
    told.scene = None
    for match in find_matches(paragraph.text):
        if is_name(match, paragraph):
            continue
        tense = partial(direction_at, paragraph.doc, paragraph.text, match.start, match.end)
        setting = told.setting(found, text, tense)
        if timex := _timex(match, setting, paragraph, text.document.doc):
            begins = _begins(timex, paragraph)
            told.follow(timex, _opens(timex, found, paragraph), begins, tense)
            if begins:
                told.scene = timex
            if _only_names(match, paragraph.doc):
                told.asides.add(timex.start)
            found.append(timex)
    return linked(joined(found, paragraph), paragraph, text.dct)


def _begins(timex: Timex, paragraph: Paragraph) -> bool:
    """Whether its sentence begins with it, but for a preposition."""
    before = paragraph.text[: timex.start - paragraph.start]
    return len(_SENTENCE_END.split(before)[-1].split()) <= 1


def _only_names(match: Match, doc: Doc) -> bool:
    """ "The November 27 agreement": the text does not go to that day."""
    if not doc.has_annotation("DEP"):
        return False
    span = doc.char_span(match.start, match.end, alignment_mode="expand")
    return (
        span is not None
        and span.root.dep_ in ("compound", "nmod", "amod", "nummod")
        and span.root.head.i >= span.end
    )


_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s")


def _opens(timex: Timex, found: list[Timex], paragraph: Paragraph) -> bool:
    """Whether it is the first of its sentence."""
    if not found:
        return True
    between = (found[-1].end - paragraph.start, timex.start - paragraph.start)
    return bool(_SENTENCE_END.search(paragraph.text, *between))


_REMEMBERED = 50
"""Expressions back that a text may count from."""


def _timex(match: Match, setting: Setting, paragraph: Paragraph, doc: str) -> Timex | None:
    try:
        reckoned = RECKONERS[match.rule.means](Fields(match.fields), setting)
        if not reckoned or not reckoned.value:
            return None
        return _placed(match, reckoned, paragraph, doc)
    except (OverflowError, ValueError):
        # Arithmetic that leaves the calendar: "9999 years ago" names no day that a timeline could show.
        return None


def _placed(match: Match, reckoned: Reckoned, paragraph: Paragraph, doc: str) -> Timex:
    timex = Timex(
        doc=doc,
        start=paragraph.start + match.start,
        end=paragraph.start + match.end,
        text=paragraph.text[match.start : match.end],
        type=reckoned.type or match.rule.type,
        value=reckoned.value,
        mod=reckoned.mod,
        basis=reckoned.basis,
        anchor=reckoned.anchor,
        shift=reckoned.shift,
        rule=match.rule.rule_id,
        ongoing=reckoned.ongoing,
    )
    return with_edtf(timex, reckoned.edtf or edtf_of(reckoned.value))
