"""The gazetteer in memory: names to actors and places, and the words that describe actors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from timeline.gazetteer.folding import core_of, same_word, skeleton_of, words_of
from timeline.model import Actor, ActorKind, Place

Words = tuple[str, ...]

_ACRONYM = re.compile(r"^[A-Z][A-Z0-9&.\-]{1,8}$")


def acronym_of(name: str) -> str:
    """``U.S.``, ``ISIS-K`` -> ``US``, ``ISISK``; empty for a name that is written otherwise."""
    bare = name.strip().removesuffix("'s").removesuffix("’s")
    return bare.replace(".", "").replace("-", "") if _ACRONYM.match(bare) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the gazetteer knows of an actor beside its names."""

    gender: str = ""
    """``m``, ``f`` or empty."""
    first_year: int = 0
    last_year: int = 9999
    """Years in which a bare surname would be read as this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A word before or after a person's name: ``president``, ``General``, ``Mr``, ``cleric``."""

    name: str
    kind: str
    """``office``, ``rank``, ``honorific``, ``calling`` or ``regnal`` (part of a name of one word: "Prince William")."""
    gender: str = ""
    of_state: bool = False
    unique: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body that most states have: their parliament, army, foreign ministry."""

    body: str
    name: str
    kind: ActorKind
    explicit: bool = False
    """Whether the state must stand with the word: "a US drone" is the US forces, "a drone" nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A noun for those who act without being named: ``protesters``, ``gunman``."""

    lemma: str
    kind: ActorKind
    relation: bool = False
    """Whether those of an organisation are not the organisation: its supporters, victims, lawyers."""


@dataclass(frozen=True, kw_only=True)
class Gazetteer:
    """Actors, places and descriptions, found by name in constant time."""

    actors: Mapping[str, Actor]
    """By actor id."""
    known: Mapping[str, Known]
    names: Mapping[Words, tuple[str, ...]]
    """Folded words -> actor ids, the better known first."""
    acronyms: Mapping[str, tuple[str, ...]]
    """Names that are written in capitals: matched only so, for "us" is not the US."""
    surnames: frozenset[Words]
    """Names that are a person's in certain years only."""
    places: Mapping[Words, tuple[Place, ...]]
    """The larger first."""
    states: Mapping[Words, str]
    """Names, adjectives, nouns for the people and capitals -> the state's actor id."""
    state_acronyms: Mapping[str, str]
    adjectives: frozenset[Words]
    peoples: Mapping[Words, str]
    """Nouns for a population -> the state's actor id."""
    capitals: Mapping[Words, str]
    titles: Mapping[Words, Title]
    bodies: Mapping[Words, Body]
    own_bodies: Mapping[tuple[str, str], str]
    """(ISO alpha-3, body) -> the actor that is it under a name of its own."""
    descriptions: Mapping[Words, Description]
    name_words: Mapping[str, tuple[str, ActorKind]]
    """Last words that tell what a name is of: ``airport`` -> LOC, ``party`` -> ORG and its kind."""
    given_names: Mapping[str, str]
    """Folded given name -> ``m`` or ``f``."""
    longest: Mapping[str, int]
    """First folded word -> number of words of the longest name that begins so."""

    def candidates(self, name: str) -> tuple[Actor, ...]:
        """All actors that bear the name, the better known first."""
        ids = self.acronyms.get(acronym_of(name), ()) or self._ids(name)
        return tuple(self.actors[actor_id] for actor_id in ids)

    def _ids(self, name: str) -> tuple[str, ...]:
        exact = words_of(name)
        if exact in self.names:
            return self.names[exact]
        return self.names.get(core_of(name), ())

    def actor(self, name: str, year: int | None = None) -> Actor | None:
        """The actor of that name: exact after folding; a bare surname only in the person's years.

        Where a name is borne by several, the one whose canonical name it is; otherwise nobody.
        """
        found = [actor for actor in self.candidates(name) if self._fits(actor, name, year)]
        if len(found) > 1:
            found = [actor for actor in found if core_of(actor.name) == core_of(name)]
        return found[0] if len(found) == 1 else None

    def _fits(self, actor: Actor, name: str, year: int | None) -> bool:
        if year is None or core_of(name) not in self.surnames:
            return True
        known = self.known.get(actor.actor_id, Known())
        return known.first_year <= year <= known.last_year

    def place(self, name: str, country: str = "") -> Place | None:
        """The largest place of that name, in the country (ISO alpha-3) where one is given and has it."""
        found = self.places.get(words_of(name)) or self.places.get(core_of(name), ())
        return next((place for place in found if country and place.country == country), None) or (
            found[0] if found else None
        )

    @cached_property
    def states_by_code(self) -> Mapping[str, Actor]:
        """States by ISO alpha-3 code."""
        states = (actor for actor in self.actors.values() if actor.kind is ActorKind.STATE)
        return {state.country: state for state in states}

    def state_of(self, word: str) -> Actor | None:
        """The state that a word names: ``Iraqi``, ``Iraqis``, ``U.S.``, ``Baghdad`` as a metonym."""
        acronym = acronym_of(word)
        found = self.state_acronyms.get(acronym) if acronym else None
        if found is None and acronym != word and not word[:1].islower():
            found = self.states.get(words_of(word)) or self.states.get(core_of(word))
        return self.actors[found] if found else None

    def is_capital(self, name: str) -> bool:
        """Whether the name is that of a state's capital, which may stand for the state."""
        return core_of(name) in self.capitals

    def is_adjective(self, name: str) -> bool:
        """Whether the word tells a nationality before a noun: ``Iraqi``, ``US``."""
        return core_of(name) in self.adjectives

    def title(self, name: str) -> Title | None:
        """The title of that name, whatever its case."""
        return self.titles.get(words_of(name))

    def is_title(self, word: str) -> bool:
        """Whether the words are a title: ``General``, ``Prime Minister``."""
        return words_of(word) in self.titles

    def body(self, name: str) -> Body | None:
        """The body of a state that a noun names: ``troops`` -> armed forces."""
        return self.bodies.get(words_of(name))

    def description(self, name: str) -> Description | None:
        """What a noun for unnamed people means; singular and plural meet."""
        return self.descriptions.get(words_of(name))

    def gender(self, actor_id: str) -> str:
        """``m``, ``f`` or empty where it is not known."""
        return self.known.get(actor_id, Known()).gender

    def gender_of_name(self, name: str) -> str:
        """``m`` or ``f`` by the person, where known, or by the given name; else empty."""
        actor = self.actor(name)
        words = core_of(name)
        known = self.gender(actor.actor_id) if actor is not None else ""
        return known or (self.given_names.get(words[0], "") if len(words) > 1 else "")

    def similar(self, name: str) -> tuple[Actor, ...]:
        """Persons whose name of two or more words may be another transliteration of this one."""
        words = core_of(name)
        if len(words) < 2:
            return ()
        near = self._persons_by_sound.get((skeleton_of(words[0]), skeleton_of(words[-1])), ())
        return tuple(
            actor
            for actor, other in near
            if len(other) == len(words) and all(map(same_word, words, other))
        )

    @cached_property
    def _persons_by_sound(self) -> Mapping[tuple[str, str], list[tuple[Actor, Words]]]:
        index: dict[tuple[str, str], list[tuple[Actor, Words]]] = {}
        for words, ids in self.names.items():
            persons = [self.actors[i] for i in ids if self.actors[i].kind is ActorKind.PERSON]
            if len(words) > 1 and persons:
                key = skeleton_of(words[0]), skeleton_of(words[-1])
                index.setdefault(key, []).append((persons[0], words))
        return index

    def matches(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Longest names in a row of folded words without articles: half-open (first, last) word numbers."""
        end = 0
        for i, word in enumerate(words):
            if i < end or word not in self.longest:
                continue
            for size in range(min(self.longest[word], len(words) - i), 0, -1):
                key = tuple(words[i : i + size])
                if key in self.names or key in self.places or key in self.states:
                    end = i + size
                    yield i, end
                    break
