"""Verbs in the past tense that the parser strands as participles of the noun before them: "Dockers struck at the port",
"after a ferry sank", "Relatives of the victims clashed with police".

English tells most pasts and participles apart by nothing but their place. What gives them away is the verb: one that takes
no object has no passive participle, and "sank" is no participle at all.
"""

from __future__ import annotations

from timeline.mentions.rewriting import (
    Pass,
    each_sentence,
    each_word,
    put_in_place_of,
    rewrite,
)
from timeline.mentions.syntax import (
    FINITE,
    NOMINALS,
    PRENOMINAL,
    TEMPORAL_SUBORDINATORS,
    children,
)
from timeline.mentions.verbs import DITRANSITIVE, INTRANSITIVE, PASTS, SUFFERED
from timeline.words import Stretch, Word, Words

_CIRCUMSTANCES = frozenset(
    {"in", "by", "when", "as", "after", "at", "near", "outside", "during", ".", "''"}
)
_OF_NOUNS = PRENOMINAL | {"prep", "acl", "relcl", "appos", "cc", "conj"}


def rescue(words: Words) -> Words:
    """`words` with such verbs at the head of clauses of their own; the same object."""
    return rewrite(words, RESCUING)


def _tag_the_past(verb: Word) -> bool:
    """ "swore", taken for a bare form."""
    if verb.tag_ not in ("VB", "VBP") or verb.lower_ not in PASTS:
        return False
    verb.tag_, verb.lemma_, verb.lemma = "VBD", PASTS[verb.lower_], PASTS[verb.lower_]
    return True


def _is_stranded(verb: Word) -> bool:
    if verb.dep_ not in ("acl", "amod") or verb.tag_ not in ("VBN", "VBD"):
        return False
    known = verb.lower_ in PASTS or verb.lemma in INTRANSITIVE
    # No passive participle has an object, but of what one is named, given or called.
    known = known or (bool(children(verb, "dobj")) and verb.lemma not in DITRANSITIVE)
    return known and not children(verb, "agent", "aux", "auxpass", "nsubj", "nsubjpass", "mark")


def _as_past(sentence: Stretch) -> bool:
    """ "Supporters clashed with police", told with a subject and without an auxiliary."""
    changed = False
    for verb in sentence:
        if verb.tag_ != "VBN" or not verb.children:
            continue
        known = verb.lower_ in PASTS or verb.lemma in INTRANSITIVE
        subjects = children(verb, "nsubj", "nsubjpass") if known else children(verb, "nsubj")
        if not subjects or not (known or children(verb, "dobj")):
            continue
        if verb.lower_.endswith(("wn", "en")) or children(verb, "aux", "auxpass", "agent"):
            continue
        for subject in subjects:
            subject.dep_ = "nsubj"
        verb.tag_, changed = "VBD", True
    return changed


def _as_suffered(sentence: Stretch) -> bool:
    """ "People killed in the attack": who kills, kills somebody."""
    verb = sentence.root
    if verb.lemma not in SUFFERED or verb.tag_ not in ("VBD", "VBN") or verb.i + 1 >= sentence.end:
        return False
    subjects = children(verb, "nsubj")
    told = children(verb, "dobj", "aux", "auxpass", "xcomp", "ccomp", "prt", "dative", "conj")
    if told or len(subjects) != 1 or verb.nbor(1).lower_ not in _CIRCUMSTANCES:
        return False
    subjects[0].dep_, verb.tag_ = "nsubjpass", "VBN"
    return True


def _as_verb(sentence: Stretch) -> bool:
    """ "The gunmen shot and killed the mayor", read as a shot: what a verb without a subject is joined to is a verb."""
    noun = sentence.root
    if noun.pos_ != "NOUN" or noun.lower_ not in ("shot", "cut", "hit", "hurt", "beat"):
        return False
    joined = [c for c in children(noun, "conj") if c.tag_ == "VBD" and not children(c, "nsubj")]
    doers = [c for c in children(noun, "compound", "nmod", "nsubj") if c.i == noun.i - 1]
    if not joined or not doers:
        return False
    for child in noun.children:
        if child.i < doers[0].i:
            child.head = doers[0]
    noun.lemma_ = noun.lemma = "shoot" if noun.lower_ == "shot" else noun.lower_
    noun.tag_, noun.pos_ = "VBD", "VERB"
    doers[0].dep_ = "nsubj"
    return True


