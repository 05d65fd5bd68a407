"""What is compared: the traits of a mention, and of a cluster of mentions, which are joined from its members'."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from timeline.merge.context import Context
from timeline.merge.party import Party
from timeline.merge.wording import families_of, load_rules, stem, word_of
from timeline.model import (
    Argument,
    Basis,
    Document,
    EventMention,
    EventType,
    Modality,
    Place,
    Precision,
    Role,
    When,
)

Days = tuple[int, int]
"""First and last day, inclusive, as proleptic ordinals."""
FOREVER = 10**7
HARMFUL = frozenset({"killing", "injury", "attack", "kidnapping", "arrest"})
"""Families whose recipients are victims."""
_LOOSE = frozenset({Precision.WEEK, Precision.SEASON, Precision.UNKNOWN})
_NONE: frozenset[Any] = frozenset()
_Value = TypeVar("_Value", bound=Hashable)
_LONGEST_POINT = 62
"""Days: what is told to take longer is a span of time, not a date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """Traits of one mention or of a cluster. Sets are unions over its members, dates are intersections."""

    key: str
    """Names the passage by its text alone: copies of an article share it."""
    types: frozenset[EventType]
    words: frozenset[str]
    families: frozenset[str]
    agents: Party
    patients: Party
    victims: frozenset[str]
    """Named persons who were harmed."""
    places: frozenset[Place]
    """Places within a country."""
    countries: frozenset[str]
    """Countries where it happened, by code."""
    tolls: frozenset[tuple[str, int, int]]
    firm: tuple[Days, ...]
    """When it happened, told by dates of its own: what all leave; several where the sources differ. Sorted."""
    soft: Days | None
    """When it happened by its context, or by a vague phrase."""
    spans: bool
    """It goes on for long."""
    weekday: frozenset[int]
    """ISO weekdays named where the article is undated."""
    planned: bool
    """Some say that it is to come."""
    done: bool
    """Some say that it has happened, or is going on."""
    denied: bool
    """Some say that it has not."""
    nodes: frozenset[int]
    apart: frozenset[int]
    """Nodes that it cannot be one event with."""
    published: int
    told: int = FOREVER
    """When an article first said that it had happened."""
    days: Days | None = field(init=False)
    """The narrowest of its firm dates, else the soft one."""
    bare: bool = field(init=False)
    """It tells neither who, when, where nor whom, so that words are all there is to go by."""

    def __post_init__(self) -> None:
        # Asked of every pair, so reckoned once.
        narrowest = min(self.firm, key=lambda days: (days[1] - days[0], days), default=self.soft)
        object.__setattr__(self, "days", narrowest)
        told = narrowest or self.tolls or self.places or self.weekday
        parties = self.agents.ids or self.agents.heads or self.patients.ids or self.patients.heads
        object.__setattr__(self, "bare", not (told or parties))

    def facts(self) -> tuple[object, ...]:
        """All that is told of it, whoever tells it."""
        what = self.types, self.words, self.families, self.planned, self.done, self.denied
        whom = self.agents, self.patients, self.victims, self.tolls, self.places, self.countries
        return (*what, *whom, self.firm, self.soft, self.spans, self.weekday)


def is_bare(a: Traits, b: Traits) -> bool:
    """Whether neither tells who, when, where or whom."""
    return a.bare and b.bare


def passage_key(mention: EventMention) -> str:
    """The same for every copy of a passage, whatever article it stands in: words, place in the sentence, type, date."""
    counted = mention.when.anchor.startswith(("mention:", "event:"))
    told = "" if counted else mention.when.edtf
    offset = mention.start - mention.sentence[0]
    return _digest(mention.quote, offset, mention.event_type, mention.lemma, told)


@lru_cache(maxsize=16384)
def _digest(quote: str, *parts: object) -> str:
    told = (" ".join(quote.split()).lower(), *parts)
    return hashlib.sha256("\x1f".join(map(str, told)).encode()).hexdigest()[:16]


