"""Fills in who the participants and sources of all mentions are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from timeline.actors.descriptions import Described, describe, only_state_of
from timeline.actors.linking import Survey, link_referents
from timeline.actors.story import Referent, Story
from timeline.gazetteer import Gazetteer
from timeline.model import (
    Actor,
    ActorKind,
    Analysis,
    Argument,
    EventMention,
    EventType,
    Name,
    Role,
    Span,
)

_ACTING = (Role.ACTOR, Role.RECIPIENT)
_AT_A_PLACE = re.compile(r"\b(?:in|near|at|outside|around|across|through|inside)\s+(?:the\s+)?$")
_HELD_SOMEWHERE = frozenset({EventType.CONSULT, EventType.AGREE})
_VENUE = re.compile(
    r"\s+(?:peace\s+)?(?:summit|conference|meeting|accords?|agreement|treaty|talks)\b"
)
_STRIKES_PLACES = frozenset(
    {
        EventType.ASSAULT,
        EventType.DISASTER,
        EventType.MOBILIZE,
        EventType.RETREAT,
        EventType.PROTEST,
    }
)
"""What is done to a capital in these is done to the town, not to the state that it may stand for."""
_PLACED_BY_MOTION = re.compile(r"\b(?:to|from|into|toward|towards|for)\s+(?:the\s+)?$")
_OPPOSED = re.compile(r"\b(pro|anti)[-\s]$")
_AFTER_TITLE = re.compile(
    r"(?:\s+(?:to|of|for|at)\s+(?:the\s+)?[A-Z][\w.]*(?:\s+[A-Z][\w.]*){0,3})?,?\s*"
)
_PLAIN_WORDS = re.compile(r" [a-z][\w\-]*")
_TITLE_WORDS = re.compile(r"[\w\-]+\.?")
_SHARED = re.compile(r"\s+(?:and|or)\s+(?:the\s+)?(?=[A-Z])")
_LONGEST_TITLE = 4
_FUNCTION_WORDS = frozenset(
    [
        "in", "on", "at", "to", "from", "of", "by", "with", "for", "and", "or", "but", "who",
        "that", "which", "were", "was", "are", "is", "have", "has", "had", "would", "will",
        "could", "said", "after", "before", "during", "while", "as", "when", "under", "into",
        "out", "across", "near",
    ]
)  # fmt: skip
_PRONOUN = re.compile(
    r"he|she|him|her|his|hers|they|them|their|theirs|it|its|himself|herself", re.I
)
_HEAD = re.compile(r"[\w.’'\-]+(?=\s+(?:of|in|from|at|for|with|who|that|on)\b|\s*$|\s*,)")


def resolve_actors(
    analyses: Sequence[Analysis], gazetteer: Gazetteer
) -> tuple[tuple[Analysis, ...], tuple[Actor, ...]]:
    """Give every actor, recipient and source its actor id, across all documents.

    Args:
        analyses: in any order; the result does not depend on it.
        gazetteer: actors known beforehand.

    Returns:
        The analyses in the given order, and the actors that occur with those they belong to, sorted by id.
    """
    names = survey_names(analyses, gazetteer)
    resolution = Resolution(link_referents(names, gazetteer), gazetteer)
    return tuple(map(resolution.resolved, analyses)), resolution.actors()


def survey_names(analyses: Iterable[Analysis], gazetteer: Gazetteer) -> Survey:
    """Who is named in the analyses, which are read once, in any order, and not kept."""
    survey = Survey()
    for analysis in analyses:
        survey.add(Story(analysis=analysis, gazetteer=gazetteer))
    return survey


class Resolution:
    """Resolves analyses one by one, knowing the names of all; and remembers which actors it met."""

    def __init__(self, linked: Mapping[Referent, Actor], gazetteer: Gazetteer) -> None:
        """`linked`: the actors of all referents of the analyses, at least."""
        self.linked = linked
        self._gazetteer = gazetteer
        self._occurring: dict[str, Actor] = {}

    def actors(self) -> tuple[Actor, ...]:
        """Those met so far with those they belong to, sorted by id."""
        known = {actor.actor_id: actor for actor in self.linked.values()}
        return with_parents(self._occurring, known, self._gazetteer)

    def met(self) -> tuple[Actor, ...]:
        """Those met so far, in the order in which they were met."""
        return tuple(self._occurring.values())

    def resolved(self, analysis: Analysis) -> Analysis:
        """The analysis with the actor ids of its participants and sources."""
        story = Story(analysis=analysis, gazetteer=self._gazetteer)
        mentions = tuple(self._mention(story, mention) for mention in analysis.mentions)
        return replace(analysis, mentions=mentions)

    def _mention(self, story: Story, mention: EventMention) -> EventMention:
        arguments = tuple(
            self._argument(story, argument, mention.event_type)
            if argument.role in _ACTING
            else argument
            for argument in mention.arguments
        )
        arguments = tuple(_not_upon_itself(arguments))
        source = self._source(story, mention.attribution_span) if mention.attribution_span else None
        return replace(mention, arguments=arguments, attribution=source)

    def _argument(self, story: Story, argument: Argument, event_type: EventType) -> Argument:
        actor = self._actor_at(story, argument.start, argument.head, argument.end)
        if actor is not None and not _acts(story, argument, actor, event_type):
            actor = None
        told, actor_id = _in_words(story, argument), self._noted(actor)
        return replace(told, actor_id=actor_id) if actor_id != told.actor_id else told

    def _source(self, story: Story, span: Span) -> str | None:
        """The actor id of who says so: the person in the span, else the first name, else who is described."""
        head = _HEAD.search(story.text, span[0], span[1])
        if head is not None:
            actor = self._actor_at(story, span[0], head.span(), span[1])
            if actor is not None:
                return self._noted(actor)
        names = story.names_in(*span)
        ranked = sorted(names, key=lambda name: (name.label != "PERSON", name.start))
        return self._noted(self.linked.get(story.referent(ranked[0]))) if ranked else None  # type: ignore[arg-type]

    def _actor_at(self, story: Story, start: int, head: Span, end: int) -> Actor | None:
        """The actor at a head word: by its name, by its antecedent, or by description."""
        name = _name_at(story, head)
        if name is not None:
            noun = _noun_after(story, name)
            if noun is not None:
                return self._of_description(describe(story, name.start, noun))
            if _is_body_of_a_state(story, start, name):
                return self._of_description(describe(story, start, (name.start, name.end), end))
            named = self._of_referent(story.referent(name))
            return None if named is not None and _is_of_no_state_told(story, name, named) else named
        titled = _titled_name(story, head)
        if titled is not None:
            return self._of_referent(story.referent(titled))
        # "will elect a new president": nobody who has been told of yet.
        coming = _COMING.search(story.text, start, head[0]) is not None
        antecedent = None if coming else story.antecedent(head)
        if antecedent is not None:
            name = _name_at(story, antecedent)
            if name is None:
                words = list(re.finditer(r"\S+", story.text[antecedent[0] : antecedent[1]]))
                last = (antecedent[0] + words[-1].start(), antecedent[1])
                return self._of_description(describe(story, antecedent[0], last))
            return self._of_referent(story.referent(name))
        return None if coming else self._of_description(describe(story, start, head, end))

    def _of_referent(self, referent: Referent | None) -> Actor | None:
        return self.linked.get(referent) if referent is not None else None

    def _of_description(self, described: Described | None) -> Actor | None:
        if described is None:
            return None
        return described.actor or self._of_referent(described.referent)

    def _noted(self, actor: Actor | None) -> str | None:
        if actor is None:
            return None
        self._occurring.setdefault(actor.actor_id, actor)
        return actor.actor_id


def _not_upon_itself(arguments: Sequence[Argument]) -> Iterator[Argument]:
    """ "The army killed 5 soldiers": not its own, as far as is told."""
    acting = {a.actor_id for a in arguments if a.role is Role.ACTOR and a.actor_id}
    for argument in arguments:
        same = argument.role is Role.RECIPIENT and argument.actor_id in acting
        yield replace(argument, actor_id=None) if same else argument


def _in_words(story: Story, argument: Argument) -> Argument:
    """A pronoun is given as the words that it stands for: who reads a mention by itself cannot look them up."""
    antecedent = story.antecedent(argument.head) if _PRONOUN.fullmatch(argument.text) else None
    if antecedent is None:
        return argument
    text = story.text[slice(*antecedent)]
    head = antecedent[0] + len(text) - len(text.split()[-1]), antecedent[1]
    return replace(argument, start=antecedent[0], end=antecedent[1], text=text, head=head)


def _name_at(story: Story, head: Span) -> Name | None:
    """The name that the head word is part of."""
    for name in story.names_in(*head):
        if name.start <= head[0] and head[1] <= name.end:
            return name
    return None


_COMING = re.compile(r"\b(?:a|an|the|his|her|their|its)\s+(?:new|next|future)\b", re.I)


def _is_body_of_a_state(story: Story, start: int, name: Name) -> bool:
    """ "Colombia's Congress": a word for a body of any state, and the phrase or the article says of which."""
    body = story.gazetteer.body(name.text)
    if body is None:
        return False
    if only_state_of(story, body, name.text) is not None:
        return True
    owners = story.names_in(start, name.start)
    return any(story.gazetteer.state_of(owner.text) is not None for owner in owners)


def _is_of_no_state_told(story: Story, name: Name, actor: Actor) -> bool:
    """ "Congress", known as that of one state, in an article on others."""
    if story.gazetteer.body(name.text) is None or not actor.country:
        return False
    countries = {state.country for state in story.states}
    return bool(countries) and actor.country not in countries


def _noun_after(story: Story, name: Name) -> Span | None:
    """The noun that a state's name only modifies, where the parse took the name for the head: "several US and Iraqi
    soldiers", "US | troops"."""
    if not story.gazetteer.is_adjective(name.text):
        return None
    at = name.end
    shared = _SHARED.match(story.text, at)
    if shared is not None:
        joined = story.names_in(shared.end(), shared.end() + 1)
        if not joined or not story.gazetteer.is_adjective(joined[0].text):
            return None
        at = joined[0].end
    words = _row_of_words(story.text, at)
    for size in range(min(3, len(words)), 0, -1):
        noun = story.text[words[0].start() + 1 : words[size - 1].end()]
        if story.gazetteer.body(noun) is None and story.gazetteer.description(noun) is None:
            continue
        # "US troop withdrawal", "US military presence": the noun is itself but a modifier.
        following = words[size].group().strip() if len(words) > size else ""
        ends = (
            not following or following in _FUNCTION_WORDS or following.endswith(("ed", "ing", "s"))
        )
        return (words[0].start() + 1, words[size - 1].end()) if ends else None
    return None


