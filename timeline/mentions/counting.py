"""What another event of the sentence is counted from is dated by it: "resigned on Tuesday, two days after a ferry sank"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from timeline.mentions.whens import shifted, when_of
from timeline.model import EventMention, EventType, Modality, Precision, Timex, When

_COUNTED_FROM = re.compile(r"\s+(after|before|since|following)\s+([\w'’-]+\s+){0,4}")
_COUNTING = re.compile(r"\s+(?:after|before|since|following)\s+\w")
_LOOK_BACK = 3
"""Sentences before that "a day later" may be counted from."""
_CLAUSE = re.compile(r"\s+(?:after|before)\s+(?:[\w'’-]+\s+){0,4}")


def count_back(mentions: Sequence[EventMention], timexes: Sequence[Timex]) -> list[EventMention]:
    """`mentions` with days for those that a dated one is counted from."""
    found = {mention.mention_id: mention for mention in mentions}
    for timex in timexes:
        if timex.anchor == "event" and timex.shift.strip("<>"):
            inside = [
                mention
                for mention in found.values()
                if mention.sentence[0] <= timex.start and timex.end <= mention.sentence[1]
            ]
            earlier, later = _told_earlier(timex, inside), _told_later(timex, inside)
            if earlier is not None and later is not None:
                when = replace(later.when, shift=_turned(timex.shift), phrase=timex.text)
                when = replace(when, phrase_span=(timex.start, timex.end), rule=timex.rule)
                dated = shifted(when, earlier.when, earlier.mention_id)
                found[later.mention_id] = replace(later, when=dated)
    return list(found.values())


def _turned(shift: str) -> str:
    """As far in the other direction."""
    return shift[1:] if shift.startswith("-") else f"-{shift}"


def _told_earlier(timex: Timex, mentions: Sequence[EventMention]) -> EventMention | None:
    """The event that has a day of its own, and that the phrase goes on from. None where it may be another."""
    before = [mention for mention in mentions if mention.end <= timex.start]
    dated = [
        mention
        for mention in before
        if mention.when.phrase_span
        and mention.sentence[0] <= mention.when.phrase_span[0] < timex.start
        and mention.when.earliest is not None
        and mention.when.earliest == mention.when.latest
    ]
    days = {mention.when.earliest for mention in dated}
    if len(days) != 1:
        return None
    # Behind a comma it goes on from the main clause; without one, from what stands next to it.
    quote, start = mentions[0].quote, mentions[0].sentence[0]
    apart = quote[: timex.start - start].rstrip().endswith(",")
    return dated[0] if apart or before[-1] in dated else None


def _told_later(timex: Timex, mentions: Sequence[EventMention]) -> EventMention | None:
    """The undated event that the phrase counts from."""
    for mention in mentions:
        between = mention.quote[
            timex.end - mention.sentence[0] : mention.start - mention.sentence[0]
        ]
        if mention.start > timex.end and _CLAUSE.fullmatch(between):
            undated = not (mention.when.earliest or mention.when.latest or mention.when.anchor)
            return mention if undated else None
    return None


def count_from_before(
    mentions: Sequence[EventMention], timexes: Sequence[Timex]
) -> list[EventMention]:
    """Fills in what "a day later" is counted from: the last incident told in the sentences before."""
    done: list[EventMention] = []
    free = _dates_of_nothing(mentions, timexes)
    mentions = count_back(mentions, timexes)
    for mention in mentions:
        when = _counted(mention, mentions, done, free) if mention.when.anchor == "event" else None
        done.append(replace(mention, when=when) if when else mention)
    return done


def _dates_of_nothing(
    mentions: Sequence[EventMention], timexes: Sequence[Timex]
) -> tuple[Timex, ...]:
    """Days that date no incident: what they date was not understood, but it is what the text tells of."""
    taken = {
        mention.when.phrase_span
        for mention in mentions
        if mention.incident or mention.modality is not Modality.ASSERTED
    }
    return tuple(
        timex
        for timex in timexes
        if timex.precision is Precision.DAY and (timex.start, timex.end) not in taken
    )


def _counted(
    mention: EventMention,
    mentions: Sequence[EventMention],
    done: Sequence[EventMention],
    free: Sequence[Timex],
) -> When | None:
    named = _named_anchor(mention, mentions)
    if named is not None:
        return shifted(mention.when, named.when, named.mention_id)
    anchor = None if _counts_from_something(mention) else _told_before(mention, done)
    if anchor is None:
        return None
    between = [t for t in free if anchor.sentence[1] <= t.start and t.end <= mention.sentence[0]]
    if not between:
        return shifted(mention.when, anchor.when, anchor.mention_id)
    day = when_of(between[-1], None)
    if day.earliest is None:
        return None
    return replace(shifted(mention.when, day, ""), anchor=f"timex:{between[-1].start}")


def _counts_from_something(mention: EventMention) -> bool:
    """ "A day before the pilots, …": from what the sentence itself names, though it is no event that was understood."""
    if mention.when.phrase_span is None:
        return False
    behind = mention.quote[mention.when.phrase_span[1] - mention.sentence[0] :]
    return bool(_COUNTING.match(behind))


def with_anchors(mentions: Sequence[EventMention]) -> list[EventMention]:
    """What a date is counted from is an event, even where its mention tells nothing else: "five days after the vote"."""
    anchors = {mention.when.anchor for mention in mentions}
    return [
        replace(mention, incident=True)
        if f"mention:{mention.mention_id}" in anchors and mention.modality is Modality.ASSERTED
        else mention
        for mention in mentions
    ]


def _named_anchor(mention: EventMention, mentions: Sequence[EventMention]) -> EventMention | None:
    """What the sentence itself counts from: "five days after the referendum"."""
    if mention.when.phrase_span is None:
        return None
    end = mention.when.phrase_span[1]
    for other in mentions:
        if other.sentence == mention.sentence and other.start > end and other is not mention:
            between = other.quote[end - other.sentence[0] : other.start - other.sentence[0]]
            if _COUNTED_FROM.fullmatch(between):
                return other
    return None


def _told_before(mention: EventMention, done: Sequence[EventMention]) -> EventMention | None:
    """In the nearest sentence that tells an incident: a dated one if there is one, else the last."""
    sentences: list[list[EventMention]] = []
    for earlier in reversed(done):
        if earlier.sentence == mention.sentence or earlier.event_type is EventType.STATEMENT:
            continue
        if not earlier.incident or earlier.modality is not Modality.ASSERTED:
            continue
        if not sentences or sentences[-1][0].sentence != earlier.sentence:
            if len(sentences) == _LOOK_BACK:
                break
            sentences.append([])
        sentences[-1].append(earlier)
    if not sentences:
        return None
    nearest = sentences[0]
    return next((m for m in nearest if m.when.earliest), nearest[0])
