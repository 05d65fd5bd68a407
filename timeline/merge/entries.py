"""What entry of the ontology a mention came from, and whether it stands as a verb."""

from __future__ import annotations

import re
from functools import lru_cache

from timeline.merge.clauses import after_trigger, before_trigger
from timeline.merge.context import Context
from timeline.model import EventMention, EventType, Role
from timeline.ontology import Trigger, load_ontology

_INFINITIVE = re.compile(
    r"\b(?:to|will|would|could|may|might|can|should|must|did|do|does|not)\s+(?:\w+ly\s+)?$", re.I
)
_PERFECT = re.compile(
    r"\b(?:has|have|had|was|were|been|being)\s+(?:(?:\w+ly|also|already|since|now|just)\s+)?$", re.I
)
_DETERMINED = re.compile(
    r"(?:\b(?:the|a|an|this|that|its|their|his|her|of|in|for)|['’]s?)\s+(?:[\w-]+\s+){0,2}$", re.I
)
_OBJECT = re.compile(r"\s+(?:the|an?|his|her|its|their|\d|[A-Z])")
_UNCHANGED = frozenset(
    {
        "beat",
        "burst",
        "cast",
        "cut",
        "hit",
        "hurt",
        "put",
        "quit",
        "set",
        "shed",
        "shut",
        "split",
        "spread",
    }
)
"""Verbs whose past tense is their base form."""
_OF_A_NOUN = re.compile(r"\s+(?:in|of|to)\b")
_GOVERNED = re.compile(r"\s+(?:the|an?|his|her|its|their)\s")


@lru_cache(maxsize=16384)
def _triggers(lemma: str) -> tuple[Trigger, ...]:
    ontology = load_ontology()
    words = lemma.split()
    keys = [(pos, key) for pos in ("verb", "noun") for key in (lemma, words[0], words[-1])]
    return tuple(item for pos, key in dict.fromkeys(keys) for item in ontology.candidates(pos, key))


def trigger_of(mention: EventMention) -> Trigger | None:
    """The entry of the ontology that the mention most likely came from: its lemma, type and mode."""
    return _entry(mention.lemma, mention.event_type, mention.mode)


@lru_cache(maxsize=16384)
def _entry(lemma: str, kind: EventType, mode: str) -> Trigger | None:
    fitting = [item for item in _triggers(lemma) if item.event_type is kind]
    return next((item for item in fitting if item.mode == mode), next(iter(fitting), None))


def is_verb(mention: EventMention, context: Context) -> bool:
    """Whether the trigger stands as a verb: by its form, and where that leaves it open, by the word before it."""
    trigger, lemma = mention.trigger.lower(), mention.lemma.lower()
    parts = {item.pos for item in _triggers(mention.lemma)}
    if parts in ({"noun"}, {"adjective"}):
        return False
    first, base = trigger.split()[0], lemma.split()[0]
    if first != base and not first.endswith("s"):
        return not (
            first.endswith("ing")
            and "noun" in parts
            and _DETERMINED.search(before_trigger(mention, context))
        )
    before = before_trigger(mention, context)
    if _INFINITIVE.search(before) or (base in _UNCHANGED and _PERFECT.search(before)):
        return True
    governs = "verb" in parts and _GOVERNED.match(after_trigger(mention, context))
    if governs and not _DETERMINED.search(before):
        return True  # "helped end the war"
    ends = {item.end for item in mention.arguments if item.role is Role.ACTOR}
    if base in _UNCHANGED and mention.start - 1 in ends:
        return not _OF_A_NOUN.match(after_trigger(mention, context))  # "Maduro cut ties"
    if mention.start - 1 in ends and first != base:
        return "noun" not in parts or bool(_OBJECT.match(after_trigger(mention, context)))
    return parts == {"verb"} and not _DETERMINED.search(before)
