"""Cues of modality: what hangs on a word, and what the link to the word above it brings."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.mentions import syntax
from timeline.model import Modality
from timeline.ontology import ModalityCues, Ontology
from timeline.words import Word

OCCURRING = frozenset(
    {
        "take",
        "occur",
        "happen",
        "go",
        "proceed",
        "be",
        "continue",
        "last",
        "follow",
        "meet",
        "convene",
    }
)
_UNDOING = frozenset(
    {
        "cancel",
        "avert",
        "prevent",
        "foil",
        "thwart",
        "avoid",
        "postpone",
        "scrap",
        "call off",
        "put off",
    }
)
_COMPLEMENTING = frozenset({"for", "of", "against", "about", "to", "on", "with", "in", "from"})
"""Prepositions that a governing word may ask for."""
_ABOUT = frozenset({"for", "of", "about", "on", "over", "to", "toward", "towards", "against"})
"""Prepositions of what is talked of, wanted or planned."""
_DOUBTS = frozenset({Modality.POSSIBLE, Modality.ALLEGED, Modality.DENIED})
_CLAUSE_COMPLEMENTS = ("xcomp", "ccomp", "pcomp", "acl", "csubj")


def is_conditional(verb: Word, cues: ModalityCues) -> bool:
    return any(child.lower_ in cues.markers for child in syntax.children(verb, "mark", "advmod"))


def cues_on(token: Word, cues: ModalityCues, below: Word | None = None) -> Iterator[Modality]:
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
        elif cue := _modifier_cue(child, lemma, cues) or _marker_cue(token, child, cues):
            yield cue
        elif child.dep_ in syntax.SUBJECT + syntax.PASSIVE_SUBJECT and _is_nobody(child, cues):
            yield Modality.DENIED
        elif child.dep_ == "acl" and child.tag_ == "VBN" and token.pos_ == "NOUN":
            # "a march … called by the union and scheduled for Friday"; who it is blamed on leaves it as real as it was.
            for participle in syntax.conjuncts(child):
                # "protests intended to shut it down" is what they were for.
                yield from (
                    cue
                    for cue in _governor(participle, cues)
                    if cue in (Modality.PLANNED, Modality.DENIED)
                    and not _governs_a_clause(participle, cues)
                )
    if (
        token.tag_ == "VB"
        and token.dep_ == "conj"
        and not syntax.children(token, "aux", *syntax.SUBJECT)
    ):
        yield from cues_on(syntax.first_conjunct(token), cues)
    elif _is_conditional_inversion(token) or _is_conditioned(token, cues):
        yield Modality.POSSIBLE


def _marker_cue(verb: Word, child: Word, cues: ModalityCues) -> Modality | None:
    """ "until the rebels withdraw": they have not."""
    opener = child.lower_ if child.dep_ in ("mark", "advmod") else ""
    if opener in ("until", "till") and verb.tag_ not in ("VBD", "VBN"):
        return Modality.POSSIBLE
    if opener in ("once", "after") and _is_still_to_come(verb):
        return Modality.POSSIBLE
    return cues.markers.get(opener)


def _is_still_to_come(clause: Word) -> bool:
    """ "will take effect once parliament has approved it"."""
    helpers = syntax.children(clause, "aux", "auxpass")
    present = any(word.tag_ in ("VBZ", "VBP") for word in (*helpers, clause)[:1])
    ahead = any(child.tag_ == "MD" for child in syntax.children(clause.head, "aux"))
    return clause.dep_ == "advcl" and present and ahead


def _is_conditioned(verb: Word, cues: ModalityCues) -> bool:
    """ "if talks fail, the rebels will attack"."""
    if not any(child.tag_ == "MD" for child in syntax.children(verb, "aux")):
        return False
    return any(is_conditional(clause, cues) for clause in syntax.children(verb, "advcl"))


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
    if child.dep_ != "advmod":
        return None
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


def cues_of_link(
    node: Word, head: Word, *, presupposed: bool, ontology: Ontology
) -> Iterator[tuple[Modality, bool]]:
    """Cues that the link from `node` to its head brings."""
    cues = ontology.modality
    if node.dep_ in _CLAUSE_COMPLEMENTS and node.dep_ != "pcomp":
        yield from _clause_cues(node, head, cues)
    elif node.dep_ in ("acomp", "oprd"):
        # "feared dead"
        yield from ((cue, False) for cue in _governor(head, cues) if cue in _DOUBTS)
    elif node.dep_ == "pcomp":
        governor = over_prepositions(head)
        if head.lower_ in _UNDONE_AFTER and governor.i < head.i:
            yield Modality.POSSIBLE, True
        # "barred them from entering": what was done is the barring.
        undone = head.lower_ == "from"
        yield from ((cue, undone) for cue in _governor(governor, cues))
        if governor.dep_ in syntax.SUBJECT and governor.head.tag_ == "VBD":
            yield (
                Modality.POSSIBLE,
                False,
            )  # "the plan of bombing the port took months": whether it was done is open
    elif node.dep_ == "advcl" and _is_only_spoken_of(node):
        yield Modality.POSSIBLE, True
    elif node.dep_ == "advcl" and _is_infinitive(node):
        if syntax.lemma_of(head) != "use":  # "used batons to disperse them" tells that they did
            yield Modality.POSSIBLE, True
    elif node.dep_ in ("dobj", "pobj", "nsubjpass", "nsubj", "attr", "npadvmod"):
        yield from _nominal_cues(node, head, presupposed=presupposed, ontology=ontology)
    if head.lower_ == "without" and node.dep_ in ("pcomp", "pobj"):
        yield Modality.DENIED, False


_UNDONE_AFTER = frozenset({"on", "about", "toward", "towards"})
"""What they open is talked of, agreed on or worked on: "agreed *on* arresting them", "talked *about* killing him"."""


_AIMS = frozenset({"goal", "objective", "aim", "purpose"})


def _is_only_spoken_of(verb: Word) -> bool:
    """The same where the parser takes the preposition for a subordinator."""
    opened = [mark for mark in syntax.children(verb, "mark") if mark.lower_ in _UNDONE_AFTER]
    return verb.tag_ == "VBG" and bool(opened) and opened[0].i > verb.head.i


def _clause_cues(node: Word, head: Word, cues: ModalityCues) -> Iterator[tuple[Modality, bool]]:
    governing = list(_governor(head, cues))
    for complement in syntax.children(head, "acomp"):
        governing += _governor(complement, cues)  # "is due to visit"
    lemma = syntax.lemma_of(head)
    if node.dep_ == "acl" and _is_kept(head, cues):
        return  # "kept their promise to kill him"
    if _is_only_expected(node, head, cues):
        governing = [Modality.POSSIBLE]
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


def _is_kept(promise: Word, cues: ModalityCues) -> bool:
    return promise.dep_ == "dobj" and syntax.lemma_of(promise.head) in cues.fulfilling


def _is_only_expected(node: Word, head: Word, cues: ModalityCues) -> bool:
    """ "hopes that its troops will win": what somebody else will do is nobody's plan."""
    if node.dep_ != "ccomp" or not syntax.children(node, *syntax.SUBJECT, *syntax.PASSIVE_SUBJECT):
        return False
    modal = any(child.tag_ == "MD" for child in syntax.children(node, "aux"))
    return modal and syntax.lemma_of(head) in cues.expecting and not syntax.is_passive(head)


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
    lemma = _phrasal(head)
    # "determined to go on" is an adjective, "determined what it was made of" the past of a verb.
    form = "" if head.tag_ == "VBD" else head.lower_
    cue = cues.governors.get(lemma) or cues.governors.get(form)
    if cue is not None and lemma not in cues.implicatives:
        yield cue


