"""Did it happen? Modality of a mention, composed from the cues on the way from its trigger up to the root."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from timeline.mentions import syntax
from timeline.mentions.cues import (
    OCCURRING,
    cues_of_link,
    cues_on,
    is_conditional,
    over_prepositions,
)
from timeline.mentions.links import came_first
from timeline.mentions.phrases import is_definite
from timeline.mentions.saying import find_speaker
from timeline.mentions.triggers import Candidate
from timeline.model import EventType, Modality
from timeline.ontology import ModalityCues, Ontology
from timeline.words import Word

_STRENGTH = (
    Modality.ASSERTED,
    Modality.PLANNED,
    Modality.ALLEGED,
    Modality.DEMANDED,
    Modality.POSSIBLE,
)
_PERFECT = frozenset({"has", "have", "had", "'ve", "’ve"})
_COMING_ABOUT = frozenset({"materialize", "materialise", "come", "exist", "ensue", "erupt"})
_VIOLENT = frozenset({EventType.ASSAULT, EventType.DISASTER, EventType.PROTEST})
_FACTIVE = frozenset(
    {"after", "since", "when", "as", "because", "although", "though", "while", "once"}
)


def compose(outer: Modality, inner: Modality) -> Modality:
    """Modality of something embedded in something else: the least real wins, and two denials cancel out."""
    if outer is Modality.DENIED and inner is Modality.DENIED:
        return Modality.ASSERTED
    if Modality.DENIED in (outer, inner):
        other = inner if outer is Modality.DENIED else outer
        return (
            Modality.POSSIBLE
            if other in (Modality.POSSIBLE, Modality.DEMANDED)
            else Modality.DENIED
        )
    return max(outer, inner, key=_STRENGTH.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the cues around a trigger say."""

    modality: Modality
    attribution: Word | None = None
    """Head of the phrase that names who says so."""
    purpose: bool = False
    """An aim or a complement that is told as neither done nor planned ("pressure to withdraw")."""


def judge_modality(candidate: Candidate, ontology: Ontology, *, past: bool = False) -> Judgement:
    """Modality and attribution of one candidate; `past`: its own date lies before the publication."""
    cues = ontology.modality
    modality, purpose = Modality.ASSERTED, False
    for cue, is_purpose in _cues_upward(candidate, ontology, past=past):
        modality = compose(cue, modality)
        purpose = purpose or is_purpose
    if _is_question(candidate):
        modality = compose(Modality.POSSIBLE, modality)
    speaker = find_speaker(candidate, cues)
    return Judgement(modality=modality, attribution=speaker, purpose=purpose)


def _cues_upward(
    candidate: Candidate, ontology: Ontology, *, past: bool
) -> Iterator[tuple[Modality, bool]]:
    cues = ontology.modality
    token = candidate.token
    named = _attempt_of(candidate)
    for cue in cues_on(token, cues, below=named):
        yield cue, False
    granted = not candidate.is_verb and (past or came_first(candidate))
    definite = not candidate.is_verb and is_definite(token)
    for node, head in syntax.ancestors(token):
        if _stands_alone(node, head, cues):
            return
        if definite and (left := _left_open(candidate, node, head, cues)):
            yield left, False
            return
        linked = cues_of_link(node, head, presupposed=granted or definite, ontology=ontology)
        yield from _tried(linked, candidate, head, cues)
        if node.dep_ != "conj" and (granted or (definite and not _is_carrier(head, cues))):
            # What is taken for granted happened, whatever the clause makes of it; but "could boycott the vote" leaves
            # open whether there will be one.
            if not granted and Modality.POSSIBLE in cues_on(head, cues, below=node):
                yield Modality.POSSIBLE, False
            return
        definite = False
        yield from ((cue, False) for cue in _cues_of_head(candidate, node, head, cues))
        if head.pos_ == "NOUN":
            granted = any(clause.tag_ == "VBD" for clause in syntax.children(head, "relcl"))
            definite = is_definite(head)
        if _is_finite_aside(head) and not is_conditional(head, cues):
            # Beyond an adverbial clause the main clause speaks of something else.
            return


