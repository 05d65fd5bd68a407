"""Words that tell events: which trigger of the ontology a word is, decided by the company that it keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from timeline.annotated import AnnotatedText, Paragraph
from timeline.mentions import syntax
from timeline.mentions.frames import MODIFIERS, belongs, holds, is_gunfire, is_won, measured
from timeline.mentions.phrases import is_definite
from timeline.model import EventType, Role
from timeline.ontology import Ontology, Trigger
from timeline.ontology.inflection import singular
from timeline.words import Stretch, Word, Words

_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
_NAME_LABELS = frozenset(
    {"PERSON", "ORG", "LOC", "GPE", "FAC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT"}
)
_PLAIN = 0.1
"""Salience below which a trigger only says that something happened."""
_OF_CLAUSE = (*syntax.SUBJECT, *syntax.PASSIVE_SUBJECT, "aux", "auxpass")
DEALINGS = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE})
"""What two parties do with each other, and what may come to nothing: "the talks collapsed"."""
_NO_CLAUSE = frozenset({"aux", "auxpass", "prep", "amod", "compound", "case", "mark", "cc", "dep"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidate:
    """A word in a sentence that matches a trigger."""

    paragraph: Paragraph
    sentence: Stretch
    token: Word
    trigger: Trigger
    subjects: tuple[Word, ...]
    objects: tuple[Word, ...]

    @property
    def is_telling(self) -> bool:
        """More than a plain verb or noun that any happening can be put in ("make", "incident")."""
        return self.trigger.salience >= _PLAIN

    @property
    def is_untyped(self) -> bool:
        """A verb of which the ontology knows nothing."""
        return "*" in self.trigger.lemmas

    @property
    def is_verb(self) -> bool:
        return self.trigger.pos == "verb"

    @property
    def is_noun(self) -> bool:
        return self.trigger.pos == "noun"

    def _is_telling_modifier(self, child: Word) -> bool:
        return child.dep_ in MODIFIERS and syntax.lemma_of(child) in self.trigger.modifier

    def extent(self) -> tuple[Word, Word]:
        """First and last token of the trigger: a particle or a telling modifier belongs to it."""
        first = last = self.token
        if "-" in first.lemma and first.i > 1 and first.nbor(-1).text == "-":
            first = first.nbor(-2)  # "sit-in", which the tokeniser takes apart
        for child in self.token.children:
            particle = child.dep_ == "prt" or child.lower_ in self.trigger.particle
            if particle and child.i == last.i + 1:
                last = child
            elif self._is_telling_modifier(child) and child.i == first.i - 1:
                first = child
        return first, last


def find_candidates(
    text: AnnotatedText, words: Mapping[int, Words], ontology: Ontology
) -> tuple[Candidate, ...]:
    """All trigger words of a text in reading order; a word that only completes another trigger is left out.

    `words`: those of each paragraph, by its start."""
    found = [
        candidate
        for paragraph in text.paragraphs
        for sentence in words[paragraph.start].sents
        for token in sentence
        if (candidate := _match(paragraph, sentence, token, ontology))
    ]
    found = list(_without_completions(found, ontology))
    found += _taken_up_again(text, words, found, ontology)
    return tuple(sorted(found, key=lambda one: (one.paragraph.start, one.token.i)))


def _match(
    paragraph: Paragraph, sentence: Stretch, token: Word, ontology: Ontology
) -> Candidate | None:
    pos = part_of_speech(token)
    triggers = (*_lookup(token, pos, ontology), *_any_verb(token, pos, ontology)) if pos else ()
    # Most words are none that the ontology knows: the others are looked at more closely.
    if not triggers or _is_something_else(token, pos):
        return None
    subjects, objects = _participants(token, triggers[0].pos)
    for trigger in triggers:
        if holds(trigger, token, subjects, objects, ontology):
            if trigger.idiom:
                return None
            return Candidate(
                paragraph=paragraph,
                sentence=sentence,
                token=token,
                trigger=trigger,
                subjects=tuple(subjects),
                objects=tuple(objects),
            )
    return None


def _is_something_else(token: Word, pos: str) -> bool:
    """Whether a word is no event, though as a word it might tell one."""
    if pos == "noun" and (_is_count(token) or _is_share(token) or _is_part_of_name(token)):
        return True
    if pos == "adjective" and syntax.children(token, "det"):
        return True  # "evacuated the wounded": people, in whatever state they are
    return _is_noun_after_all(token)


def _is_count(noun: Word) -> bool:
    """ "approved by 195 votes to 106": how many, not another vote."""
    counted = noun.tag_ == "NNS" and syntax.children(noun, "nummod")
    return bool(counted) and noun.dep_ == "pobj" and noun.head.lower_ == "by"


def _is_share(noun: Word) -> bool:
    """ "won 13 percent of the vote": a part of it."""
    whole = noun.dep_ == "pobj" and noun.head.lower_ == "of"
    return whole and noun.head.head.lower_ in ("percent", "%", "per cent", "share", "cent")


def _candidate(paragraph: Paragraph, sentence: Stretch, token: Word, trigger: Trigger) -> Candidate:
    subjects, objects = _participants(token, trigger.pos)
    return Candidate(
        paragraph=paragraph,
        sentence=sentence,
        token=token,
        trigger=trigger,
        subjects=tuple(subjects),
        objects=tuple(objects),
    )


def part_of_speech(token: Word) -> str:
    """``verb``, ``noun``, ``adjective`` or nothing; a gerund with a determiner or an "of", or that
    is a bare subject, counts as a noun."""
    if token.tag_ == "VBG" and token.dep_ not in ("ROOT", "xcomp", "acl", "advcl", "relcl"):
        has_of = any(child.lower_ == "of" for child in syntax.children(token, "prep"))
        bare = not syntax.children(token, "dobj")
        if bare and has_of and token.dep_ in ("pcomp", "pobj"):
            return "noun"  # "after killing of governor", as headlines have it
        if syntax.children(token, "det", "poss") and (has_of or bare):
            return "noun"
        if token.dep_ in syntax.SUBJECT and not syntax.children(token, "dobj", "nsubj", "prt"):
            return "noun"  # "Fighting broke out"
    bound = token.tag_ in ("VBN", "VBD", "VBG") and token.i and token.nbor(-1).text in ("-", "‑")
    if bound and not syntax.children(token, *_OF_CLAUSE):
        return ""  # "Iran-backed", "US-led"; not "Pyongyang test-fired a missile"
    if token.pos_ == "VERB" and (token.dep_ == "amod" or _is_second_modifier(token)):
        # "Iranian-backed", "the slain general": a state, unless the ontology lists it as an adjective ("leaked").
        return "adjective"
    return "verb" if syntax.is_verbal(token) else _POS.get(token.pos_, "")


def _is_second_modifier(token: Word) -> bool:
    """ "the dismembered and *decapitated* body"."""
    joined = token.dep_ == "conj" and token.head.dep_ == "amod" and token.tag_ == "VBN"
    return joined and token.i < token.head.head.i


def _lookup(token: Word, pos: str, ontology: Ontology) -> tuple[Trigger, ...]:
    """Triggers of the lemma; nouns also by their form, for the lemma of a gerund is a verb's."""
    if pos == "noun" and token.lower_ == "landslide" and is_won(token, ontology):
        return ()
    if pos == "noun" and token.lower_ == "fire" and is_gunfire(token, ontology):
        return ontology.candidates(pos, "gunfire")
    form, lemma = token.lower_, syntax.lemma_of(token)
    gerund = pos == "noun" and token.tag_ == "VBG"
    forms = (form, lemma) if gerund else (lemma, form)
    if token.tag_ == "NNPS":
        forms = (singular(form), form)  # "Clashes" opens the sentence
    found = ontology.candidates(pos, forms[0])
    if pos == "noun" and not found:
        found = ontology.candidates(pos, forms[1])
    if not found and (pos == "adjective" or token.dep_ in ("attr", "acomp")):
        found = ontology.candidates("adjective", token.lower_)
    return found


