"""Who does it: subjects through passives, relative and participial clauses, control and conjunction."""

from __future__ import annotations

from timeline.mentions.syntax.classes import (
    ACTING_LABELS,
    FINITE,
    NOMINALS,
    SUBJECT,
    SUBJECTS,
    SUBORDINATORS,
)
from timeline.mentions.syntax.clauses import (
    ancestors,
    children,
    conjuncts,
    first_conjunct,
    is_clause_after_all,
    is_passive,
    is_verbal,
    prep_objects,
)
from timeline.mentions.verbs import HARMS
from timeline.words import Word

_RELATIVE = ("who", "that", "which", "whom")
_STRAY = ("pobj", "dobj", "conj")
_BEFORE_CLAUSES = ("since", "after", "before", "until")


def agents(token: Word) -> list[Word]:
    """Who did it in a passive or nominal by-phrase, conjuncts included."""
    holders = [token, *children(token, "acomp", "oprd")]  # "was shot dead by gunmen"
    return [
        obj
        for holder in holders
        for prep, obj in prep_objects(holder)
        if prep == "by" and obj.pos_ in NOMINALS
    ]


def subjects(token: Word) -> list[Word]:
    """Deep subjects of a verb (who does it), with their conjuncts; empty when none is told."""
    if is_passive(token):
        return agents(token) or _shared_agents(token)
    return surface_subjects(token)


def _shared_agents(verb: Word) -> list[Word]:
    """ "was shot and killed by police": one by-phrase for both verbs, on whichever the parser hangs it."""
    near = [child for child in children(verb, "conj") if is_verbal(child)]
    if verb.dep_ == "conj" and is_verbal(verb.head):
        near.append(verb.head)
    shared = (agents(other) for other in near if is_passive(other))
    # "sponsored by Kenya and adopted unanimously": whoever stands before the verb did the other thing.
    return next((found for found in shared if found and found[0].i > verb.i), [])


def surface_subjects(token: Word) -> list[Word]:
    """The grammatical subjects of a verb, passive or not, with their conjuncts and their antecedents."""
    near = _subject_after_conjunction(token) or _subject_of_headless(token)
    if near is None and is_clause_after_all(token):
        near = token.nbor(-1)
    if near is not None:
        return conjuncts(near)
    own = with_conjuncts(own_subject(token, *SUBJECTS))
    if own:
        return relative_antecedents(token, own)
    stray = stray_subject(token) or _opening_name(token)
    return conjuncts(stray) if stray is not None else borrowed_subjects(token)


def _opening_name(verb: Word) -> Word | None:
    """ "Kyiv blamed Moscow", where the tagger takes the name that opens the sentence for an adverb."""
    if verb.tag_ not in FINITE:
        return None
    found = [
        child
        for child in children(verb, "advmod", "npadvmod", "intj", "dep")
        if child.ent_type_ and child.left_edge.is_sent_start and child.i < verb.i
    ]
    return found[0] if found else None


def own_subject(verb: Word, *deps: str) -> list[Word]:
    """The subject among a verb's children: where the parser gives it two, that of its own clause, after the
    subordinator; else the first."""
    found = children(verb, *deps)
    opening = (mark.i for mark in children(verb, "mark", "advmod") if mark.lower_ in SUBORDINATORS)
    opened = max(opening, default=-1)
    return [child for child in found if child.i > opened][:1] or found[:1]


def _subject_after_conjunction(verb: Word) -> Word | None:
    """ "since Saddam Hussein invaded Kuwait", where the parser takes "since" for a preposition."""
    first = (children(verb, "aux", "auxpass") or [verb])[0]
    before = first.nbor(-1) if first.i else None
    top = first_conjunct(before) if before is not None else None
    if top is None or top.dep_ != "pobj" or first.tag_ not in FINITE:
        return None
    return top if top.head.lower_ in _BEFORE_CLAUSES else None


def _subject_of_headless(verb: Word) -> Word | None:
    """ "A wave that hit five towns killed 40 people.", where the parser sees no main verb and takes "killed" for a
    participle of "towns": a passive participle takes no object, so it is the main verb, and the root its subject."""
    if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or not children(verb, "dobj"):
        return None
    root = verb.sent.root
    if root.pos_ not in NOMINALS or children(root, "cop") or children(verb, "agent", "dative"):
        return None
    return root if root.i < verb.i and verb.lower_.endswith("ed") else None


def stray_subject(verb: Word) -> Word | None:
    """The noun right before a finite verb that the parser gave to a preposition or verb before it
    ("after the group had taken the town")."""
    auxiliaries = children(verb, "aux", "auxpass")
    first = auxiliaries[0] if auxiliaries else verb
    if verb.dep_ not in ("conj", "advcl", "ROOT") or first.tag_ not in FINITE or first.i == 0:
        return None
    before = first.nbor(-1)
    if verb.dep_ != "ROOT" and before.pos_ in NOMINALS and before.dep_ in _STRAY:
        return before
    return _set_off_subject(verb)


