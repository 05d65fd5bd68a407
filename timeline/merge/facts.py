"""What an event's mentions say together: type, status, actors, place, casualties, and where they disagree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log10
from typing import TypeVar

from timeline.merge.context import Context
from timeline.merge.wording import load_rules
from timeline.model import (
    Actor,
    Argument,
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
    acted upon in another (A met B) stands in the role that most mentions give. Of a deed that is told as fact, who is
    only alleged (or denied) to have done it is marked."""
    votes: dict[str, Counter[Role]] = defaultdict(Counter)
    factual = [mention for mention in mentions if mention.modality is Modality.ASSERTED]
    doing = {item.actor_id for mention in factual or mentions for item in acting_in(mention)}
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
        EventActor(
            actor_id=actor_id,
            name=actor.name if actor else actor_id,
            role=role,
            alleged=role is Role.ACTOR and actor_id not in doing,
        )
        for _, _, actor_id, role, actor in sorted(found, key=lambda item: item[:3])
    )


def acting_in(mention: EventMention) -> list[Argument]:
    """Who does it, as this passage tells it."""
    return [item for item in mention.arguments if item.role is Role.ACTOR]


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
