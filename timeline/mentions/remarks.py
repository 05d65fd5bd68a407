"""Mentions that only say what another mention tells: remarks on a deed, and verbs that carry an event noun."""

from __future__ import annotations

from timeline.mentions.arguments import dealings_of
from timeline.mentions.frames import measured
from timeline.mentions.scene import Scene
from timeline.mentions.syntax import children
from timeline.mentions.triggers import Candidate
from timeline.model import EventType

_TURNING = frozenset({"become", "grow", "get", "turn", "remain", "stay", "prove", "appear"})
_GIVING = frozenset({"give", "hand", "deal", "receive", "get"})
_LIFTING = frozenset({"lift", "ease", "drop", "revoke", "rescind", "scrap", "withdraw", "relax", "cancel"})  # fmt: skip
_MEASURES = frozenset({EventType.THREATEN, EventType.COERCE, EventType.SANCTION, EventType.REQUEST, EventType.REJECT})  # fmt: skip
_PARTS = ("dobj", "nsubj", "nsubjpass")


def is_told_by_another(candidate: Candidate, scene: Scene) -> bool:
    """ "The talks *collapsed*" tells no talks, and "the protests *turned* violent" but the protests."""
    if candidate.is_noun and _is_fulfilled(candidate, scene):
        return True
    if candidate.is_noun and (_is_lifted(candidate) or _is_an_occasion(candidate, scene)):
        return True
    if candidate.is_noun:
        verb = scene.event_at(candidate.paragraph, candidate.token.head)
        return verb is not None and candidate in dealings_of(verb, scene)
    if candidate.trigger.event_type is EventType.STATEMENT:
        return _tells_an_event(candidate, scene)
    if _is_what_is_threatened(candidate, scene):
        return True
    if candidate.token.lemma == "use":
        # "used batons to disperse the crowd" tells the dispersing.
        aims = children(candidate.token, "xcomp", "advcl")
        return any(scene.event_at(candidate.paragraph, aim) is not None for aim in aims)
    if candidate.is_telling:
        return False
    if _is_of_a_state(candidate) or _hands_over(candidate, scene):
        return True
    subjects = candidate.subjects if candidate.is_verb else ()
    events = (scene.event_at(candidate.paragraph, subject) for subject in subjects)
    return any(event is not None and event.is_noun for event in events)


def _is_of_a_state(verb: Candidate) -> bool:
    """ "Firefighters *remained* wary", "he has *become* the subject of a dispute": how somebody is."""
    turns = verb.is_verb and verb.token.lemma in _TURNING
    return turns and bool(children(verb.token, "acomp", "attr", "oprd"))


def _hands_over(verb: Candidate, scene: Scene) -> bool:
    """ "was *given* a two-year ban" tells the ban, "*staged* a number of celebrations" the celebrations."""
    cues = scene.ontology.modality
    light = verb.token.lemma in cues.light and verb.token.lemma not in cues.aspect_end
    if not verb.is_verb or not (light or verb.token.lemma in _GIVING):
        return False
    things = children(verb.token, "dobj", "oprd")
    told = [inner for thing in things for inner in measured(thing, scene.ontology)]
    given = (scene.event_at(verb.paragraph, inner) for inner in told)
    return any(event is not None and event.is_noun for event in given)


def _is_lifted(noun: Candidate) -> bool:
    """ "*lifted* a warning against travel": that there was one is known, and that day it ended."""
    lifted = noun.token.dep_ in ("dobj", "nsubjpass") and noun.token.head.lemma in _LIFTING
    return lifted and noun.trigger.event_type in _MEASURES


def _is_an_occasion(noun: Candidate, scene: Scene) -> bool:
    """ "will join the alliance in a *ceremony* in Riga": where and how it is done."""
    if noun.trigger.event_type is not EventType.OTHER or noun.token.dep_ != "pobj":
        return False
    opened = [child.lower_ for child in children(noun.token, "det")]
    at = noun.token.head.lower_ in ("in", "at", "during") and opened in (["a"], ["an"])
    return at and scene.event_at(noun.paragraph, noun.token.head.head) is not None


def _is_what_is_threatened(deed: Candidate, scene: Scene) -> bool:
    """ "vowed to *retaliate*": the news is the threat."""
    token = deed.token
    threat = scene.event_at(deed.paragraph, token.head) if token.dep_ == "xcomp" else None
    return threat is not None and threat.trigger.event_type is EventType.THREATEN


def _is_fulfilled(promise: Candidate, scene: Scene) -> bool:
    """ "kept their *promise* to leave": they left."""
    kept = promise.token.head.lemma in scene.ontology.modality.fulfilling
    deeds = children(promise.token, "acl")
    return kept and any(scene.event_at(promise.paragraph, deed) is not None for deed in deeds)


def _tells_an_event(saying: Candidate, scene: Scene) -> bool:
    """ "The ministry said that jets had *bombed* the port": the news is what it said, and not that it said so."""
    clauses = children(saying.token, "ccomp")
    if saying.token.dep_ in ("parataxis", "ccomp", "conj", "dep", "advcl") and not clauses:
        clauses = [saying.token.head]
    carried = [child for clause in clauses for child in children(clause, *_PARTS)]
    for clause in (*clauses, *carried):
        event = scene.event_at(saying.paragraph, clause)
        spoken = event is None or event.trigger.event_type is EventType.STATEMENT
        if not spoken and not any(child.tag_ == "MD" for child in children(clause, "aux", "neg")):
            return True
    return False
