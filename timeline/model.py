"""The domain types. One document is read, annotated, mined for time expressions and event mentions;
mentions of all documents are merged into events.

All offsets are Unicode code points, half-open, into `Document.text`. All types are immutable.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Span = tuple[int, int]
"""Half-open ``(start, end)`` in code points of `Document.text`."""


class PublishedBasis(StrEnum):
    """How the publication date of a document is known."""

    HEADER = "header"
    METADATA = "metadata"
    BYLINE = "byline"
    INFERRED = "inferred"
    GIVEN = "given"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article, its text exactly as decoded from the source."""

    doc_id: str
    """Stable: a digest of name and text."""
    doc: str
    """The source's file name without its last suffix."""
    text: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    published: date | None = None
    published_basis: PublishedBasis = PublishedBasis.UNKNOWN
    published_note: str = ""
    """For an inferred date: what it was reckoned from, in one sentence."""
    furniture: tuple[Span, ...] = ()
    """Header, byline, menus, photo credits, gallery counters…: present in `text`, but no prose. Sorted."""
    captions: tuple[Span, ...] = ()
    """Picture captions: prose that may tell an event, marked as what it is. Sorted."""
    copy_of: str = ""
    """``doc_id`` of the article that this one is a reprint of; empty for an original."""


class TimexType(StrEnum):
    """TIMEX3 types (TimeML 1.2.1)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Precision(StrEnum):
    """Granularity of a date."""

    TIME = "time"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    RANGE = "range"
    """Goes on from earliest to latest (an EDTF interval)."""
    WINDOW = "window"
    """Once, somewhere between earliest and latest (EDTF ``[a..b]``)."""
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """What a date rests on."""

    EXPLICIT = "explicit"
    RELATIVE = "relative"
    CONTEXT = "context"
    MERGED = "merged"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """One time expression (TIMEX3) of one document, resolved as far as the text allows."""

    doc: str
    start: int
    end: int
    text: str
    type: TimexType
    value: str
    """TIMEX3 value: ``2020-01-03``, ``XXXX-WXX-5``, ``P3M``, ``PRESENT_REF``…"""
    mod: str = ""
    edtf: str = ""
    """Empty where the expression names no place on the calendar (durations, sets, undated)."""
    earliest: date | None = None
    latest: date | None = None
    precision: Precision = Precision.UNKNOWN
    basis: Basis = Basis.NONE
    anchor: str = ""
    """What a relative expression was counted from: ``publication``, ``timex:START`` (another expression),
    ``event`` (the event told before, for the caller to fill in), or empty."""
    shift: str = ""
    """For ``anchor == "event"``: signed ISO 8601 duration from it: ``P1D`` a day later, ``-P2D`` two days before,
    ``>`` some time after, ``<`` some time before."""
    rule: str = ""
    """Id of the rule in ``data/rules`` that fired."""
    ongoing: bool = False
    """``since October``: has begun, and no end is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When an event happened, and how that is known."""

    edtf: str = ""
    earliest: date | None = None
    latest: date | None = None
    precision: Precision = Precision.UNKNOWN
    basis: Basis = Basis.NONE
    phrase: str = ""
    phrase_span: Span | None = None
    anchor: str = ""
    """``publication:2020-01-03``, ``mention:ID``, ``event:ID``, ``timex:2020-01-03`` or empty."""
    rule: str = ""
    shift: str = ""
    """Signed duration from the anchor, as in `Timex.shift`."""
    ongoing: bool = False


class Modality(StrEnum):
    """Whether the text says that it happened."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"
    ALLEGED = "alleged"
    DEMANDED = "demanded"


class Status(StrEnum):
    """What became of an event, as far as all its sources tell."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    ALLEGED = "alleged"
    DENIED = "denied"


class EventType(StrEnum):
    """PLOVER's sixteen types, and four for what PLOVER leaves out."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    MOBILIZE = "MOBILIZE"
    SANCTION = "SANCTION"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"
    POLITICS = "POLITICS"
    STATEMENT = "STATEMENT"
    DISASTER = "DISASTER"
    OTHER = "OTHER"


class Role(StrEnum):
    """The part an argument plays in an event."""

    ACTOR = "actor"
    RECIPIENT = "recipient"
    LOCATION = "location"
    INSTRUMENT = "instrument"


