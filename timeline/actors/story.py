"""One document's names, each with the one it stands for within the document: full name, or known actor."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from timeline.gazetteer import (
    Gazetteer,
    Title,
    core_of,
    find_abbreviations,
    misspelt_word,
    plain,
    same_word,
)
from timeline.model import Actor, ActorKind, Analysis, Name, Span

Words = tuple[str, ...]

_WORD = re.compile(r"\w[\w.’'\-]*")
_LONGEST_TITLE = 4
_NOT_NOW = frozenset(
    {"former", "ex", "late", "deputy", "vice", "assistant", "then", "ousted", "acting"}
)
_TITLE_REACH = 60
_OPENING = 500
"""Characters of headline, dateline and first sentences."""
_MOSTLY = 0.4
_DATELINE = re.compile(r"^([A-Z][A-Z'.\- ]{2,30})\b[^\n]{0,40}?\s[-–—]+\s", re.M)
_APPOSITION = re.compile(r"\s*[,(–—-]\s*(?:(?:the|a|an|who is)\s+)?([^,;.()\n]{3,110})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Referent:
    """What a name stands for: a known actor, or a name in full that is not known."""

    actor_id: str = ""
    words: Words = ()
    person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What a text says that a person is: "Iraqi President Barham Salih"."""

    title: Title
    state_id: str = ""
    organisation: Referent | None = None
    past: bool = False


_Candidates = tuple[Sequence[Words], frozenset[Referent], Actor | None]
"""Persons in full that a name may stand for, who these are, and the known person of that name."""


