"""All that the comparing of mentions reads besides them: their documents, the actors, the gazetteer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING, Any, TypeVar

from timeline.merge.party import Party
from timeline.merge.resemblance import Wording, likeness, terms_of, wording_of
from timeline.merge.wording import content_of
from timeline.model import Actor, ActorKind, Analysis, EventMention, Place

if TYPE_CHECKING:
    from timeline.gazetteer import Gazetteer

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_STATES = frozenset({ActorKind.STATE, ActorKind.PEOPLE})
_DESCRIBED = frozenset(
    {ActorKind.ARMED_GROUP, ActorKind.MOVEMENT, ActorKind.PEOPLE, ActorKind.OTHER, ActorKind.STATE}
)


class OnDemand(dict[_Key, _Value]):
    """A value a key, made when it is first asked for: most articles of an archive are told apart by less."""

    def __init__(self, make: Callable[[_Key], _Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: _Key) -> _Value:
        value = self[key] = self._make(key)
        return value


class Remembered:
    """What was made of something in the round before: merging goes over the same mentions several times, and from one
    round to the next only a few of them get another date."""

    def __init__(self) -> None:
        self._made: dict[object, tuple[object, Any]] = {}

    def of(self, key: object, source: object, make: Callable[[], _Value]) -> _Value:
        """What `make` gives, which depends on `source` alone: made anew where this has changed since the key was last
        asked for."""
        if key not in self._made or self._made[key][0] != source:
            self._made.pop(key, None)  # that the old and the new are never held at once
            self._made[key] = source, make()
        value: _Value = self._made[key][1]
        return value


@dataclass(frozen=True, kw_only=True)
class Context:
    """All that traits are read from besides the mention."""

    actors: Mapping[str, Actor]
    gazetteer: Gazetteer | None
    documents: Mapping[str, Analysis]

    @cached_property
    def content(self) -> Mapping[str, frozenset[str]]:
        """doc_id -> stems of the words of the whole document."""
        return OnDemand(lambda doc_id: content_of(self.documents[doc_id].document.text))

    def overlap(self, a: str, b: str) -> float:
        """Words that two documents hold both, over the geometric mean of what each holds, 0..1."""
        x, y = self.content[a], self.content[b]
        return len(x & y) / sqrt(len(x) * len(y)) if x and y else 0.0

    @cached_property
    def terms(self) -> Mapping[str, Mapping[str, float]]:
        """doc_id -> what the document is about, see `terms_of`."""
        return OnDemand(lambda doc_id: terms_of(self.documents[doc_id].document.text))

    def likeness(self, a: str, b: str) -> float:
        """How alike two documents are, 0..1, by what they are about."""
        return likeness(self.terms[a], self.terms[b])

    def wording(self, mention: EventMention) -> Wording:
        """The words of a mention and those around it."""
        start = mention.sentence[0]
        return wording_of(
            mention.doc_id,
            mention.quote,
            (mention.start - start, mention.end - start),
            mention.lemma,
            sentence=self._sentence(mention),
        )

    def _sentence(self, mention: EventMention) -> int:
        """Number of the sentence among those of its document that tell an event."""
        return bisect_left(self._sentences[mention.doc_id], mention.sentence[0])

    @cached_property
    def _sentences(self) -> Mapping[str, Sequence[int]]:
        return {
            doc_id: sorted({mention.sentence[0] for mention in analysis.mentions})
            for doc_id, analysis in self.documents.items()
        }

    @cached_property
    def weekdays(self) -> Mapping[tuple[str, int], int]:
        """(doc_id, start of a time expression) -> the ISO weekday it names without saying which week."""
        return {
            (doc_id, timex.start): int(timex.value[-1])
            for doc_id, analysis in self.documents.items()
            for timex in analysis.timexes
            if timex.value.startswith("XXXX-WXX-") and timex.value[-1].isdigit()
        }

    def circle(self, actor_id: str) -> frozenset[str]:
        """The actor and all that it belongs to."""
        return self._circles[actor_id]

    @cached_property
    def _circles(self) -> Mapping[str, frozenset[str]]:
        return OnDemand(self._circle)

    def _circle(self, actor_id: str) -> frozenset[str]:
        seen: set[str] = set()
        waiting = [actor_id]
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                actor = self.actors.get(current)
                waiting.extend(actor.member_of if actor else ())
        return frozenset(seen)

    @cached_property
    def parties(self) -> Mapping[tuple[frozenset[str], frozenset[str]], Party]:
        """(Actor ids, heads of phrases that name nobody) -> the party that they make up."""
        return OnDemand(self._party)

    def _party(self, told: tuple[frozenset[str], frozenset[str]]) -> Party:
        ids, heads = told
        kinds = {name: self.kind(name) for name in ids}
        return Party(
            ids=ids,
            heads=heads,
            circle=frozenset().union(*(self.circle(name) for name in ids)),
            people=frozenset(name for name, kind in kinds.items() if kind is ActorKind.PERSON),
            states=frozenset(name for name, kind in kinds.items() if kind in _STATES),
            described=frozenset(name for name in ids if self.is_description(name)),
        )

    def kind(self, actor_id: str) -> ActorKind:
        actor = self.actors.get(actor_id)
        return actor.kind if actor else ActorKind.OTHER

    def is_description(self, actor_id: str) -> bool:
        """Whether an actor is somebody whom texts describe, a crowd or "the general", and nobody in the gazetteer or with
        a name."""
        actor = self.actors.get(actor_id)
        if actor is None:
            return False
        # "The Iraqi government" is one, though it is described; "Shiite lawmakers", "a general" belong to none.
        loose = actor.kind is ActorKind.GOVERNMENT and not actor.member_of
        if actor.kind not in _DESCRIBED and not loose:
            return False
        if self.gazetteer is not None and actor_id in self.gazetteer.actors:
            return False
        return actor.name.split()[-1][:1].islower()

    def is_country(self, place: Place) -> bool:
        """Whether a place is a whole country, and so no evidence of where in it."""
        state = self.gazetteer.actor(place.name) if self.gazetteer else None
        return state is not None and state.kind is ActorKind.STATE and state.name == place.name

    def place(self, text: str) -> Place | None:
        return self.gazetteer.place(text) if self.gazetteer else None


def make_context(
    analyses: Sequence[Analysis], actors: Sequence[Actor], gazetteer: Gazetteer | None
) -> Context:
    """The context of a merge."""
    return Context(
        actors={actor.actor_id: actor for actor in actors},
        gazetteer=gazetteer,
        documents={analysis.document.doc_id: analysis for analysis in analyses},
    )
