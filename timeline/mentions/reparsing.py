"""Parses that cannot be, put right before they are read: the parser's commonest garden paths.

Each rule rests on what English grammar allows: a sentence has a finite verb, two verbs are not joined without a comma or
a conjunction, and what is tagged as a verb is one.
"""

from __future__ import annotations

from timeline.mentions.rewriting import Pass, each_sentence, each_word, put_in_place_of, rewrite
from timeline.mentions.syntax import (
    ACTING_LABELS,
    FINITE,
    NOMINALS,
    NOUNS,
    PRENOMINAL,
    SUBJECTS,
    SUBORDINATORS,
    ancestors,
    children,
)
from timeline.mentions.verbs import HARMS, INTRANSITIVE
from timeline.ontology.inflection import singular
from timeline.words import Stretch, Word, Words

_OPENINGS = ("intj", "dep", "npadvmod", "advmod", "nsubj")
_SPLIT = ("conj", "advcl", "ccomp", "parataxis", "dep", "xcomp")
_SAID = frozenset({"say", "report", "add", "announce", "confirm"})
_TRIED = frozenset({"try", "attempt", "seek", "want", "plan", "aim", "hope", "fail", "refuse"})
_ACTING = ACTING_LABELS - {"NORP"}  # "French proposed measures" is no sentence
_CAPTIVE = frozenset({"hostage", "captive", "prisoner"})
_PARTICLES = frozenset({"in", "out", "off", "up", "down", "over", "away"})
_OPENED = ("mark", "aux", *SUBJECTS)
_JOINING = frozenset({",", ":", "CC", "-RRB-", "''", "``", "VBG", "PRP", "WRB", "WDT", "WP"})
_SAME_FORMS = frozenset(
    [
        "held", "shot", "caught", "found", "sent", "brought", "left", "hit", "cut", "put", "led", "built", "lost",
        "sold", "hurt", "bought", "taught", "paid", "told", "made", "won", "fed", "shut", "swept", "struck",
    ]
)  # fmt: skip
"""Irregular verbs whose past tense and participle are one form."""


def reparse(words: Words) -> Words:
    """The words of a paragraph, with impossible attachments changed in place."""
    return rewrite(words, REPARSING)


def _retag(word: Word) -> bool:
    """A word whose tag, part of speech and lemma contradict each other."""
    if word.tag_[:2] == "VB" and word.pos_ in ("NOUN", "PROPN", "ADJ"):
        word.pos_ = "VERB"
        return True
    if word.tag_ in ("NN", "NNS") and word.pos_ == "PROPN":
        _make_common(word)
        return True
    if word.tag_ == "NNPS" and word.lemma_ == word.text and word.is_sent_start:
        word.lemma_ = word.lemma = singular(word.lower_)
        return True
    if word.tag_ == "VBG" and word.dep_ == "nsubj" and not children(word, "dobj", "xcomp", "prt"):
        word.tag_, word.pos_, word.lemma_, word.lemma = "NN", "NOUN", word.lower_, word.lower_
        return True  # "Fighting between the two killed …"
    return word.lower_ in _PARTICLES and word.i > word.sent.start + 1 and _make_compound(word)


def _make_common(word: Word) -> None:
    """ "Dozens of miners were trapped": the capital of a sentence's first word makes it no name."""
    word.pos_ = "NOUN"
    if word.lemma_ == word.text and word.text.istitle():
        word.lemma_ = word.lemma = singular(word.lower_) if word.tag_ == "NNS" else word.lower_


def _make_compound(particle: Word) -> bool:
    """ "a sit-in", "a walk-out", which the tokeniser takes apart: one noun."""
    hyphen = particle.nbor(-1)
    first = particle.nbor(-2)
    joined = hyphen.text == "-" and first.idx + len(first) == hyphen.idx
    if not joined or hyphen.idx + 1 != particle.idx or first.dep_ not in ("compound", "amod"):
        return False
    if first.head is not particle or not any(c.dep_ in PRENOMINAL for c in particle.children):
        return False
    verb = particle.head
    particle.pos_, particle.tag_ = "NOUN", "NN"
    particle.lemma_ = particle.lemma = f"{first.lower_}-{particle.lower_}"
    if particle.dep_ in ("npadvmod", "advmod", "prep") and verb.pos_ == "VERB":
        particle.dep_ = "dobj"
    return True