def _cues_of_head(
    candidate: Candidate, node: Word, head: Word, cues: ModalityCues
) -> Iterator[Modality]:
    """What hangs on the word above. "The raid is not linked to the probe" denies the link, and no raid."""
    result = node.dep_ == "advcl" and node.tag_ == "VBG" and _follows_from(node, head)
    if (node.dep_ in ("advcl", "conj") and not result) or head.pos_ not in (
        "VERB",
        "AUX",
        "NOUN",
        "ADJ",
    ):
        return
    predicated = node is candidate.token and not _says_that_it_is(node, head, cues)
    for cue in cues_on(head, cues, below=node):
        if cue is Modality.PLANNED and _is_answered(candidate, node, head, cues):
            yield Modality.POSSIBLE
        elif not (cue is Modality.DENIED and (predicated or result)):
            yield cue


def _follows_from(result: Word, deed: Word) -> bool:
    """ "will drive them out, leaving the town in ruins": what follows from a deed is no surer than the deed."""
    return result.i > deed.i and not syntax.children(result, "mark", "prep", *syntax.SUBJECT)


def _is_answered(candidate: Candidate, node: Word, head: Word, cues: ModalityCues) -> bool:
    """ "will respond to an attack": there may be none."""
    violent = candidate.is_noun and candidate.trigger.event_type in _VIOLENT
    answered = violent and candidate.token.head == node and node.lower_ in ("to", "into", "against")
    return answered and not _is_carrier(head, cues)


def _tried(
    linked: Iterator[tuple[Modality, bool]], candidate: Candidate, head: Word, cues: ModalityCues
) -> Iterator[tuple[Modality, bool]]:
    """Cues of a link; "tried to storm the palace" is no plan, but an attempt, which its title tells. Whether anyone was
    killed that somebody tried to kill is open."""
    tries = syntax.lemma_of(head) in cues.trying
    begun = tries and syntax.is_verbal(head) and candidate.trigger.casualty is None
    for cue, is_purpose in linked:
        if not (tries and cue is Modality.PLANNED):
            yield cue, is_purpose
        elif not begun:
            yield Modality.POSSIBLE, is_purpose


def _left_open(candidate: Candidate, node: Word, head: Word, cues: ModalityCues) -> Modality | None:
    """ "block the boy's return", "secure their release": whose it is, is known, and not whether it comes to be. Of
    violence, what is spoken of has happened ("oppose the war")."""
    verb = over_prepositions(head)
    lemma = syntax.lemma_of(verb)
    if node.dep_ not in ("dobj", "nsubjpass") or lemma not in cues.unsettling:
        return None
    if candidate.trigger.event_type in _VIOLENT:
        return None
    undone = verb.tag_ in ("VBD", "VBN") and cues.governors.get(lemma) is Modality.DENIED
    return Modality.DENIED if undone else Modality.POSSIBLE


def _attempt_of(candidate: Candidate) -> Word | None:
    """The "attempted" of "attempted murder", where the ontology knows that as an event of its own."""
    modifiers = syntax.children(candidate.token, "amod", "compound")
    return next((word for word in modifiers if word.lower_ in candidate.trigger.modifier), None)


def _is_finite_aside(head: Word) -> bool:
    """An adverbial clause with a finite verb."""
    finite = head.tag_ not in ("VB", "VBG", "VBN")
    return syntax.is_verbal(head) and head.dep_ == "advcl" and finite


def _is_carrier(head: Word, cues: ModalityCues) -> bool:
    """A verb that only says that it takes place: "the vote will be held", "the session would meet"."""
    lemma = syntax.lemma_of(over_prepositions(head))
    return lemma in cues.light or lemma in OCCURRING or lemma in cues.aspect_begin


def _says_that_it_is(subject: Word, verb: Word, cues: ModalityCues) -> bool:
    """Whether the verb says of its subject no more than that it takes place; true of what is no subject."""
    if subject.dep_ not in ("nsubj", "nsubjpass") or subject.pos_ not in ("NOUN", "PROPN"):
        return True
    lemma = syntax.lemma_of(verb)
    return lemma != "be" and (_is_carrier(verb, cues) or lemma in _COMING_ABOUT)


