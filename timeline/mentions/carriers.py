"""Verbs that only carry an event noun: "launched an *attack*", "was given a *ban*", "claimed responsibility for a *raid*".
Who launches it attacks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from timeline.mentions import syntax
from timeline.mentions.frames import belongs
from timeline.model import Modality, Role
from timeline.ontology import Ontology
from timeline.words import Word

_OWNED = frozenset({"responsibility", "credit"})
_SOMEBODY = ("@person", "@official", "@fighter", "@crowd", "@worker")


@dataclass(frozen=True, slots=True)
class Filler:
    """A word that fills a role."""

    role: Role
    head: Word


def fill(heads: Collection[Word], role: Role | None) -> Iterator[Filler]:
    """Fillers of a position; where the ontology gives the position no role, there are none."""
    if role is not None:
        for head in heads:
            yield Filler(role, head)


def carried_parts(noun: Word, ontology: Ontology) -> Iterator[Filler]:
    """ "X launched an attack" is X's attack; who "suffered an attack" or "was given a ban" is its recipient."""
    yield from fill(claimants(noun), Role.ACTOR)
    yield from fill(_stray_agents(noun, ontology), Role.ACTOR)
    verb = _light_verb(noun, ontology)
    if verb is None:
        return
    if noun.head.lower_ == "under" and syntax.lemma_of(verb) in ("come", "be", "remain"):
        yield from fill(syntax.surface_subjects(verb), Role.RECIPIENT)
        yield from fill(syntax.agents(verb), Role.ACTOR)
        return
    if verb.lemma_.lower() in ontology.modality.undergoing and not syntax.is_passive(verb):
        yield from fill(_others(syntax.subjects(verb), noun), Role.RECIPIENT)
        return
    yield from fill(_light_subjects(noun, ontology), Role.ACTOR)
    if syntax.is_passive(verb) and noun.dep_ == "dobj":
        yield from fill(syntax.agents(verb) or _agents_below(noun), Role.ACTOR)
    if syntax.is_passive(verb) and syntax.first_conjunct(noun).dep_ == "dobj":
        yield from fill(_others(syntax.surface_subjects(verb), noun), Role.RECIPIENT)


def _others(tokens: Collection[Word], noun: Word) -> list[Word]:
    return [token for token in tokens if token != noun]


def _light_verb(noun: Word, ontology: Ontology) -> Word | None:
    """The verb that carries an event noun: "launched an *attack*", "retaliated with a *strike*"."""
    head = syntax.first_conjunct(_measuring(noun, ontology))
    if head.dep_ == "pobj" and syntax.lemma_of(head.head) in ("with", "in", "by", "under"):
        head = head.head
    return head.head if head.dep_ in ("dobj", "nsubjpass", "prep") else None


def _measuring(noun: Word, ontology: Ontology) -> Word:
    """ "one of the *explosions*", "a series of *attacks*": the word that stands for it in the clause."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        holder = noun.head.head
        if holder.pos_ == "NUM" or belongs("@measure", holder, ontology):
            return holder
    return noun


def _light_subjects(noun: Word, ontology: Ontology) -> list[Word]:
    """ "The group carried out (plans) the attack": the subject of a verb that says nothing but that it is done."""
    verb, cues = _light_verb(noun, ontology), ontology.modality
    if verb is None:
        return []
    lemma = syntax.lemma_of(verb)
    if syntax.children(verb, "oprd") or lemma in cues.causing:
        return []  # "called the strike a mistake", "the vote set off protests"
    if lemma not in cues.light and cues.governors.get(lemma) is not Modality.PLANNED:
        return []
    doers = _others(syntax.subjects(verb), noun)
    return [doer for doer in doers if doer.ent_type_ or not _is_paper(doer, ontology)]


def _is_paper(doer: Word, ontology: Ontology) -> bool:
    """A video that shows a beheading beheads nobody, and a deal that brings elections holds none."""
    return belongs("@record", doer, ontology) or belongs("@deal", doer, ontology)


def _agents_below(noun: Word) -> list[Word]:
    """ "was given a ban for doping by the agency", where the parser hangs the agency on the doping."""
    below = (agent for word in noun.subtree if word != noun for agent in syntax.agents(word))
    return [
        agent
        for agent in below
        if any(word.ent_type_ in syntax.ACTING_LABELS for word in (agent, *agent.children))
    ]


def _stray_agents(noun: Word, ontology: Ontology) -> list[Word]:
    """ "stopped a march by students", where the parser hangs the students on the active verb."""
    verb = noun.head
    if noun.dep_ != "dobj" or not syntax.is_verbal(verb) or syntax.is_passive(verb):
        return []
    return [agent for agent in syntax.agents(verb) if _can_act(agent, ontology)]


def _can_act(token: Word, ontology: Ontology) -> bool:
    named = token.ent_type_ in syntax.ACTING_LABELS
    return named or any(belongs(name, token, ontology) for name in _SOMEBODY)


def claimants(noun: Word) -> list[Word]:
    """Who "claimed responsibility for" what the noun tells."""
    owned = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ != "for" or owned.lemma not in _OWNED:
        # Parsers hang the phrase on the verb as often as on its noun.
        found = [child for child in syntax.children(owned, "dobj") if child.lemma in _OWNED]
        if noun.dep_ != "pobj" or noun.head.lower_ != "for" or not found:
            return []
        owned = found[0]
    verb = owned.head
    return (
        syntax.surface_subjects(verb)
        if syntax.is_verbal(verb) and not syntax.is_passive(verb)
        else []
    )
