"""Composes the parts of this stage: triggers, arguments, modality, dates and links become event mentions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from timeline.annotated import AnnotatedText, Paragraph
from timeline.mentions.arguments import find_arguments, span_of
from timeline.mentions.casualties import find_casualties
from timeline.mentions.context import date_by_context
from timeline.mentions.counting import count_back
from timeline.mentions.generic import is_generic
from timeline.mentions.links import find_following, find_identical, find_striking
from timeline.mentions.mending import mend
from timeline.mentions.modality import Judgement, compose, judge_modality
from timeline.mentions.phrases import noun_phrase
from timeline.mentions.remarks import is_told_by_another
from timeline.mentions.reparsing import reparse
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
from timeline.mentions.whens import at_its_date, begun, shifted, when_of
from timeline.model import Argument, EventMention, EventType, Modality, Precision, Role, Timex, When
from timeline.ontology import Ontology
from timeline.words import read_words

_COUNTED_FROM = re.compile(r"\s+(after|before|since|following)\s+([\w'’-]+\s+){0,4}")
_COUNTING = re.compile(r"\s+(?:after|before|since|following)\s+\w")
_LOOK_BACK = 3
"""Sentences before that "a day later" may be counted from."""


def find_mentions(
    text: AnnotatedText, timexes: tuple[Timex, ...], ontology: Ontology
) -> tuple[EventMention, ...]:
    """All event mentions of a text, in reading order. Doubt lowers `EventMention.confidence`; nothing raises."""
    words = {item.start: mend(reparse(read_words(item.doc, item.text))) for item in text.paragraphs}
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
    linked = _linked(mentions, candidates, scene)
    dated_mentions = _counted_from_before(_dated_alike(linked), timexes)
    placed = date_by_context(text, dated_mentions, candidates, timexes, ontology.modality)
    return tuple(_with_anchors(placed))


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
    return candidate.is_verb and past and verb.dep_ != "ccomp" and not children(verb, "aux")


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
    if modality is Modality.DENIED and candidate.token.dep_ == "attr" and candidate.is_noun:
        return False  # "it is not a war that can be won" says what kind of war it is
    if not candidate.is_telling:
        # "fixed the boiler on Friday": a plain verb tells an event where it is what its sentence is about, and dated.
        dated = when.precision is Precision.DAY and candidate.token.dep_ == "ROOT"
        return dated and not candidate.is_untyped
    if when.earliest or when.phrase or counted:
        return True
    return candidate.paragraph.caption or not is_generic(candidate, detailed=detailed)


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


def _counted_from_before(
    mentions: Sequence[EventMention], timexes: Sequence[Timex]
) -> list[EventMention]:
    """Fills in what "a day later" is counted from: the last incident told in the sentences before."""
    done: list[EventMention] = []
    free = _dates_of_nothing(mentions, timexes)
    mentions = count_back(mentions, timexes)
    for mention in mentions:
        when = _counted(mention, mentions, done, free) if mention.when.anchor == "event" else None
        done.append(replace(mention, when=when) if when else mention)
    return done


def _dates_of_nothing(
    mentions: Sequence[EventMention], timexes: Sequence[Timex]
) -> tuple[Timex, ...]:
    """Days that date no incident: what they date was not understood, but it is what the text tells of."""
    taken = {
        mention.when.phrase_span
        for mention in mentions
        if mention.incident or mention.modality is not Modality.ASSERTED
    }
    return tuple(
        timex
        for timex in timexes
        if timex.precision is Precision.DAY and (timex.start, timex.end) not in taken
    )


def _counted(
    mention: EventMention,
    mentions: Sequence[EventMention],
    done: Sequence[EventMention],
    free: Sequence[Timex],
) -> When | None:
    named = _named_anchor(mention, mentions)
    if named is not None:
        return shifted(mention.when, named.when, named.mention_id)
    anchor = None if _counts_from_something(mention) else _told_before(mention, done)
    if anchor is None:
        return None
    between = [t for t in free if anchor.sentence[1] <= t.start and t.end <= mention.sentence[0]]
    if not between:
        return shifted(mention.when, anchor.when, anchor.mention_id)
    day = when_of(between[-1], None)
    if day.earliest is None:
        return None
    return replace(shifted(mention.when, day, ""), anchor=f"timex:{between[-1].start}")


def _counts_from_something(mention: EventMention) -> bool:
    """ "A day before the pilots, …": from what the sentence itself names, though it is no event that was understood."""
    if mention.when.phrase_span is None:
        return False
    behind = mention.quote[mention.when.phrase_span[1] - mention.sentence[0] :]
    return bool(_COUNTING.match(behind))


def _with_anchors(mentions: Sequence[EventMention]) -> list[EventMention]:
    """What a date is counted from is an event, even where its mention tells nothing else: "five days after the vote"."""
    anchors = {mention.when.anchor for mention in mentions}
    return [
        replace(mention, incident=True)
        if f"mention:{mention.mention_id}" in anchors and mention.modality is Modality.ASSERTED
        else mention
        for mention in mentions
    ]


def _named_anchor(mention: EventMention, mentions: Sequence[EventMention]) -> EventMention | None:
    """What the sentence itself counts from: "five days after the referendum"."""
    if mention.when.phrase_span is None:
        return None
    end = mention.when.phrase_span[1]
    for other in mentions:
        if other.sentence == mention.sentence and other.start > end and other is not mention:
            between = other.quote[end - other.sentence[0] : other.start - other.sentence[0]]
            if _COUNTED_FROM.fullmatch(between):
                return other
    return None


def _told_before(mention: EventMention, done: Sequence[EventMention]) -> EventMention | None:
    """In the nearest sentence that tells an incident: a dated one if there is one, else the last."""
    sentences: list[list[EventMention]] = []
    for earlier in reversed(done):
        if earlier.sentence == mention.sentence or earlier.event_type is EventType.STATEMENT:
            continue
        if not earlier.incident or earlier.modality is not Modality.ASSERTED:
            continue
        if not sentences or sentences[-1][0].sentence != earlier.sentence:
            if len(sentences) == _LOOK_BACK:
                break
            sentences.append([])
        sentences[-1].append(earlier)
    if not sentences:
        return None
    nearest = sentences[0]
    return next((m for m in nearest if m.when.earliest), nearest[0])


def _dated_alike(mentions: Sequence[EventMention]) -> list[EventMention]:
    """Mentions of one incident in one sentence share its date ("killed in Friday's strike")."""
    by_id = {mention.mention_id: mention for mention in mentions}
    dated = dict(by_id)
    for mention in mentions:
        for other_id in mention.same_as:
            one, other = dated[mention.mention_id], dated[other_id]
            if one.when.phrase and not other.when.phrase:
                dated[other_id] = replace(other, when=one.when)
            elif other.when.phrase and not one.when.phrase:
                dated[mention.mention_id] = replace(one, when=other.when)
    return list(dated.values())


def _linked(
    mentions: Sequence[EventMention], candidates: Sequence[Candidate], scene: Scene
) -> tuple[EventMention, ...]:
    """Mentions with what they follow and what they are the same as; `mentions` and `candidates` run in parallel."""
    ids = {id(c): m.mention_id for c, m in zip(candidates, mentions, strict=True)}
    follows: dict[str, set[str]] = {}
    same: dict[str, set[str]] = {}
    telling = [candidate for candidate in candidates if candidate.is_telling]
    for later, earlier in find_following(telling):
        follows.setdefault(ids[id(later)], set()).add(ids[id(earlier)])
    for one, other in find_identical(telling, scene):
        same.setdefault(ids[id(one)], set()).add(ids[id(other)])
    suffered = {ids[id(noun)]: ids[id(verb)] for noun, verb in find_striking(telling, scene)}
    by_id = {mention.mention_id: mention for mention in mentions}
    mentions = [_with_victims(one, by_id.get(suffered.get(one.mention_id, ""))) for one in mentions]
    return tuple(
        replace(
            _as_its_cause(mention, [by_id[other] for other in same.get(mention.mention_id, ())]),
            follows=tuple(sorted(follows.get(mention.mention_id, ()))),
            same_as=tuple(sorted(same.get(mention.mention_id, ()))),
        )
        for mention in mentions
    )


def _with_victims(mention: EventMention, verb: EventMention | None) -> EventMention:
    """ "An earthquake struck the island": what the verb is done to is what the noun is done to."""
    if verb is None or any(item.role is Role.RECIPIENT for item in mention.arguments):
        return mention
    victims = tuple(item for item in verb.arguments if item.role is Role.RECIPIENT)
    return replace(mention, arguments=victims + mention.arguments)


def _as_its_cause(mention: EventMention, causes: Sequence[EventMention]) -> EventMention:
    """ "The ferry capsized, killing 41": nobody killed them, it is the accident's toll; but those who "died in the raid"
    were killed, by who raided."""
    if mention.event_type is EventType.DISASTER and mention.casualties:
        deed = next((cause for cause in causes if cause.event_type is EventType.ASSAULT), None)
        return mention if deed is None else _as_killing(mention, deed)
    if mention.event_type is not EventType.ASSAULT or not any(
        cause.event_type is EventType.DISASTER for cause in causes
    ):
        return mention
    victims = tuple(item for item in mention.arguments if item.role is not Role.ACTOR)
    return replace(mention, event_type=EventType.DISASTER, mode="casualty", arguments=victims)


def _as_killing(mention: EventMention, deed: EventMention) -> EventMention:
    actors = tuple(item for item in deed.arguments if item.role is Role.ACTOR)
    own = tuple(item for item in mention.arguments if item.role is not Role.ACTOR)
    return replace(mention, event_type=EventType.ASSAULT, mode=deed.mode, arguments=actors + own)