def _is_noun_after_all(token: Word) -> bool:
    """ "The *protest* movement is calling", where the parser takes "protest" for the verb and its noun for an object:
    a finite auxiliary after that noun has no other subject."""
    if token.tag_ not in ("VBP", "VB") or token.i + 2 >= len(token.doc):
        return False
    rest = token.doc[token.i + 1 : token.i + 3]
    if rest[0].dep_ != "dobj":
        return False
    auxiliary = rest[1]
    own = syntax.children(auxiliary.head, *syntax.SUBJECT, *syntax.PASSIVE_SUBJECT)
    finite = auxiliary.dep_ in ("aux", "auxpass") and auxiliary.tag_ in ("VBZ", "VBP", "VBD", "MD")
    return rest[0].head == token and finite and not own


def _any_verb(token: Word, pos: str, ontology: Ontology) -> tuple[Trigger, ...]:
    """What a verb of no type is: a clause of its own tells a plain happening, unless the verb is one of being."""
    if pos != "verb" or token.pos_ != "VERB" or token.dep_ in _NO_CLAUSE or not token.is_alpha:
        return ()
    return () if belongs("@stative", token, ontology) else ontology.candidates("verb", "*")


def _is_part_of_name(token: Word) -> bool:
    """ "World Economic Forum", "Popular Mobilization Units": a name tells no event; nor does a noun that only
    qualifies another ("protest leader")."""
    if (
        token.dep_ in ("compound", "nmod")
        and token.head.pos_ in ("NOUN", "PROPN")
        and token.i < token.head.i
    ):
        return True
    if token.pos_ != "PROPN":
        return False
    neighbours = token.doc[max(0, token.i - 1) : token.i + 2]
    return token.ent_type_ in _NAME_LABELS or any(
        other.pos_ == "PROPN" and other.i != token.i and not other.ent_type_ for other in neighbours
    )