@dataclass(frozen=True)
class Story:
    """The names of one analysed document, resolved as far as the document goes."""

    analysis: Analysis
    gazetteer: Gazetteer

    @property
    def text(self) -> str:
        return self.analysis.document.text

    @property
    def names(self) -> Sequence[Name]:
        return self.analysis.names

    @cached_property
    def year(self) -> int | None:
        published = self.analysis.document.published
        return published.year if published else None

    @cached_property
    def _starts(self) -> list[int]:
        return [name.start for name in self.names]

    @cached_property
    def _antecedents(self) -> Mapping[Span, Span]:
        return dict(self.analysis.antecedents)

    def names_in(self, start: int, end: int) -> Sequence[Name]:
        """Names that overlap a span, in text order."""
        first = bisect_left(self._starts, start)
        if first and self.names[first - 1].end > start:
            first -= 1
        return self.names[first : bisect_left(self._starts, end)]

    def antecedent(self, head: Span) -> Span | None:
        """The span of the name or plural description that a pronoun or description stands for."""
        return self._antecedents.get(head)

    @cached_property
    def _full_persons(self) -> tuple[Words, ...]:
        """Persons named by two or more words, each once, that are not the shorter form of another."""
        full = {core_of(name.text) for name in self.names if name.label == "PERSON"}
        full = {words for words in full if len(words) > 1}
        return tuple(
            sorted(words for words in full if not any(_ends(other, words) for other in full))
        )

    @cached_property
    def _full_others(self) -> tuple[Words, ...]:
        full = {core_of(name.text) for name in self.names if name.label == "ORG"}
        return tuple(sorted(words for words in full if len(words) > 1))

    def referent(self, name: Name) -> Referent | None:
        """What a name of this document stands for; None where it may be several."""
        full = self.abbreviations.get(plain(name.text))
        if full is not None and full.text != name.text:
            return self.referent(full)
        found = self._referents.get((name.text, name.label))
        if found is None and name.label == "PERSON":
            return self._person(name)
        return found

    @cached_property
    def abbreviations(self) -> Mapping[str, Name]:
        """Short forms of this article with the name that each stands for."""
        return find_abbreviations(self.text, self.names, self.gazetteer)

    @cached_property
    def _referents(self) -> Mapping[tuple[str, str], Referent | None]:
        """Referents of names that do not depend on where they stand."""
        found: dict[tuple[str, str], Referent | None] = {}
        for name in self.names:
            key = name.text, name.label
            if key not in found and name.label != "PERSON":
                found[key] = self._other(name)
        return found

    def _person(self, name: Name) -> Referent | None:
        if name.text not in self._candidates:
            self._candidates[name.text] = self._candidates_for(name.text)
        hosts, people, known = self._candidates[name.text]
        words = core_of(name.text)
        title = self._regnal_title(name) if len(words) == 1 and (hosts or known) else ""
        if len(words) == 1 and not title and words in self._kings:
            return None  # "Hussein", where both the president and King Hussein are told of
        if title and not any(map(self._regnal_title, self._full(hosts))):
            # "King Hussein" bears no surname: he is nobody whose last name is Hussein.
            return Referent(words=(title, *words), person=True)
        if len(people) == 1 and (known is None or len(words) > 1 or self._told_before(name, hosts)):
            return next(iter(people))
        if known is not None:
            return Referent(actor_id=known.actor_id, person=True)
        return Referent(words=words, person=True) if not people else None

    def _full(self, hosts: Sequence[Words]) -> Iterator[Name]:
        """Where the full names stand."""
        return (name for name in self.names if core_of(name.text) in hosts)

    @cached_property
    def _kings(self) -> frozenset[Words]:
        """Names that the article gives a king or prince."""
        return frozenset(core_of(name.text) for name in self.names if self._regnal_title(name))

    def _regnal_title(self, name: Name) -> str:
        """The title before it that kings and princes bear before their first name; else empty."""
        before = _WORD.findall(self.text[max(0, name.start - _TITLE_REACH) : name.start])
        title = self.gazetteer.title(before[-1]) if before and before[-1][:1].isupper() else None
        return before[-1].lower() if title is not None and title.kind == "regnal" else ""

    @cached_property
    def _candidates(self) -> dict[str, _Candidates]:
        """What was found of names: each is asked for several times."""
        return {}

    def _candidates_for(self, text: str) -> _Candidates:
        words = core_of(text)
        hosts = [full for full in self._full_persons if _ends(full, words)]
        hosts = hosts or [
            full for full in self._full_persons if full == words or _holds(full, words)
        ]
        hosts = hosts or [full for full in self._full_persons if _slip(full, words)]
        known = self.gazetteer.actor(text, self.year)
        if known is not None and known.kind is not ActorKind.PERSON:
            known = None
        return hosts, frozenset(self._of_full(host) for host in hosts), known

    def _of_full(self, words: Words) -> Referent:
        known = self.gazetteer.names.get(words, ())
        persons = [i for i in known if self.gazetteer.actors[i].kind is ActorKind.PERSON]
        if len(persons) != 1:
            persons = sorted({actor.actor_id for actor in self.gazetteer.similar(" ".join(words))})
        if len(persons) == 1:
            return Referent(actor_id=persons[0], person=True)
        return Referent(words=words, person=True)

    def _told_before(self, name: Name, hosts: Sequence[Words]) -> bool:
        """Whether the full name stands before this bare surname: readers then take it for that person."""
        return any(
            other.start <= name.start and core_of(other.text) in hosts
            for other in self.names
            if other.label == "PERSON"
        )

    def _other(self, name: Name) -> Referent | None:
        if name.label == "EVENT":
            return None
        known = self.gazetteer.actor(name.text, self.year) or self.gazetteer.state_of(name.text)
        if known is not None:
            return Referent(actor_id=known.actor_id, person=known.kind is ActorKind.PERSON)
        words = core_of(name.text)
        hosts = [
            full for full in self._full_others if full[: len(words)] == words and full != words
        ]
        if name.label == "ORG" and len(hosts) == 1:
            actor = self.gazetteer.names.get(hosts[0], ())
            return Referent(actor_id=actor[0]) if len(actor) == 1 else Referent(words=hosts[0])
        return Referent(words=words)

    @cached_property
    def offices(self) -> Mapping[Referent, tuple[Office, ...]]:
        """What the text says that its persons are, by title before or apposition after the name."""
        found: dict[Referent, list[Office]] = {}
        for name in self.names:
            if name.label == "PERSON" and (referent := self.referent(name)) is not None:
                told = [
                    office
                    for office in (self._title_before(name), self._apposition(name))
                    if office
                ]
                found.setdefault(referent, []).extend(told)
        return {referent: tuple(offices) for referent, offices in found.items() if offices}

    def _title_before(self, name: Name) -> Office | None:
        before = self.text[max(0, name.start - _TITLE_REACH) : name.start]
        before = re.split(r"[\n.;:!?”\"](?=\s+[A-Z])|[,\n]", before)[-1]
        words = [(match.group(), match.start()) for match in _WORD.finditer(before)]
        for size in range(min(_LONGEST_TITLE, len(words)), 0, -1):
            title = self.gazetteer.title(" ".join(word for word, _ in words[-size:]))
            if title is not None:
                return self._office(title, [word for word, _ in words[:-size]], name)
        return None

    def _office(self, title: Title, before: list[str], name: Name) -> Office:
        """An office with the state or organisation named before it: up to three words back."""
        past = any(word.lower() in _NOT_NOW for word in before[-2:])
        for size in (1, 2, 3):
            words = [word for word in before[-3:] if word.lower() not in _NOT_NOW]
            state = self.gazetteer.state_of(" ".join(words[-size:])) if len(words) >= size else None
            if state is not None and title.kind != "honorific":
                return Office(title=title, state_id=state.actor_id, past=past)
        after = re.match(r"\w+ to ", self.text[name.end : name.end + 12])
        return Office(title=title, past=past or after is not None)

    def _apposition(self, name: Name) -> Office | None:
        """ "…, the head of the powerful Badr Organization": the first title, and the name that "of", "at", "for" give it."""
        match = _APPOSITION.match(self.text, name.end, min(len(self.text), name.end + 130))
        if match is None:
            return None
        phrase = match.group(1)
        words = list(_WORD.finditer(phrase))
        for i in range(min(len(words), 8)):
            for size in range(min(_LONGEST_TITLE, len(words) - i), 0, -1):
                title = self.gazetteer.title(phrase[words[i].start() : words[i + size - 1].end()])
                if title is not None and title.kind != "honorific":
                    return self._office_of(
                        title, words[:i], match.start(1), words[i + size - 1].end(), match.end(1)
                    )
        return None

    def _office_of(
        self, title: Title, before: Sequence[re.Match[str]], start: int, after: int, end: int
    ) -> Office:
        past = any(word.group().lower() in _NOT_NOW for word in before)
        states = [state for word in before if (state := self.gazetteer.state_of(word.group()))]
        for name in self.names_in(start + after, end):
            linked = re.search(
                r"\b(?:of|at|for|from|with)\b", self.text[start + after : name.start]
            )
            referent = self.referent(name) if linked and name.label in ("ORG", "LOC") else None
            actor = self.gazetteer.actors.get(referent.actor_id) if referent else None
            if actor is not None and actor.kind is ActorKind.STATE:
                if linked and linked.group() == "of":
                    return Office(title=title, state_id=actor.actor_id, past=past)
            elif referent is not None and name.label == "ORG":
                return Office(title=title, organisation=referent, past=past)
        return Office(title=title, state_id=states[0].actor_id if states else "", past=past)

    @cached_property
    def states(self) -> frozenset[Actor]:
        """The states that the article names, by noun or adjective."""
        told = (self.gazetteer.state_of(name.text.removesuffix("'s")) for name in self.names)
        return frozenset(state for state in told if state is not None)

    @cached_property
    def bodies(self) -> Mapping[str, frozenset[str]]:
        """Bodies that the article names with their state ("the Iraqi parliament"): body -> ids of the states."""
        found: dict[str, set[str]] = {}
        for name in self.names:
            referent = self.referent(name) if name.label in ("LOC", "NORP", "ORG") else None
            actor = self.gazetteer.actors.get(referent.actor_id) if referent else None
            if actor is not None and actor.kind is ActorKind.STATE:
                for body in self._bodies_after(name):
                    found.setdefault(body, set()).add(actor.actor_id)
        return {body: frozenset(states) for body, states in found.items()}

    @cached_property
    def other_bodies(self) -> frozenset[str]:
        """Bodies of no state that the article names: "the assembly" may be the European Parliament."""
        names = (name for name in self.names if name.label == "ORG" and " " in name.text.strip())
        bodies = (self.gazetteer.body(name.text.split()[-1]) for name in names)
        return frozenset(body.body for body in bodies if body is not None)

    def _bodies_after(self, name: Name) -> set[str]:
        """The body that the words after a state's name are, the possessive allowed before it, and an adjective where
        the name is one itself or has the possessive: "Venezuela expelled diplomats" names no Venezuelan ones."""
        words = _WORD.findall(re.split(r"[,.;:\n]", self.text[name.end : name.end + 50])[0])
        owns = words[:1] == ["s"] or self.gazetteer.is_adjective(name.text)
        words = words[words[:1] == ["s"] :]
        for skipped in range(1 + owns):
            for size in range(min(3, len(words) - skipped), 0, -1):
                body = self.gazetteer.body(" ".join(words[skipped : skipped + size]))
                if body is not None:
                    return {body.body}
        return set()

    @cached_property
    def home(self) -> Actor | None:
        """The state that the article is about: the only one of its opening, and of most of its names of places."""
        told = [(name.start, state) for name in self.names if (state := self._state_at(name))]
        count = Counter(state.actor_id for _, state in told)
        opening = {state for start, state in told if start < _OPENING}
        if len(opening) > 1:
            # "BAMAKO, Aug 5 - Mali cuts ties with Ukraine": the headline's that it is written in.
            title = {state for start, state in told if start < len(self.analysis.document.title)}
            opening = {state for state in title if state == self.written_in}
        state = next(iter(opening)) if len(opening) == 1 else None
        named = count[state.actor_id] if state is not None else 0
        return state if named > 1 and named >= _MOSTLY * len(told) else None

    @cached_property
    def written_in(self) -> Actor | None:
        """The state of the dateline; None where there is none."""
        line = _DATELINE.search(self.text)
        place = self.gazetteer.place(line[1].title()) if line is not None else None
        return self.gazetteer.states_by_code.get(place.country) if place is not None else None

    def _state_at(self, name: Name) -> Actor | None:
        """The state that a name names, or that its place lies in."""
        if name.label not in ("LOC", "NORP"):
            return None
        text = name.text.removesuffix("'s")
        state = self.gazetteer.state_of(text)
        place = self.gazetteer.place(text) if state is None and name.label == "LOC" else None
        return self.gazetteer.states_by_code.get(place.country) if place is not None else state

    def holder(self, title: Title, state_id: str) -> Referent | None:
        """The one person whom the text calls by that title (of that state) now; None if there are several."""
        holders = {
            referent
            for referent, offices in self.offices.items()
            for office in offices
            if office.title == title and not office.past and office.state_id == state_id
        }
        return holders.pop() if len(holders) == 1 else None


def _ends(full: Words, words: Words) -> bool:
    """Whether a longer name ends in these words, however spelt."""
    tail = full[len(full) - len(words) :]
    return len(full) > len(words) and all(map(same_word, tail, words))


def _holds(full: Words, words: Words) -> bool:
    """Whether a name holds these words in a row, or is another spelling of them."""
    rows = range(len(full) - len(words) + 1)
    return any(all(map(same_word, full[i : i + len(words)], words)) for i in rows)


def _slip(full: Words, words: Words) -> bool:
    """Whether a bare surname is one letter off the full name's last word."""
    return len(words) == 1 and misspelt_word(full[-1], words[0])