class CasualtyKind(StrEnum):
    """What befell people."""

    KILLED = "killed"
    WOUNDED = "wounded"
    DETAINED = "detained"
    DISPLACED = "displaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A participant, place or means of a mention, as the text names it."""

    role: Role
    start: int
    end: int
    text: str
    head: Span
    """The syntactic head of the phrase: what the antecedent and the actor are looked up by."""
    actor_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualty:
    """A number of people killed, wounded, detained or displaced. Bounds are inclusive; None is open."""

    kind: CasualtyKind
    low: int | None
    high: int | None
    who: str
    start: int
    end: int
    approximate: bool = False
    """The text says "about", "an estimated", "nearly"."""
    open_ended: bool = False
    """Of the sources that give the highest number, each gives it as the least ("at least 18"): it may be more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """One passage that reports an event. `start`/`end` is the trigger's span."""

    mention_id: str
    """Stable: a digest of document, trigger span and type."""
    doc_id: str
    doc: str
    start: int
    end: int
    sentence: Span
    quote: str
    trigger: str
    lemma: str
    """Lower-case lemma of the trigger (multiword triggers joined by a space): what merging compares."""
    event_type: EventType
    mode: str
    modality: Modality
    attribution: str | None = None
    """Who says so, when it is not the article: an actor id once actors are resolved, before that the name as written."""
    attribution_span: Span | None = None
    arguments: tuple[Argument, ...] = ()
    when: When = When()
    casualties: tuple[Casualty, ...] = ()
    confidence: float = 1.0
    incident: bool = True
    """False for what is told in passing (generic, habitual, a state of affairs): kept, ranked low."""
    follows: tuple[str, ...] = ()
    """Ids of mentions in the same document that this one follows or answers, told by the text's own connectives."""
    same_as: tuple[str, ...] = ()
    """Ids of mentions in the same document that syntax says are the same incident ("strikes that killed 25")."""


class ActorKind(StrEnum):
    """What an actor is."""

    STATE = "state"
    GOVERNMENT = "government"
    ARMED_GROUP = "armed_group"
    PARTY = "party"
    PERSON = "person"
    MOVEMENT = "movement"
    ORGANISATION = "organisation"
    PEOPLE = "people"
    """A nationality, religion or population."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody or something that acts, under all the names that the texts and the gazetteer give it."""

    actor_id: str
    """``united-states``, ``qassem-soleimani``: a slug of the canonical name."""
    name: str
    kind: ActorKind
    country: str = ""
    """ISO 3166-1 alpha-3, or empty."""
    member_of: tuple[str, ...] = ()
    """Actor ids of what it belongs to, nearest first."""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventActor:
    """An actor's part in an event."""

    actor_id: str
    name: str
    role: Role
    alleged: bool = False
    """What happened is told as fact, that this one did it only as somebody's claim, or as denied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the gazetteer; coordinates in degrees (WGS 84)."""

    name: str
    lat: float | None = None
    lon: float | None = None
    country: str = ""
    """ISO 3166-1 alpha-3, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One of several values that sources give for the same thing, and who gives it."""

    value: str
    mention_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A field (``date``, ``casualties``, ``actor``, ``type``, ``wording``) on which the sources differ."""

    field: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Mentions of every article that mean the same thing."""

    event_id: str
    title: str
    event_type: EventType
    mode: str
    status: Status
    when: When
    actors: tuple[EventActor, ...] = ()
    place: Place | None = None
    casualties: tuple[Casualty, ...] = ()
    salience: float = 0.0
    confidence: float = 1.0
    mentions: tuple[EventMention, ...] = ()
    sources: int = 1
    """Number of independent publishers (documents where the publisher is unknown)."""
    disagreements: tuple[Disagreement, ...] = ()
    follows: tuple[str, ...] = ()
    """Ids of events that this one follows or answers, told by the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A named entity of one document: label PERSON, ORG, LOC, NORP or EVENT (GPE and FAC count as LOC)."""

    start: int
    end: int
    text: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What the stages found in one document, before anything is merged."""

    document: Document
    names: tuple[Name, ...] = ()
    antecedents: tuple[tuple[Span, Span], ...] = ()
    """Pronoun or definite description (span of its head word) and the span of the name that it stands for."""
    timexes: tuple[Timex, ...] = ()
    mentions: tuple[EventMention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A source that could not be read, or need not be: one line for the report."""

    source: str
    reason: str
    left_out: bool = False
    """A remark: it was passed over on purpose, as a copy of another, or was read but for its date. No article is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronology:
    """The result of a build, in memory."""

    documents: tuple[Document, ...]
    mentions: tuple[EventMention, ...]
    events: tuple[Event, ...]
    actors: tuple[Actor, ...]
    failures: tuple[Failure, ...] = ()