def _as_main(sentence: Stretch) -> bool:
    """A whole sentence without a finite verb but this one."""
    noun = _only_subject(sentence)
    if noun is None or sentence[-1].text not in (".", '"', "”"):
        return False
    first = sentence.root
    below = [word for word in first.subtree if word.i > max(noun.i, first.i)]
    stranded = [word for word in below if _is_stranded(word)]
    if first.tag_ != "VBN":  # which may well be the verb itself
        stranded = stranded or _last_of_several(noun, below)
    verb = max(stranded, key=lambda word: word.i, default=noun)
    if verb is noun or any(_is_finite(word) for word in sentence if word is not verb):
        return False
    if first is not noun:
        first.dep_, first.head, noun.head = "acl", noun, noun
    _give_subject(verb, noun)
    verb.head, verb.dep_ = verb, "ROOT"
    return True


def _as_transitive(sentence: Stretch) -> bool:
    """ "Officials in the capital blamed rebels", read as officials and blamed rebels: what no "and" joins is not joined."""
    noun = sentence.root
    if noun.pos_ not in NOMINALS or sentence[-1].text not in (".", '"', "”"):
        return False
    if children(noun, "cc") or any(_is_finite(word) for word in sentence):
        return False
    for other in children(noun, "conj", "appos", "dep"):
        verb = other.left_edge
        modifies = verb.head is other and verb.dep_ == "amod" and verb.i > noun.i
        if modifies and verb.tag_ in ("VBN", "VBD") and verb.nbor(-1).text != ",":
            _give_subject(verb, noun)
            other.head, other.dep_ = verb, "dobj"
            verb.head, verb.dep_ = verb, "ROOT"
            return True
    return False


def _only_subject(sentence: Stretch) -> Word | None:
    """What the sentence is taken to be, or the subject of the participle that it is taken to be."""
    root = sentence.root
    if root.pos_ in NOMINALS:
        return root
    if root.tag_ not in ("VBG", "VBN") or children(root, "aux", "auxpass", "nsubjpass"):
        return None
    subjects = children(root, "nsubj")
    return subjects[0] if len(subjects) == 1 and subjects[0].pos_ in NOMINALS else None


def _last_of_several(noun: Word, below: list[Word]) -> list[Word]:
    """ "A bridge linking two countries reopened": where one participle follows another, the last is the verb."""
    found = [
        word
        for word in below
        if word.tag_ in ("VBN", "VBD", "VBG") and word.dep_ in ("acl", "amod")
    ]
    last = max(found, key=lambda word: word.i, default=noun)
    told = last.tag_ != "VBG" and last.dep_ == "acl" and last.head is not noun
    told = told and all(word.text != "," for word in last.doc[noun.i : last.i])
    held = children(last, "agent", "aux", "auxpass", "nsubj", "mark")
    return [last] if told and not held and last.head.i == last.i - 1 else []


def _is_finite(word: Word) -> bool:
    return word.tag_ in FINITE and word.dep_ not in ("acl", "amod", "relcl", "advcl", "ccomp")


def _as_clause(sentence: Stretch) -> bool:
    """ "(two days) after a ferry sank", with "after" taken for a preposition."""
    for verb in sentence:
        noun = verb.head
        opening = noun.head
        if (
            opening.lower_ not in TEMPORAL_SUBORDINATORS
            or noun.dep_ != "pobj"
            or opening.dep_ != "prep"
        ):
            continue
        if opening.lower_ == "as":
            continue  # "dressed as policemen"
        if verb.i < noun.i or not _is_stranded(verb):
            continue
        above = opening.head
        _give_subject(verb, noun)
        verb.head, verb.dep_ = above, "advcl"
        opening.head, opening.dep_ = verb, "mark"
        return True
    return False


