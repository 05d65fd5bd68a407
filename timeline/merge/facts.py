"""What an event's mentions say together: type, status, actors, place, casualties, and where they disagree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log10
from typing import TypeVar

from timeline.merge.dating import Edge, days_of, is_firm
from timeline.merge.traits import Context
from timeline.merge.wording import load_rules
from timeline.model import (
    Actor,
    Casualty,
    CasualtyKind,
    Claim,
    Disagreement,
    EventActor,
    EventMention,
    EventType,
    Modality,
    Place,
    Precision,
    Role,
    Status,
    When,
)

Mentions = Sequence[EventMention]
_T = TypeVar("_T", bound=str)
_PARTS = (Role.ACTOR, Role.RECIPIENT)
_EXACT = frozenset({Precision.TIME, Precision.DAY, Precision.MONTH, Precision.WINDOW})
"""Dates that can be at odds: a year is told in passing, and often of something else in the sentence."""
_STATUS = {
    Modality.PLANNED: Status.PLANNED,
    Modality.ALLEGED: Status.ALLEGED,
    Modality.DENIED: Status.DENIED,
}


def type_of(mentions: Mentions) -> tuple[EventType, str]:
    """The type and mode that most distinct articles give, and of these the most mentions; then by name."""
    types = _ranked((mention.event_type, mention.doc_id) for mention in mentions)
    kind = types[0]
    modes = _ranked(
        (mention.mode, mention.doc_id)
        for mention in mentions
        if mention.event_type is kind and mention.mode
    )
    return kind, modes[0] if modes else ""


def _ranked(votes: Iterable[tuple[_T, str]]) -> list[_T]:
    documents: dict[_T, set[str]] = defaultdict(set)
    count: Counter[_T] = Counter()
    for value, doc_id in votes:
        documents[value].add(doc_id)
        count[value] += 1
    return sorted(count, key=lambda value: (-len(documents[value]), -count[value], value))


def status_of(mentions: Mentions, when: When) -> Status:
    """What became of it: asserted by anyone outweighs planned, alleged and denied, in this order."""
    told = {mention.modality for mention in mentions}
    if Modality.ASSERTED in told:
        return Status.ONGOING if when.ongoing else Status.OCCURRED
    return next(
        (status for modality, status in _STATUS.items() if modality in told), Status.ALLEGED
    )


def actors_of(mentions: Mentions, context: Context) -> tuple[EventActor, ...]:
    """All actors in the roles that they play, the most often named first within a role. Who acts in one mention and is
    acted upon in another (A met B) stands in the role that most mentions give."""
    votes: dict[str, Counter[Role]] = defaultdict(Counter)
    for mention in mentions:
        for argument in mention.arguments:
            if argument.actor_id and argument.role in _PARTS:
                votes[argument.actor_id][argument.role] += 1
    found = []
    for actor_id, roles in votes.items():
        role = min(roles, key=lambda part: (-roles[part], _PARTS.index(part)))
        actor = context.actors.get(actor_id)
        found.append((_PARTS.index(role), -roles.total(), actor_id, role, actor))
    found = _without_vague(found, context)
    return tuple(
        EventActor(actor_id=actor_id, name=actor.name if actor else actor_id, role=role)
        for _, _, actor_id, role, actor in sorted(found, key=lambda item: item[:3])
    )


Voted = tuple[int, int, str, Role, Actor | None]


def _without_vague(found: list[Voted], context: Context) -> list[Voted]:
    """Beside named actors, a described one ("Iranian people") counts where more than one mention tells of it."""
    named = {role for _, _, actor_id, role, _ in found if not context.is_description(actor_id)}
    return [
        item
        for item in found
        if item[3] not in named or item[1] < -1 or not context.is_description(item[2])
    ]


def place_of(mentions: Mentions, context: Context) -> Place | None:
    """The place that most mentions name; one within a country before the country itself."""
    count: Counter[Place] = Counter()
    for mention in mentions:
        for argument in mention.arguments:
            if argument.role is Role.LOCATION:
                place = context.place(argument.text)
                if place is not None:
                    count[place] += 1
    if not count:
        return None
    return min(count, key=lambda place: (context.is_country(place), -count[place], place.name))


def casualties_of(mentions: Mentions) -> tuple[Casualty, ...]:
    """One entry a kind: the lowest and the highest number that any source gives; its words are those of the first
    mention that gives the highest. Numbers are never averaged."""
    by_kind: dict[CasualtyKind, list[Casualty]] = defaultdict(list)
    for mention in mentions:
        for kind, casualty in _largest(mention).items():
            by_kind[kind].append(casualty)
    return tuple(_span_of(by_kind[kind]) for kind in CasualtyKind if kind in by_kind)


def _largest(mention: EventMention) -> dict[CasualtyKind, Casualty]:
    """Of several groups that one passage counts (a contractor, several soldiers), the largest of each kind."""
    found: dict[CasualtyKind, Casualty] = {}
    for item in mention.casualties:
        held = found.get(item.kind)
        if held is None or (item.low or 0, item.high or 0) > (held.low or 0, held.high or 0):
            found[item.kind] = item
    return found


def _span_of(told: Sequence[Casualty]) -> Casualty:
    lows = [item.low for item in told if item.low is not None]
    highs = [item.high for item in told if item.high is not None]
    exact = [item for item in told if item.low is not None and item.low == item.high]
    first = max(exact or told, key=lambda item: item.high or item.low or 0)
    unbounded = len(highs) < len(told) and not exact
    return Casualty(
        kind=first.kind,
        low=min(lows, default=None),
        high=None if unbounded else max(highs, default=None),
        who=first.who,
        start=first.start,
        end=first.end,
        approximate=first.approximate,
    )


def source_count(mentions: Mentions, context: Context) -> int:
    """Independent sources: one a publisher; a reprint, and who shares a passage word for word, is the same source."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for mention in mentions:
        document = context.documents[mention.doc_id].document
        quote = "quote:" + " ".join(mention.quote.split()).lower()
        publisher = f"publisher:{document.publisher.casefold()}" if document.publisher else ""
        copied = f"document:{document.copy_of}" if document.copy_of else ""
        for other in (quote, publisher, copied):
            if other:
                parent[root(other)] = root(f"document:{mention.doc_id}")
    return len({root(f"document:{mention.doc_id}") for mention in mentions})


