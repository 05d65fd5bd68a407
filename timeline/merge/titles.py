"""Headlines of events, built from the parts of one passage. A title says nothing that the passage does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from timeline.merge.clauses import (
    CUT,
    LEAD,
    before_trigger,
    clause_of,
    rest_of,
    said_in,
    shortened,
    what_follows,
    within_phrase,
)
from timeline.merge.context import Context
from timeline.merge.endings import capital, finish, is_killing, plain_form
from timeline.merge.entries import is_verb, trigger_of
from timeline.model import (
    Actor,
    ActorKind,
    Argument,
    EventMention,
    EventType,
    Modality,
    Place,
    Role,
    Status,
)
from timeline.ontology import Trigger
from timeline.ontology.inflection import third_person

_PARTS = (Role.ACTOR, Role.RECIPIENT)
_PRONOUN = re.compile(
    r"^(?:i|you|he|she|it|we|they|him|her|them|us|who|which|that|this|these|those|one|ones|many|some|others?|both|"
    r"another|any|none|people|someone|everyone|what|itself|themselves|himself|herself)$",
    re.I,
)
_BE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|get|got|gets)\s+(?:\w+ly\s+|also\s+|not\s+)?"
    r"(?:(?:reported|feared|believed|presumed|confirmed)\s+)?$",
    re.I,
)
_BE_JOINED = re.compile(
    r"\b(?:was|were|been)\s+\w+(?:ed|en|ought|eld|aken)\b[^;:“”\"]*\b(?:and|but|or)\s+"
    r"(?:(?:then|later|also|\w+ly)\s+)?$",
    re.I,
)
""" "was arrested in May and *extradited*"."""
_TRYING = re.compile(r"\b(?:try|tries|tried|trying|attempt(?:s|ed|ing)?)\s+to\s+$", re.I)
_UNDONE = re.compile(
    r"\b(?:attempted|failed|abortive|botched|thwarted|foiled|cancell?ed|aborted|averted|postponed|scrapped)\s+$",
    re.I,
)
_TODAY = re.compile(r"\s+(?:today|yesterday|tomorrow|tonight|now)\b", re.I)
_OWNED = re.compile(r"(?:\b(?:the|a|an|this|that|its|their|his|her)|['’]s?)\s+$", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A possible title; the one with the highest worth is taken, ties go to the first in canonical order."""

    text: str
    worth: float


def title_of(
    mentions: Sequence[EventMention], status: Status, place: Place | None, context: Context
) -> str:
    """The best headline that any one passage gives, in the words of the event's status. Where some passages tell it as
    fact, the others (who is charged with it, who denies it) give no headline."""
    factual = [mention for mention in mentions if mention.modality is Modality.ASSERTED]
    best = Draft(text="", worth=-1.0)
    for mention in factual or mentions:
        most = _MOST_SAID if mention.event_type is EventType.STATEMENT else _MOST
        if _base(mention) + most <= best.worth:
            continue  # it could not be better, and what is told best is often told first
        drafts = _drafts(mention, mentions, status, context)
        best = max((best, *drafts), key=lambda draft: draft.worth)
    if _PRONOUN_FIRST.match(best.text):
        # Nobody is named: the noun by itself, or the clause in quotation marks, says no more than the text does.
        if not is_verb(mentions[0], context):
            rest = within_phrase(mentions[0], rest_of(mentions[0], context), context)
            noun = f"{mentions[0].trigger} {rest}"
            return finish(noun, mentions, status, place, context)
        return f"“{capital(shortened(best.text)).rstrip('.')}”"
    return finish(best.text, mentions, status, place, context)


_AGENT = re.compile(r"^\s*by\b.*", re.S)
""" "boycotted by lawmakers", told in the active: they are its subject already."""
_PRONOUN_FIRST = re.compile(
    r"(?:he|she|they|it|we|i|you|his|her|their|its|our|this|that|who|which)\b", re.I
)


_MOST = 3.8
"""What a draft can be worth beyond its mention's confidence."""
_MOST_SAID = 4.0
"""The same of a statement, which may be quoted."""


