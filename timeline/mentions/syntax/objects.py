"""What it is done to."""

from __future__ import annotations

from timeline.mentions.syntax.classes import NOMINALS, PASSIVE_SUBJECT, SUBJECT
from timeline.mentions.syntax.clauses import (
    _is_told_by_report,
    children,
    is_main_after_all,
    is_passive,
    prep_objects,
)
from timeline.mentions.syntax.subjects import (
    borrowed_subjects,
    is_object_relative,
    own_subject,
    relative_antecedents,
    with_conjuncts,
)
from timeline.mentions.verbs import NEEDING_OBJECT
from timeline.words import Word

_COPULAS = frozenset({"be", "become", "remain", "seem", "appear"})


def objects(token: Word) -> list[Word]:
    """Deep direct objects of a verb (what it is done to), with their conjuncts."""
    if is_passive(token):
        own = with_conjuncts(own_subject(token, *PASSIVE_SUBJECT, *SUBJECT))
        if own:
            return relative_antecedents(token, own)
        if token.dep_ in ("acl", "amod"):
            return [token.head]
        borrows = token.dep_ in ("conj", "xcomp") or _is_told_by_report(token)
        return borrowed_subjects(token) if borrows else []
    # A noun that the parser calls a predicate is an object, unless its verb is a copula.
    taken = ("dobj",) if token.lemma_ in _COPULAS else ("dobj", "attr")
    own = with_conjuncts(children(token, *taken) or _object_after_all(token))
    if own:
        return relative_antecedents(token, own)
    if token.dep_ == "relcl" and is_object_relative(token):
        return [token.head]
    addressed = [child for child in children(token, "dative") if child.pos_ in NOMINALS]
    found = with_conjuncts(addressed) or _counted_up_to(token) or _behind_particle(token)
    return found or _shared_objects(token)


def _shared_objects(verb: Word) -> list[Word]:
    """ "killed and wounded five soldiers": one object behind two verbs, on whichever the parser hangs it."""
    if verb.lemma not in NEEDING_OBJECT:
        return []
    beside = [verb.head] if verb.dep_ == "conj" else children(verb, "conj")
    for other in beside:
        last = max(verb, other, key=lambda word: word.i)
        behind = [noun for noun in children(other, "dobj") if noun.left_edge.i == last.i + 1]
        if abs(verb.i - other.i) == 2 and behind:  # with nothing but "and" between them
            return with_conjuncts(behind)
    return []


def _object_after_all(verb: Word) -> list[Word]:
    """ "The army detained Aung San Suu Kyi.", where the parser takes the name after the verb for an apposition."""
    apposed = children(verb.head, "appos") if is_main_after_all(verb) else []
    return [name for name in apposed if name.ent_type_ and name.left_edge.i == verb.i + 1]


def _behind_particle(verb: Word) -> list[Word]:
    """ "shot down a drone", where the parser takes "down" for a preposition."""
    nearest = [child for child in verb.children if child.lower_ == "down" and child.i == verb.i + 1]
    return with_conjuncts([obj for child in nearest for obj in children(child, "pobj")])


def _counted_up_to(verb: Word) -> list[Word]:
    """ "killed up to 30 people", where the parser takes "up" for the verb's particle."""
    if not any(child.lower_ == "up" for child in children(verb, "prt", "advmod")):
        return []
    return [obj for prep, obj in prep_objects(verb) if prep == "to" and children(obj, "nummod")]