def disagreements_of(
    mentions: Mentions, context: Context, contradicted: Sequence[tuple[Edge, str]]
) -> tuple[Disagreement, ...]:
    """Fields on which the mentions differ, each claim with those who make it."""
    found = [
        Disagreement(field=field, claims=claims)
        for field, claims in (
            ("date", _date_claims(mentions, contradicted)),
            ("casualties", _casualty_claims(mentions)),
            ("actor", _actor_claims(mentions, context)),
            ("type", _type_claims(mentions)),
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


def _casualty_claims(mentions: Mentions) -> tuple[Claim, ...]:
    """Numbers of one kind of which at least two exclude each other."""
    told = [(item, one.mention_id) for one in mentions for item in _largest(one).values()]
    distinct = {(item.kind, item.low or 0, item.high): item for item, _ in told}
    clashing = {
        a.kind
        for a in distinct.values()
        for b in distinct.values()
        if a.kind is b.kind and a.high is not None and a.high < (b.low or 0)
    }
    return _claims((number_of(item), by) for item, by in told if item.kind in clashing)


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


def _actor_claims(mentions: Mentions, context: Context) -> tuple[Claim, ...]:
    """Actors named by different articles that have nothing to do with one another."""
    told = [
        (argument.actor_id, mention)
        for mention in mentions
        for argument in mention.arguments
        if argument.role is Role.ACTOR
        and argument.actor_id
        and not context.is_description(argument.actor_id)
    ]
    circles = {actor_id: context.circle(actor_id) for actor_id, _ in told}
    rivals = {
        a
        for a, told_a in told
        for b, told_b in told
        if told_a.doc_id != told_b.doc_id and circles[a].isdisjoint(circles[b])
        if not _both_named(a, b, told)
    }
    names = context.actors
    return _claims(
        (names[actor].name if actor in names else actor, mention.mention_id)
        for actor, mention in told
        if actor in rivals
    )


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


def salience_of(
    mentions: Mentions, kind: EventType, when: When, sources: int, weights: Mapping[str, float]
) -> float:
    """0..1: how likely a reader of the chronology wants to see it."""
    rules = load_rules().salience
    worth = max(weights.get(mention.mention_id, 0.5) for mention in mentions)
    dead = max(
        (item.high or item.low or 0 for mention in mentions for item in mention.casualties),
        default=0,
    )
    total: float = (
        rules["types"].get(kind, 0.3) * (0.5 + worth)
        + rules["source"] * (sources - 1)
        + rules["mention"] * min(len(mentions) - 1, rules["mentions_most"])
        + rules["casualties"] * log10(1 + dead)
        + rules["precision"].get(when.precision, 0.0)
    )
    if not any(mention.modality is Modality.ASSERTED for mention in mentions):
        total *= rules["not_asserted"]
    return round(min(1.0, max(0.0, total)), 3)


def confidence_of(mentions: Mentions, when: When, sources: int, status: Status) -> float:
    """0..1: how sure it is that this happened as told: the best mention, raised by each further source."""
    best = max(mention.confidence for mention in mentions)
    doubt = (1 - best) * 0.6 ** (sources - 1)
    factor = 1.0 if when.precision is not Precision.UNKNOWN else 0.9
    if status in (Status.ALLEGED, Status.DENIED):
        factor *= 0.7
    return round(min(0.99, max(0.0, (1 - doubt) * factor)), 3)