def _shot_dead(noun: Word) -> bool:
    """ "Police shot dead nine people", read as a dead police shot."""
    if noun.lower_ != "shot" or noun.tag_ != "NN" or noun.i + 1 >= noun.sent.end:
        return False
    dead, shooters = noun.nbor(1), children(noun, "compound", "nmod")
    victims = children(dead, "dobj", "nmod", "npadvmod")
    if dead.lower_ != "dead" or dead.head != noun or not shooters or not victims:
        return False
    noun.tag_, noun.pos_, noun.lemma_, noun.lemma = "VBD", "VERB", "shoot", "shoot"
    shooters[-1].dep_, dead.dep_ = "nsubj", "oprd"
    victims[0].head, victims[0].dep_ = noun, "dobj"
    return True


def _bind_the_noun(noun: Word) -> bool:
    """ "the protest movement", read as a protest that has an object: no noun has."""
    if noun.tag_ not in ("NN", "NNS") or noun.i + 1 >= noun.sent.end:
        return False
    after = noun.nbor(1)
    if after.head is not noun or after.dep_ != "dobj" or after.pos_ not in NOUNS:
        return False
    put_in_place_of(after, noun)
    for child in noun.children:
        if child is not after:
            child.head = after
    noun.head, noun.dep_ = after, "compound"
    return True


def _has_one_form(verb: Word) -> bool:
    """Past tense and participle look the same."""
    return verb.lower_.endswith("ed") or verb.lower_ in _SAME_FORMS


def _has_finite_verb(words: Stretch) -> bool:
    root = words.root
    return root.tag_ in FINITE or any(
        word.tag_ in FINITE and word.dep_ in ("aux", "auxpass") for word in root.children
    )


def _as_clause(sentence: Stretch) -> bool:
    """ "The ruling party rejected calls.", read as calls that the party has rejected: the participle between two nouns
    of a sentence that has no other verb is its verb."""
    root = sentence.root
    if root.pos_ not in NOMINALS or sentence[-1].text not in (".", '"', "”") or root.i == 0:
        return False
    found = [c for c in children(root, "amod") if c.tag_ in ("VBN", "VBD") and _has_one_form(c)]
    verb = found[-1] if found else None
    if verb is None or verb.i == sentence.start or _has_finite_verb(sentence):
        return False
    before = verb.nbor(-1)
    subject = _subject_before(verb, root)
    named = subject is before and before.ent_type_ in _ACTING
    if subject is None or not (named or before.pos_ in NOMINALS) or children(root, "cop"):
        return False
    _make_clause(verb, subject, root)
    return True


def _subject_before(verb: Word, root: Word) -> Word | None:
    before = verb.nbor(-1)
    if before.head is root and before.ent_type_ in _ACTING and before.tag_ != "POS":
        return before  # "Beijing imposed controls", with the name for an adjective
    found = [
        child
        for holder in (verb, root)
        for child in children(holder, "nsubj", "compound", "nmod", "npadvmod", "dep")
        if child.i < verb.i and child.pos_ in NOMINALS
    ]
    return found[-1] if found else None


def _make_clause(verb: Word, subject: Word, root: Word) -> None:
    verb.head, verb.dep_, verb.tag_, verb.pos_ = verb, "ROOT", "VBD", "VERB"
    for child in root.children:
        if child.i < subject.i and child.dep_ in PRENOMINAL:
            child.head = subject
        elif child.i < verb.i or _is_of_clause(child):
            child.head = verb
    subject.head, subject.dep_ = verb, "nsubj"
    subject.pos_ = "PROPN" if subject.pos_ == "ADJ" else subject.pos_
    root.head, root.dep_ = verb, "dobj"


def _is_of_clause(word: Word) -> bool:
    joins = word.dep_ in ("conj", "cc") and word.pos_ not in NOMINALS
    return joins or word.dep_ in ("punct", "advcl", "parataxis")


