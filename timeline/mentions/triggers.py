"""Words that tell events: which trigger of the ontology a word is, decided by the company that it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from timeline.annotated import AnnotatedText, Paragraph
from timeline.mentions import syntax
from timeline.ontology import Ontology, Trigger

_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
_NAME_LABELS = frozenset(
    {"PERSON", "ORG", "LOC", "GPE", "FAC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT"}
)
_PLAIN = 0.1
"""Salience below which a trigger only says that something happened."""
_ADVERBIAL = frozenset({"out", "away", "back", "off"})
"""Particles that keep their meaning before a preposition: "pulled *out* of the town"."""
_NO_CLAUSE = frozenset({"aux", "auxpass", "prep", "amod", "compound", "case", "mark", "cc", "dep"})
_OWNING = frozenset({"NORP", "ORG", "LOC", "GPE"})
_MODIFIERS = ("compound", "amod", "nmod")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidate:
    """A word in a sentence that matches a trigger."""

    paragraph: Paragraph
    sentence: SpacySpan
    token: Token
    trigger: Trigger
    subjects: tuple[Token, ...]
    objects: tuple[Token, ...]

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

    def _is_telling_modifier(self, child: Token) -> bool:
        return child.dep_ in _MODIFIERS and syntax.lemma_of(child) in self.trigger.modifier

    def extent(self) -> tuple[Token, Token]:
        """First and last token of the trigger: a particle or a telling modifier belongs to it."""
        first = last = self.token
        for child in self.token.children:
            if child.dep_ == "prt" and child.i == last.i + 1:
                last = child
            elif self._is_telling_modifier(child) and child.i == first.i - 1:
                first = child
        return first, last


def find_candidates(text: AnnotatedText, ontology: Ontology) -> tuple[Candidate, ...]:
    """All trigger words of a text in reading order; a word that only completes another trigger is left out."""
    found = [
        candidate
        for paragraph, sentence in text.sentences()
        for token in sentence
        if (candidate := _match(paragraph, sentence, token, ontology))
    ]
    found = list(_without_completions(found, ontology))
    found += _taken_up_again(text, found, ontology)
    return tuple(sorted(found, key=lambda one: (one.paragraph.start, one.token.i)))


def _match(
    paragraph: Paragraph, sentence: SpacySpan, token: Token, ontology: Ontology
) -> Candidate | None:
    pos = part_of_speech(token)
    if not pos or (pos == "noun" and _is_part_of_name(token)) or _is_noun_after_all(token):
        return None
    triggers = (*_lookup(token, pos, ontology), *_any_verb(token, pos, ontology))
    if not triggers:
        return None
    subjects, objects = _participants(token, triggers[0].pos)
    for trigger in triggers:
        if _holds(trigger, token, subjects, objects, ontology):
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


def _candidate(
    paragraph: Paragraph, sentence: SpacySpan, token: Token, trigger: Trigger
) -> Candidate:
    subjects, objects = _participants(token, trigger.pos)
    return Candidate(
        paragraph=paragraph,
        sentence=sentence,
        token=token,
        trigger=trigger,
        subjects=tuple(subjects),
        objects=tuple(objects),
    )


def part_of_speech(token: Token) -> str:
    """``verb``, ``noun``, ``adjective`` or nothing; a gerund with a determiner or an "of", or that
    is a bare subject, counts as a noun."""
    if token.tag_ == "VBG" and token.dep_ not in ("ROOT", "xcomp", "acl", "advcl", "relcl"):
        has_of = any(child.lower_ == "of" for child in syntax.children(token, "prep"))
        if syntax.children(token, "det", "poss") and (has_of or not syntax.children(token, "dobj")):
            return "noun"
        if token.dep_ in syntax.SUBJECT and not syntax.children(token, "dobj", "nsubj", "prt"):
            return "noun"  # "Fighting broke out"
    if token.i and token.tag_ in ("VBN", "VBD", "VBG") and token.nbor(-1).text in ("-", "‑"):
        return ""  # "Iran-backed", "US-led"
    if token.dep_ == "amod" and token.pos_ == "VERB":
        # "Iranian-backed", "the slain general": a state, unless the ontology lists it as an adjective ("leaked").
        return "adjective"
    return "verb" if syntax.is_verbal(token) else _POS.get(token.pos_, "")


def _lookup(token: Token, pos: str, ontology: Ontology) -> tuple[Trigger, ...]:
    """Triggers of the lemma; nouns also by their form, for the lemma of a gerund is a verb's."""
    if pos == "noun" and token.lower_ == "landslide" and _is_won(token, ontology):
        return ()
    if pos == "noun" and token.lower_ == "fire" and _is_gunfire(token, ontology):
        return ontology.candidates(pos, "gunfire")
    form, lemma = token.lower_, syntax.lemma_of(token)
    gerund = pos == "noun" and token.tag_ == "VBG"
    forms = (form, lemma) if gerund else (lemma, form)
    found = ontology.candidates(pos, forms[0])
    if pos == "noun" and not found:
        found = ontology.candidates(pos, forms[1])
    if not found and (pos == "adjective" or token.dep_ in ("attr", "acomp")):
        found = ontology.candidates("adjective", token.lower_)
    return found


