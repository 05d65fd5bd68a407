"""Where the mentions of an event disagree: dates, tolls, actors, wording, each claim with those who make it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from timeline.merge.context import Context
from timeline.merge.dating import Edge, days_of, is_firm
from timeline.merge.phrasing import wording_claims
from timeline.merge.tolls import casualty_claims
from timeline.merge.wording import load_rules
from timeline.model import ActorKind, Claim, Disagreement, EventMention, Modality, Precision, Role

Mentions = Sequence[EventMention]
_EXACT = frozenset({Precision.TIME, Precision.DAY, Precision.MONTH, Precision.WINDOW})
"""Dates that can be at odds: a year is told in passing, and often of something else in the sentence."""


def disagreements_of(
    mentions: Mentions, context: Context, contradicted: Sequence[tuple[Edge, str]]
) -> tuple[Disagreement, ...]:
    """Fields on which the mentions differ, each claim with those who make it."""
    found = [
        Disagreement(field=field, claims=claims)
        for field, claims in (
            ("date", _date_claims(mentions, contradicted)),
            ("casualties", _claims(casualty_claims(mentions, context))),
            ("actor", _actor_claims(mentions, context)),
            ("type", _type_claims(mentions)),
            ("wording", _claims(wording_claims(mentions, context))),
        )
        if len(claims) > 1
    ]
    return tuple(found)


def _claims(told: Iterable[tuple[str, str]]) -> tuple[Claim, ...]:
    values: dict[str, set[str]] = defaultdict(set)
    for value, mention_id in told:
        values[value].add(mention_id)
    return tuple(
        Claim(value=value, mention_ids=tuple(sorted(values[value]))) for value in sorted(values)
    )


def _date_claims(mentions: Mentions, contradicted: Sequence[tuple[Edge, str]]) -> tuple[Claim, ...]:
    """Dates of which at least two exclude each other, and orders of events that the dates contradict."""
    dated = [
        mention
        for mention in mentions
        if is_firm(mention.when) and mention.when.edtf and mention.when.precision in _EXACT
    ]
    excluding = any(
        days_of(a.when)[1] < days_of(b.when)[0] for a in dated for b in _distinct(dated)
    )
    if not excluding and not contradicted:
        return ()
    told = [(mention.when.edtf, mention.mention_id) for mention in dated]
    told += [(f"not before {edtf}", edge.mention_id) for edge, edtf in contradicted]
    return _claims(told)


def _distinct(dated: Mentions) -> Iterable[EventMention]:
    return {days_of(mention.when): mention for mention in dated}.values()


def _actor_claims(mentions: Mentions, context: Context) -> tuple[Claim, ...]:
    """Actors named by different articles that have nothing to do with one another."""
    told = [
        (argument.actor_id, mention)
        for mention in mentions
        for argument in mention.arguments
        if argument.role is Role.ACTOR
        and argument.actor_id
        and mention.event_type not in load_rules().speech
        and _is_named(argument.actor_id, context)
    ]
    circles = {actor_id: context.circle(actor_id) for actor_id, _ in told}
    rivals = {
        a
        for a, told_a in told
        for b, told_b in told
        if told_a.doc_id != told_b.doc_id and circles[a].isdisjoint(circles[b])
        if _are_alike(a, b, context) and not _both_named(a, b, told)
    }
    names = context.actors
    return _claims(
        (names[actor].name if actor in names else actor, mention.mention_id)
        for actor, mention in told
        if actor in rivals
    )


def _is_named(actor_id: str, context: Context) -> bool:
    """A name: "the police" and "rescuers" may be anybody's, and so contradict nobody."""
    actor = context.actors.get(actor_id)
    return not context.is_description(actor_id) and not (actor and actor.name[:1].islower())


def _are_alike(a: str, b: str, context: Context) -> bool:
    """Two persons, or two bodies: a person may act for any body."""
    return (context.kind(a) is ActorKind.PERSON) == (context.kind(b) is ActorKind.PERSON)


def _both_named(a: str, b: str, told: Sequence[tuple[str, EventMention]]) -> bool:
    """One mention names both: they acted together."""
    named: dict[str, set[str]] = defaultdict(set)
    for actor, mention in told:
        named[mention.mention_id].add(actor)
    return any({a, b} <= actors for actors in named.values())


def _type_claims(mentions: Mentions) -> tuple[Claim, ...]:
    """Whether it happened at all: denied by somebody who is named, and told by others."""
    told = [mention for mention in mentions if mention.modality is not Modality.DENIED]
    denied = [mention for mention in mentions if mention not in told and mention.attribution]
    if not told or not denied:
        return ()
    return _claims(
        ("denied" if mention in denied else "it happened", mention.mention_id)
        for mention in (*told, *denied)
    )
