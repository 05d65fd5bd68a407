"""Slips of the parser that agency prose brings about again and again, mended in the tree before anything is read off it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from timeline.mentions import syntax
from timeline.mentions.timing import WEEKDAYS
from timeline.mentions.verbs import SUFFERED
from timeline.words import Word, Words, relink

_NOMINAL = ("NOUN", "PROPN")
_REACH = 7
"""Words between "and" and the participle that it joins."""
_PLACES = ("LOC", "GPE")
_CLEARING = frozenset({"acquit", "accuse", "convict", "absolve", "suspect", "exonerate"})
_GROUPS = frozenset(
    ["party", "group", "gang", "company", "bank", "army", "police", "council", "parliament", "court", "union", "church",
     "country", "state", "movement", "organisation", "organization", "militia", "force", "team", "school", "university"]
)  # fmt: skip
_UNITS = frozenset({"minutes", "hours", "days", "weeks", "months", "years"})
_OPENERS = frozenset({"when", "as", "after", "while", "before"})


def mend(words: Words) -> Words:
    """`words` with heads and labels put right; the same object."""
    for rule in _RULES:
        # Each rule looks at the tree as the one before it has left it.
        changed = [rule(word) for word in words.items if word.head is not word]
        if any(changed):
            relink(words)
    return words


def _give_the_verb_its_subject(day: Word) -> bool:
    """ "President Clinton Saturday vowed …": who did it stands before the day, which the parser takes for the subject."""
    if day.lower_ not in WEEKDAYS or day.dep_ not in (*syntax.SUBJECT, *syntax.PASSIVE_SUBJECT):
        return False
    before = day.nbor(-1) if day.i else day
    verb = day.head
    if before is day or before.pos_ not in _NOMINAL or verb.i < day.i or before.head is verb:
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
    first = second.left_edge.i
    joining = second.doc[first - 1] if first else second
    subject = joining.head
    if joining.dep_ != "cc" or second.dep_ not in (*syntax.SUBJECT, *syntax.PASSIVE_SUBJECT):
        return False
    opening = subject.head
    if subject.dep_ == "pobj" and opening.lower_ in _OPENERS:
        _open_clause(opening, subject, second)
    if subject.dep_ != second.dep_ or subject.head is not second.head or subject is second:
        return False
    second.head, second.dep_ = subject, "conj"
    return True


def _join_like_with_like(second: Word) -> bool:
    """ "Attacks in Kenya and Tanzania killed 74": a place is joined to the place before it, and does not kill."""
    first = second.left_edge.i
    joining = second.doc[first - 1] if first else second
    before = joining.nbor(-1) if joining.i else joining
    event = second.head
    if second.dep_ != "conj" or joining.lower_ not in ("and", "or") or before is event:
        return False
    alike = second.ent_type_ in _PLACES and before.ent_type_ == second.ent_type_
    if not alike or before.dep_ != "pobj" or event.ent_type_ or event.i > before.i:
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
    if victims.pos_ not in (*_NOMINAL, "NUM", "PRON") or any(
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
    if noun.dep_ != "advcl" or noun.pos_ not in _NOMINAL:
        return False
    opened = [c for c in syntax.children(noun, "advmod", "mark") if c.lower_ in _OPENERS]
    verbs = [c for c in syntax.children(noun, "acl", "relcl") if c.tag_ in ("VBN", "VBD")]
    if not opened or len(verbs) != 1 or syntax.children(verbs[0], "aux", "agent", *syntax.SUBJECT):
        return False
    verb = verbs[0]
    verb.head, verb.dep_, verb.tag_ = noun.head, "advcl", "VBD"
    noun.head, noun.dep_ = verb, "nsubj"
    for word in opened:
        word.head = verb
    return True


def _tell_the_time_alone(amid: Word) -> bool:
    """ "resigned on Thursday amid protests", where the parser makes one noun of the last three words."""
    if amid.lower_ not in ("amid", "amidst") or amid.dep_ != "compound" or not amid.i:
        return False
    noun, day = amid.head, amid.nbor(-1)
    opening = noun.head
    if day.head is not noun or day.dep_ != "compound" or opening.dep_ != "prep":
        return False
    for modifier in noun.children:
        if modifier.i < day.i:
            modifier.head = day
    day.head, day.dep_ = opening, "pobj"
    amid.head, amid.dep_, amid.tag_, amid.pos_ = opening.head, "prep", "IN", "ADP"
    noun.head, noun.dep_ = amid, "pobj"
    return True


def _give_the_participle_its_noun(verb: Word) -> bool:
    """ "A warplane shot down over the town crashed", read as a shot."""
    if (
        verb.tag_ != "VBN"
        or verb.dep_ not in (*syntax.SUBJECT, *syntax.PASSIVE_SUBJECT)
        or not verb.i
    ):
        return False
    noun = verb.nbor(-1)
    if noun.head is not verb or noun.dep_ != "compound" or noun.pos_ not in _NOMINAL:
        return False
    for modifier in verb.children:
        if modifier.i < noun.i:
            modifier.head = noun
    noun.head, noun.dep_ = verb.head, verb.dep_
    verb.head, verb.dep_, verb.pos_ = noun, "acl", "VERB"
    return True


def _date_the_deed(on: Word) -> bool:
    """ "approved a bill extending his term on Thursday": the report's day is that of its finite verb."""
    verb = on.head.head if on.head.dep_ == "dobj" else on.head
    if on.lower_ != "on" or verb.tag_ != "VBG" or verb.dep_ not in ("acl", "pcomp"):
        return False
    days = [day for day in syntax.children(on, "pobj") if day.lower_ in WEEKDAYS]
    finite = next((head for _, head in syntax.ancestors(verb) if head.tag_ == "VBD"), None)
    if not days or finite is None or finite.sent is not on.sent:
        return False
    told = [day for word in finite.children for day in (word, *word.children)]
    if any(day.lower_ in WEEKDAYS for day in told):
        return False
    on.head = finite
    return True


