"""Words that the parser hangs in the wrong place: a day on the wrong verb, a quality in the subject's place, what somebody
is accused of on their office.
"""

from __future__ import annotations

from timeline.mentions import syntax
from timeline.mentions.rewriting import Pass, each_dependent, put_in_place_of, rewrite
from timeline.mentions.timing import WEEKDAYS
from timeline.mentions.verbs import AIMED, DITRANSITIVE, INFINITIVE, INTRANSITIVE
from timeline.words import Word, Words

_CLEARING = frozenset({"acquit", "accuse", "convict", "absolve", "suspect", "exonerate"})
_GROUPS = frozenset(
    ["party", "group", "gang", "company", "bank", "army", "police", "council", "parliament", "court", "union", "church",
     "country", "state", "movement", "organisation", "organization", "militia", "force", "team", "school", "university"]
)  # fmt: skip
_ADVANCING = frozenset(
    {"advance", "rampage", "rebel", "invade", "occupy", "oppose", "fight", "rival", "pass", "visit"}
)
_PENALISING = frozenset({"fine", "sentence", "pay", "give", "send", "show", "tell", "teach"})
_ABLAZE = frozenset({"ablaze", "alight", "aflame"})
_OUTCOMES = frozenset({"dead", "open", "free"})
_UNITS = frozenset({"minutes", "hours", "days", "weeks", "months", "years"})


def rehang(words: Words) -> Words:
    """`words` with heads and labels put right; the same object."""
    return rewrite(words, REHANGING)


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
    """ "A warplane shot down over the town crashed", read as a shot, or as a subject with a subject of its own."""
    if verb.tag_ != "VBN" or verb.dep_ not in syntax.SUBJECTS or not verb.i:
        return False
    noun = verb.nbor(-1)
    stuck = noun.dep_ == "compound" or noun.dep_ in syntax.SUBJECTS
    if noun.head is not verb or not stuck or noun.pos_ not in syntax.NOUNS:
        return False
    for modifier in verb.children:
        if modifier.i < noun.i:
            modifier.head = noun
    put_in_place_of(noun, verb)
    verb.head, verb.dep_, verb.pos_ = noun, "acl", "VERB"
    return True


def _date_the_deed(on: Word) -> bool:
    """ "approved a bill extending his term on Thursday": the report's day is that of its finite verb."""
    verb = on.head.head if on.head.dep_ == "dobj" else on.head
    if on.lower_ != "on" or verb.tag_ != "VBG" or verb.dep_ not in ("acl", "pcomp"):
        return False
    days = [day for day in syntax.children(on, "pobj") if day.lower_ in WEEKDAYS]
    finite = next((head for _, head in syntax.ancestors(verb) if _is_finite(head)), None)
    if not days or finite is None or finite.sent is not on.sent:
        return False
    told = [day for word in finite.children for day in (word, *word.children)]
    if any(day.lower_ in WEEKDAYS for day in told):
        return False
    on.head = finite
    return True


def _is_finite(verb: Word) -> bool:
    return verb.tag_ == "VBD" or any(aux.tag_ == "MD" for aux in syntax.children(verb, "aux"))


def _date_what_follows(day: Word) -> bool:
    """ "Undeterred by sanctions crippling the state, the premier today met …": what the comma has closed is not dated."""
    if day.lower_ not in WEEKDAYS or day.dep_ != "npadvmod" or day.i + 1 >= day.sent.end:
        return False
    verb = day.nbor(1)
    closed = any(word.text == "," for word in day.doc[day.head.i : day.i])
    if verb.tag_ != "VBD" or day.head is verb or not closed:
        return False
    day.head = verb
    return True


def _say_of_what(of: Word) -> bool:
    """ "acquitted the former president of war crimes": of these, not president of these."""
    if of.lower_ != "of" or of.dep_ != "prep":
        return False
    verb = of.head
    while verb.dep_ in ("dobj", "nsubjpass", "pobj", "prep") and verb.head is not verb:
        verb = verb.head
    if verb.lemma not in _CLEARING or verb.i > of.i:
        return False
    wrongs = syntax.children(of, "pobj", "pcomp")
    if of.head is verb or not wrongs or wrongs[0].ent_type_ or wrongs[0].lemma in _GROUPS:
        return False  # "the president of Peru", "a member of the gang"
    of.head = verb
    return True


_NO_TARGETS = WEEKDAYS | {
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december", "tomorrow", "board", "condition", "behalf", "basis"),
}
"""What follows "on" where nothing is aimed at."""


def _say_at_whom(on: Word) -> bool:
    """ "condemned the attack on the embassy": it was the attack that was on the embassy."""
    if on.lower_ not in ("on", "against", "by") or on.dep_ != "prep" or not on.i:
        return False
    deed, struck = on.nbor(-1), syntax.children(on, "pobj")
    if deed.lemma not in AIMED or deed.head is not on.head or deed.dep_ not in ("dobj", "pobj"):
        return False
    if not struck or struck[0].tag_ == "CD" or struck[0].lower_ in _NO_TARGETS:
        return False
    on.head = deed
    return True


def _complete_the_verb(clause: Word) -> bool:
    """ "ordered the mission to leave": what somebody is to do is what was ordered, and no aim of it."""
    if clause.tag_ != "VB" or clause.dep_ != "advcl" or clause.head.lemma not in INFINITIVE:
        return False
    if clause.i < clause.head.i or not any(c.tag_ == "TO" for c in syntax.children(clause, "aux")):
        return False
    clause.dep_ = "xcomp"
    return True


