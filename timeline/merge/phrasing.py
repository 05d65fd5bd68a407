"""Ways of putting one event that exclude each other: a "non-binding resolution" here, "voted to expel" there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from timeline.merge.context import Context
from timeline.merge.terms import Scale, load_terms
from timeline.merge.wording import families_of
from timeline.model import EventMention, Role

Mentions = Sequence[EventMention]
_STEM = 3
"""Letters of a word that its endings leave alone."""


@dataclass(frozen=True, slots=True)
class Put:
    """How a mention puts it, and on which side of a scale that is."""

    side: str
    words: str
    mention: EventMention


def wording_claims(mentions: Mentions, context: Context) -> Iterator[tuple[str, str]]:
    """Words of which some articles use the one and others the opposite alone, each in quotation marks, with the id of
    the mention that uses them. Copies of an article have its words, and oppose nobody."""
    for scale in load_terms().scales:
        told = [put for mention in mentions for put in _ways(scale, mention)]
        odd = _opposed(scale, told, context)
        names = _names([put.words for put in told if put.side in odd])
        for put in told:
            if put.side in odd:
                yield f"“{names[_key(put.words)]}”", put.mention.mention_id


def _ways(scale: Scale, mention: EventMention) -> Iterator[Put]:
    if scale.types and mention.event_type not in scale.types:
        return
    if scale.families and scale.families.isdisjoint(families_of(mention.lemma)):
        return
    for text, whole in _texts(scale, mention):
        for side, pattern in scale.sides.items():
            for found in pattern.finditer(text):
                words = text if whole else found.group()
                yield Put(side, " ".join(words.split()), mention)


def _texts(scale: Scale, mention: EventMention) -> Iterator[tuple[str, bool]]:
    """Where the words are looked for, and whether all of it is quoted rather than the words alone."""
    if scale.in_sentence:
        yield mention.quote, False
        return
    # "Rocket" within the trigger "rocket attacks" is told by the trigger.
    yield mention.trigger, True
    for item in mention.arguments:
        inside = mention.start <= item.start and item.end <= mention.end
        if item.role is Role.INSTRUMENT and not inside:
            yield item.text, True


def _opposed(scale: Scale, told: Sequence[Put], context: Context) -> frozenset[str]:
    """Sides of which at least one article each takes no other."""
    taken: dict[str, set[str]] = defaultdict(set)
    for put in told:
        document = context.documents[put.mention.doc_id].document
        taken[document.copy_of or put.mention.doc_id].add(put.side)
    pure = {side for sides in taken.values() if len(sides) == 1 for side in sides}
    return frozenset(
        side
        for pair in combinations(sorted(pure), 2)
        if not (scale.together and any(set(pair) <= sides for sides in taken.values()))
        for side in pair
    )


def _key(words: str) -> str:
    """ "Voted to expel", "vote to expel": within a scale, how the words begin tells them apart."""
    return " ".join(word[:_STEM] for word in words.lower().split())


def _names(told: Sequence[str]) -> Mapping[str, str]:
    """One spelling for words that differ in their endings alone: the most frequent, then the first by name."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for words in told:
        counts[_key(words)][words] += 1
    return {
        key: min(spellings, key=lambda words: (-spellings[words], words))
        for key, spellings in counts.items()
    }
