"""Whether the company of a word is what a frame of the ontology asks for: its subject, object, modifiers, prepositions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from timeline.mentions import syntax
from timeline.model import EventType
from timeline.ontology import Ontology, Trigger
from timeline.words import Word

_ADVERBIAL = frozenset({"out", "away", "back", "off", "down"})
"""Particles that keep their meaning before a preposition: "pulled *out* of the town"."""
_OWNING = frozenset({"NORP", "ORG", "LOC", "GPE"})
_PARTS = frozenset(
    {"another", "some", "many", "several", "most", "both", "all", "none", "each", "half", "few"}
)
_SOME_PEOPLE = frozenset({"more", "many", "several", "most", "scores", "dozens", "others", "some"})
_PEOPLE = ("nsubj", "nsubjpass", "dobj", "conj")
MODIFIERS = ("compound", "amod", "nmod")


def holds(
    trigger: Trigger, token: Word, subjects: list[Word], objects: list[Word], ontology: Ontology
) -> bool:
    def any_of(values: Iterable[str], tokens: Iterable[Word]) -> bool:
        return any(belongs(value, head, ontology) for value in values for head in tokens)

    def with_measured(heads: Iterable[Word]) -> list[Word]:
        return [inner for head in heads for inner in measured(head, ontology)]

    if (trigger.no_object and objects) or (trigger.needs_object and not objects):
        return False
    if trigger.object and token.lemma == "call" and syntax.children(token, "oprd", "acomp"):
        return False  # "a referendum that Kyiv called illegal"
    acting = with_measured(subjects) if trigger.subject or trigger.not_subject else []
    seen = with_measured(objects) if trigger.object or trigger.not_object else []
    if trigger.subject and not any_of(trigger.subject, acting):
        return False
    if trigger.object and not any_of(trigger.object, seen):
        return False
    if any_of(trigger.not_subject, acting) or any_of(trigger.not_object, seen):
        return False
    return _surroundings_hold(trigger, token, ontology)


def _surroundings_hold(trigger: Trigger, token: Word, ontology: Ontology) -> bool:
    modifiers = syntax.children(token, *MODIFIERS)
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
    quotes = trigger.event_type is EventType.STATEMENT
    if trigger.complement and not _has_complement(token, quotes=quotes):
        return False
    if _asks(trigger) and not _has_infinitive(token):
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


def _has_complement(token: Word, *, quotes: bool) -> bool:
    """A clause below the word, or below the copula of an adjective ("was adamant that …"); before the word stands only
    what is quoted (`quotes`), and nobody is asked by that to do anything ("…," she told the radio)."""
    holders = [token, token.head] if token.dep_ in ("acomp", "attr") else [token]
    return any(
        quotes or clause.i > token.i
        for holder in holders
        for clause in syntax.children(holder, "xcomp", "ccomp", "acl", "parataxis", "dep")
    )


def _asks(trigger: Trigger) -> bool:
    """A verb that asks somebody for something, and with a finite clause tells them something: "tell", "warn"."""
    return trigger.event_type is EventType.REQUEST and trigger.complement and trigger.needs_object


def _has_infinitive(token: Word) -> bool:
    """ "told the army *to leave*", "asked that it leave"; not "told police he had *left*"."""
    clauses = syntax.children(token, "xcomp", "ccomp", "advcl", "acl")
    return any(
        clause.tag_ in ("VB", "VBN", "JJ", "NN") and not _is_finite(clause) for clause in clauses
    )


def _is_finite(clause: Word) -> bool:
    helpers = syntax.children(clause, "aux", "auxpass")
    return any(helper.tag_ in ("VBD", "VBZ", "VBP", "MD") for helper in helpers)


def _introduces_speech(token: Word) -> bool:
    """ "Smith agreed: …", "…," Smith agreed."""
    following = token.nbor(1).text if token.i + 1 < len(token.doc) else "."
    return following in (":", ",", "“", '"') or (
        following == "." and any(other.is_quote for other in token.sent)
    )


def _particles(token: Word) -> list[Word]:
    """Particles and results ("shot dead"), also those that the parser takes for adverbs or bare prepositions."""
    return syntax.children(token, "prt", "acomp", "oprd", "attr") + [
        child
        for child in syntax.children(token, "advmod", "prep")
        if not any(child.children) or child.lower_ in _ADVERBIAL
    ]


def _prepositions_hold(trigger: Trigger, token: Word, ontology: Ontology) -> bool:
    if not trigger.preps:
        return True
    present = list(syntax.prep_objects(token))
    for child in syntax.children(token, "dobj", "acomp", "oprd", "advcl"):
        present += syntax.prep_objects(child)
    if token.dep_ == "dobj":  # "launched an offensive on the port", with "on" hung on the launching
        present += [(prep, obj) for prep, obj in syntax.prep_objects(token.head) if obj.i > token.i]
    return any(
        prep == wanted and (not values or any(belongs(v, obj, ontology) for v in values))
        for wanted, values in trigger.preps.items()
        for prep, obj in present
    )


def belongs(value: str, token: Word, ontology: Ontology) -> bool:
    """Whether a word satisfies a condition's value: a lemma, an ``@class`` or an entity label."""
    if value == "@disaster" and token.lower_ == "fire" and is_gunfire(token, ontology):
        return False
    if value == "@person" and _counts_people(token):
        return True
    if value == "PERSON" and token.pos_ == "PROPN" and not token.ent_type_:
        return any(ontology.in_class("@official", word.lemma, "") for word in token.children)
    return ontology.in_class(value, token.lemma, token.ent_type_)


def _counts_people(token: Word) -> bool:
    """ "nine were injured", "killed over 220,000", "many more have been hurt"."""
    if token.ent_type_:
        return False
    alone = token.lower_ in _SOME_PEOPLE and token.dep_ in _PEOPLE
    return alone or token.tag_ == "CD"


def is_won(margin: Word, ontology: Ontology) -> bool:
    """ "won by a landslide", "a landslide victory": a margin of votes."""
    above = [head for _, head in syntax.ancestors(margin)][:2]
    return any(belongs("@winning", head, ontology) for head in above)


def is_gunfire(fire: Word, ontology: Ontology) -> bool:
    """ "Israeli fire", "sniper fire", "came under fire": what belongs to somebody, or is opened, does not burn."""
    if fire.head.lower_ == "under" or belongs("@firing", fire.head, ontology):
        return True
    owned = syntax.children(fire, "amod", "compound", "nmod", "poss")
    return any(
        child.ent_type_ in _OWNING or belongs("@gunfire", child, ontology) for child in owned
    )


def measured(token: Word, ontology: Ontology) -> Iterator[Word]:
    """The word, and what it measures: "a barrage of missiles", "dozens of protesters", "one of the ferries"."""
    yield token
    parts = token.tag_ == "CD" or token.lower_ in _PARTS
    if parts or ontology.in_class("@measure", syntax.lemma_of(token), ""):
        for prep, obj in syntax.prep_objects(token):
            if prep == "of":
                yield obj