def _participants(token: Word, pos: str) -> tuple[list[Word], list[Word]]:
    if pos == "verb":
        return syntax.subjects(token), syntax.objects(token)
    if pos == "adjective" and token.dep_ != "amod" and syntax.children(token, "nummod"):
        return [token], []  # "at least 20 killed and 300 wounded"
    if pos == "adjective":
        if token.dep_ == "amod":
            return [token.head], []
        before = token.nbor(-1) if token.i else token
        if before.tag_ == "CD":
            return [before], []  # "12 dead and 40 injured"
        # "left 14 people dead": the state that somebody else is in
        affected = [item for item in syntax.children(token.head, "dobj") if item.i < token.i]
        return affected or syntax.surface_subjects(token.head), []
    return _noun_subjects(token), _noun_objects(token)


def _noun_subjects(token: Word) -> list[Word]:
    found = syntax.agents(token) + possessors(token)
    if not found and token.dep_ == "dobj":
        return syntax.subjects(token.head)
    return found


def _noun_objects(token: Word) -> list[Word]:
    of = [obj for prep, obj in syntax.prep_objects(token) if prep == "of"]
    return of + possessors(token) + syntax.children(token, "compound")


def possessors(token: Word) -> list[Word]:
    """ "Iran's", with conjuncts."""
    return [
        conjunct for poss in syntax.children(token, "poss") for conjunct in syntax.conjuncts(poss)
    ]


def _completing(trigger: Trigger, head: Word, ontology: Ontology) -> tuple[Word, ...]:
    """The object and what it measures, where either of them is what the verb's frame asks for ("a state of emergency")."""
    told = tuple(measured(head, ontology))
    fits = any(belongs(value, inner, ontology) for value in trigger.object for inner in told)
    return told if fits else ()


def _governs(candidate: Candidate, ontology: Ontology) -> bool:
    """ "planned an attack" tells the attack; "set fire to a bus" but the setting of it."""
    completed = "object" not in candidate.trigger.roles and Role.RECIPIENT in set(
        candidate.trigger.roles.values()
    )
    return syntax.lemma_of(candidate.token) in ontology.modality.governors and not completed


def _without_completions(found: list[Candidate], ontology: Ontology) -> Iterator[Candidate]:
    """Leaves out nouns that are already told by their verb's frame: "imposed sanctions" is one event."""
    told = {
        (id(head.doc), inner.i): candidate.trigger.event_type
        for candidate in found
        if candidate.is_verb and candidate.trigger.object and not _governs(candidate, ontology)
        for head in candidate.objects
        for inner in _completing(candidate.trigger, head, ontology)
    }
    suffering = {
        (id(head.doc), head.i)
        for candidate in found
        if candidate.is_verb
        for head in candidate.objects
    }
    results = {
        (id(child.doc), child.i)
        for candidate in found
        if candidate.is_verb and candidate.trigger.casualty
        for child in syntax.children(candidate.token, "acomp", "oprd")
    }
    for candidate in found:
        token = candidate.token
        if token.dep_ == "amod" and (id(token.doc), token.head.i) in suffering:
            continue  # "killing several wounded soldiers": in what state they were
        if (id(token.doc), token.i) in results:
            continue  # "shot *dead*"
        teller = told.get((id(candidate.token.doc), candidate.token.i))
        is_same = teller is candidate.trigger.event_type or not is_definite(candidate.token)
        if not (candidate.is_noun and teller and is_same):
            yield candidate


def _taken_up_again(
    text: AnnotatedText,
    words: Mapping[int, Words],
    found: list[Candidate],
    ontology: Ontology,
) -> Iterator[Candidate]:
    """ "The strikes", after air strikes were told: a definite noun too vague to be a trigger by itself."""
    earlier: dict[str, Trigger] = {}
    known = {(id(candidate.token.doc), candidate.token.i): candidate for candidate in found}
    for paragraph in text.paragraphs:
        for token in words[paragraph.start].items:
            candidate = known.get((id(token.doc), token.i))
            if candidate is not None:
                earlier[syntax.lemma_of(token)] = candidate.trigger
            elif token.children and part_of_speech(token) == "noun" and is_definite(token):
                trigger = _same_word(syntax.lemma_of(token), earlier)
                if trigger and not _is_part_of_name(token) and _lookup(token, "noun", ontology):
                    yield _candidate(paragraph, token.sent, token, trigger)


def _same_word(lemma: str, earlier: Mapping[str, Trigger]) -> Trigger | None:
    """The trigger of the same noun, or of one that ends in it ("airstrike", "strike")."""
    return next(
        (t for word, t in reversed([*earlier.items()]) if t.pos == "noun" and word.endswith(lemma)),
        None,
    )