def _as_opened(sentence: Stretch) -> bool:
    """ "after a dam burst", with the verb taken for what "after" governs: a finite verb is no noun."""
    for verb in sentence:
        opening = verb.head
        if (
            verb.tag_ not in FINITE
            or verb.dep_ != "pobj"
            or opening.lower_ not in TEMPORAL_SUBORDINATORS
        ):
            continue
        before = [child for child in verb.children if child.i < verb.i]
        if not before or before[-1].i != verb.i - 1 or before[-1].pos_ not in NOMINALS:
            continue
        subject = before[-1]
        for child in before[:-1]:
            child.head = subject
        subject.dep_, verb.pos_ = "nsubj", "VERB"
        verb.head, verb.dep_ = opening.head, "advcl"
        opening.head, opening.dep_ = verb, "mark"
        return True
    return False


def _as_described(sentence: Stretch) -> bool:
    """ "Militants loyal to the group claimed the attack", read as militants who are loyal: without "are" they do not."""
    quality = sentence.root
    if quality.tag_ != "JJ" or children(quality, "aux", "cop", "cc", "mark"):
        return False
    subjects = children(quality, "nsubj")
    verbs = [
        verb
        for verb in children(quality, "conj", "ccomp", "advcl", "dep")
        if verb.tag_ in FINITE and not children(verb, "nsubj", "nsubjpass", "mark", "aux")
    ]
    if len(subjects) != 1 or len(verbs) != 1 or subjects[0].i != quality.i - 1:
        return False
    subject, verb = subjects[0], verbs[0]
    for child in quality.children:
        if child.i > verb.i:
            child.head = verb
    quality.head, quality.dep_ = subject, "amod"
    subject.head, verb.head, verb.dep_ = verb, verb, "ROOT"
    return True


def _as_subordinate(sentence: Stretch) -> bool:
    """ "Relatives of the victims clashed …, three days after a ferry sank", read as relatives that sank: a verb that
    "after" opens has no subject before it."""
    below = sentence.root
    subjects = children(below, "nsubj")
    opening = _opening_of(below, subjects)
    if opening is None:
        return False
    stranded = [
        verb
        for verb in subjects[0].subtree
        if subjects[0].i < verb.i < opening.i and _is_stranded(verb)
    ]
    if not stranded:
        return False
    verb = min(stranded, key=lambda word: word.i)
    if opening.dep_ == "prep":
        noun = children(opening, "pobj")[0]
        noun.head, noun.dep_, opening.head, opening.dep_ = below, "nsubj", below, "mark"
        for counted in children(noun, "npadvmod"):
            counted.head = below
    _give_subject(verb, subjects[0])
    verb.head, verb.dep_ = verb, "ROOT"
    below.head, below.dep_ = verb, "advcl"
    return True


def _opening_of(verb: Word, subjects: list[Word]) -> Word | None:
    """What opens the clause of the verb behind its first subject, which it cannot be the verb of."""
    if not subjects:
        return None
    marks = [mark for mark in children(verb, "mark") if mark.i > subjects[0].i]
    if marks and len(subjects) > 1:
        return marks[0] if marks[0].lower_ in TEMPORAL_SUBORDINATORS else None
    for prep in children(subjects[0], "prep"):
        nouns = children(prep, "pobj")
        if prep.lower_ in TEMPORAL_SUBORDINATORS and nouns and verb.left_edge.i <= subjects[0].i:
            last = max(word.i for word in nouns[0].subtree)
            return prep if last == verb.i - 1 else None
    return None


def _give_subject(verb: Word, noun: Word) -> None:
    """Make `noun` the subject of the finite `verb`, which takes all that the noun cannot hold behind it."""
    verb.tag_, verb.pos_ = "VBD", "VERB"
    _give_back(verb, noun)
    for child in noun.children:
        if child is not verb and (child.i > verb.i or child.dep_ not in _OF_NOUNS):
            child.head = verb
    noun.head, noun.dep_ = verb, "nsubj"


