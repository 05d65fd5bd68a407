"""Nouns and names that stand beside one another for one person."""

from __future__ import annotations

from timeline.mentions import syntax
from timeline.words import Word

_TITLES = frozenset({"leader", "president", "minister", "premier", "king", "queen", "prince", "general", "commander", "cleric",
                     "chancellor", "dictator", "senator", "singer", "writer", "poet", "activist", "journalist", "lawyer"})  # fmt: skip


def person_called(head: Word) -> Word | None:
    """The person that one is called by behind what else is said: "an attorney for Twitter, Alex Spiro", "boxer and
    medalist Amir Khan"."""
    if head.ent_type_ == "PERSON":
        return None
    for prep, of in syntax.prep_objects(head):
        if prep == "of" and of.ent_type_ == "PERSON" and not of.left_edge.ent_type_:
            # "Secretary of State Antony Blinken"
            return of if of.left_edge.tag_ in ("NNP", "NN") and of.left_edge != of else None
    if head.tag_ != "NN" or head.ent_type_:
        return None
    for prep, of in syntax.prep_objects(head):
        for apposed in syntax.children(of, "appos"):
            if of.lemma in _TITLES:
                return None  # "a statue of the late leader Hugo Chavez": it is the leader who is called so
            if prep in ("for", "of", "at", "with") and apposed.ent_type_ == "PERSON":
                return apposed if of.ent_type_ != "PERSON" else None
    if syntax.children(head, "det"):
        return None
    for joined in syntax.children(head, "conj"):
        titled = any(c.tag_ == "NN" for c in syntax.children(joined, "compound"))
        if joined.ent_type_ == "PERSON" and titled and not syntax.children(joined, "det"):
            return joined
    return None


def stand_together(noun: Word, name: Word) -> bool:
    """Whether nothing but the noun's own words stands between: "The military detained Aung San Suu Kyi" has no
    apposition, whatever the parser says."""
    between = noun.doc[noun.i + 1 : name.left_edge.i]
    return not any(
        token.text == "(" or (token.dep_ == "acl" and token.tag_ in ("VBN", "VBD"))
        for token in between
    )


def is_apposed(noun: Word) -> bool:
    """ "Helen La Lime, the UN envoy, met …": what she is, where the parser joins it as if it were another person."""
    person = noun.head
    if noun.dep_ != "conj" or noun.tag_ != "NN" or noun.ent_type_ or person.ent_type_ != "PERSON":
        return False
    if not syntax.children(noun, "det", "poss") or noun.left_edge.i == 0:
        return False
    before = noun.doc[noun.left_edge.i - 1]
    joined = any(cc.i < noun.i for cc in syntax.children(person, "cc"))
    return before.lower_ == "," and not joined and not syntax.children(noun, "cc", "conj")


def is_second_party(subject: Word) -> bool:
    """ "Fighting between the army and the rebels entered a fourth day": it is not the rebels that enter."""
    first = subject.left_edge.i
    joining = subject.doc[first - 1] if first else None
    if joining is None or joining.dep_ != "cc" or joining.head.dep_ != "pobj":
        return False
    return joining.head.head.lower_ == "between" and subject.dep_ == "nsubj"
