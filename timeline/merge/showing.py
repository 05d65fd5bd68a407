"""Which events a chronology shows: the rest stay in the table of mentions, where nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from timeline.gazetteer import load_gazetteer
from timeline.merge.entries import trigger_of
from timeline.merge.wording import load_rules
from timeline.model import (
    ActorKind,
    Basis,
    Event,
    EventMention,
    EventType,
    Modality,
    Precision,
    Role,
    Status,
)
from timeline.ontology.inflection import third_person

_REMARKS = frozenset(
    {EventType.STATEMENT, EventType.ACCUSE, EventType.REQUEST, EventType.REJECT, EventType.SUPPORT,
     EventType.CONCEDE, EventType.AGREE, EventType.THREATEN}
)  # fmt: skip
"""Types of which the verb alone tells nothing: what is condemned, asked or promised is what they are about."""


_DAYS = frozenset({Precision.DAY, Precision.TIME})
_AUXILIARIES = frozenset(
    ["has", "have", "had", "was", "were", "is", "are", "will", "would", "says", "said"]
)  # fmt: skip
_PRONOUNS = frozenset({"I", "you", "he", "she", "it", "we", "they"})
"""A title that ends in one breaks off: "Authorities admit they"."""
_CLAIMED = re.compile(
    r"\b(?:the|these|those|such|all|any|her|his|its|their)?\s*"
    r"(?:charge|allegation|accusation|claim|rumou?r|report|suggestion|comment|question)s?$",
    re.I,
)
"""What is denied without a word of what it was: "denies the charge"."""
_SAID_SOMEWHERE = re.compile(
    r"\b(?:says?|speaks?|tells?|adds?)\s+(?:in|at|on|during|to|after|as|by|from|and)\b"
)
"""The occasion of a remark in the place of its words: "says in a televised address"."""
_UNFINISHED = re.compile(
    r"(?:Trying|Saying|Advocating|Seeking|Calling)\b|[A-Z][a-z]+ing\s+(?:to|the|an?|his|her|its|their)\b"
)
"""A participle without whoever does it: "Trying to flee the fire"."""
_PASSIVE = re.compile(r"\b(?:was|were|been|being)\s+(?:\w+ly\s+)?$")
_KNOWN = re.compile(
    r"\b(?:the|this|that|these|those|both|such|his|her|its|their)\s+(?:[\w.'’-]+\s+)?$", re.I
)
"""Before a noun: it is known to the reader."""


def select_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events worth a reader's time, in their order, each following only what is shown, too."""
    shown = tuple(filter(_is_worth_showing, events))
    ids = {event.event_id for event in shown}
    return tuple(
        replace(event, follows=tuple(other for other in event.follows if other in ids))
        for event in shown
    )


def _is_worth_showing(event: Event) -> bool:
    """Remarks and plain verbs of one article stay in the table of mentions, and make no event."""
    if _says_nothing(event) or _is_only_taken_up(event):
        return False
    thresholds = load_rules().thresholds
    told = event.when.basis is not Basis.CONTEXT
    dated = told and (event.when.earliest or event.when.latest)
    company = event.actors or event.place or event.casualties or len(event.mentions) > 1
    if not (dated or company or any(map(_tells_of_whom, event.mentions))):
        # "Latest air strikes": neither when nor who nor where, and nobody else tells of it.
        return event.salience >= thresholds["shown_bare"]
    if event.event_type is EventType.OTHER and not event.mode and not event.actors:
        return event.salience >= thresholds["shown_nameless"]
    if event.event_type in _REMARKS and not dated:
        return event.salience >= thresholds["shown_remark"]
    if event.status is Status.DENIED and not dated and not event.actors:
        return False  # "is not believed to have had such a tremor"
    if not dated and any(map(_tells_of_whom, event.mentions)):
        return event.salience >= thresholds["shown_deed"]
    return event.salience >= thresholds["shown_dated" if dated else "shown_undated"]


