"""What is compared: the traits of a mention, and of a cluster of mentions, which are joined from its members'."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING

from timeline.merge.resemblance import Wording, likeness, terms_of, wording_of
from timeline.merge.wording import content_of, families_of, load_rules, stem, word_of
from timeline.model import (
    Actor,
    ActorKind,
    Analysis,
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

if TYPE_CHECKING:
    from timeline.gazetteer import Gazetteer

Days = tuple[int, int]
"""First and last day, inclusive, as proleptic ordinals."""
FOREVER = 10**7
HARMFUL = frozenset({"killing", "injury", "attack", "kidnapping", "arrest"})
"""Families whose recipients are victims."""
_DESCRIBED = frozenset(
    {ActorKind.ARMED_GROUP, ActorKind.MOVEMENT, ActorKind.PEOPLE, ActorKind.OTHER, ActorKind.STATE}
)
_STATES = frozenset({ActorKind.STATE, ActorKind.PEOPLE})
_LOOSE = frozenset({Precision.WEEK, Precision.SEASON, Precision.UNKNOWN})
_LONGEST_POINT = 62
"""Days: what is told to take longer is a span of time, not a date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Participants in one role: actor ids, those they belong to, and heads of phrases that name no known actor."""

    ids: frozenset[str] = frozenset()
    circle: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    """Those of `ids` who are persons."""
    states: frozenset[str] = frozenset()
    """Those of `ids` that are states or whole peoples."""
    described: frozenset[str] = frozenset()
    """Those of `ids` that the text describes without naming them ("Shiite militiamen")."""

    @property
    def named(self) -> frozenset[str]:
        """Those that cannot be somebody else under another description."""
        return self.ids - self.described

    def join(self, other: Party) -> Party:
        return Party(
            ids=self.ids | other.ids,
            circle=self.circle | other.circle,
            heads=self.heads | other.heads,
            people=self.people | other.people,
            states=self.states | other.states,
            described=self.described | other.described,
        )


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

    @property
    def days(self) -> Days | None:
        """The narrowest of its firm dates, else the soft one."""
        if len(self.firm) == 1:
            return self.firm[0]
        return (
            min(self.firm, key=lambda days: (days[1] - days[0], days)) if self.firm else self.soft
        )


@dataclass(frozen=True, kw_only=True)
class Context:
    """All that traits are read from besides the mention."""

    actors: Mapping[str, Actor]
    gazetteer: Gazetteer | None
    documents: Mapping[str, Analysis]

    @cached_property
    def content(self) -> Mapping[str, frozenset[str]]:
        """doc_id -> stems of the words of the whole document."""
        return {
            doc_id: content_of(analysis.document.text)
            for doc_id, analysis in self.documents.items()
        }

    def overlap(self, a: str, b: str) -> float:
        """Words that two documents hold both, over the geometric mean of what each holds, 0..1."""
        x, y = self.content[a], self.content[b]
        return len(x & y) / sqrt(len(x) * len(y)) if x and y else 0.0

    @cached_property
    def terms(self) -> Mapping[str, Mapping[str, float]]:
        """doc_id -> what the document is about, see `terms_of`."""
        return {
            doc_id: terms_of(analysis.document.text) for doc_id, analysis in self.documents.items()
        }

    def likeness(self, a: str, b: str) -> float:
        """How alike two documents are, 0..1, by what they are about."""
        return likeness(self.terms[a], self.terms[b])

    def wording(self, mention: EventMention) -> Wording:
        """The words of a mention and those around it."""
        start = mention.sentence[0]
        return wording_of(
            mention.doc_id,
            mention.quote,
            (mention.start - start, mention.end - start),
            mention.lemma,
            sentence=self._sentence(mention),
        )

    def _sentence(self, mention: EventMention) -> int:
        """Number of the sentence among those of its document that tell an event."""
        return bisect_left(self._sentences[mention.doc_id], mention.sentence[0])

    @cached_property
    def _sentences(self) -> Mapping[str, Sequence[int]]:
        return {
            doc_id: sorted({mention.sentence[0] for mention in analysis.mentions})
            for doc_id, analysis in self.documents.items()
        }

    @cached_property
    def weekdays(self) -> Mapping[tuple[str, int], int]:
        """(doc_id, start of a time expression) -> the ISO weekday it names without saying which week."""
        return {
            (doc_id, timex.start): int(timex.value[-1])
            for doc_id, analysis in self.documents.items()
            for timex in analysis.timexes
            if timex.value.startswith("XXXX-WXX-") and timex.value[-1].isdigit()
        }

    def circle(self, actor_id: str) -> frozenset[str]:
        """The actor and all that it belongs to."""
        seen: set[str] = set()
        waiting = [actor_id]
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                actor = self.actors.get(current)
                waiting.extend(actor.member_of if actor else ())
        return frozenset(seen)

    def kind(self, actor_id: str) -> ActorKind:
        actor = self.actors.get(actor_id)
        return actor.kind if actor else ActorKind.OTHER

    def is_description(self, actor_id: str) -> bool:
        """Whether an actor is a crowd or force that texts describe, and nobody in the gazetteer or with a name."""
        actor = self.actors.get(actor_id)
        if actor is None or actor.kind not in _DESCRIBED:
            return False
        if self.gazetteer is not None and actor_id in self.gazetteer.actors:
            return False
        return actor.name.split()[-1][:1].islower()

    def is_country(self, place: Place) -> bool:
        """Whether a place is a whole country, and so no evidence of where in it."""
        state = self.gazetteer.actor(place.name) if self.gazetteer else None
        return state is not None and state.kind is ActorKind.STATE and state.name == place.name

    def place(self, text: str) -> Place | None:
        return self.gazetteer.place(text) if self.gazetteer else None


def is_bare(a: Traits, b: Traits) -> bool:
    """Whether neither tells who, when, where or whom, so that words are all there is to go by."""
    return not (_tells(a) or _tells(b))


def _tells(traits: Traits) -> bool:
    parties = (traits.agents, traits.patients)
    told = traits.days or traits.tolls or traits.places or traits.weekday
    return bool(told) or any(party.ids or party.heads for party in parties)


def make_context(
    analyses: Sequence[Analysis], actors: Sequence[Actor], gazetteer: Gazetteer | None
) -> Context:
    """The context of a merge."""
    return Context(
        actors={actor.actor_id: actor for actor in actors},
        gazetteer=gazetteer,
        documents={analysis.document.doc_id: analysis for analysis in analyses},
    )


def passage_key(mention: EventMention) -> str:
    """The same for every copy of a passage, whatever article it stands in: words, place in the sentence, type, date."""
    counted = mention.when.anchor.startswith(("mention:", "event:"))
    told = "" if counted else mention.when.edtf
    offset = mention.start - mention.sentence[0]
    parts = (
        " ".join(mention.quote.split()).lower(),
        offset,
        mention.event_type,
        mention.lemma,
        told,
    )
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


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
        types=frozenset({mention.event_type}),
        words=frozenset({word_of(mention.lemma)}),
        families=families,
        agents=parties[Role.ACTOR],
        patients=parties[Role.RECIPIENT],
        victims=parties[Role.RECIPIENT].people if families & HARMFUL else frozenset(),
        places=frozenset(place for place in places if not context.is_country(place)),
        countries=frozenset(place.country for place in places if place.country),
        tolls=frozenset(_tolls(mention)),
        firm=(firm,) if firm else (),
        soft=soft,
        spans=_spans(mention.when),
        weekday=_weekday(mention, context),
        planned=mention.modality is Modality.PLANNED,
        done=mention.modality is Modality.ASSERTED,
        denied=mention.modality is Modality.DENIED,
        nodes=frozenset({node}),
        apart=frozenset(),
        published=_published(document),
        told=_published(document) if mention.modality is Modality.ASSERTED else FOREVER,
    )


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
    ids = frozenset(argument.actor_id for argument in own if argument.actor_id)
    described = frozenset(name for name in ids if context.is_description(name))
    heads = frozenset(
        head_of(mention, argument)
        for argument in own
        if not argument.actor_id or argument.actor_id in described
    )
    circle = frozenset().union(*(context.circle(actor_id) for actor_id in ids))
    return Party(
        ids=ids,
        circle=circle,
        heads=heads - {""},
        people=frozenset(name for name in ids if context.kind(name) is ActorKind.PERSON),
        states=frozenset(name for name in ids if context.kind(name) in _STATES),
        described=described,
    )


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
    return frozenset() if found is None else frozenset({found})