def _phrasal(verb: Word) -> str:
    """ "call off": what a verb means with its particle."""
    particles = syntax.children(verb, "prt")
    return " ".join([syntax.lemma_of(verb), *(particle.lower_ for particle in particles)])


def over_prepositions(token: Word) -> Word:
    while token.pos_ in ("ADP", "SCONJ", "PART") and token.head != token:
        token = token.head
    return token


def _nominal_cues(
    node: Word, head: Word, *, presupposed: bool, ontology: Ontology
) -> Iterator[tuple[Modality, bool]]:
    """An event noun as object or subject: a plan for it, a call for it, a threat of it, its being cancelled."""
    cues = ontology.modality
    governor = over_prepositions(head)
    lemma = _phrasal(governor)
    if node.dep_ == "nsubj" and lemma == "be":
        # "a war is unlikely"
        for complement in syntax.children(governor, "acomp"):
            yield from ((cue, False) for cue in _governor(complement, cues))
    if node.dep_ == "attr" and lemma == "be":
        # "the aim is the downfall of the regime"
        for subject in syntax.children(governor, *syntax.SUBJECT):
            yield from ((cue, False) for cue in _governor(subject, cues))
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
    if presupposed and lemma in _AIMS:
        return  # "a goal of his visit": he is visiting
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
        return cues.announcing.get(_phrasal(governor))
    if node.dep_ != "pobj" or head.lower_ not in _ABOUT:
        return None
    # "expressed hope for a truce": parsers hang the phrase on the verb as often as on its noun.
    objects = [noun for noun in syntax.children(governor, "dobj") if noun.i < head.i]
    speaking = [*objects, governor]
    return next((cue for word in speaking if (cue := cues.topics.get(syntax.lemma_of(word)))), None)


def _governs_a_clause(verb: Word, cues: ModalityCues) -> bool:
    """ "the strike was intended to deter": the aim is what was intended, not the strike."""
    return any(
        syntax.lemma_of(child) not in cues.aspect_begin | cues.aspect_end | OCCURRING
        for child in syntax.children(verb, "xcomp", "ccomp")
    )