def _tells_of_whom(mention: EventMention) -> bool:
    """ "The metro has been shut down": a deed, and what it was done to, though it has no name of its own."""
    before = mention.quote[: mention.start - mention.sentence[0]]
    acting = any(
        item.role is Role.ACTOR and item.start < mention.start for item in mention.arguments
    )
    finite = _PASSIVE.search(before) or (acting and not mention.trigger.endswith("ing"))
    deed = mention.modality is Modality.ASSERTED and mention.event_type not in _REMARKS
    return bool(deed and finite) and any(item.role is Role.RECIPIENT for item in mention.arguments)


def _is_only_taken_up(event: Event) -> bool:
    """ "(accused of masterminding) the attack", "(condemned) the shooting": that there was one, the text tells elsewhere."""
    return not event.casualties and all(map(_takes_up, event.mentions))


def _takes_up(mention: EventMention) -> bool:
    trigger = trigger_of(mention)
    if trigger is None or trigger.pos != "noun" or mention.when.phrase:
        return False
    told = {item.role for item in mention.arguments}
    before = mention.quote[: mention.start - mention.sentence[0]]
    return not told - {Role.ACTOR} and _KNOWN.search(before) is not None


def _has_lost_its_subject(event: Event) -> bool:
    """ "Urged all states to sign", "Claimed many lives": a finite verb without whoever it is told of."""
    words = event.title.lower().split()
    first = next((word for word in words if not word.endswith("ly")), "")
    if first in _AUXILIARIES:
        return not event.casualties or event.when.precision not in _DAYS
    told = {
        mention.lemma.split()[0]
        for mention in event.mentions
        if mention.lemma and mention.trigger.split()[0].lower() == first
    }
    return first.endswith("ed") and first not in told and bool(told) and not event.casualties


def _is_mere_speech(event: Event) -> bool:
    """ "The owner told police he had left the stove on": one article's "said", and no announcement or address. What a
    public figure said on a day is news."""
    if event.event_type is not EventType.STATEMENT or event.sources > 1:
        return False
    known = load_gazetteer().actors
    speaking = [known.get(actor.actor_id) for actor in event.actors if actor.role is Role.ACTOR]
    if any(actor is not None and actor.kind is ActorKind.PERSON for actor in speaking):
        return False
    told = [trigger_of(mention) for mention in event.mentions]
    return all(trigger is not None and trigger.salience < _ANNOUNCED for trigger in told)


_DECIDES = frozenset({"decide", "decides", "rules", "rule", "decision", "ruling"})
_ANNOUNCED = 0.2
"""Worth of a verb of speech from which on it is a deed to have spoken."""


def _says_nothing(event: Event) -> bool:
    """ "(Jets struck the harbour,) the army said": what was said is an event of its own, that it was said is none. Nor is
    a verb without any company: "Retaliating"; nor what nobody knows when it was or of whom it is told: "They left"."""
    last = event.title.rpartition(" ")[2]
    lemmas = {mention.lemma.split()[0] for mention in event.mentions if mention.lemma}
    alone = last == event.title and last.endswith(("ed", "ing"))
    if _UNFINISHED.match(event.title) and event.when.precision not in _DAYS:
        return True
    if event.title.startswith("“") and not event.casualties:
        return not (event.actors and event.when.precision in _DAYS)
    if alone and not event.casualties:
        return last.endswith("ing") or not (event.actors or event.place)
    inflected = event.title.lower() not in lemmas
    if last == event.title and not event.casualties:
        return inflected or event.when.precision not in _DAYS
    if _has_lost_its_subject(event):
        return True
    if event.event_type is EventType.STATEMENT and _SAID_SOMEWHERE.search(event.title):
        return True
    if _is_mere_speech(event):
        return True
    if event.event_type in _REMARKS and _CLAIMED.search(event.title):
        return True
    if last in _PRONOUNS:
        return event.event_type in _REMARKS or event.event_type is EventType.POLITICS
    if event.mode == "decide" and last in _DECIDES:
        return True
    return event.event_type in _REMARKS and any(
        last in (lemma, third_person(lemma)) for lemma in lemmas
    )
