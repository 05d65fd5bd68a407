"""Slips of the parser that agency prose brings about again and again, mended in the tree before anything is read off it."""

from __future__ import annotations

from timeline.mentions import syntax
from timeline.mentions.rewriting import Pass, each_dependent, rewrite
from timeline.mentions.timing import WEEKDAYS
from timeline.mentions.verbs import FATAL, HARMS, SUFFERED
from timeline.words import Word, Words

_REACH = 7
"""Words between "and" and the participle that it joins."""


def mend(words: Words) -> Words:
    """`words` with heads and labels put right; the same object."""
    return rewrite(words, MENDING)


def _give_the_verb_its_subject(day: Word) -> bool:
    """ "President Clinton Saturday vowed …": who did it stands before the day, which the parser takes for the subject."""
    if day.lower_ not in WEEKDAYS or day.dep_ not in syntax.SUBJECTS:
        return False
    before = day.nbor(-1) if day.i else day
    verb = day.head
    if before is day or before.pos_ not in syntax.NOUNS or verb.i < day.i or before.head is verb:
        return False
    if before.head is not day and day.children:
        return False
    for modifier in day.children:
        if modifier.i < day.i and modifier is not before:
            modifier.head = before
    before.head, before.dep_ = verb, day.dep_
    day.head, day.dep_ = verb, "npadvmod"
    return True


def _join_the_subjects(second: Word) -> bool:
    """ "The army and the rebels agreed": the parser, given two subjects, has lost who is joined to whom."""
    if second.dep_ not in syntax.SUBJECTS:
        return False
    first = second.left_edge.i
    joining = second.doc[first - 1] if first else second
    if joining.dep_ != "cc":
        return False
    subject = joining.head
    opening = subject.head
    if subject.dep_ == "pobj" and opening.lower_ in syntax.TEMPORAL_SUBORDINATORS:
        _open_clause(opening, subject, second)
    if subject.dep_ != second.dep_ or subject.head is not second.head or subject is second:
        return False
    second.head, second.dep_ = subject, "conj"
    return True


def _join_like_with_like(second: Word) -> bool:
    """ "Attacks in Kenya and Tanzania killed 74": a place is joined to the place before it, and does not kill."""
    if second.dep_ != "conj":
        return False
    first = second.left_edge.i
    joining = second.doc[first - 1] if first else second
    before = joining.nbor(-1) if joining.i else joining
    if before.text == "," and before.i:
        before = before.nbor(-1)  # "in Nairobi, Kenya, and Dar es Salaam, Tanzania"
    event = second.head
    if joining.lower_ not in ("and", "or") or before is event:
        return False
    alike = second.ent_type_ in syntax.PLACE_LABELS and before.ent_type_ == second.ent_type_
    placed = before.dep_ in ("pobj", "conj", "appos", "npadvmod")
    if not alike or not placed or event.ent_type_ or event.i > before.i:
        return False
    if all(above is not event for _, above in syntax.ancestors(before)):
        return False
    second.head = before
    return True


def _open_clause(opening: Word, subject: Word, second: Word) -> None:
    """ "(Hours) after the army and the rebels agreed", with "after" taken for a preposition."""
    verb, counted = second.head, opening.head
    if counted.dep_ == second.dep_ and counted.head is verb:
        counted.dep_ = "npadvmod"
    elif counted is not verb and not (counted.dep_ == "npadvmod" and counted.head is verb.head):
        return
    opening.head, opening.dep_ = verb, "mark"
    subject.head, subject.dep_ = verb, second.dep_


def _carry_the_list_on(verb: Word) -> bool:
    """ "to talk to those who survived and meet the president": a bare form goes on from an infinitive, not from the past
    tense of the clause in between."""
    if verb.dep_ != "conj" or verb.tag_ not in ("VB", "VBP") or verb.head.tag_ != "VBD":
        return False
    if syntax.children(verb, "aux", *syntax.SUBJECT):
        return False
    above = [head for _, head in syntax.ancestors(verb.head) if head.tag_ == "VB"]
    if not above:
        return False
    verb.head, verb.tag_ = above[0], "VB"
    return True


def _tell_the_auxiliary_again(verb: Word) -> bool:
    """ "Ten people were killed and dozens injured": both are passive, of which the parser sees the first."""
    if verb.lemma not in SUFFERED or verb.tag_ not in ("VBN", "VBD") or not verb.i:
        return False
    victims = verb.nbor(-1)
    own = [child for child in verb.children if child is not victims]
    if victims.pos_ not in syntax.NOMINALS or any(
        child.dep_ in ("aux", "auxpass", "dobj", "det", "poss", *syntax.SUBJECT) for child in own
    ):
        return False
    first = _passive_before(victims)
    if first is None:
        return False
    victims.head, victims.dep_ = verb, "nsubjpass"
    verb.head, verb.dep_, verb.tag_ = first, "conj", "VBN"
    return True


