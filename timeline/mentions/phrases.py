"""Noun phrases: where they begin and end, and whether they take for granted what they name."""

from __future__ import annotations

from timeline.mentions.syntax import PRENOMINAL, children
from timeline.words import Word

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_BODIES = frozenset(
    ["organization", "organisation", "association", "federation", "confederation", "league", "union", "council", "bank",
     "ministry", "department", "office", "university", "institute", "house", "court", "church", "movement", "front", "party",
     "army", "congress", "academy", "alliance", "conference", "society", "fund", "bureau", "board", "chamber", "coalition"]
)  # fmt: skip
_LEFT_MODIFIERS = PRENOMINAL | {"advmod"}


def noun_phrase(head: Word) -> tuple[Word, Word]:
    """First and last token of the noun phrase of `head`: left modifiers, the head, and what an "of" adds to a common
    noun; relative clauses, appositions and further conjuncts are left out."""
    left, right = head, head
    for child in head.lefts:
        if child.dep_ in _LEFT_MODIFIERS:
            left = min(left, child.left_edge, key=lambda token: token.i)
    left = _after_last_comma(left, head)
    for child in head.rights:
        if (
            child.dep_ == "prep"
            and child.lower_ == "of"
            and child.i == right.i + 1
            and (head.pos_ != "PROPN" or head.lower_ in _BODIES)
        ):
            for obj in children(child, "pobj"):
                # "the Organization of American States", of which only the first word is taken for a name
                if head.pos_ != "PROPN" or obj.pos_ == "PROPN":
                    right = noun_phrase(obj)[1]
    return left, right


def _after_last_comma(left: Word, head: Word) -> Word:
    """Modifiers beyond a comma belong to something else as often as not ("last week, the minister")."""
    for token in reversed(head.doc[left.i : head.i]):
        dash = token.text == "-" and token.nbor().idx > token.idx + 1
        if dash or token.lower_ in (",", ";", "–", "—"):
            return head.doc[token.i + 1]
    return left


def is_definite(noun: Word) -> bool:
    """ "the strike", "Friday's vote", "their letter": taken for granted, whatever is said of it."""
    return any(
        child.dep_ == "poss" or (child.dep_ == "det" and child.lower_ in _DEFINITE)
        for child in noun.children
    )