def _go_on_telling(verb: Word) -> bool:
    """ "He said the revolt had been put down and promoted several generals": no passive has an object, so it is he who did."""
    told = verb.head
    if verb.dep_ != "conj" or verb.tag_ not in ("VBN", "VBD") or told.dep_ != "ccomp":
        return False
    if verb.lemma in DITRANSITIVE | _PENALISING or not syntax.children(verb, "dobj"):
        return False
    own = syntax.children(verb, "aux", "auxpass", *syntax.SUBJECTS)
    if own or not syntax.children(told, "auxpass") or told.head.tag_ != "VBD":
        return False
    verb.head, verb.tag_ = told.head, "VBD"
    return True


def _tell_by_whom(deed: Word) -> bool:
    """ "destroyed by retreating militants": by militants, and not by what they did to themselves."""
    by = deed.head
    if deed.dep_ != "pcomp" or deed.tag_ != "VBG" or by.lower_ != "by":
        return False
    doers = [noun for noun in syntax.children(deed, "dobj") if noun.left_edge.i == deed.i + 1]
    passive = syntax.children(by.head, "auxpass") or by.head.tag_ == "VBN"
    if not doers or not passive or deed.lemma not in INTRANSITIVE | _ADVANCING:
        return False
    doers[0].head, doers[0].dep_, by.dep_ = by, "pobj", "agent"
    deed.head, deed.dep_ = doers[0], "amod"
    return True


def _begin_with_whom(name: Word) -> bool:
    """ "Guaido, 35, swore himself in", with the name taken for a circumstance."""
    verb = name.head
    if name.dep_ != "npadvmod" or name.pos_ != "PROPN" or name.left_edge.i != name.sent.start:
        return False
    ages = [child for child in syntax.children(name, "appos", "nummod") if child.tag_ == "CD"]
    if not ages or syntax.children(verb, *syntax.SUBJECTS):
        return False
    name.dep_, ages[0].dep_ = "nsubj", "npadvmod"
    return True


def _name_whom(name: Word) -> bool:
    """ "extradited the drug lord Joaquin Guzman", read as a drug that is called Lord Joaquin Guzman."""
    noun = name.head
    if name.dep_ != "appos" or name.pos_ != "PROPN" or noun.i + 1 >= len(noun.doc):
        return False
    title = noun.nbor(1)
    if title.head is not name or title.dep_ != "compound" or title.tag_ != "NN":
        return False
    put_in_place_of(name, noun)
    for child in noun.children:
        if child is not name:
            child.head = name
    noun.head, noun.dep_ = title, "compound"
    return True


def _name_the_title(name: Word) -> bool:
    """ "extradited the drug lord Joaquin Guzman", read as a drug and as a lord who has a Guzman for his object."""
    title = name.head
    if name.dep_ != "dobj" or name.pos_ != "PROPN" or title.pos_ != "NOUN" or name.i < title.i:
        return False
    if any(word.head is not name for word in name.doc[title.i + 1 : name.i]):
        return False
    before = title.nbor(-1) if title.i else title
    put_in_place_of(name, title)
    for child in title.children:
        if child is not name:
            child.head = name
    if before.dep_ == name.dep_ and before.head is name.head and before.pos_ == "NOUN":
        for child in before.children:
            child.head = name
        before.head, before.dep_ = name, "compound"
    title.head, title.dep_ = name, "compound"
    return True


def _tell_the_outcome(state: Word) -> bool:
    """ "shot dead two demonstrators", "trucks were set ablaze": they were not so before."""
    if state.lower_ in _ABLAZE and state.head.lemma == "set" and state.dep_ in ("dobj", "advmod"):
        state.dep_ = "oprd"
        return True
    if state.lower_ not in _OUTCOMES:
        return False
    if state.lower_ == "dead" and state.dep_ == "acomp" and syntax.children(state, "dobj"):
        for victim in syntax.children(state, "dobj", "npadvmod"):
            victim.head = state.head  # "shot dead at least 40 civilians"
        state.dep_ = "oprd"
        return True
    if state.dep_ != "amod" or not state.i:
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
    if noun.dep_ not in ("npadvmod", "nsubj") or noun.i + 2 >= len(noun.doc):
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
    if noun.head not in (quality, verb) or noun.dep_ != "nsubj" or noun.pos_ not in syntax.NOUNS:
        return False
    noun.head, noun.dep_ = verb, "nsubj"
    quality.head, quality.dep_ = noun, "amod"
    return True


def _count_from_the_day(day: Word) -> bool:
    """ "Miners trapped since Sunday were brought to the surface": a day is not brought anywhere."""
    if day.lower_ not in WEEKDAYS or not day.i:
        return False
    opening = day.nbor(-1)
    verb = opening.head
    if opening.lower_ != "since" or opening.dep_ != "mark" or day.head not in (verb, opening):
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
    subject = subjects[-1]
    day.head, day.dep_, opening.head, opening.dep_ = opening, "pobj", first, "prep"
    for child in first.children:
        if child.i > verb.i:
            child.head = verb
    put_in_place_of(verb, first)
    subject.head, subject.dep_ = verb, "nsubjpass" if passive else "nsubj"
    first.head, first.dep_, first.tag_ = subject, "acl", "VBN"
    return True


_RULES = (
    _tell_the_time_alone,
    _give_the_participle_its_noun,
    _date_the_deed,
    _date_what_follows,
    _say_of_what,
    _say_at_whom,
    _complete_the_verb,
    _go_on_telling,
    _tell_by_whom,
    _begin_with_whom,
    _name_whom,
    _name_the_title,
    _tell_the_outcome,
    _say_how_long_after,
    _bind_with_the_hyphen,
    _describe_the_subject,
    _count_from_the_day,
)
REHANGING = (Pass(each_dependent, _RULES),)
"""The passes of this module."""