def _is_noun_after_all(token: Token) -> bool:
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


def _any_verb(token: Token, pos: str, ontology: Ontology) -> tuple[Trigger, ...]:
    """What a verb of no type is: a clause of its own tells a plain happening, unless the verb is one of being."""
    if pos != "verb" or token.pos_ != "VERB" or token.dep_ in _NO_CLAUSE or not token.is_alpha:
        return ()
    return () if belongs("@stative", token, ontology) else ontology.candidates("verb", "*")


def _is_part_of_name(token: Token) -> bool:
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


def _participants(token: Token, pos: str) -> tuple[list[Token], list[Token]]:
    if pos == "verb":
        return syntax.subjects(token), syntax.objects(token)
    if pos == "adjective":
        return [token.head] if token.dep_ == "amod" else syntax.surface_subjects(token.head), []
    return _noun_subjects(token), _noun_objects(token)


def _noun_subjects(token: Token) -> list[Token]:
    found = syntax.agents(token) + possessors(token)
    if not found and token.dep_ == "dobj":
        return syntax.subjects(token.head)
    return found


def _noun_objects(token: Token) -> list[Token]:
    of = [obj for prep, obj in syntax.prep_objects(token) if prep == "of"]
    return of + possessors(token) + syntax.children(token, "compound")


def possessors(token: Token) -> list[Token]:
    """ "Iran's", with conjuncts."""
    return [
        conjunct for poss in syntax.children(token, "poss") for conjunct in syntax.conjuncts(poss)
    ]


def _holds(
    trigger: Trigger, token: Token, subjects: list[Token], objects: list[Token], ontology: Ontology
) -> bool:
    def any_of(values: Iterable[str], tokens: Iterable[Token]) -> bool:
        return any(belongs(value, head, ontology) for value in values for head in tokens)

    seen = [inner for head in objects for inner in _measured(head, ontology)]
    if (trigger.no_object and objects) or (trigger.needs_object and not objects):
        return False
    if trigger.subject and not any_of(trigger.subject, subjects):
        return False
    if trigger.object and not any_of(trigger.object, seen):
        return False
    acting = [inner for head in subjects for inner in _measured(head, ontology)]
    if any_of(trigger.not_subject, acting) or any_of(trigger.not_object, seen):
        return False
    return _surroundings_hold(trigger, token, ontology)


def _surroundings_hold(trigger: Trigger, token: Token, ontology: Ontology) -> bool:
    modifiers = syntax.children(token, *_MODIFIERS)
    if trigger.modifier and not any(
        belongs(value, child, ontology) for value in trigger.modifier for child in modifiers
    ):
        return False
    if any(
        belongs(value, child, ontology) for value in trigger.not_modifier for child in modifiers
    ):
        return False
    if trigger.particle and not any(p.lower_ in trigger.particle for p in _particles(token)):
        return False
    if trigger.complement and not _has_complement(token):
        return False
    if trigger.clause and not any(
        belongs(value, verb, ontology)
        for value in trigger.clause
        for verb in syntax.children(token, "xcomp", "ccomp", "acl")
    ):
        return False
    if trigger.no_speech and _introduces_speech(token):
        return False
    if trigger.passive is not None and trigger.passive != syntax.is_passive(token):
        return False
    return _prepositions_hold(trigger, token, ontology)


def _has_complement(token: Token) -> bool:
    """A clause below the word, or below the copula of an adjective ("was adamant that …")."""
    holders = [token, token.head] if token.dep_ in ("acomp", "attr") else [token]
    return any(
        syntax.children(holder, "xcomp", "ccomp", "acl", "parataxis", "dep") for holder in holders
    )


