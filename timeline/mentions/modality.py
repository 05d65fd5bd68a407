"""Did it happen? Modality of a mention, composed from the cues on the way from its trigger up to the root."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from timeline.mentions import syntax
from timeline.mentions.links import came_first
from timeline.mentions.phrases import is_definite
from timeline.mentions.saying import find_speaker
from timeline.mentions.triggers import Candidate
from timeline.model import Modality
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
_OCCURRING = frozenset(
    {"take", "occur", "happen", "go", "proceed", "be", "continue", "last", "follow"}
)
_COMING_ABOUT = frozenset({"materialize", "materialise", "come", "exist", "ensue", "erupt"})
_UNDOING = frozenset({"cancel", "avert", "prevent", "foil", "thwart", "avoid", "postpone"})
_FACTIVE = frozenset(
    {"after", "since", "when", "as", "because", "although", "though", "while", "once"}
)
_COMPLEMENTING = frozenset({"for", "of", "against", "about", "to", "on", "with", "in", "from"})
"""Prepositions that a governing word may ask for."""
_ABOUT = frozenset({"for", "of", "about", "on", "over", "to", "toward", "towards", "against"})
"""Prepositions of what is talked of, wanted or planned."""
_CLAUSE_COMPLEMENTS = ("xcomp", "ccomp", "pcomp", "acl", "csubj")


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
    for cue in _own_cues(token, cues, below=named):
        yield cue, False
    granted = not candidate.is_verb and (past or came_first(candidate))
    definite = not candidate.is_verb and is_definite(token)
    for node, head in syntax.ancestors(token):
        if _stands_alone(node, head, cues):
            return
        yield from _linked(node, head, presupposed=granted or definite, ontology=ontology)
        if node.dep_ != "conj" and (granted or (definite and not _is_carrier(head, cues))):
            # What is taken for granted happened, whatever the clause makes of it; but "could boycott the vote" leaves
            # open whether there will be one.
            if not granted and Modality.POSSIBLE in _own_cues(head, cues, below=node):
                yield Modality.POSSIBLE, False
            return
        definite = False
        if node.dep_ not in ("advcl", "conj") and head.pos_ in ("VERB", "AUX", "NOUN", "ADJ"):
            predicated = node is token and not _says_that_it_is(node, head, cues)
            for cue in _own_cues(head, cues, below=node):
                # "The raid is not linked to the probe" denies the link, and no raid.
                if not (cue is Modality.DENIED and predicated):
                    yield cue, False
        if head.pos_ == "NOUN":
            granted = any(clause.tag_ == "VBD" for clause in syntax.children(head, "relcl"))
            definite = is_definite(head)
        if _is_finite_aside(head) and not _conditional(head, cues):
            # Beyond an adverbial clause the main clause speaks of something else.
            return


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
    lemma = syntax.lemma_of(_over_prepositions(head))
    return lemma in cues.light or lemma in _OCCURRING or lemma in cues.aspect_begin


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
    if node.dep_ == "advcl" and node.tag_ in ("VBD", "VBN"):
        marks = {child.lower_ for child in syntax.children(node, "mark", "advmod")}
        if marks & _FACTIVE and not marks & cues.markers.keys():
            return True
    if node.dep_ == "parataxis" or _is_inserted_speech(node, cues):
        return True
    return syntax.is_clause_after_all(node)


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


def _conditional(verb: Word, cues: ModalityCues) -> bool:
    return any(child.lower_ in cues.markers for child in syntax.children(verb, "mark", "advmod"))


def _own_cues(token: Word, cues: ModalityCues, below: Word | None = None) -> Iterator[Modality]:
    """Cues that hang on the word itself: modals, negation, adverbs, adjectives, subordinators; those on the branch
    `below`, which the climb came from, have been counted."""
    for child in token.children:
        if child == below:
            continue
        word, lemma = child.lower_, syntax.lemma_of(child)
        if child.dep_ == "neg" or (
            word in cues.negators and child.dep_ in ("det", "advmod", "preconj", "cc")
        ):
            if not _is_not_only(child):
                yield Modality.DENIED
        elif child.dep_ == "aux" and child.tag_ == "MD":
            yield _modal(token, child, cues)
        elif child.dep_ in ("advmod", "amod") and (cue := _modifier_cue(child, lemma, cues)):
            yield cue
        elif child.dep_ in ("mark", "advmod") and word in cues.markers:
            yield cues.markers[word]
        elif child.dep_ in syntax.SUBJECT + syntax.PASSIVE_SUBJECT and _is_nobody(child, cues):
            yield Modality.DENIED
        elif child.dep_ == "acl" and child.tag_ == "VBN" and token.pos_ == "NOUN":
            # "a march … called by the union and scheduled for Friday"; who it is blamed on leaves it as real as it was.
            for participle in syntax.conjuncts(child):
                yield from (
                    cue
                    for cue in _governor(participle, cues)
                    if cue in (Modality.PLANNED, Modality.DENIED)
                )
    if (
        token.tag_ == "VB"
        and token.dep_ == "conj"
        and not syntax.children(token, "aux", *syntax.SUBJECT)
    ):
        yield from _own_cues(syntax.first_conjunct(token), cues)
    elif _is_conditional_inversion(token) or _is_conditioned(token, cues):
        yield Modality.POSSIBLE


def _is_conditioned(verb: Word, cues: ModalityCues) -> bool:
    """ "if talks fail, the rebels will attack"."""
    if not any(child.tag_ == "MD" for child in syntax.children(verb, "aux")):
        return False
    return any(_conditional(clause, cues) for clause in syntax.children(verb, "advcl"))


def _is_not_only(negation: Word) -> bool:
    following = negation.doc[negation.i + 1] if negation.i + 1 < len(negation.doc) else None
    return following is not None and following.lower_ in (
        "only",
        "just",
        "merely",
        "simply",
        "least",
    )


def _modifier_cue(child: Word, lemma: str, cues: ModalityCues) -> Modality | None:
    if child.dep_ == "amod":
        return cues.adjectives.get(child.lower_) or cues.adjectives.get(lemma)
    return cues.adverbs.get(child.lower_) or cues.adverbs.get(lemma)


def _is_nobody(subject: Word, cues: ModalityCues) -> bool:
    """ "nobody was hurt", "no decision has been made"."""
    if subject.lower_ in cues.negators or subject.lower_ in ("nobody", "none", "nothing"):
        return True
    return any(child.lower_ in cues.negators for child in syntax.children(subject, "det", "neg"))


def _modal(verb: Word, modal: Word, cues: ModalityCues) -> Modality:
    """ "would" is the future of what somebody said, and else a condition."""
    if modal.lower_ in ("would", "'d") and verb.dep_ == "ccomp":
        head = verb.head
        told_first = head.i < verb.i and not _is_quoted(verb)
        if told_first and syntax.lemma_of(head) in cues.reporting and head.tag_ in ("VBD", "VBN"):
            return Modality.PLANNED
    return cues.modals.get(modal.lower_, Modality.ASSERTED)


def _is_quoted(token: Word) -> bool:
    """Inside quotation marks, as far as its sentence tells."""
    before = token.doc[token.sent.start : token.i].text
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _is_conditional_inversion(verb: Word) -> bool:
    """ "should they withdraw, …"."""
    modals = [
        child for child in syntax.children(verb, "aux") if child.lower_ in ("should", "had", "were")
    ]
    subjects = syntax.children(verb, *syntax.SUBJECT)
    return bool(verb.dep_ == "advcl" and modals and subjects and modals[0].i < subjects[0].i)


def _linked(
    node: Word, head: Word, *, presupposed: bool, ontology: Ontology
) -> Iterator[tuple[Modality, bool]]:
    """Cues that the link from `node` to its head brings."""
    cues = ontology.modality
    if node.dep_ in _CLAUSE_COMPLEMENTS and node.dep_ != "pcomp":
        yield from _clause_cues(node, head, cues)
    elif node.dep_ == "pcomp":
        governor = _over_prepositions(head)
        yield from ((cue, False) for cue in _governor(governor, cues))
        if governor.dep_ in syntax.SUBJECT and governor.head.tag_ == "VBD":
            yield (
                Modality.POSSIBLE,
                False,
            )  # "the plan of bombing the port took months": whether it was done is open
    elif node.dep_ == "advcl" and _is_infinitive(node):
        if syntax.lemma_of(head) != "use":  # "used batons to disperse them" tells that they did
            yield Modality.POSSIBLE, True
    elif node.dep_ in ("dobj", "pobj", "nsubjpass", "nsubj", "attr", "npadvmod"):
        yield from _nominal_cues(node, head, presupposed=presupposed, ontology=ontology)
    if head.lower_ == "without" and node.dep_ in ("pcomp", "pobj"):
        yield Modality.DENIED, False


def _clause_cues(node: Word, head: Word, cues: ModalityCues) -> Iterator[tuple[Modality, bool]]:
    governing = list(_governor(head, cues))
    for complement in syntax.children(head, "acomp"):
        governing += _governor(complement, cues)  # "is due to visit"
    lemma = syntax.lemma_of(head)
    if lemma in cues.reporting and _is_finite(node):
        # "ten were killed, residents told reporters"; but "told them to leave".
        governing = [cue for cue in governing if cue is not Modality.DEMANDED]
    if lemma not in cues.wishes and _is_past(node):
        # "determined what the bomb was made of", "decided that they had lost": what was already is no plan.
        governing = [cue for cue in governing if cue is not Modality.PLANNED]
    yield from ((cue, False) for cue in governing)
    if _is_infinitive(node) and not governing and lemma not in cues.implicatives:
        named = any(subject.ent_type_ for subject in syntax.children(head, *syntax.SUBJECT))
        if lemma == "be" and named:
            yield (
                Modality.PLANNED,
                False,
            )  # "Denmark is to send jets"; "the aim is to …" is but an aim
        else:
            yield Modality.POSSIBLE, True


def _is_past(verb: Word) -> bool:
    helpers = syntax.children(verb, "aux", "auxpass")
    return any(word.tag_ == "VBD" for word in (helpers or [verb])[:1])


def _is_finite(verb: Word) -> bool:
    helpers = syntax.children(verb, "aux", "auxpass")
    return any(word.tag_ in ("VBD", "VBZ", "VBP") for word in (verb, *helpers))


def _is_infinitive(verb: Word) -> bool:
    return verb.tag_ == "VB" and any(child.lower_ == "to" for child in syntax.children(verb, "aux"))


def _governor(head: Word, cues: ModalityCues) -> Iterator[Modality]:
    """What a governing word makes of its complement."""
    lemma = syntax.lemma_of(head)
    cue = cues.governors.get(lemma) or cues.governors.get(head.lower_)
    if cue is not None and lemma not in cues.implicatives:
        yield cue


def _over_prepositions(token: Word) -> Word:
    while token.pos_ in ("ADP", "SCONJ", "PART") and token.head != token:
        token = token.head
    return token


def _nominal_cues(
    node: Word, head: Word, *, presupposed: bool, ontology: Ontology
) -> Iterator[tuple[Modality, bool]]:
    """An event noun as object or subject: a plan for it, a call for it, a threat of it, its being cancelled."""
    cues = ontology.modality
    governor = _over_prepositions(head)
    lemma = syntax.lemma_of(governor)
    if node.dep_ == "nsubj" and lemma == "be":
        # "a war is unlikely"
        for complement in syntax.children(governor, "acomp"):
            yield from ((cue, False) for cue in _governor(complement, cues))
    if node.dep_ in ("nsubj", "attr"):
        return
    specified = any(child.lower_ == "of" for child in syntax.children(node, "prep"))
    granted = presupposed and node.dep_ != "pobj" and not specified  # "backed Sunday's vote"
    told = None if granted else _spoken_of(node, head, governor, cues)
    if told is not None:
        yield told, False
        return
    if lemma in cues.light or (node.dep_ == "pobj" and head.lower_ not in _COMPLEMENTING):
        return
    if presupposed and _governs_a_clause(governor, cues):
        return
    for cue in _governor(governor, cues):
        # "reject the attack" takes the attack for granted; "cancelled the march" does not.
        granted = presupposed and node.dep_ != "nsubjpass" and lemma not in _UNDOING
        if cue is Modality.PLANNED and lemma in cues.wishes and node.dep_ in ("dobj", "pobj"):
            yield Modality.DEMANDED, False
        elif cue is not Modality.DENIED or not granted:
            yield cue, False


def _spoken_of(node: Word, head: Word, governor: Word, cues: ModalityCues) -> Modality | None:
    """Modality of an event noun that somebody only talks about, asks for or announces; None where it is no such."""
    if node.dep_ in ("dobj", "nsubjpass"):
        return cues.announcing.get(syntax.lemma_of(governor))
    if node.dep_ != "pobj" or head.lower_ not in _ABOUT:
        return None
    # "expressed hope for a truce": parsers hang the phrase on the verb as often as on its noun.
    objects = [noun for noun in syntax.children(governor, "dobj") if noun.i < head.i]
    speaking = [*objects, governor]
    return next((cue for word in speaking if (cue := cues.topics.get(syntax.lemma_of(word)))), None)


def _governs_a_clause(verb: Word, cues: ModalityCues) -> bool:
    """ "the strike was intended to deter": the aim is what was intended, not the strike."""
    return any(
        syntax.lemma_of(child) not in cues.aspect_begin | cues.aspect_end | _OCCURRING
        for child in syntax.children(verb, "xcomp", "ccomp")
    )


def _is_question(candidate: Candidate) -> bool:
    text = candidate.sentence.text.rstrip("\"'”’) ")
    return text.endswith("?")