def _row_of_words(text: str, start: int) -> list[re.Match[str]]:
    """Up to four lower-case words that follow one another from `start` on, each with the blank before it."""
    words: list[re.Match[str]] = []
    while len(words) < 4 and (word := _PLAIN_WORDS.match(text, start)) is not None:
        words.append(word)
        start = word.end()
    return words


def _titled_name(story: Story, head: Span) -> Name | None:
    """The person who follows a title that the parse took for the head: "US Secretary of State Mike Pompeo"."""
    words = list(_TITLE_WORDS.finditer(story.text, head[0], head[0] + 40))
    for size in range(min(_LONGEST_TITLE, len(words)), 0, -1):
        end = words[size - 1].end()
        if story.gazetteer.is_title(story.text[head[0] : end]) and _is_in_one(words[:size]):
            after = _AFTER_TITLE.match(story.text, end)
            place = after.end() if after else end
            following = story.names_in(place, place + 1)
            if following and following[0].label == "PERSON" and following[0].start == place:
                return following[0]
    return None


def _is_in_one(words: Sequence[re.Match[str]]) -> bool:
    """Whether the words stand in one sentence: a full stop is but that of a short form ("Maj. Gen.")."""
    return all(not word.group().endswith(".") or len(word.group()) <= 5 for word in words)