def _introduces_speech(token: Token) -> bool:
    """ "Smith agreed: …", "…," Smith agreed."""
    following = token.nbor(1).text if token.i + 1 < len(token.doc) else "."
    return following in (":", ",", "“", '"') or (
        following == "." and any(other.is_quote for other in token.sent)
    )


def _particles(token: Token) -> list[Token]:
    """Particles and results ("shot dead"), also those that the parser takes for adverbs or bare prepositions."""
    return syntax.children(token, "prt", "acomp", "oprd") + [
        child
        for child in syntax.children(token, "advmod", "prep")
        if not any(child.children) or child.lower_ in _ADVERBIAL
    ]


def _prepositions_hold(trigger: Trigger, token: Token, ontology: Ontology) -> bool:
    if not trigger.preps:
        return True
    present = list(syntax.prep_objects(token))
    for child in syntax.children(token, "dobj"):
        present += syntax.prep_objects(child)
    return any(
        prep == wanted and (not values or any(belongs(v, obj, ontology) for v in values))
        for wanted, values in trigger.preps.items()
        for prep, obj in present
    )


def belongs(value: str, token: Token, ontology: Ontology) -> bool:
    """Whether a word satisfies a condition's value: a lemma, an ``@class`` or an entity label."""
    if value == "@disaster" and token.lower_ == "fire" and _is_gunfire(token, ontology):
        return False
    label = {"GPE": "LOC", "FAC": "LOC"}.get(token.ent_type_, token.ent_type_)
    return ontology.in_class(value, syntax.lemma_of(token), label)


def _is_won(margin: Token, ontology: Ontology) -> bool:
    """ "won by a landslide", "a landslide victory": a margin of votes."""
    above = [head for _, head in syntax.ancestors(margin)][:2]
    return any(belongs("@winning", head, ontology) for head in above)


def _is_gunfire(fire: Token, ontology: Ontology) -> bool:
    """ "Israeli fire", "sniper fire": what belongs to somebody does not burn."""
    owned = syntax.children(fire, "amod", "compound", "nmod", "poss")
    return any(
        child.ent_type_ in _OWNING or belongs("@gunfire", child, ontology) for child in owned
    )


def _measured(token: Token, ontology: Ontology) -> Iterator[Token]:
    """The word, and what it measures: "a barrage of missiles", "dozens of protesters"."""
    yield token
    if ontology.in_class("@measure", syntax.lemma_of(token), ""):
        for prep, obj in syntax.prep_objects(token):
            if prep == "of":
                yield obj


def _without_completions(found: list[Candidate], ontology: Ontology) -> Iterator[Candidate]:
    """Leaves out nouns that are already told by their verb's frame: "imposed sanctions" is one event."""
    told = {
        (id(head.doc), inner.i): candidate.trigger.event_type
        for candidate in found
        if candidate.is_verb
        and candidate.trigger.object
        and syntax.lemma_of(candidate.token) not in ontology.modality.governors
        for head in candidate.objects
        for inner in _measured(head, ontology)
        if any(belongs(value, inner, ontology) for value in candidate.trigger.object)
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
        is_same = teller is candidate.trigger.event_type or not syntax.is_definite(candidate.token)
        if not (candidate.is_noun and teller and is_same):
            yield candidate


def _taken_up_again(
    text: AnnotatedText, found: list[Candidate], ontology: Ontology
) -> Iterator[Candidate]:
    """ "The strikes", after air strikes were told: a definite noun too vague to be a trigger by itself."""
    earlier: dict[str, Trigger] = {}
    known = {(id(candidate.token.doc), candidate.token.i): candidate for candidate in found}
    for paragraph, sentence in text.sentences():
        for token in sentence:
            candidate = known.get((id(token.doc), token.i))
            if candidate is not None:
                earlier[syntax.lemma_of(token)] = candidate.trigger
            elif part_of_speech(token) == "noun" and syntax.is_definite(token):
                trigger = _same_word(syntax.lemma_of(token), earlier)
                if trigger and not _is_part_of_name(token) and _lookup(token, "noun", ontology):
                    yield _candidate(paragraph, sentence, token, trigger)


def _same_word(lemma: str, earlier: Mapping[str, Trigger]) -> Trigger | None:
    """The trigger of the same noun, or of one that ends in it ("airstrike", "strike")."""
    return next(
        (
            t
            for word, t in reversed(list(earlier.items()))
            if t.pos == "noun" and word.endswith(lemma)
        ),
        None,
    )