def _base(mention: EventMention) -> float:
    return 0.3 * mention.confidence - (0.4 if mention.modality is Modality.POSSIBLE else 0.0)


def _drafts(
    mention: EventMention, mentions: Sequence[EventMention], status: Status, context: Context
) -> Iterator[Draft]:
    trigger = trigger_of(mention)
    base, told = _base(mention), ""
    verb = is_verb(mention, context)
    actor, recipient = _subject(mention, verb, context), _object(mention, mentions, context)
    # "Talks between A and B collapsed": it is not they who did.
    stands = not (verb and trigger and "subject" not in trigger.roles)
    if actor and stands and not (_UNDONE.search(before_trigger(mention, context)) and not verb):
        scene = Scene(
            mention,
            trigger,
            verb,
            status,
            before_trigger(mention, context),
            _AGENT.sub("", rest_of(mention, context)),
            what_follows(mention, context),
        )
        told = _active(scene, actor, recipient, _named_first(mention, context))
        if told:
            worth = base + 2.0 + bool(recipient) + 0.5 * verb + 0.3 * actor.known
            yield Draft(text=told, worth=worth)
        if mention.event_type is EventType.STATEMENT and (said := said_in(mention, context)):
            verb_said = trigger.headline if trigger and trigger.headline else "says"
            if actor.plural:
                verb_said = plain_form(verb_said, mention.lemma.split()[0])
            yield Draft(text=f"{capital(actor.text)} {verb_said} {said}", worth=base + 4.0)
    tried = _UNDONE.search(before_trigger(mention, context)) is not None and not verb
    if not told and not tried and recipient and _is_transitive(trigger, mention, verb, context):
        suffered = _passive(trigger, mention, recipient, status)
        yield Draft(
            text=f"{suffered} {within_phrase(mention, rest_of(mention, context), context)}"
            if _is_reduced(mention) or _is_completed(trigger, mention, context)
            else suffered,
            # "14 civilians killed" says more than "the port shaken"
            worth=base + 1.4 + 0.3 * verb + 0.4 * bool(mention.casualties),
        )
    if not told:
        text = clause_of(mention, verb, context)
        yield Draft(text=text, worth=base + 0.5 * (not verb) - 0.6 * (" " not in text))


@dataclass(frozen=True, slots=True)
class Scene:
    """What a title is made of besides the participants: the trigger, and the words of its clause around it."""

    mention: EventMention
    trigger: Trigger | None
    verb: bool
    status: Status
    before: str
    rest: str
    completed: str
    """The clause that completes the trigger."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Who or what, as a title names it."""

    text: str
    plural: bool
    known: bool


def _subject(mention: EventMention, verb: bool, context: Context) -> Phrase | None:
    acting = [item for item in mention.arguments if item.role is Role.ACTOR]
    # "patrolled the gulf alongside two others": they are named by what follows.
    before = [item for item in acting if item.start < mention.start] if verb else []
    return _phrase(before or acting, context)


def _object(
    mention: EventMention, mentions: Sequence[EventMention], context: Context
) -> Phrase | None:
    """Recipients of the mention; of a killing, all named persons that the event's mentions name."""
    own = [item for item in mention.arguments if item.role is Role.RECIPIENT]
    if not is_killing(mention) or not any(_is_person(item, context) for item in own):
        return _phrase(own, context)
    counts: Counter[str] = Counter()
    for other in mentions:
        for item in other.arguments:
            if item.role is Role.RECIPIENT and _is_person(item, context) and is_killing(other):
                counts[context.actors[item.actor_id or ""].name] += 1
    names = sorted(counts, key=lambda name: (-counts[name], name))
    return Phrase(_listed(names[:3]), plural=len(names) > 1, known=True)


def _is_person(argument: Argument, context: Context) -> bool:
    return bool(argument.actor_id) and context.kind(argument.actor_id or "") is ActorKind.PERSON