def _as_reduced(sentence: Stretch) -> bool:
    """ "A bomb planted in a car killed three", read as a bomb that planted: of two verbs that nothing joins, the first
    belongs to the noun before it."""
    for second in sentence:
        first = second.head
        if (
            second.tag_ in ("VBD", "VBZ", "VBP")
            and second.dep_ in _SPLIT
            and second.i > first.i + 1
        ):
            subject = _misread_subject(first, second)
            if subject is not None:
                _make_reduced(first, second, subject)
                return True
    return False


def _misread_subject(first: Word, second: Word) -> Word | None:
    """The subject of both, where the first can only be a participle of it."""
    one_form, participle = _has_one_form(first), _is_participle(first)
    if first.tag_ not in ("VBN", "VBD") or not (one_form or participle):
        return None
    if children(first, "aux", "auxpass", "dobj", "cc", "prt") or children(second, *_OPENED):
        return None
    between = second.doc[first.i + 1 : second.i]
    if any(word.tag_ in _JOINING or word.lower_ in SUBORDINATORS for word in between):
        return None
    if not (participle or children(first, "agent") or _is_main(second)):
        return None
    subjects = [child for child in children(first, *SUBJECTS) if child.i < first.i]
    opens = between[0].pos_ in ("ADP", "ADV") or between[0].head.dep_ == "npadvmod"
    told = subjects and subjects[-1].pos_ in NOMINALS and opens
    return subjects[-1] if told else None


def _is_participle(verb: Word) -> bool:
    """ "withdrawn", "taken": never the past tense."""
    return verb.tag_ == "VBN" and verb.lower_.endswith(("wn", "en"))


def _is_main(verb: Word) -> bool:
    """A verb that can be no participle: by its form, by its object, or because it never has one."""
    if not _has_one_form(verb) or verb.lemma in INTRANSITIVE:
        return True
    return bool(children(verb, "dobj", "ccomp", "xcomp", "dative"))


def _make_reduced(first: Word, second: Word, subject: Word) -> None:
    put_in_place_of(second, first)
    for child in first.children:
        if child is not second and (child.i > second.i or child.i < first.i):
            child.head = second
    subject.head = second
    subject.dep_ = "nsubjpass" if children(second, "auxpass") else "nsubj"
    first.head, first.dep_, first.tag_ = subject, "acl", "VBN"


def _as_list(sentence: Stretch) -> bool:
    """ "Norway, Ireland and Spain recognised …", where the first is taken for an address or an adverb."""
    opening = sentence[0]
    while opening.dep_ == "compound" and opening.head.i == opening.i + 1:
        opening = opening.head
    verb = opening.head
    if opening.dep_ not in _OPENINGS or opening.pos_ != "PROPN" or verb is opening:
        return False
    if opening.i + 1 >= sentence.end or opening.nbor().text != ",":
        return False
    others = [c for c in children(verb, *SUBJECTS) if c is not opening and c.i > opening.i]
    if not others or not children(others[0], "conj") or others[0].left_edge.i != opening.i + 2:
        return False
    if opening.ent_type_ == "" or others[0].pos_ != "PROPN":
        return False
    opening.head, opening.dep_ = others[0], "conj"
    return True


def _as_gerund(sentence: Stretch) -> bool:
    """ "Fighting between A and B killed 49", where the fighting is taken for the sentence's verb."""
    first = sentence[0]
    if first.tag_ != "VBG" or first.dep_ != "ROOT":
        return False
    between = any(prep.lower_ == "between" for prep in children(first, "prep"))
    verbs = [c for c in children(first, *_SPLIT) if c.tag_ in ("VBD", "VBZ", "VBP")]
    if not between or not verbs or children(verbs[0], *SUBJECTS, "mark"):
        return False
    verb = verbs[0]
    for child in first.children:
        if child.i > verb.i:
            child.head = verb
    verb.head, verb.dep_ = verb, "ROOT"
    first.head, first.dep_, first.pos_ = verb, "nsubj", "NOUN"
    return True


