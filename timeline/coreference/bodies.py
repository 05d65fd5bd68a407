"""Whom "it" and "its" stand for: a state, body or group, where grammar leaves no choice; else nobody.

Things are "it" as well, so nearness alone says nothing: only the subject of the clause is taken up.
"""

from __future__ import annotations

from timeline.coreference.discourse import Candidate, Discourse
from timeline.model import ActorKind
from timeline.words import Word

THINGS = frozenset({"it", "its", "itself"})
_SUBJECTS = ("nsubj", "nsubjpass")
_SPOKEN = frozenset(
    [
        "say", "tell", "add", "claim", "deny", "insist", "announce", "confirm", "believe",
        "vow", "threaten", "warn", "declare", "acknowledge", "admit", "report", "state",
        "promise", "pledge", "agree", "decide", "suspect", "fear", "hope", "stress",
        "maintain", "argue", "note",
    ]
)  # fmt: skip
_DEEDS = _SPOKEN | frozenset(
    [
        "accuse",
        "blame",
        "urge",
        "call",
        "demand",
        "reject",
        "condemn",
        "order",
        "appeal",
        "criticise",
        "criticize",
        "dismiss",
        "refuse",
        "welcome",
        "accept",
        "propose",
        "ask",
        "offer",
        "withdraw",
        "expel",
        "order",
        "impose",
        "sever",
        "suspend",
        "ban",
        "arrest",
        "detain",
        "jail",
        "deploy",
        "capture",
        "release",
        "free",
        "approve",
        "vote",
        "dissolve",
        "recall",
        "summon",
        "invade",
        "bomb",
        "shell",
        "sign",
        "pardon",
    ]
)
"""What things do not do: an "it" that does them is somebody."""
_CLAUSES = ("ccomp", "csubj", "xcomp")
_GROUPS = frozenset(
    {
        ActorKind.STATE,
        ActorKind.GOVERNMENT,
        ActorKind.ARMED_GROUP,
        ActorKind.ORGANISATION,
        ActorKind.PARTY,
        ActorKind.MOVEMENT,
    }
)


def find_body(token: Word, discourse: Discourse) -> Candidate | None:
    """The one that "it" or "its" stands for, or None."""
    if token.dep_ == "poss":
        return _owner(token, discourse)
    if token.dep_ not in _SUBJECTS or _is_expletive(token):
        return None
    clause = _first_clause(token.head)
    if clause.dep_ == "ccomp" and clause.head.lemma_ in _SPOKEN and token.i > clause.head.i:
        return subject_of(clause.head, discourse)
    opens = clause.dep_ == "ROOT" and token.is_sent_start
    return discourse.subject if opens and token.head.lemma_ in _DEEDS else None


def subject_of(verb: Word, discourse: Discourse) -> Candidate | None:
    """The state, body or group that is the only subject of a verb."""
    found = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if len(found) != 1:
        return None
    subject = found[0]
    joined = any(child.dep_ == "conj" for child in subject.children)
    return None if joined else _group(subject, discourse)


def _owner(token: Word, discourse: Discourse) -> Candidate | None:
    """ "France withdrew its soldiers": the subject of the verb whose object it owns."""
    head = token.head
    while head.dep_ in ("pobj", "prep", "conj") and head.head.i != head.i:
        head = head.head
    verb = head.head if head.dep_ in ("dobj", "attr") else head
    if verb.pos_ not in ("VERB", "AUX") or verb.i > token.i:
        return None
    between = verb.doc[verb.i + 1 : token.i]
    # "moved the group from its base": whose base is anybody's guess.
    if any(other.pos_ in ("NOUN", "PROPN") for other in between):
        return None
    return subject_of(verb, discourse)


def _is_expletive(token: Word) -> bool:
    """ "It is clear that …", "it seems that …": stands for the clause that follows."""
    verb = token.head
    below = [verb, *(child for child in verb.children if child.dep_ in ("acomp", "attr"))]
    return verb.lemma_ in ("be", "seem", "appear", "become", "take", "rain", "snow") and any(
        child.dep_ in _CLAUSES for word in below for child in word.children
    )


def _first_clause(verb: Word) -> Word:
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
    return verb


def _group(token: Word, discourse: Discourse) -> Candidate | None:
    """A singular word for a state, body or group, by name or by description."""
    name = discourse.heads.get(token.i)
    gazetteer = discourse.gazetteer
    if name is not None:
        known = gazetteer.candidates(name.text) if name.label != "PERSON" else ()
        kind = known[0].kind if known else ActorKind.ORGANISATION if name.label == "ORG" else None
    elif token.tag_ == "NN":
        body = gazetteer.body(token.text) or gazetteer.description(token.text)
        office = gazetteer.title(token.text)
        kind = body.kind if body is not None and office is None else None
    else:
        kind = None
    if kind not in _GROUPS or kind is None:
        return None
    start = discourse.paragraph.span(_opening(token))[0]
    span = (
        (name.start, name.end) if name is not None else (start, discourse.paragraph.span(token)[1])
    )
    return Candidate(
        key=token.lower_,
        span=span,
        sentence=discourse.sentence,
        weight=1.0,
        kind=kind,
        token=token,
        named=name is not None,
    )


def _opening(token: Word) -> Word:
    left = [child for child in token.lefts if child.dep_ in ("amod", "compound", "poss", "nmod")]
    return left[0].doc[left[0].left_edge.i] if left else token