def _phrase(arguments: Sequence[Argument], context: Context) -> Phrase | None:
    texts: list[str] = []
    plural = known = False
    for argument in arguments:
        actor = context.actors.get(argument.actor_id or "")
        text = actor.name if actor and not _tells_more(argument, actor) else _noun_phrase(argument)
        if text and text not in texts:
            texts.append(text)
            known = known or actor is not None
            plural = _is_plural(text, actor)
    if not texts:
        return None
    return Phrase(_listed(texts[:3]), plural=plural or len(texts) > 1, known=known)


def _tells_more(argument: Argument, actor: Actor) -> bool:
    """A phrase headed by a common noun ("US troops", "25 militia fighters") is no mere name of its actor."""
    start, end = argument.head[0] - argument.start, argument.head[1] - argument.start
    head = argument.text[max(0, start) : max(0, end)]
    return (
        head[:1].islower()
        and not _PRONOUN.match(argument.text)
        and actor.kind is not ActorKind.PERSON
    )


def _noun_phrase(argument: Argument) -> str:
    """The phrase without its determiner and without what follows its head after a comma or "that"; no pronouns."""
    text = CUT.split(argument.text, maxsplit=1)[0]
    text = LEAD.sub("", _TODAY.sub("", " ".join(text.split()))).strip(" '’\"")
    return "" if not text or _PRONOUN.match(text) or len(text) > 60 else text


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _is_plural(text: str, actor: Actor | None) -> bool:
    single = (ActorKind.PERSON, ActorKind.STATE)
    if _COUNTED.match(text):
        return True  # "Twelve nations", also where that is the only name they have
    if actor is not None and text == actor.name and actor.kind in single:
        return False
    head = text.partition(" of ")[0].split()[-1].lower()
    if actor is not None and text == actor.name and actor.kind is ActorKind.PEOPLE:
        return head.endswith("s") or head in _PLURALS  # "Hutus", "children"
    return (
        head in _PLURALS
        or head.endswith("men")
        or (head.endswith("s") and not head.endswith(("ss", "us")))
    )


_PLURALS = frozenset({"people", "police", "men", "women", "children", "mps", "militia", "media"})
_COUNTED = re.compile(
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands|\d+)\s+\w",
    re.I,
)


def _active(scene: Scene, actor: Phrase, recipient: Phrase | None, by_name: bool) -> str:
    """ "United States kills X", "Parliament to convene"; empty where no verb is known, or its object is missing."""
    mention, trigger = scene.mention, scene.trigger
    headline = trigger.headline if trigger else ""
    if not scene.verb and (not headline or not (recipient or mention.event_type in _INTRANSITIVE)):
        return ""
    if scene.verb and not actor.known and mention.trigger.lower().endswith("ing"):
        return ""
    present = third_person(mention.lemma.split()[0]) if scene.verb else headline
    if actor.plural or scene.status is Status.PLANNED:
        present = plain_form(present, mention.lemma.split()[0])
    if scene.status is Status.PLANNED:
        present = f"to {present}"
    elif scene.verb and _TRYING.search(scene.before):
        present = f"{'try' if actor.plural else 'tries'} to {mention.lemma.split()[0]}"
    particle = " ".join(mention.trigger.split()[1:])
    passive = _BE.search(scene.before) and not mention.trigger.split()[0].lower().endswith("ing")
    rest = f"{particle} {scene.rest}" if scene.verb and not passive else ""
    if _MORE.fullmatch(rest.strip()):
        rest = ""
    rest = _with_name(rest, mention, recipient)
    if recipient and (not rest.strip() or (recipient.known and by_name)):
        rest = f"{particle} {recipient.text}" if scene.verb else recipient.text
    if not rest.strip():
        if scene.verb and _follows(mention, Role.ACTOR):
            return ""  # "a deal brokered by Qatar": what was brokered is not told by a phrase of its own
        rest = scene.completed
    return " ".join(f"{capital(actor.text)} {present} {rest}".split())


def _with_name(rest: str, mention: EventMention, recipient: Phrase | None) -> str:
    """ "attacks *him* for …": the name that the pronoun stands for."""
    told = [item for item in mention.arguments if item.role is Role.RECIPIENT]
    if recipient is None or not recipient.known or len(told) != 1:
        return rest
    return _OBJECT_PRONOUN.sub(lambda match: f"{match[1]}{recipient.text}", rest, count=1)


