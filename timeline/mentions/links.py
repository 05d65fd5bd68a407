"""What the text's own connectives say of two events: that one follows another, or that both are the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import yaml

from timeline.mentions import syntax
from timeline.mentions.arguments import harm_of
from timeline.mentions.scene import Scene
from timeline.mentions.triggers import Candidate
from timeline.model import EventType, Role
from timeline.paths import ONTOLOGY
from timeline.words import Word

_CAUSING = frozenset({"when", "as", "after"})
_HARMFUL = frozenset({EventType.ASSAULT, EventType.DISASTER, EventType.PROTEST})
Pair = tuple[Candidate, Candidate]


@lru_cache(maxsize=1)
def load_connectives() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """``after``, ``before`` and ``responses`` -> their forms as word tuples, the longest first."""
    content: Mapping[str, Any] = yaml.safe_load((ONTOLOGY / "connectives.yaml").read_text("utf-8"))
    return {
        name: tuple(sorted((tuple(form.split()) for form in forms), key=len, reverse=True))
        for name, forms in content.items()
    }


def find_following(candidates: Sequence[Candidate]) -> Iterator[Pair]:
    """Pairs ``(later, earlier)`` among the candidates of one text, in reading order."""
    by_sentence = _by_sentence(candidates)
    previous: list[Candidate] = []
    for group in by_sentence:
        told = list(_told_in_sentence(group))
        yield from told
        answered = {id(later) for later, _ in told}
        yield from _answers([one for one in group if id(one) not in answered], previous)
        previous = group


def _by_sentence(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    groups: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in candidates:
        key = (candidate.paragraph.start, candidate.sentence.start)
        groups.setdefault(key, []).append(candidate)
    return list(groups.values())


def _told_in_sentence(group: Sequence[Candidate]) -> Iterator[Pair]:
    by_token = {candidate.token.i: candidate for candidate in group}
    for candidate in group:
        found = connective_before(candidate)
        if found is None:
            continue
        relation, opening = found
        other = _governing_event(opening, by_token)
        if other is not None and other is not candidate:
            yield (other, candidate) if relation == "after" else (candidate, other)


def connective_before(candidate: Candidate) -> tuple[str, Word] | None:
    """Relation and first word of the connective that opens this event's phrase or clause."""
    start = candidate.token.left_edge.i
    doc = candidate.token.doc
    marks = syntax.children(candidate.token, "mark", "advmod") if candidate.is_verb else []
    starts = [start, *(mark.i + 1 for mark in marks)]
    for position in starts:
        # A connective ends in the word before; most words end none.
        for relation, form in _forms_by_end().get(doc[position - 1].lower_, ()) if position else ():
            first = position - len(form)
            if first >= 0 and tuple(token.lower_ for token in doc[first:position]) == form:
                return relation, doc[first]
    return None