def _stands_alone(node: Word, head: Word, cues: ModalityCues) -> bool:
    """A relative clause in the past tense, or of a definite noun, adds what is so, whatever is said of the noun; so do
    "after" and "because"; a speech verb set beside what is said is no part of it."""
    if node.dep_ == "relcl":
        past = node.tag_ == "VBD" or any(aux.lower_ in _PERFECT for aux in node.children)
        return past or is_definite(head) or head.pos_ == "PROPN"
    if node.dep_ == "acl" and node.tag_ == "VBN" and _is_told_of(node, head):
        return True
    if node.dep_ == "ccomp" and node.tag_ == "VBD" and _asks_who(node):
        return True
    if node.dep_ == "acl" and node.tag_ == "VBN" and syntax.agents(node):
        return (
            True  # "agreed to a truce brokered by Chad": that was done, whatever comes of the truce
        )
    if node.dep_ == "advcl" and node.tag_ in ("VBD", "VBN"):
        marks = {child.lower_ for child in syntax.children(node, "mark", "advmod")}
        if marks & cues.markers.keys():
            return False
        if any(helper.tag_ in ("VBZ", "VBP") for helper in syntax.children(node, "aux", "auxpass")):
            return False  # "will take effect once parliament has approved it"
        if marks & _FACTIVE or _tells_the_past(node, head):
            return True
    if node.dep_ == "parataxis" or _is_inserted_speech(node, cues):
        return True
    return syntax.is_clause_after_all(node)


def _tells_the_past(clause: Word, verb: Word) -> bool:
    """ "agreed to ban the airline, a day after a jet was forced to land": below an infinitive, what was done is no part of
    what is to be."""
    finite = clause.tag_ == "VBD" or any(
        helper.tag_ == "VBD" for helper in syntax.children(clause, "aux", "auxpass")
    )
    own = syntax.children(clause, *syntax.SUBJECT, *syntax.PASSIVE_SUBJECT)
    return finite and bool(own) and verb.tag_ == "VB"


def _is_told_of(participle: Word, noun: Word) -> bool:
    """ "will release soldiers captured in the war": they were captured; but "wants troops sent", "any deal reached"."""
    if noun.dep_ not in ("dobj", "pobj", "nsubj", "nsubjpass", "conj") or noun.pos_ not in (
        "NOUN",
        "PROPN",
    ):
        return False
    # "a force sent to keep the peace" is one that is wished for as often as not.
    open_ = any(child.lower_ in _INDEFINITE for child in syntax.children(noun, "det"))
    return not open_ and syntax.lemma_of(over_prepositions(noun.head)) not in _CAUSING


_INDEFINITE = frozenset({"a", "an", "any", "no", "some", "every", "each"})
_CAUSING = frozenset({"want", "order", "need", "have", "get", "demand", "like", "see", "urge", "keep", "be"})  # fmt: skip


def _asks_who(clause: Word) -> bool:
    """ "will find out who bombed the mosque": that somebody did is taken for granted."""
    subjects = syntax.children(clause, *syntax.SUBJECT, *syntax.PASSIVE_SUBJECT)
    return any(child.tag_ == "WP" and child.lower_ in ("who", "what") for child in subjects)


def _is_inserted_speech(verb: Word, cues: ModalityCues) -> bool:
    """ "…," he said after …"""
    if syntax.lemma_of(verb) not in cues.reporting or not syntax.children(verb, "nsubj"):
        return False
    first = verb.left_edge.i
    before = verb.doc[first - 1] if first else None
    return (
        verb.dep_ in ("ccomp", "conj", "dep", "advcl")
        and before is not None
        and before.is_punct
        and not syntax.children(verb, "mark", "ccomp")
    )


def _is_question(candidate: Candidate) -> bool:
    text = candidate.sentence.text.rstrip("\"'”’) ")
    return text.endswith("?")