def _set_off_subject(verb: Word) -> Word | None:
    """The noun between a fronted phrase and its verb that the parser takes for an apposition
    ("On Friday, the minister, under pressure, ordered …")."""
    fronted = verb.doc[verb.left_edge.i : verb.i]
    found = [
        token
        for token in fronted
        if token.dep_ == "appos" and token.pos_ in NOMINALS and _after_comma(token)
    ]
    return found[0] if found else None


def _after_comma(token: Word) -> bool:
    first = token.left_edge.i
    # The comma may hang on the noun itself.
    return token.doc[first].lower_ == "," or (first > 0 and token.doc[first - 1].lower_ == ",")


def with_conjuncts(tokens: list[Word]) -> list[Word]:
    return [
        conjunct for token in tokens for conjunct in conjuncts(token) if conjunct.pos_ != "VERB"
    ]


def relative_antecedents(verb: Word, found: list[Word]) -> list[Word]:
    """Relative pronouns replaced by the noun that the clause hangs on."""
    clause = first_conjunct(verb)
    if clause.dep_ not in ("relcl", "acl", "ccomp") or not any(
        t.lower_ in _RELATIVE for t in found
    ):
        return found
    if clause.head.pos_ not in NOMINALS:
        return found
    return [clause.head if token.lower_ in _RELATIVE else token for token in found]


def is_object_relative(verb: Word) -> bool:
    """ "the convoy (that) the jets struck": a subject of its own, and no object."""
    return bool(children(verb, *SUBJECT)) and not any(
        token.lower_ in _RELATIVE for token in children(verb, *SUBJECT)
    )


def borrowed_subjects(token: Word) -> list[Word]:
    """Subject of a clause that has none of its own: from the noun it modifies, its controller or its conjunct."""
    head = token.head
    if token.dep_ == "amod":
        # "a targeted strike" has an object, "the warring parties" a subject.
        return [head] if token.tag_ == "VBG" else []
    if head == token:
        return []
    if token.dep_ == "acl":
        # "Protesters called for …", where the parser takes the finite verb for a participle.
        finite = token.tag_ == "VBD" and head.dep_ == "ROOT"
        return [head] if finite or token.tag_ in ("VBG", "VBN") else _planners(head)
    if token.dep_ == "conj":
        return _subjects_of_first_clause(token)
    if token.dep_ == "xcomp" and is_verbal(head):
        asked = [child for child in children(head, "dative") if child.pos_ in NOMINALS]
        return children(head, "dobj") or asked or surface_subjects(head)
    if token.dep_ == "xcomp" and head.dep_ == "acomp" and is_verbal(head.head):
        return surface_subjects(head.head)  # "is due to meet"
    if token.dep_ == "ccomp" and is_verbal(head) and token.tag_ in ("VB", "VBG"):
        return children(head, "dobj") or surface_subjects(head)
    if token.dep_ == "advcl" and is_verbal(head) and token.tag_ in ("VB", "VBG", "VBN"):
        return surface_subjects(_told_deed(token) or head)
    if token.dep_ == "pcomp":
        return _subjects_over_preposition(head)
    return []


def _told_deed(verb: Word) -> Word | None:
    """ "Baku said the army had shelled a town, killing two": what killed is what is told, not the telling."""
    told = [c for c in children(verb.head, "ccomp") if verb.head.i < c.i < verb.i]
    return told[-1] if told and verb.lemma_ in HARMS and is_verbal(told[-1]) else None


def _planners(noun: Word) -> list[Word]:
    """ "Turkey's plan to invade", "the group made an attempt to seize": whose plan it is, who made it."""
    named = [c for c in children(noun, "compound", "amod", "nmod") if c.ent_type_ in ACTING_LABELS]
    owners = children(noun, "poss") or named
    if not owners and noun.dep_ == "dobj" and is_verbal(noun.head):
        return surface_subjects(noun.head)
    return owners


def _subjects_of_first_clause(verb: Word) -> list[Word]:
    """ "shelled the village and bombed the bridge", also where the parser joins the second verb to the first's object."""
    for _, head in ancestors(verb):
        # "France, worried about a war, urged …": the parser joins the verb to the adjective.
        if is_verbal(head) or (head.pos_ == "ADJ" and children(head, *SUBJECT)):
            return surface_subjects(head)
    return []


def _subjects_over_preposition(prep: Word) -> list[Word]:
    """ "accused X of killing", "responded by storming"."""
    while prep.dep_ == "prep" and prep.head.pos_ == "ADP":
        prep = prep.head
    governor = prep.head
    if not is_verbal(governor):
        return [child for child in governor.children if child.dep_ == "poss"]
    if prep.lower_ in ("of", "from", "for") and children(governor, "dobj", "nsubjpass"):
        return with_conjuncts(children(governor, "dobj", "nsubjpass"))
    return surface_subjects(governor)