def _passive_before(victims: Word) -> Word | None:
    """The passive verb of the clause that "and" joins them to."""
    sentence = victims.sent
    joins = [
        word
        for word in victims.doc[max(sentence.start, victims.i - _REACH) : victims.i]
        if word.lower_ == "and"
    ]
    if not joins or any(
        syntax.is_verbal(word) for word in victims.doc[joins[-1].i + 1 : victims.i]
    ):
        return None
    before = victims.doc[sentence.start : joins[-1].i]
    verbs = [
        word for word in before if syntax.is_verbal(word) and word.dep_ not in ("aux", "auxpass")
    ]
    last = verbs[-1] if verbs else None
    return last if last is not None and syntax.children(last, "auxpass") else None


def _make_a_clause_of(noun: Word) -> bool:
    """ "when a bus overturned", read as a bus that was overturned: what "when" opens has a finite verb."""
    if noun.dep_ != "advcl" or noun.pos_ not in syntax.NOUNS:
        return False
    opened = [
        c
        for c in syntax.children(noun, "advmod", "mark")
        if c.lower_ in syntax.TEMPORAL_SUBORDINATORS
    ]
    verbs = [c for c in syntax.children(noun, "acl", "relcl") if c.tag_ in ("VBN", "VBD")]
    if not opened or len(verbs) != 1 or syntax.children(verbs[0], "aux", "agent", *syntax.SUBJECT):
        return False
    verb = verbs[0]
    verb.head, verb.dep_, verb.tag_ = noun.head, "advcl", "VBD"
    noun.head, noun.dep_ = verb, "nsubj"
    for word in opened:
        word.head = verb
    return True


def _call_it_a_participle(verb: Word) -> bool:
    """ "will free the pilots captured in May", tagged as if they had captured somebody."""
    if verb.dep_ != "acl" or verb.tag_ != "VBD" or verb.head.dep_ == "ROOT":
        return False
    if syntax.children(verb, "aux", "dobj", *syntax.SUBJECT) or verb.head.i != verb.i - 1:
        return False
    verb.tag_ = "VBN"
    return True


def _give_the_noun_its_day(noun: Word) -> bool:
    """ "charged in the Dec. 21, 1988, bombing", read as "in Dec. 21, the bombing"."""
    if (
        noun.i < 5
        or noun.pos_ not in syntax.NOUNS
        or noun.dep_ == "pobj"
        or noun.nbor(-1).text != ","
    ):
        return False
    year, comma, day = noun.nbor(-2), noun.nbor(-3), noun.nbor(-4)
    if not (len(year.text) == 4 and year.text.isdigit() and comma.text == "," and day.tag_ == "CD"):
        return False
    opening, determined = day.head, syntax.children(day, "det")
    if day.dep_ != "pobj" or not determined or opening.pos_ != "ADP":
        return False
    noun.head, noun.dep_ = opening, "pobj"
    day.head, day.dep_ = noun, "nmod"
    return True


def _say_what_killed(killing: Word) -> bool:
    """ "resigned two days after a ferry sank, killing 41": the ferry's sinking did, and no resignation."""
    if killing.tag_ != "VBG" or killing.dep_ != "advcl" or killing.lemma not in HARMS:
        return False
    verb = killing.head
    if verb.lemma in FATAL or syntax.children(verb, "dobj") or killing.nbor(-1).text != ",":
        return False
    between = killing.doc[verb.i + 1 : killing.i]
    causes = [word for word in between if word.lemma in FATAL and word.tag_ in ("VBD", "VBN")]
    if not causes:
        return False
    killing.head = causes[-1]
    return True


def _give_who_to_people(clause: Word) -> bool:
    """ "fighters from Bamako, who have joined": towns are no "who"."""
    place = clause.head
    if clause.dep_ != "relcl" or place.ent_type_ not in syntax.PLACE_LABELS or place.dep_ != "pobj":
        return False
    if not any(child.lower_ == "who" for child in syntax.children(clause, *syntax.SUBJECT)):
        return False
    people = place.head.head
    if (
        place.head.pos_ != "ADP"
        or people.pos_ not in syntax.NOUNS
        or people.ent_type_ in syntax.PLACE_LABELS
    ):
        return False
    clause.head = people
    return True


_RULES = (
    _give_the_verb_its_subject,
    _join_the_subjects,
    _join_like_with_like,
    _carry_the_list_on,
    _tell_the_auxiliary_again,
    _make_a_clause_of,
    _give_who_to_people,
    _say_what_killed,
    _call_it_a_participle,
    _give_the_noun_its_day,
)
MENDING = (Pass(each_dependent, _RULES),)
"""The passes of this module."""
