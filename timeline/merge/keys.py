"""What a mention could be found to be one event by, so that an archive can be cut where it is least likely to tear one.

The keys are those that candidates for merging are looked for under, without those that half the archive shares (a month),
and with some that are narrower (its day, its place, what its article is about): a sketch of who can meet whom, that
needs no second mention.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

from timeline.merge.blocking import blocks_of, kinds_of, months_of, stories_of
from timeline.merge.bonds import read_discourse
from timeline.merge.clusters import TERMS
from timeline.merge.context import Context, make_context
from timeline.merge.events import is_telling
from timeline.merge.traits import Traits, is_bare, passage_key, traits_of
from timeline.model import Actor, Analysis, EventMention

if TYPE_CHECKING:
    from timeline.gazetteer import Gazetteer

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Keys of one mention, hashed to 64 bits, signed."""

    firm: tuple[int, ...]
    """Who shares one of these must not be parted: copies of a passage, and what counts its date from another."""
    loose: tuple[int, ...]
    """Who shares one of these may be one event, the more likely the fewer they are."""
    vague: tuple[int, ...]
    """Who shares one of these may be one event if there is no better."""


def find_keys(
    analysis: Analysis, actors: Sequence[Actor], gazetteer: Gazetteer | None
) -> Iterator[Keys]:
    """The keys of each mention of an article whose actors are resolved. `actors`: all in it, and what they belong to."""
    context = make_context([analysis], actors, gazetteer)
    bonds = _bonds(analysis)
    for mention in analysis.mentions:
        traits = traits_of(mention, context, 0)
        loose = (*_loose(mention, traits, context), *bonds.get(mention.mention_id, ()))
        yield Keys(
            firm=_hashed(_firm(mention)) if is_telling(mention) else (),
            loose=_hashed(loose),
            vague=_hashed(_vague(mention, traits, context)),
        )


def _firm(mention: EventMention) -> Iterator[Key]:
    yield "passage", passage_key(mention)
    yield "anchor", mention.doc_id, mention.mention_id
    if mention.when.anchor.startswith("mention:"):
        yield "anchor", mention.doc_id, mention.when.anchor.removeprefix("mention:")


def _loose(mention: EventMention, traits: Traits, context: Context) -> Iterator[Key]:
    yield from (key for key in blocks_of(traits) if key[0] != "month")
    yield from _narrow(traits)
    if is_bare(traits, traits):
        yield from stories_of(traits, context.wording(mention), _terms(mention, context))


def _vague(mention: EventMention, traits: Traits, context: Context) -> Iterator[Key]:
    told = product(kinds_of(traits), months_of(traits), _terms(mention, context))
    return (("kind and story", *each) for each in told)


def _terms(mention: EventMention, context: Context) -> tuple[str, ...]:
    return tuple(islice(context.terms[mention.doc_id], TERMS))


def _narrow(traits: Traits) -> Iterator[Key]:
    days = traits.days
    for kind in kinds_of(traits):
        if days and days[0] == days[1]:
            yield "kind and day", kind, days[0]
        for month in months_of(traits):
            for place in traits.places:
                yield "kind and place", kind, month, place.name
    for toll in traits.tolls:
        if toll[1] == toll[2]:
            yield from (("toll and month", toll, month) for month in months_of(traits))


def _bonds(analysis: Analysis) -> dict[str, list[Key]]:
    """What the text itself says of two mentions."""
    told = sorted(
        filter(is_telling, analysis.mentions),
        key=lambda item: (item.start, item.end, item.mention_id),
    )
    bonds: dict[str, list[Key]] = defaultdict(list)
    for left, right in read_discourse(told, analysis.document.text).bonds:
        pair = told[left].mention_id, told[right].mention_id
        for mention_id in pair:
            bonds[mention_id].append(("bond", analysis.document.doc_id, *pair))
    return bonds


def _hashed(keys: Sequence[Key] | Iterator[Key]) -> tuple[int, ...]:
    return tuple(sorted({_hash(key) for key in keys}))


@lru_cache(maxsize=16384)
def _hash(key: Key) -> int:
    digest = hashlib.blake2b(repr(key).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
