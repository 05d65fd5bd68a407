"""Builders of valid domain objects with defaults: a test states only what it is about.

Spans are looked up in the document's text, so they are always true of it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import fields
from datetime import date
from typing import Any

from timeline.model import (
    Actor,
    ActorKind,
    Argument,
    Basis,
    Casualty,
    CasualtyKind,
    Chronology,
    Claim,
    Disagreement,
    Document,
    Event,
    EventActor,
    EventMention,
    EventType,
    Modality,
    Place,
    Precision,
    PublishedBasis,
    Role,
    Span,
    Status,
    Timex,
    TimexType,
    When,
)

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")

HARBOUR_TEXT = """Blast kills 12 in the port of Varna

The River Front attacked the port of Varna on 3 March 2015. At least 12 people were killed.

The government of Freedonia blamed the River Front on Wednesday. President Ana Petrova will meet the envoy on 10 March.

Thousands of dockers have protested in Varna since February."""

HERALD_TEXT = """The River Front bombed the port on Tuesday, and 14 people died.

The River Front denied that it had attacked the port."""


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def make_document(text: str = HARBOUR_TEXT, **given: Any) -> Document:
    """A dated article; `doc_id` follows from name and text unless given."""
    doc = given.pop("doc", "harbour")
    defaults: dict[str, Any] = {
        "doc_id": _digest(doc, text),
        "title": text.split("\n", 1)[0],
        "publisher": "The Harbour Post",
        "published": date(2015, 3, 5),
        "published_basis": PublishedBasis.HEADER,
    }
    return Document(doc=doc, text=text, **defaults | given)


def span_of(document: Document, phrase: str, after: int = 0) -> Span:
    """Where a phrase stands in a document, from offset `after` on; ValueError when it does not."""
    start = document.text.index(phrase, after)
    return start, start + len(phrase)


def sentence_of(document: Document, position: int) -> Span:
    """The sentence around an offset, cut at full stops and line breaks."""
    for match in _SENTENCE.finditer(document.text):
        if match.start() <= position < match.end():
            lead = len(match.group()) - len(match.group().lstrip())
            return match.start() + lead, match.end()
    raise ValueError(f"no sentence at {position}")


def make_when(day: date | None = date(2015, 3, 3), **given: Any) -> When:
    """A day by default; `day=None` for an undated event; anything else through keywords."""
    if day is None:
        return When(**given)
    defaults: dict[str, Any] = {
        "edtf": day.isoformat(),
        "earliest": day,
        "latest": day,
        "precision": Precision.DAY,
        "basis": Basis.EXPLICIT,
        "rule": "day-month-year",
    }
    return When(**defaults | given)


def make_timex(
    document: Document | None = None, phrase: str = "3 March 2015", **given: Any
) -> Timex:
    """A time expression that stands in the document."""
    document = document or make_document()
    start, end = span_of(document, phrase)
    defaults: dict[str, Any] = {
        "type": TimexType.DATE,
        "value": "2015-03-03",
        "edtf": "2015-03-03",
        "earliest": date(2015, 3, 3),
        "latest": date(2015, 3, 3),
        "precision": Precision.DAY,
        "basis": Basis.EXPLICIT,
        "rule": "day-month-year",
    }
    return Timex(doc=document.doc, start=start, end=end, text=phrase, **defaults | given)


def make_argument(
    document: Document,
    text: str,
    role: Role = Role.ACTOR,
    after: int = 0,
    actor_id: str | None = None,
) -> Argument:
    """An argument that stands in the document; its head is its last word."""
    start, end = span_of(document, text, after)
    head = end - len(text.rsplit(maxsplit=1)[-1]), end
    return Argument(role=role, start=start, end=end, text=text, head=head, actor_id=actor_id)


def make_casualty(
    document: Document | None = None, phrase: str = "12 people were killed", **given: Any
) -> Casualty:
    """Twelve killed, unless told otherwise."""
    start, end = span_of(document or make_document(), phrase)
    defaults: dict[str, Any] = {"kind": CasualtyKind.KILLED, "low": 12, "high": 12, "who": "people"}
    return Casualty(start=start, end=end, **defaults | given)


def make_mention(
    document: Document | None = None, trigger: str = "attacked", **given: Any
) -> EventMention:
    """A mention whose trigger is looked up in the document (from offset `after`), with its sentence as quote."""
    document = document or make_document()
    start, end = span_of(document, trigger, given.pop("after", 0))
    sentence = sentence_of(document, start)
    event_type = given.pop("event_type", EventType.ASSAULT)
    defaults: dict[str, Any] = {
        "mention_id": _digest(document.doc_id, start, end, event_type),
        "sentence": sentence,
        "quote": document.text[slice(*sentence)],
        "lemma": trigger.lower(),
        "mode": "",
        "modality": Modality.ASSERTED,
        "when": make_when(),
        "confidence": 0.9,
    }
    return EventMention(
        doc_id=document.doc_id,
        doc=document.doc,
        start=start,
        end=end,
        trigger=trigger,
        event_type=event_type,
        **defaults | given,
    )


def make_actor(name: str = "River Front", **given: Any) -> Actor:
    """An actor whose id is the slug of its name."""
    defaults: dict[str, Any] = {
        "actor_id": re.sub(r"\W+", "-", name.lower()).strip("-"),
        "kind": ActorKind.ARMED_GROUP,
    }
    return Actor(name=name, **defaults | given)


def make_event_actor(actor: Actor | None = None, role: Role = Role.ACTOR) -> EventActor:
    """An actor's part in an event."""
    actor = actor or make_actor()
    return EventActor(actor_id=actor.actor_id, name=actor.name, role=role)


