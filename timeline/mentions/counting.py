"""What another event of the sentence is counted from is dated by it: "resigned on Tuesday, two days after a ferry sank"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from timeline.mentions.whens import shifted
from timeline.model import EventMention, Timex

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
