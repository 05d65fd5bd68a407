"""The dataclasses of the ontology: triggers with their conditions, types with their modes, cues of modality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from timeline.model import CasualtyKind, EventType, Modality, Role

PartOfSpeech = Literal["verb", "noun", "adjective"]

LABELS = frozenset({"PERSON", "ORG", "LOC", "NORP", "EVENT"})
SAME_LABEL = {"GPE": "LOC", "FAC": "LOC"}
"""Labels of other pipelines, and the label of ours that they count as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A word that reports an event when all of its conditions hold.

    A condition is a set of values, one of which must be met; an empty set is no condition. A value is a lemma
    (``missile``), a class of ``classes.yaml`` (``@weapon``) or an entity label (``PERSON``): see `Ontology.in_class`.
    """

    id: str
    """File and entry: ``assault.fire-weapon``. Triggers of one entry share it."""
    pos: PartOfSpeech
    lemmas: frozenset[str]
    """Lower-case lemmas of the head word."""
    event_type: EventType
    mode: str = ""
    """A mode of the type, or empty."""
    subject: frozenset[str] = frozenset()
    not_subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    """Verbs: the direct object or passive subject. Nouns: what "of", a possessive or a compound gives."""
    not_object: frozenset[str] = frozenset()
    no_object: bool = False
    """Verbs: intransitive only (neither a direct object nor a passive subject)."""
    needs_object: bool = False
    particle: frozenset[str] = frozenset()
    """One of these verb particles must be present: ``up``, ``out``."""
    preps: Mapping[str, frozenset[str]]
    """One of these prepositions must be present, its object among the values (an empty set: anything)."""
    modifier: frozenset[str] = frozenset()
    """Nouns: a compound or adjectival modifier's lower-case lemma, or a class: ``air``, ``funeral``."""
    not_modifier: frozenset[str] = frozenset()
    complement: bool = False
    """Needs a clausal complement (xcomp, ccomp; acl for nouns)."""
    clause: frozenset[str] = frozenset()
    """The verb of its clausal complement must be one of these: "vowed to *retaliate*"."""
    no_speech: bool = False
    """Must not introduce direct speech ("agreed: …")."""
    passive: bool | None = None
    """True: only passive; False: only active; None: either."""
    idiom: bool = False
    """The expression means no event ("fired up", "struck a chord"): where it is the first that matches, drop it."""
    roles: Mapping[str, Role]
    """Which syntactic position fills which role: ``subject``, ``object``, ``poss``, ``compound``, ``agent``
    (by-phrase), or a preposition. Subject and object are the deep ones, passives undone. The defaults of the part
    of speech are already in it, so a position that is absent fills no role."""
    casualty: CasualtyKind | None = None
    """The number that goes with the recipient is a casualty count of this kind."""
    salience: float = 0.5
    """0..1: how likely this is newsworthy in a chronology."""
    durative: bool = False
    """May go on for long (protests, war, a campaign); else punctual."""
    headline: str = ""
    """Active third person present for titles: ``strikes``, ``carries out``; nouns too (``raid``: ``raids``)."""
    headline_passive: str = ""
    """Past participle for titles that open with the recipient: ``killed``."""
    specificity: int = 0
    """Grows with the number of conditions: of the triggers that match, the most specific wins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An invented sentence, with what should be found in it."""

    entry: str
    """Id of the trigger's entry, or ``TYPE`` or ``TYPE.mode`` for a definition's example."""
    text: str
    trigger: str
    start: int
    """Offset of the trigger in `text`, in code points."""
    event_type: EventType
    mode: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    modality: Modality = Modality.ASSERTED
    none: bool = False
    """The marked word must not be reported as an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeDefinition:
    """A sub-type; the ACLED sub-event is given where it differs from the type's."""

    name: str
    definition: str
    example: Example
    acled_event: str
    acled_sub_event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeDefinition:
    """An event type, its modes, and what it becomes in other codings."""

    event_type: EventType
    definition: str
    example: Example
    modes: Mapping[str, ModeDefinition]
    cameo_root: str
    """Two digits, or empty where CAMEO has no such category."""
    acled_event: str
    acled_sub_event: str
    weight: float
    """-10..10, conflict to cooperation: the type's mean on the Goldstein scale, 0 for the four of this project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalityCues:
    """Words that decide whether the text says that an event happened. All are lower-case lemmas."""

    governors: Mapping[str, Modality]
    """Verb, noun or adjective whose complement (clause, or event noun as object) has this modality. An event noun
    that is the object of a `light` verb happened, even where that verb also stands here for its clauses ("order")."""
    topics: Mapping[str, Modality]
    """Verb or noun of talk, wish or plan: an event noun that it is *about* ("talks on a withdrawal", "a proposal for
    a truce") is what it speaks of, whatever its clauses are."""
    announcing: Mapping[str, Modality]
    """Verb whose direct object, an event noun, has this modality ("called a strike")."""
    modals: Mapping[str, Modality]
    adverbs: Mapping[str, Modality]
    adjectives: Mapping[str, Modality]
    """Modifiers of nominal triggers: "a planned march"."""
    markers: Mapping[str, Modality]
    """Subordinators of the clause that holds the event: if, unless."""
    implicatives: frozenset[str]
    """Their complement happened: manage, begin, continue."""
    negators: frozenset[str]
    reporting: frozenset[str]
    """Verbs and nouns that attribute what they govern to their subject; what they report stays asserted."""
    light: frozenset[str]
    """Their subject is the actor of the event noun that is their object: conduct, stage, carry (out)."""
    wishes: frozenset[str]
    """Governors whose object, an event noun, is only wished for ("sought the withdrawal"), though their clauses are
    planned ("sought to withdraw")."""
    undergoing: frozenset[str]
    """Light verbs whose subject suffers the event noun that is their object: face, receive."""
    retrospective: frozenset[str]
    """Verbs that come after what is their object, at a time of their own: condemn, convict."""
    causing: frozenset[str]
    """Light verbs whose subject brings the event about, and does not take part in it: spark, trigger."""
    unsettling: frozenset[str]
    """Verbs that leave open whether their object comes to be, though it is told whose it is: "block his return"."""
    trying: frozenset[str]
    """Governors whose complement was begun: try, attempt."""
    fulfilling: frozenset[str]
    """Verbs whose object, a promise or threat, is done by them: keep, honour."""
    expecting: frozenset[str]
    """Verbs of what somebody hopes or expects others to do: that is possible, and not planned."""
    aspect_begin: frozenset[str]
    aspect_end: frozenset[str]
    backward: frozenset[str]
    """Words by which a sentence steps out of the story that it stands in: "two earlier attempts"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """Everything under ``data/ontology``, checked."""

    triggers: Mapping[tuple[str, str], tuple[Trigger, ...]]
    """(part of speech, lemma) -> triggers, the most specific first."""
    classes: Mapping[str, frozenset[str]]
    """Class name without ``@`` -> lemmas and entity labels; classes within classes are unfolded."""
    types: Mapping[EventType, TypeDefinition]
    modality: ModalityCues

    def candidates(self, pos: str, lemma: str) -> tuple[Trigger, ...]:
        """Triggers of a word, in the order in which to try them; empty for a word that is none."""
        found = _lookup(self.triggers, pos, lemma)
        # At the head of a sentence taggers take "Riots" for a name, and names keep their s.
        return found or (_lookup(self.triggers, pos, _singular(lemma)) if pos == "noun" else ())

    def in_class(self, value: str, lemma: str, label: str) -> bool:
        """Whether a word with this lower-case lemma and entity label (or "") meets a condition's value."""
        members = self.classes.get(value[1:], _NOBODY) if value[0] == "@" else (value,)
        if lemma in members:
            return True
        if label:
            return SAME_LABEL.get(label, label) in members
        return lemma[-1:] == "s" and _singular(lemma) in members


_NOBODY: frozenset[str] = frozenset()


def _lookup(
    triggers: Mapping[tuple[str, str], tuple[Trigger, ...]], pos: str, lemma: str
) -> tuple[Trigger, ...]:
    return triggers.get((pos, lemma), ())


def _singular(lemma: str) -> str:
    """A guess, for plurals that a tagger took for names; the word itself where it is no plural."""
    if lemma[-1:] != "s" or lemma[-2:] == "ss" or len(lemma) < 4:
        return lemma
    return lemma[:-3] + "y" if lemma.endswith("ies") else lemma[:-1]