def make_event(*mentions: EventMention, **given: Any) -> Event:
    """An event of these mentions (one by default), dated and typed as the first of them."""
    mentions = mentions or (make_mention(),)
    first = mentions[0]
    defaults: dict[str, Any] = {
        "event_id": _digest(*sorted(mention.mention_id for mention in mentions)),
        "title": first.quote,
        "event_type": first.event_type,
        "mode": first.mode,
        "status": Status.OCCURRED,
        "when": first.when,
        "casualties": first.casualties,
        "salience": 0.5,
        "confidence": 0.9,
        "sources": len({mention.doc_id for mention in mentions}),
    }
    return Event(mentions=mentions, **defaults | given)


def make_chronology(**given: Any) -> Chronology:
    """Two articles and five events: a bombing told twice with two death tolls, an accusation, a denial,
    a meeting to come and a protest that goes on."""
    harbour, herald = _articles()
    actors = _actors()
    events = _events(harbour, herald, {actor.actor_id: actor for actor in actors})
    defaults: dict[str, Any] = {
        "documents": (harbour, herald),
        "mentions": tuple(mention for event in events for mention in event.mentions),
        "events": events,
        "actors": actors,
    }
    assert set(given) <= {field.name for field in fields(Chronology)}
    return Chronology(**defaults | given)


def _articles() -> tuple[Document, Document]:
    herald = make_document(
        HERALD_TEXT,
        doc="herald",
        title="",
        publisher="Herald",
        url="https://herald.example/port",
        published=date(2015, 3, 4),
        published_basis=PublishedBasis.INFERRED,
        published_note="Reckoned from the bombing of the port, which is dated in harbour.",
    )
    return make_document(), herald


def _actors() -> tuple[Actor, ...]:
    freedonia = make_actor(
        "Freedonia", kind=ActorKind.STATE, country="FRE", aliases=("Freedonian",)
    )
    government = make_actor(
        "Government of Freedonia", kind=ActorKind.GOVERNMENT, member_of=("freedonia",)
    )
    petrova = make_actor(
        "Ana Petrova",
        kind=ActorKind.PERSON,
        member_of=("government-of-freedonia",),
        aliases=("President Petrova",),
    )
    return freedonia, government, petrova, make_actor("River Front", aliases=("the Front", "RF"))


def _events(harbour: Document, herald: Document, actors: dict[str, Actor]) -> tuple[Event, ...]:
    bombing = _bombing(harbour, herald, actors)
    front, government = actors["river-front"], actors["government-of-freedonia"]
    blame = make_event(
        make_mention(
            harbour,
            "blamed",
            event_type=EventType.ACCUSE,
            when=make_when(date(2015, 3, 4), basis=Basis.RELATIVE, anchor="publication:2015-03-05"),
        ),
        title="Freedonia blames River Front for the bombing",
        actors=(make_event_actor(government), make_event_actor(front, Role.RECIPIENT)),
        follows=(bombing.event_id,),
    )
    denial = make_event(
        make_mention(
            herald,
            "denied",
            event_type=EventType.REJECT,
            attribution="river-front",
            when=make_when(None),
        ),
        title="River Front denies the bombing",
        actors=(make_event_actor(front),),
        salience=0.2,
    )
    return bombing, blame, _meeting(harbour, actors["ana-petrova"]), _protest(harbour), denial


def _bombing(harbour: Document, herald: Document, actors: dict[str, Actor]) -> Event:
    front = actors["river-front"]
    first = make_mention(
        harbour,
        "attacked",
        mode="aerial",
        arguments=(
            make_argument(harbour, "The River Front", actor_id=front.actor_id),
            make_argument(harbour, "Varna", Role.LOCATION, after=harbour.text.index("attacked")),
        ),
        casualties=(make_casualty(harbour),),
        when=make_when(phrase="3 March 2015", phrase_span=span_of(harbour, "3 March 2015")),
    )
    second = make_mention(
        herald,
        "bombed",
        casualties=(make_casualty(herald, "14 people died", low=14, high=14),),
        when=make_when(basis=Basis.RELATIVE, phrase="Tuesday", anchor="publication:2015-03-04"),
    )
    claims = (
        Claim(value="12 killed", mention_ids=(first.mention_id,)),
        Claim(value="14 killed", mention_ids=(second.mention_id,)),
    )
    return make_event(
        first,
        second,
        title="River Front attacks the port of Varna, 12 killed",
        mode="aerial",
        actors=(make_event_actor(front),),
        place=Place(name="Varna", lat=43.2, lon=27.9, country="BGR"),
        salience=1.0,
        disagreements=(Disagreement(field="casualties", claims=claims),),
    )


def _meeting(harbour: Document, petrova: Actor) -> Event:
    mention = make_mention(
        harbour,
        "meet",
        event_type=EventType.CONSULT,
        modality=Modality.PLANNED,
        when=make_when(date(2015, 3, 10)),
    )
    return make_event(
        mention,
        title="Ana Petrova to meet the envoy",
        status=Status.PLANNED,
        actors=(make_event_actor(petrova),),
    )


def _protest(harbour: Document) -> Event:
    since = make_when(
        date(2015, 2, 1),
        edtf="2015-02/..",
        latest=None,
        precision=Precision.RANGE,
        ongoing=True,
    )
    mention = make_mention(harbour, "protested", event_type=EventType.PROTEST, when=since)
    return make_event(
        mention, title="Dockers protest in Varna", status=Status.ONGOING, salience=0.4
    )
