"""Mentions of one text with what they follow, and what they are one incident with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeline.mentions.links import find_following, find_identical, find_striking
from timeline.mentions.scene import Scene
from timeline.mentions.triggers import Candidate
from timeline.model import EventMention, EventType, Modality, Role


def date_alike(mentions: Sequence[EventMention]) -> list[EventMention]:
    """Mentions of one incident in one sentence share its date ("killed in Friday's strike")."""
    by_id = {mention.mention_id: mention for mention in mentions}
    dated = dict(by_id)
    for mention in mentions:
        for other_id in mention.same_as:
            one, other = dated[mention.mention_id], dated[other_id]
            if one.when.phrase and not other.when.phrase:
                dated[other_id] = replace(other, when=one.when)
            elif other.when.phrase and not one.when.phrase:
                dated[mention.mention_id] = replace(one, when=other.when)
    return list(dated.values())


def link_mentions(
    mentions: Sequence[EventMention], candidates: Sequence[Candidate], scene: Scene
) -> tuple[EventMention, ...]:
    """Mentions with what they follow and what they are the same as; `mentions` and `candidates` run in parallel."""
    ids = {id(c): m.mention_id for c, m in zip(candidates, mentions, strict=True)}
    follows: dict[str, set[str]] = {}
    same: dict[str, set[str]] = {}
    telling = [candidate for candidate in candidates if candidate.is_telling]
    for later, earlier in find_following(telling):
        follows.setdefault(ids[id(later)], set()).add(ids[id(earlier)])
    for one, other in find_identical(telling, scene):
        same.setdefault(ids[id(one)], set()).add(ids[id(other)])
    suffered = {ids[id(noun)]: ids[id(verb)] for noun, verb in find_striking(telling, scene)}
    by_id = {mention.mention_id: mention for mention in mentions}
    mentions = [_with_victims(one, by_id.get(suffered.get(one.mention_id, ""))) for one in mentions]
    return tuple(
        replace(
            _as_its_cause(
                _without_doubtful_doers(mention, told),
                told,
            ),
            follows=tuple(sorted(follows.get(mention.mention_id, ()))),
            same_as=tuple(sorted(same.get(mention.mention_id, ()))),
        )
        if mention.mention_id in follows or mention.mention_id in same
        else mention
        for mention in mentions
        for told in [[by_id[other] for other in same.get(mention.mention_id, ())]]
    )


def _without_doubtful_doers(mention: EventMention, causes: Sequence[EventMention]) -> EventMention:
    """ "denied that he had planned the bombings which killed 224": they were killed, and nobody says by him."""
    if mention.modality is not Modality.ASSERTED:
        return mention
    doubted = {
        item.start
        for cause in causes
        if cause.modality is not Modality.ASSERTED
        for item in cause.arguments
        if item.role is Role.ACTOR
    }
    kept = tuple(
        item
        for item in mention.arguments
        if item.role is not Role.ACTOR or item.start not in doubted
    )
    return replace(mention, arguments=kept) if len(kept) < len(mention.arguments) else mention


def _with_victims(mention: EventMention, verb: EventMention | None) -> EventMention:
    """ "An earthquake struck the island": what the verb is done to is what the noun is done to."""
    if verb is None or any(item.role is Role.RECIPIENT for item in mention.arguments):
        return mention
    victims = tuple(item for item in verb.arguments if item.role is Role.RECIPIENT)
    return replace(mention, arguments=victims + mention.arguments)


def _as_its_cause(mention: EventMention, causes: Sequence[EventMention]) -> EventMention:
    """ "The ferry capsized, killing 41": nobody killed them, it is the accident's toll; but those who "died in the raid"
    were killed, by who raided."""
    if mention.event_type is EventType.DISASTER and mention.casualties:
        deed = next((cause for cause in causes if cause.event_type is EventType.ASSAULT), None)
        return mention if deed is None else _as_killing(mention, deed)
    if mention.event_type is not EventType.ASSAULT or not any(
        cause.event_type is EventType.DISASTER for cause in causes
    ):
        return mention
    victims = tuple(item for item in mention.arguments if item.role is not Role.ACTOR)
    return replace(mention, event_type=EventType.DISASTER, mode="casualty", arguments=victims)


def _as_killing(mention: EventMention, deed: EventMention) -> EventMention:
    actors = tuple(item for item in deed.arguments if item.role is Role.ACTOR)
    own = tuple(item for item in mention.arguments if item.role is not Role.ACTOR)
    return replace(mention, event_type=EventType.ASSAULT, mode=deed.mode, arguments=actors + own)
