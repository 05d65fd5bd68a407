"""How many were harmed: the range across sources, and who says which number where they differ."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from timeline.merge.context import Context
from timeline.merge.terms import load_terms
from timeline.model import Casualty, CasualtyKind, EventMention

Mentions = Sequence[EventMention]


@dataclass(frozen=True, slots=True)
class Told:
    """A number, and who tells it."""

    casualty: Casualty
    mention: EventMention
    vague: bool
    """A word ("dozens") instead of a number."""

    @property
    def low(self) -> int:
        return self.casualty.low or 0

    @property
    def most(self) -> int:
        """The highest number that is told, whether or not it is a bound."""
        return self.casualty.high or self.low


def casualties_of(mentions: Mentions, context: Context) -> tuple[Casualty, ...]:
    """One entry a kind: the lowest and the highest number that any source gives for the same people; its words are
    those of the first mention that gives the highest. Numbers are never averaged."""
    told = _told(mentions, context)
    by_kind = ([item for item in told if item.casualty.kind is kind] for kind in CasualtyKind)
    return tuple(_span_of(items) for items in by_kind if items)


def _told(mentions: Mentions, context: Context) -> list[Told]:
    return [
        Told(item, mention, _is_vague(item, mention, context))
        for mention in mentions
        for item in _largest(mention).values()
    ]


def _is_vague(casualty: Casualty, mention: EventMention, context: Context) -> bool:
    text = context.documents[mention.doc_id].document.text[casualty.start : casualty.end]
    return not re.search(r"\d", text) and bool(load_terms().vague.search(text))


def _largest(mention: EventMention) -> dict[CasualtyKind, Casualty]:
    """Of several groups that one passage counts (a contractor, several soldiers), the largest of each kind."""
    found: dict[CasualtyKind, Casualty] = {}
    for item in mention.casualties:
        held = found.get(item.kind)
        if held is None or (item.low or 0, item.high or 0) > (held.low or 0, held.high or 0):
            found[item.kind] = item
    return found


def _span_of(told: Sequence[Told]) -> Casualty:
    """From the lowest to the highest. A part of the toll, and a vague word beside a number, widen nothing."""
    pool = [item for item in told if not item.vague] or told
    top = max(pool, key=lambda item: (item.most, item.casualty.low == item.casualty.high))
    rivals = [top, *(item for item in pool if _other_voice(item, top) and _same_people(item, top))]
    lows = [item.casualty.low for item in rivals if item.casualty.low is not None]
    low, high = min(lows, default=None), max(item.most for item in rivals)
    exact = any(item.casualty.high == high for item in rivals)
    # "At least 18" by everybody has no upper end; told beside "at least 14", the numbers are 14 to 18 or more.
    unbounded = not exact and low == high
    return replace(
        top.casualty,
        low=low,
        high=None if unbounded else high,
        open_ended=not exact and not unbounded,
    )


def _other_voice(a: Told, b: Told) -> bool:
    """Another article, or somebody else whom the same article quotes."""
    if a.mention.doc_id != b.mention.doc_id:
        return True
    quoted = a.mention.attribution, b.mention.attribution
    return all(quoted) and quoted[0] != quoted[1]


def _same_people(a: Told, b: Told) -> bool:
    """Whether both count the same: children and soldiers, or "eight others" and all, are no rivals."""
    groups = {_group(a.casualty), _group(b.casualty)}
    if len(groups) == 1:
        return "rest" not in groups
    return "" in groups and groups.isdisjoint(load_terms().parts)


def _group(casualty: Casualty) -> str:
    words = casualty.who.lower().split()
    return load_terms().counted.get(words[-1], "") if words else ""


def casualty_claims(mentions: Mentions, context: Context) -> Iterator[tuple[str, str]]:
    """Numbers of one kind of which at least two are at odds, each with the id of the mention that tells it."""
    told = [item for item in _told(mentions, context) if not item.vague]
    # An archive tells one toll thousands of times: numbers are compared, not mentions.
    by_number: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for item in told:
        by_number[number_of(item.casualty), _group(item.casualty)].append(item)
    odd = {
        number
        for (a, these), (b, those) in combinations(by_number.items(), 2)
        if _are_at_odds(these[0], those[0]) and _have_other_voices(these, those)
        for number in (a[0], b[0])
    }
    for item in told:
        if (number := number_of(item.casualty)) in odd:
            yield number, item.mention.mention_id


def _have_other_voices(these: Sequence[Told], those: Sequence[Told]) -> bool:
    if len({item.mention.doc_id for item in (*these, *those)}) > 1:
        return True
    return any(_other_voice(a, b) for a in these for b in those)


def _are_at_odds(a: Told, b: Told) -> bool:
    if a.casualty.kind is not b.casualty.kind or not _same_people(a, b):
        return False
    less, more = sorted((a, b), key=lambda item: (item.most, item.low))
    if less.casualty.low is None or more.casualty.low is None:
        return less.most < more.low
    loose = less.casualty.high is None or less.casualty.approximate or more.casualty.approximate
    return more.low > less.most * (1 + load_terms().slack * loose)


def number_of(casualty: Casualty) -> str:
    """ "25 killed", "at least 12 wounded", "up to 9 detained"."""
    low, high = casualty.low, casualty.high
    if low is not None and low == high:
        number = f"about {low:,}" if casualty.approximate else f"{low:,}"
    elif low is not None and high is not None:
        number = f"{low:,} to {high:,}"
    else:
        number = f"at least {low:,}" if low is not None else f"up to {high or 0:,}"
    return f"{number} {casualty.kind}"