def _give_back(verb: Word, noun: Word) -> None:
    """ "Families of the missing gathered": an adjective before the verb is what the preposition before it asks for."""
    own = [child for child in children(verb, "amod") if child.i == verb.i - 1]
    bare = [prep for prep in children(noun, "prep") if not prep.children and prep.i < verb.i]
    if own and bare:
        own[0].head, own[0].dep_ = bare[-1], "pobj"
        for article in children(verb, "det"):
            article.head = own[0]


def _as_purpose(sentence: Stretch) -> bool:
    """ "flew in to press for a release", with "to" taken for a preposition."""
    changed = False
    for verb in sentence:
        to = verb.head
        if verb.tag_ == "VB" and verb.dep_ == "pobj" and to.tag_ == "TO":
            verb.head, verb.dep_ = to.head, "xcomp"
            to.head, to.dep_, changed = verb, "aux", True
        elif (
            verb.tag_ == "VB" and verb.dep_ == "dep" and _is_idle(verb.nbor(-1) if verb.i else verb)
        ):
            to = verb.nbor(-1)  # "was due to visit the capital"
            verb.head, verb.dep_ = to.head, "xcomp"
            to.head, to.dep_, changed = verb, "aux", True
    return changed


def _is_idle(to: Word) -> bool:
    return to.tag_ == "TO" and to.dep_ == "prep" and not to.children


def _as_acting(sentence: Stretch) -> bool:
    """ "The generals dissolved parliament", read as a parliament that was dissolved: only a verb has a subject."""
    noun = sentence.root
    verbs = [verb for verb in children(noun, "amod", "acl") if children(verb, "nsubj")]
    if noun.pos_ not in NOMINALS or len(verbs) != 1 or verbs[0].tag_ not in ("VBN", "VBD"):
        return False
    (verb,) = verbs
    put_in_place_of(verb, noun)
    noun.head, noun.dep_, verb.tag_, verb.pos_ = verb, "dobj", "VBD", "VERB"
    return True


def _as_what_befell(sentence: Stretch) -> bool:
    """ "Protesters freed on Monday told reporters …": told by whom, stands before it."""
    verb = sentence.root
    if verb.tag_ not in ("VBD", "VBZ") or children(verb, "nsubj", "nsubjpass", "expl"):
        return False
    befell = [clause for clause in children(verb, "ccomp") if clause.i < verb.i]
    if len(befell) != 1 or befell[0].tag_ not in ("VBD", "VBN") or verb.nbor(-1).text == ",":
        return False
    (clause,) = befell
    subjects = children(clause, "nsubj", "nsubjpass")
    if len(subjects) != 1 or children(clause, "dobj", "aux", "auxpass", "mark"):
        return False
    subjects[0].head, subjects[0].dep_ = verb, "nsubj"
    clause.head, clause.dep_, clause.tag_ = subjects[0], "acl", "VBN"
    return True


def _off_a_place(sentence: Stretch) -> bool:
    """ "sank off the island": "off" before a noun says where, and takes nothing off."""
    for particle in sentence:
        verb = particle.head
        if particle.lower_ != "off" or particle.dep_ != "prt" or verb.lemma not in INTRANSITIVE:
            continue
        places = children(particle, "pobj") or children(verb, "dobj", "npadvmod")
        for noun in places:
            if noun.left_edge.i == particle.i + 1:
                particle.dep_, particle.tag_, particle.pos_ = "prep", "IN", "ADP"
                noun.head, noun.dep_ = particle, "pobj"
                return True
    return False


_RULES = (
    _as_verb,
    _as_past,
    _as_purpose,
    _as_clause,
    _as_opened,
    _as_described,
    _as_acting,
    _as_what_befell,
    _as_subordinate,
    _as_main,
    _as_transitive,
    _as_suffered,
    _off_a_place,
)
RESCUING = (Pass(each_word, (_tag_the_past,)), Pass(each_sentence, _RULES))
"""The passes of this module."""