@lru_cache(maxsize=1)
def _forms_by_end() -> Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]:
    """Last word of a connective -> relation and words: "after" before "before", the longest first."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for relation in ("after", "before"):
        for form in load_connectives()[relation]:
            found.setdefault(form[-1], []).append((relation, form))
    return found


def came_first(candidate: Candidate) -> bool:
    """Told of in a past clause of its own ("strikes that killed 25"), or what something else came after."""
    if any(clause.tag_ == "VBD" for clause in syntax.children(candidate.token, "relcl")):
        return True
    found = connective_before(candidate)
    return found is not None and found[0] == "after"


def _governing_event(opening: Word, by_token: Mapping[int, Candidate]) -> Candidate | None:
    """The event that the connective hangs on: a trigger above it, or the event noun whose empty verb it modifies."""
    node = opening
    if node.dep_ in ("mark", "advmod"):
        node = node.head
    for _, head in syntax.ancestors(node):
        if head.i in by_token:
            return by_token[head.i]
        if syntax.is_verbal(head):
            for subject in syntax.surface_subjects(head):
                if subject.i in by_token:
                    return by_token[subject.i]
            if head.dep_ not in ("xcomp", "conj"):
                return None
    return None


def _answers(group: Sequence[Candidate], previous: Sequence[Candidate]) -> Iterator[Pair]:
    """ "The crowd responded by storming the embassy": it answers what the sentence before was about."""
    responses = {form[0] for form in load_connectives()["responses"]}
    causes = [candidate for candidate in previous if candidate.trigger.event_type in _HARMFUL]
    for candidate in group if causes else ():
        above = {syntax.lemma_of(head) for _, head in syntax.ancestors(candidate.token)}
        if above & responses or syntax.lemma_of(candidate.token) in responses:
            yield candidate, min(causes, key=_depth)


def _depth(candidate: Candidate) -> int:
    """Steps up to the root of its sentence: the main event has the fewest."""
    return sum(1 for _ in syntax.ancestors(candidate.token))


def find_identical(candidates: Sequence[Candidate], scene: Scene) -> Iterator[Pair]:
    """Pairs that syntax says are one incident: an event noun and the harm that it did."""
    by_token = scene.events
    for candidate in candidates:
        if not candidate.is_verb or candidate.trigger.event_type not in _HARMFUL:
            continue
        for other in harm_of(candidate, scene):
            if other.trigger.event_type in _HARMFUL:
                yield candidate, other
        if candidate.trigger.roles.get("subject", Role.ACTOR) is not Role.ACTOR:
            continue
        for subject in candidate.subjects:
            told = by_token.get((candidate.paragraph.start, subject.i))
            if told is not None and told.trigger.event_type in _HARMFUL:
                yield candidate, told
        yield from _participial_harm(candidate, by_token)
        yield from _circumstantial_harm(candidate, by_token)
    yield from _outcomes(candidates, by_token)


def _outcomes(
    candidates: Sequence[Candidate], by_token: Mapping[tuple[int, int], Candidate]
) -> Iterator[Pair]:
    """ "The vote passed by 170 ballots": verb and subject tell one event of one type."""
    for candidate in candidates:
        for token in syntax.surface_subjects(candidate.token) if candidate.is_verb else ():
            told = by_token.get((candidate.paragraph.start, token.i))
            if told and told.is_noun and _same_type(candidate, told):
                yield candidate, told


def _same_type(one: Candidate, other: Candidate) -> bool:
    return one.trigger.event_type is other.trigger.event_type not in _HARMFUL


def _participial_harm(
    candidate: Candidate, by_token: Mapping[tuple[int, int], Candidate]
) -> Iterator[Pair]:
    """ "fired missiles at a base, (hitting a barracks and) killing a contractor": the harm belongs to the deed."""
    clause = syntax.first_conjunct(candidate.token)
    joined = candidate.token.tag_ == clause.tag_ == "VBG"
    if clause.dep_ == "advcl" and joined and not syntax.children(clause, "mark"):
        other = by_token.get((candidate.paragraph.start, clause.head.i))
        if (
            other is not None
            and other.trigger.event_type in _HARMFUL
            and candidate.trigger.casualty
        ):
            yield candidate, other


def _circumstantial_harm(
    candidate: Candidate, by_token: Mapping[tuple[int, int], Candidate]
) -> Iterator[Pair]:
    """ "Twelve were killed when a ferry capsized": of harm that nobody is told to have done, the clause tells the cause."""
    token = candidate.token
    if not candidate.trigger.casualty or syntax.agents(token):
        return
    suffered = syntax.is_passive(token) or candidate.trigger.roles.get("subject") is Role.RECIPIENT
    for clause in syntax.children(token, "advcl") if suffered else ():
        opening = [c for c in syntax.children(clause, "mark", "advmod") if c.lower_ in _CAUSING]
        counted = syntax.children(clause, "npadvmod")  # "killed two days after a bomb exploded"
        other = by_token.get((candidate.paragraph.start, clause.i))
        if opening and not counted and other and other.trigger.event_type in _HARMFUL:
            yield candidate, other


def find_striking(candidates: Sequence[Candidate], scene: Scene) -> Iterator[Pair]:
    """Pairs ``(noun, verb)`` of an event noun and the verb that says what it hit: "the *quake* *struck* the island"."""
    for candidate in candidates:
        strikes = candidate.trigger.event_type in _HARMFUL and candidate.trigger.casualty is None
        if candidate.is_verb and strikes:
            for subject in syntax.subjects(candidate.token):
                noun = scene.events.get((candidate.paragraph.start, subject.i))
                if noun is not None and noun.is_noun:
                    yield noun, candidate