def _acts(story: Story, argument: Argument, actor: Actor, event_type: EventType) -> bool:
    """Whether a place's name is meant as the state or town that acts; names of other kinds always are."""
    name = _name_at(story, argument.head)
    start, end = (name.start, name.end) if name is not None else argument.head
    named = story.text[start:end]
    before = story.text[max(0, start - 12) : start]
    opposed = _OPPOSED.search(before)
    if opposed is not None and (argument.role is Role.ACTOR or opposed[1] == "pro"):
        return False
    if actor.kind is ActorKind.OTHER:
        acts = argument.role is Role.ACTOR and event_type is not EventType.STATEMENT
        return acts and not _AT_A_PLACE.search(before)
    if actor.kind is not ActorKind.STATE or not story.gazetteer.is_capital(named):
        return True
    if _AT_A_PLACE.search(before) or _PLACED_BY_MOTION.search(before):
        return False
    if event_type in _HELD_SOMEWHERE and _VENUE.match(story.text, end):
        return False  # "the Madrid summit": where it was held
    return argument.role is Role.ACTOR or event_type not in _STRIKES_PLACES


def with_parents(
    occurring: Mapping[str, Actor], known: Mapping[str, Actor], gazetteer: Gazetteer
) -> tuple[Actor, ...]:
    """The actors and all that they belong to, so that a filter by the whole finds its parts; sorted by id."""
    found = dict(occurring)
    waiting = list(occurring.values())
    while waiting:
        for parent in waiting.pop().member_of:
            actor = known.get(parent) or gazetteer.actors.get(parent)
            if actor is not None and parent not in found:
                found[parent] = actor
                waiting.append(actor)
    return tuple(found[actor_id] for actor_id in sorted(found))
