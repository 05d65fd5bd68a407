"""Composes the parts of this stage: triggers, arguments, modality, dates and links become event mentions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from timeline.annotated import AnnotatedText, Paragraph
from timeline.mentions.arguments import find_arguments, span_of
from timeline.mentions.casualties import find_casualties
from timeline.mentions.context import date_by_context
from timeline.mentions.counting import count_from_before, with_anchors
from timeline.mentions.generic import is_generic, is_mere_negation, is_summed_up
from timeline.mentions.linking import date_alike, link_mentions
from timeline.mentions.links import connective_before
from timeline.mentions.modality import Judgement, compose, judge_modality
from timeline.mentions.phrases import is_definite, noun_phrase
from timeline.mentions.remarks import is_told_by_another
from timeline.mentions.repairing import repair
from timeline.mentions.scene import Scene
from timeline.mentions.syntax import children, is_passive, lemma_of
from timeline.mentions.timing import (
    Anchored,
    begins_with,
    choose_timex,
    is_own_modifier,
    locate,
)
from timeline.mentions.triggers import Candidate, find_candidates
from timeline.mentions.whens import at_its_date, begun, when_of
from timeline.model import Argument, EventMention, EventType, Modality, Precision, Role, Timex, When
from timeline.ontology import Ontology
from timeline.words import read_words


def find_mentions(
    text: AnnotatedText, timexes: tuple[Timex, ...], ontology: Ontology
) -> tuple[EventMention, ...]:
    """All event mentions of a text, in reading order. Doubt lowers `EventMention.confidence`; nothing raises."""
    words = {item.start: repair(read_words(item.doc, item.text)) for item in text.paragraphs}
    anchored = {item.start: locate(timexes, item, words[item.start]) for item in text.paragraphs}
    timed = _timed(anchored)
    candidates = tuple(
        candidate
        for candidate in find_candidates(text, words, ontology)
        # "in March" is no march.
        if (candidate.paragraph.start, candidate.token.i) not in timed
    )
    telling = [candidate for candidate in candidates if candidate.is_telling]
    scene = _scene(telling, timed, ontology)
    rivals: dict[int, dict[int, Candidate]] = {}
    for candidate in telling:
        rivals.setdefault(candidate.paragraph.start, {})[candidate.token.i] = candidate
    mentions = []
    for candidate in candidates:
        start = candidate.paragraph.start
        dated = choose_timex(candidate, anchored[start], rivals.get(start, {}), ontology.modality)
        mentions.append(_mention(text, candidate, dated, scene))
    linked = link_mentions(mentions, candidates, scene)
    dated_mentions = count_from_before(date_alike(linked), timexes)
    placed = date_by_context(text, dated_mentions, candidates, timexes, ontology.modality)
    return tuple(with_anchors(placed))


def _timed(anchored: Mapping[int, Sequence[Anchored]]) -> frozenset[tuple[int, int]]:
    return frozenset(
        (start, word) for start, items in anchored.items() for item in items for word in item.words
    )


def _scene(
    candidates: Sequence[Candidate], timed: frozenset[tuple[int, int]], ontology: Ontology
) -> Scene:
    events = {(c.paragraph.start, c.token.i): c for c in candidates}
    return Scene(events=events, timed=timed, ontology=ontology)


def _mention(
    text: AnnotatedText, candidate: Candidate, dated: Anchored | None, scene: Scene
) -> EventMention:
    when = _when(text, candidate, dated, scene.ontology)
    judgement = judge_modality(candidate, scene.ontology, past=_is_past(when, text))
    modality = _with_tense(judgement.modality, when, text)
    start, end = span_of(candidate)
    arguments = find_arguments(candidate, scene)
    sentence = candidate.paragraph.span(candidate.sentence)
    speaker = _phrase(candidate.paragraph, judgement)
    casualties = find_casualties(candidate, scene.timed)
    return EventMention(
        mention_id=_digest(text.document.doc_id, start, end, candidate.trigger.event_type),
        doc_id=text.document.doc_id,
        doc=text.document.doc,
        start=start,
        end=end,
        sentence=sentence,
        quote=text.document.text[slice(*sentence)],
        trigger=text.document.text[start:end],
        lemma=_lemma(candidate),
        event_type=candidate.trigger.event_type,
        mode=candidate.trigger.mode,
        modality=modality,
        attribution=text.document.text[slice(*speaker)] if speaker else None,
        attribution_span=speaker,
        arguments=arguments,
        when=when,
        casualties=casualties,
        confidence=_confidence(candidate, judgement, when),
        incident=not is_told_by_another(candidate, scene)
        and not _is_planned_by(candidate, modality, dated, text)
        and _is_incident(
            candidate,
            judgement,
            modality,
            when,
            detailed=any(map(_is_detail, arguments)),
            counted=bool(casualties),
        ),
    )


def _when(
    text: AnnotatedText, candidate: Candidate, dated: Anchored | None, ontology: Ontology
) -> When:
    if dated is None:
        return When()
    when = when_of(dated.timex, text.dct)
    if text.dct and when.earliest and when.earliest > text.dct and _is_told_as_past(candidate):
        return When()  # "called a strike for Monday": what was done already has no day to come
    if is_own_modifier(candidate, dated.token):
        return at_its_date(when, dated.timex)
    if begins_with(candidate, dated.token, ontology.modality):
        return begun(when)
    return when


def _is_told_as_past(candidate: Candidate) -> bool:
    """A finite verb in the past tense, other than a verb in reported speech ("said that it opened on Monday")."""
    verb = candidate.token
    past = verb.tag_ == "VBD" or (verb.tag_ == "VBN" and not is_passive(verb))
    helped = any(helper.lower_ != "had" for helper in children(verb, "aux"))
    return candidate.is_verb and past and verb.dep_ != "ccomp" and not helped


def _is_past(when: When, text: AnnotatedText) -> bool:
    return bool(text.dct and when.latest and when.latest < text.dct)


def _with_tense(modality: Modality, when: When, text: AnnotatedText) -> Modality:
    """What lies after the publication date is not done yet, whatever the tense ("is convening on Sunday")."""
    if text.dct and when.earliest and when.earliest > text.dct and not when.ongoing:
        return compose(Modality.PLANNED, modality)
    return modality


def _is_planned_by(
    candidate: Candidate, modality: Modality, dated: Anchored | None, text: AnnotatedText
) -> bool:
    """ "On Thursday they agreed to a truce": Thursday is when it was agreed, which is told as an event; when the truce is
    to be is not."""
    if modality is not Modality.PLANNED or not candidate.is_noun or dated is None:
        return False
    ahead = bool(text.dct and dated.timex.earliest and dated.timex.earliest > text.dct)
    return candidate.token not in dated.path and not ahead


def _is_incident(
    candidate: Candidate,
    judgement: Judgement,
    modality: Modality,
    when: When,
    *,
    detailed: bool,
    counted: bool,
) -> bool:
    if judgement.purpose or modality in (Modality.POSSIBLE, Modality.DEMANDED):
        return False
    if candidate.paragraph.heading:
        return False
    if modality is Modality.DENIED and candidate.token.dep_ == "attr" and candidate.is_noun:
        return False  # "it is not a war that can be won" says what kind of war it is
    if modality is Modality.DENIED and is_mere_negation(candidate, judgement) and not when.earliest:
        return False
    if candidate.is_noun and is_summed_up(candidate.token) and not counted:
        return False
    if not candidate.is_telling:
        # "fixed the boiler on Friday": a plain verb tells an event where it is what its sentence is about, and dated.
        dated = when.precision is Precision.DAY and candidate.token.dep_ == "ROOT"
        return dated and not candidate.is_untyped
    if when.earliest or when.phrase or counted:
        return True
    if candidate.paragraph.caption:
        # What a picture shows, some day or other, is no incident of its own.
        return connective_before(candidate) is not None or _is_told_after(candidate)
    return not is_generic(candidate, detailed=detailed) and not _is_only_intended(candidate)


def _is_told_after(candidate: Candidate) -> bool:
    """ "burn flags after the general was killed": the text says what it followed."""
    clauses = children(candidate.token, "advcl") if candidate.is_verb else []
    return any(mark.lower_ == "after" for clause in clauses for mark in children(clause, "mark"))


def _is_only_intended(candidate: Candidate) -> bool:
    """ "knew of the man's plan to kill her": by itself, whose plan it was tells nothing that was or will be done."""
    plan = candidate.token.head
    harms = candidate.is_verb and candidate.trigger.casualty is not None
    intended = harms and candidate.token.dep_ == "acl" and candidate.token.tag_ == "VB"
    return intended and plan.lemma in ("plan", "plot", "intention", "intent") and is_definite(plan)


def _is_detail(argument: Argument) -> bool:
    return argument.role is not Role.ACTOR


def _phrase(paragraph: Paragraph, judgement: Judgement) -> tuple[int, int] | None:
    if judgement.attribution is None:
        return None
    first, last = noun_phrase(judgement.attribution)
    return paragraph.span(first)[0], paragraph.span(last)[1]


def _lemma(candidate: Candidate) -> str:
    first, last = candidate.extent()
    return " ".join(lemma_of(token) for token in candidate.token.doc[first.i : last.i + 1])


def _confidence(candidate: Candidate, judgement: Judgement, when: When) -> float:
    """0..1: clear frames, a told participant and a date raise it."""
    score = 0.55 + 0.1 * min(2, candidate.trigger.specificity)
    score += 0.1 * bool(candidate.subjects or candidate.objects) + 0.15 * bool(when.earliest)
    score -= 0.2 * judgement.purpose + 0.1 * (candidate.paragraph.caption)
    return round(min(1.0, max(0.1, score)), 2)


def _digest(doc_id: str, start: int, end: int, event_type: EventType) -> str:
    key = f"{doc_id}:{start}:{end}:{event_type}".encode()
    return hashlib.blake2b(key, digest_size=8).hexdigest()
