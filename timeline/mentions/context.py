"""Dates of deeds whose sentences give none: what a story told before, and the day on which it was news, bound them.

A deed told in the simple past right after a dated one lies between that one's day and the publication; a deed in the
opening of a news report lies in the days before it. Such a date is a window, and says so (`Basis.CONTEXT`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from timeline.annotated import AnnotatedText
from timeline.edtf import format_day, format_window
from timeline.mentions import syntax
from timeline.mentions.triggers import Candidate
from timeline.model import (
    Basis,
    EventMention,
    EventType,
    Modality,
    Precision,
    Timex,
    TimexType,
    When,
)
from timeline.ontology import ModalityCues
from timeline.words import Word

_REACH = 1
"""Paragraphs back to which a story is taken to go on."""
_FRESH = timedelta(days=7)
"""Before the publication: what is older is history, after which the story may be anywhere."""
_NEWS = timedelta(days=3)
"""Before the publication: when the deeds happened that a report opens with."""
_OPENING = 3
"""Sentences of a report that tell its news."""
_SAID = frozenset(
    {EventType.STATEMENT, EventType.ACCUSE, EventType.REJECT, EventType.REQUEST, EventType.THREATEN}
)
"""What is quoted in a news report was said for it, wherever it stands."""
_PERFECT = frozenset({"has", "have", "had", "'ve", "’ve", "'d", "’d", "having"})
_PRESENT_PERFECT = frozenset({"has", "have", "'ve", "’ve"})
_LASTING = _SAID | {EventType.SUPPORT, EventType.AID, EventType.CONSULT, EventType.POLITICS}
"""What goes on for months: "has been asked", "have been investigated"."""
_PAST = frozenset({"was", "were", "did", "got"})
_SAME_TIME = frozenset({"when", "as", "while", "that", "where"})
_GOVERNED = ("nsubj", "nsubjpass", "dobj", "attr")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    """The dated deed that the sentences after it go on from."""

    day: date
    paragraph: int


def date_by_context(
    text: AnnotatedText,
    mentions: Sequence[EventMention],
    candidates: Sequence[Candidate],
    timexes: Sequence[Timex],
    cues: ModalityCues,
) -> list[EventMention]:
    """`mentions` with a window for those that nothing in their sentence dates; `candidates` run in parallel.

    An article without a publication date gets none: its deeds are bounded on one side only.
    """
    if text.dct is None:
        return list(mentions)
    return list(_Reader(text, timexes, cues).read(mentions, candidates))


class _Reader:
    """Goes through the mentions of one text in reading order."""

    def __init__(self, text: AnnotatedText, timexes: Sequence[Timex], cues: ModalityCues) -> None:
        self._published = text.dct or date.min
        self._numbers = {paragraph.start: n for n, paragraph in enumerate(text.paragraphs)}
        self._starts = [paragraph.start for paragraph in text.paragraphs]
        self._opening_end = _opening_end(text)
        self._title = text.document.title.strip()
        self._times = [timex for timex in timexes if timex.type is not TimexType.SET]
        self._cues = cues

    def read(
        self, mentions: Sequence[EventMention], candidates: Sequence[Candidate]
    ) -> Iterator[EventMention]:
        is_news = self._is_news(mentions)
        story: _Story | None = None
        read_to = 0
        for mention, candidate in zip(mentions, candidates, strict=True):
            story = self._after_other_times(story, read_to, mention.sentence[0])
            read_to = mention.sentence[0]
            if _is_dated(mention):
                story = self._told(mention, candidate, story)
                yield mention
            elif self._is_open(mention, candidate):
                yield self._placed(mention, candidate, story, is_news=is_news)
            else:
                yield mention

    def _is_news(self, mentions: Sequence[EventMention]) -> bool:
        """Whether most of the deeds that it dates are fresh: an analysis quotes and tells what is weeks old."""
        dated = [mention for mention in mentions if mention.when.earliest and _is_deed(mention)]
        return 0 < len(dated) <= 2 * sum(self._is_fresh(mention) for mention in dated)

    def _is_fresh(self, mention: EventMention) -> bool:
        day = mention.when.earliest
        fresh = day is not None and self._published - _FRESH <= day <= self._published
        return fresh and _is_deed(mention) and mention.when.precision is Precision.DAY

    def _told(
        self, mention: EventMention, candidate: Candidate, story: _Story | None
    ) -> _Story | None:
        """The story after a dated mention: what is said, planned or denied on a day tells nothing of the next deed."""
        if not _is_deed(mention):
            return story
        if not self._is_fresh(mention) or mention.when.earliest is None:
            return None
        return _Story(day=mention.when.earliest, paragraph=self._numbers[candidate.paragraph.start])

    def _after_other_times(self, story: _Story | None, start: int, end: int) -> _Story | None:
        """A sentence set at another time leads the story away, whether or not it tells a deed."""
        if story is None:
            return None
        between = (timex for timex in self._times if start <= timex.start < end)
        away = any(
            timex.earliest and not self._published - _FRESH <= timex.earliest <= self._published
            for timex in between
        )
        return None if away else story

    def _is_open(self, mention: EventMention, candidate: Candidate) -> bool:
        """A deed told in the simple past by a sentence that names no time at all."""
        start, end = mention.sentence
        if not mention.incident or mention.modality is not Modality.ASSERTED:
            return False
        if any(start <= timex.start < end for timex in self._times):
            return False
        if candidate.paragraph.text.strip() == self._title:
            return False
        narrated = _is_narrated(candidate) or _is_just_done(mention, candidate)
        return narrated and not _looks_back(candidate, self._cues)

    def _placed(
        self, mention: EventMention, candidate: Candidate, story: _Story | None, *, is_news: bool
    ) -> EventMention:
        paragraph = self._numbers[candidate.paragraph.start]
        if story is not None and paragraph - story.paragraph <= _REACH:
            when = _window(story.day, self._published, f"timex:{story.day}", "context.story")
            return replace(mention, when=when)
        if is_news and self._is_told_as_news(mention):
            first = self._published - _NEWS
            anchor = f"publication:{self._published}"
            return replace(mention, when=_window(first, self._published, anchor, "context.news"))
        return mention

    def _is_told_as_news(self, mention: EventMention) -> bool:
        """In the opening of the report, or said for it: unless what stands before has gone back in time."""
        opening = mention.start < self._opening_end
        if not opening and mention.event_type not in _SAID:
            return False
        paragraph = self._starts[bisect_right(self._starts, mention.start) - 1]
        first = 0 if opening else paragraph
        before = (timex for timex in self._times if first <= timex.start < mention.start)
        return not any(timex.latest and timex.latest < self._published - _FRESH for timex in before)


def _opening_end(text: AnnotatedText) -> int:
    body = [
        paragraph.span(sentence)
        for paragraph, sentence in text.sentences()
        if not paragraph.heading and not paragraph.caption
    ]
    return body[min(_OPENING, len(body)) - 1][1] if body else 0


def _is_dated(mention: EventMention) -> bool:
    when = mention.when
    return bool(when.phrase or when.earliest or when.latest)


def _is_deed(mention: EventMention) -> bool:
    asserted = mention.incident and mention.modality is Modality.ASSERTED
    return asserted and mention.event_type is not EventType.STATEMENT


def _window(first: date, last: date, anchor: str, rule: str) -> When:
    same = first == last
    return When(
        edtf=format_day(first) if same else format_window(first, last),
        earliest=first,
        latest=last,
        precision=Precision.DAY if same else Precision.WINDOW,
        basis=Basis.CONTEXT,
        anchor=anchor,
        rule=rule,
    )


def _is_narrated(candidate: Candidate) -> bool:
    """Told as the next thing that happened: in the simple past, and not as what went before something else."""
    verb = _verb_of(candidate)
    while verb is not None and not _is_past(verb):
        if verb.dep_ not in ("conj", "xcomp", "advcl", "acl") or _has_tense(verb):
            return False
        verb = verb.head if syntax.is_verbal(verb.head) else None
    if verb is None:
        return False
    if verb.dep_ == "relcl":
        return False
    marks = {child.lower_ for child in syntax.children(verb, "mark", "advmod")}
    if verb.dep_ == "advcl" and verb.head.dep_ in ("acl", "relcl"):
        return False  # "those caught there when he sent his army": part of what they are
    return verb.dep_ != "advcl" or bool(marks & _SAME_TIME)


def _is_just_done(mention: EventMention, candidate: Candidate) -> bool:
    """ "The metro has been shut down", in a report of what happened that day. Tolls are added up over any time, and who has
    always said so is no news."""
    if not candidate.is_verb or mention.casualties or mention.event_type in _LASTING:
        return False
    verb = syntax.first_conjunct(candidate.token)
    helpers = {child.lower_ for child in syntax.children(verb, "aux")}
    passive = bool(syntax.children(candidate.token, "auxpass"))
    return passive and bool(helpers & _PRESENT_PERFECT) and verb.dep_ in ("ROOT", "ccomp")


def _verb_of(candidate: Candidate) -> Word | None:
    """The verb that tells the deed; of a noun the one that it is subject or object of, where it is new to the reader
    ("clashes erupted", but not "condemned the killing")."""
    token = candidate.token
    if syntax.is_verbal(token):
        return token
    if token.dep_ not in _GOVERNED or syntax.children(token, "poss"):
        return None
    if any(child.lower_ in ("the", "this", "that") for child in syntax.children(token, "det")):
        return None
    return token.head if syntax.is_verbal(token.head) else None


def _has_tense(verb: Word) -> bool:
    return verb.tag_ in ("VBZ", "VBP", "MD") or bool(syntax.children(verb, "aux", "auxpass"))


def _is_past(verb: Word) -> bool:
    helpers = {child.lower_ for child in syntax.children(verb, "aux", "auxpass")}
    if helpers & _PERFECT or any(child.tag_ == "MD" for child in syntax.children(verb, "aux")):
        return False
    return verb.tag_ == "VBD" or bool(helpers & _PAST)


def _looks_back(candidate: Candidate, cues: ModalityCues) -> bool:
    """ "Survived two earlier attempts", "had previously…": the sentence steps out of its story."""
    return any(token.lower_ in cues.backward for token in candidate.sentence)