def _say_of_what(of: Word) -> bool:
    """ "acquitted the former president of war crimes": of these, not president of these."""
    verb = of.head
    while verb.dep_ in ("dobj", "nsubjpass", "pobj", "prep") and verb.head is not verb:
        verb = verb.head
    if of.lower_ != "of" or of.dep_ != "prep" or verb.lemma not in _CLEARING or verb.i > of.i:
        return False
    wrongs = syntax.children(of, "pobj", "pcomp")
    if of.head is verb or not wrongs or wrongs[0].ent_type_ or wrongs[0].lemma in _GROUPS:
        return False  # "the president of Peru", "a member of the gang"
    of.head = verb
    return True


def _tell_the_outcome(state: Word) -> bool:
    """ "shot dead two demonstrators": they were not dead before."""
    if state.lower_ not in ("dead", "open", "free") or state.dep_ != "amod" or not state.i:
        return False
    verb, noun = state.nbor(-1), state.head
    if noun.head is not verb or noun.dep_ != "dobj" or verb.lemma not in ("shoot", "break", "set"):
        return False
    state.head, state.dep_ = verb, "oprd"
    return True


def _say_how_long_after(unit: Word) -> bool:
    """ "imposed direct rule on Catalonia hours later": a place is no kind of hour."""
    if unit.lower_ not in _UNITS or unit.i < 2 or unit.i + 1 >= len(unit.doc):
        return False
    place, opening = unit.nbor(-1), unit.nbor(-2)
    later = unit.nbor(1).lower_ in ("later", "after", "earlier", "before", "ago")
    if not later or place.head is not unit or place.dep_ != "compound" or place.pos_ != "PROPN":
        return False
    if opening.dep_ != "prep" or opening.children:
        return False
    place.head, place.dep_ = opening, "pobj"
    return True


def _bind_with_the_hyphen(noun: Word) -> bool:
    """ "test-fired a missile": what a hyphen binds to a verb says what kind of doing it is, not when."""
    if noun.dep_ != "npadvmod" or noun.i + 2 >= len(noun.doc):
        return False
    hyphen, verb = noun.nbor(1), noun.nbor(2)
    if hyphen.tag_ != "HYPH" or verb is not noun.head or noun.idx + len(noun) != hyphen.idx:
        return False
    noun.dep_ = "compound"
    doers = [child for child in syntax.children(noun, "compound") if child.ent_type_]
    if doers and not syntax.children(verb, *syntax.SUBJECT):
        doers[-1].head, doers[-1].dep_ = verb, "nsubj"
        for child in noun.children:
            if child.i < doers[-1].i:
                child.head = doers[-1]
    return True


def _describe_the_subject(quality: Word) -> bool:
    """ "Troops loyal to the president surrounded parliament": there is one subject, and it is a noun."""
    if quality.dep_ != "nsubj" or quality.tag_ != "JJ" or not quality.i:
        return False
    noun = quality.nbor(-1)
    verb = quality.head
    if noun.head not in (quality, verb) or noun.dep_ != "nsubj" or noun.pos_ not in _NOMINAL:
        return False
    noun.head, noun.dep_ = verb, "nsubj"
    quality.head, quality.dep_ = noun, "amod"
    return True


def _count_from_the_day(day: Word) -> bool:
    """ "Miners trapped since Sunday were brought to the surface": a day is not brought anywhere."""
    opening = day.nbor(-1) if day.i else day
    verb = day.head
    if day.lower_ not in WEEKDAYS or opening.lower_ != "since" or opening.dep_ != "mark":
        return False
    first = verb.head
    subjects = syntax.children(first, *syntax.SUBJECT)
    if (
        verb.dep_ not in ("advcl", "conj", "dep")
        or first.tag_ not in ("VBD", "VBN")
        or not subjects
    ):
        return False
    passive = bool(syntax.children(verb, "auxpass"))
    subject, above, role = subjects[-1], first.head, first.dep_
    day.head, day.dep_, opening.head, opening.dep_ = opening, "pobj", first, "prep"
    for child in first.children:
        if child.i > verb.i:
            child.head = verb
    verb.head, verb.dep_ = (verb if above is first else above), role
    subject.head, subject.dep_ = verb, "nsubjpass" if passive else "nsubj"
    first.head, first.dep_, first.tag_ = subject, "acl", "VBN"
    return True


_RULES: Iterable[Callable[[Word], bool]] = (
    _count_from_the_day,
    _tell_the_time_alone,
    _give_the_participle_its_noun,
    _date_the_deed,
    _say_of_what,
    _tell_the_outcome,
    _say_how_long_after,
    _bind_with_the_hyphen,
    _describe_the_subject,
    _give_the_verb_its_subject,
    _join_the_subjects,
    _join_like_with_like,
    _carry_the_list_on,
    _tell_the_auxiliary_again,
    _make_a_clause_of,
)