def _as_parties(sentence: Stretch) -> bool:
    """ "Clashes between the army and the rebels killed 17", where the second party is joined to the clashes and taken
    for what was killed."""
    for between in sentence:
        if between.lower_ != "between" or between.dep_ != "prep":
            continue
        noun, first = between.head, children(between, "pobj")
        others = [c for c in children(noun, "conj") if first and c.i > first[0].i]
        if not others or children(first[0], "conj"):
            continue
        verbs = [c for c in children(others[0], "acl") if children(c, "dobj")]
        for joining in children(noun, "cc"):
            joining.head = first[0]
        others[0].head = first[0]
        if verbs:
            verb = verbs[0]
            put_in_place_of(verb, noun)
            verb.tag_, verb.pos_ = "VBD", "VERB"
            noun.head, noun.dep_ = verb, "nsubj"
        return True
    return False


def _as_outcome(sentence: Stretch) -> bool:
    """ "fired on people trying to storm it, killing five": the harm is that of the clause, not of the attempt."""
    moved = False
    for word in sentence:
        if word.tag_ != "VBG" or word.dep_ != "advcl" or word.lemma not in HARMS or not word.i:
            continue
        verb = word.head
        tried = verb.tag_ == "VB" and verb.dep_ == "xcomp" and verb.head.lemma in _TRIED
        if word.nbor(-1).text != "," or not tried:
            continue
        main = next((head for _, head in ancestors(verb) if head.tag_ in FINITE), None)
        if main is not None:
            word.head, moved = main, True
    return moved


def _as_hostages(sentence: Stretch) -> bool:
    """ "took 130 guards hostage", read as a hostage of guards."""
    found = [
        word
        for word in sentence
        if word.lower_ in _CAPTIVE and word.dep_ == "dobj" and word.i > sentence.start
    ]
    for state in found:
        people = state.nbor(-1)
        beside = people.dep_ == "dobj" and people.head is state.head
        if beside or (people.head is state and people.tag_ in ("NNS", "NNPS")):
            verb = state.head
            for child in state.children:
                if child.i < state.i and child is not people:
                    child.head = people
            people.head, people.dep_ = verb, "dobj"
            state.dep_ = "oprd"
            return True
    return False


def _is_set_off(first: Word) -> bool:
    return any(word.text in (",", "”", '"', "''") for word in (first, first.nbor(-1)))


def _as_speech(sentence: Stretch) -> bool:
    """ "The army struck the town, rebels said.": what stands before is what they said, however it is joined."""
    said = next((word for word in reversed(list(sentence)) if not word.is_punct), None)
    if said is None or said.lemma not in _SAID or said.tag_ not in ("VBD", "VBZ", "VBP"):
        return False
    subjects = [child for child in children(said, "nsubj") if child.left_edge.i > sentence.start]
    if not subjects or not _is_set_off(subjects[-1].left_edge):
        return False
    if said.head is not said:
        changed = said.dep_ in ("conj", "advcl", "dep")
        said.dep_ = "parataxis" if changed else said.dep_
        return changed
    told = [
        child
        for child in children(said, "advcl", "dep", "conj", "parataxis")
        if child.i < said.i and not children(child, "mark") and child.pos_ in ("VERB", "AUX")
    ]
    for clause in told:
        clause.dep_ = "ccomp"
    return bool(told)


def _as_measured(sentence: Stretch) -> bool:
    """ "A magnitude 6.3 earthquake killed 40", where the magnitude is taken for the subject."""
    for grade in sentence:
        if grade.lower_ not in ("magnitude", "category") or grade.i + 2 >= sentence.end:
            continue
        number, noun = grade.nbor(1), grade.nbor(2)
        if number.tag_ != "CD" or noun.pos_ != "NOUN" or grade.head is noun or noun.head is grade:
            continue
        if noun.head is not grade.head:
            continue
        for child in grade.children:
            child.head = noun
        noun.dep_, grade.dep_ = grade.dep_, "compound"
        grade.head = number.head = noun
        return True
    return False


_RULES = (
    _as_clause,
    _as_reduced,
    _as_list,
    _as_gerund,
    _as_parties,
    _as_outcome,
    _as_hostages,
    _as_speech,
    _as_measured,
)
REPARSING = (Pass(each_word, (_retag, _shot_dead, _bind_the_noun)), Pass(each_sentence, _RULES))
"""The passes of this module."""