_OBJECT_PRONOUN = re.compile(r"^(\s*)(?:him|them)\b")
_MORE = re.compile(r"more|most|less|many|some|others?|so|too|also", re.I)


def _follows(mention: EventMention, role: Role) -> bool:
    """Whether all of those stand after the trigger."""
    return all(item.start > mention.start for item in mention.arguments if item.role is role)


_INTRANSITIVE = frozenset(
    {EventType.PROTEST, EventType.RETREAT, EventType.POLITICS, EventType.CONSULT}
)


def _named_first(mention: EventMention, context: Context) -> bool:
    """Whether what follows the verb is a known actor and nothing more."""
    own = [item for item in mention.arguments if item.role is Role.RECIPIENT]
    return all(
        item.actor_id in context.actors
        and not _tells_more(item, context.actors[item.actor_id or ""])
        for item in own
    ) and is_killing(mention)


def _is_transitive(
    trigger: Trigger | None, mention: EventMention, verb: bool, context: Context
) -> bool:
    """Whether "X was …ed" is what the passage says: of a noun by its type, of a verb by its form."""
    if trigger is None or not trigger.headline_passive:
        return False
    if not verb:
        return mention.event_type in _SUFFERED
    starts = [item.start for item in mention.arguments if item.role is Role.RECIPIENT]
    # "An earthquake struck the coast" names what did it, though it is no actor: its own clause tells more.
    harmed = mention.event_type in _SUFFERED and mention.event_type is not EventType.DISASTER
    direct = harmed and mention.end + 1 in starts
    before = before_trigger(mention, context)
    joined = _BE_JOINED.search(before) is not None and not _has(mention, Role.ACTOR)
    passive = _is_reduced(mention) or bool(_BE.search(before)) or joined
    return direct or (passive and any(start < mention.start for start in starts))


def _is_completed(trigger: Trigger | None, mention: EventMention, context: Context) -> bool:
    """ "was placed *under house arrest*": by what the ontology asks for, without which the verb tells nothing."""
    following = rest_of(mention, context).split()[:1]
    if not following or trigger is None or " " in trigger.headline_passive:
        return False
    # "was declared *the winner*", "was rushed *from the club*"
    before = before_trigger(mention, context)
    if not (_BE.search(before) or _BE_JOINED.search(before)):
        return False
    named = following[0] in ("the", "a", "an") and mention.lemma.split()[0] in _NAMING
    plain = mention.event_type is EventType.OTHER and following[0] in _LEADING
    return named or plain or following[0] in trigger.preps


_LEADING = frozenset({"to", "from", "into", "with", "out", "off"})
_NAMING = frozenset({"declare", "name", "elect", "appoint", "give", "award", "crown", "hand", "grant", "deny"})  # fmt: skip


def _has(mention: EventMention, role: Role) -> bool:
    return any(item.role is role for item in mention.arguments)


def _is_reduced(mention: EventMention) -> bool:
    """ "the force *sent* to the border": whoever sent it is not told."""
    if _has(mention, Role.ACTOR):
        return False
    return any(
        item.role is Role.RECIPIENT and item.end == mention.start - 1 for item in mention.arguments
    )


_SUFFERED = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.DISASTER})


def _passive(
    trigger: Trigger | None, mention: EventMention, recipient: Phrase, status: Status
) -> str:
    participle = trigger.headline_passive if trigger else mention.trigger
    particle = " ".join(mention.trigger.split()[1:])
    if particle and trigger and trigger.particle:
        # Of the particles that the ontology allows ("up", "in"), the one that the text has.
        participle = f"{participle.split()[0]} {particle}"
    elif particle in _PARTICLES and " " not in participle:
        participle = f"{participle} {particle}"  # "shut down"
    auxiliary = "to be " if status is Status.PLANNED else ""
    return f"{capital(recipient.text)} {auxiliary}{participle}"


_PARTICLES = frozenset({"down", "up", "off", "out", "away", "over", "in", "back"})