def traits_of(mention: EventMention, context: Context, node: int) -> Traits:
    """The traits of one mention."""
    families = families_of(mention.lemma)
    parties = {role: _party(mention, role, context) for role in (Role.ACTOR, Role.RECIPIENT)}
    if mention.event_type in load_rules().symmetric:
        both = parties[Role.ACTOR].join(parties[Role.RECIPIENT])
        parties = {Role.ACTOR: both, Role.RECIPIENT: Party()}
    document = context.documents[mention.doc_id].document
    firm, soft = _days(mention.when)
    places = list(_places(mention, context))
    return Traits(
        key=passage_key(mention),
        types=_alone(mention.event_type),
        words=_alone(word_of(mention.lemma)),
        families=families,
        agents=parties[Role.ACTOR],
        patients=parties[Role.RECIPIENT],
        victims=parties[Role.RECIPIENT].people if families & HARMFUL else _NONE,
        places=frozenset(place for place in places if not context.is_country(place)) or _NONE,
        countries=frozenset(place.country for place in places if place.country) or _NONE,
        tolls=frozenset(_tolls(mention)) or _NONE,
        firm=(firm,) if firm else (),
        soft=soft,
        spans=_spans(mention.when),
        weekday=_weekday(mention, context),
        planned=mention.modality is Modality.PLANNED,
        done=mention.modality is Modality.ASSERTED,
        denied=mention.modality is Modality.DENIED,
        nodes=frozenset({node}),
        apart=_NONE,
        published=_published(document),
        told=_published(document) if mention.modality is Modality.ASSERTED else FOREVER,
    )


@lru_cache(maxsize=4096)
def _alone(value: _Value) -> frozenset[_Value]:
    """Shared by the many mentions that have it: sets are most of what a mention takes of the memory."""
    return frozenset({value})


def number_of(mention: EventMention) -> str:
    """``one`` or ``many`` for a noun; empty where the form does not tell."""
    trigger, lemma = mention.trigger.lower(), mention.lemma.lower()
    if trigger == lemma:
        return "one"
    return "many" if trigger in (lemma + "s", lemma + "es") else ""


def _published(document: Document) -> int:
    return document.published.toordinal() if document.published else FOREVER


def _party(mention: EventMention, role: Role, context: Context) -> Party:
    own = [argument for argument in mention.arguments if argument.role is role]
    ids = frozenset([argument.actor_id for argument in own if argument.actor_id])
    party = context.parties[ids, _NONE]
    heads = frozenset(
        head_of(mention, argument)
        for argument in own
        if not argument.actor_id or argument.actor_id in party.described
    ) - {""}
    return context.parties[ids, heads]


def head_of(mention: EventMention, argument: Argument) -> str:
    """The stem of the head noun of an argument; empty where the head does not lie in the phrase."""
    start, end = argument.head[0] - argument.start, argument.head[1] - argument.start
    return stem(argument.text[max(start, 0) : end]) if end > 0 else ""


def _places(mention: EventMention, context: Context) -> Iterator[Place]:
    for argument in mention.arguments:
        if argument.role is Role.LOCATION:
            place = context.place(argument.text)
            if place is not None:
                yield place


def _tolls(mention: EventMention) -> Iterator[tuple[str, int, int]]:
    for casualty in mention.casualties:
        low, high = casualty.low, casualty.high
        if low is not None or high is not None:
            yield str(casualty.kind), low or 0, FOREVER if high is None else high


def _days(when: When) -> tuple[Days | None, Days | None]:
    """(firm, soft) days of a date; what is counted from another event is not known yet."""
    if when.anchor.startswith("mention:") or (when.earliest is None and when.latest is None):
        return None, None
    first = when.earliest.toordinal() if when.earliest else 0
    last = when.latest.toordinal() if when.latest else FOREVER
    if when.basis is Basis.CONTEXT:
        return None, (first, last)
    if is_vague(when):
        slack = int(load_rules().thresholds["vague_days"])
        return None, (first - slack, last + slack)
    return (first, last), None


def is_vague(when: When) -> bool:
    """ "Last week", "this winter": said loosely, and never to be cut to the day."""
    if when.basis is not Basis.RELATIVE or when.earliest is None or when.latest is None:
        return False
    week = when.precision is Precision.WINDOW and 4 <= (when.latest - when.earliest).days <= 13
    return week or when.precision in _LOOSE


def _spans(when: When) -> bool:
    if when.ongoing:
        return True
    known = when.earliest is not None and when.latest is not None
    return when.precision is Precision.RANGE and (
        not known or (when.latest - when.earliest).days > _LONGEST_POINT  # type: ignore[operator]
    )


def _weekday(mention: EventMention, context: Context) -> frozenset[int]:
    span = mention.when.phrase_span
    found = context.weekdays.get((mention.doc_id, span[0])) if span else None
    return _NONE if found is None else _alone(found)
