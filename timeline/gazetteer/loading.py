"""Reads ``data/gazetteers``: CSV files with a provenance header in ``#`` lines."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from timeline.errors import DataError
from timeline.gazetteer.folding import core_of, fold_word, slug_of, words_of
from timeline.gazetteer.lookup import Body, Description, Gazetteer, Known, Title, Words, acronym_of
from timeline.model import Actor, ActorKind, Place

Row = dict[str, str]


def read_gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer of a folder. Files that come first win: our own before the converted ones.

    Raises:
        DataError: a file is missing or breaks its schema.
    """
    draft = _Draft()
    for row in read_rows(folder / "states.csv", "iso3", "name"):
        draft.add_state(row)
    organisations = list(read_rows(folder / "organisations.csv", "name", "kind"))
    for row in organisations:
        draft.add_organisation(row, folder / "organisations.csv")
    for row in read_rows(folder / "persons.csv", "name"):
        draft.add_person(row)
    for row in read_rows(folder / "groups.csv", "name", "kind"):
        draft.add_group(row)
    for row in read_rows(folder / "leaders.csv", "name", "country"):
        draft.add_leader(row)
    for row in read_rows(folder / "titles.csv", "title", "kind"):
        draft.add_title(row)
    for row in read_rows(folder / "bodies.csv", "body", "name", "kind"):
        draft.add_body(row, folder / "bodies.csv")
    for row in read_rows(folder / "descriptions.csv", "lemma"):
        draft.add_description(row, folder / "descriptions.csv")
    for row in read_rows(folder / "nouns.csv", "noun", "kind"):
        words = words_of(row["noun"])
        described = Description(lemma=row["noun"], kind=_kind(row["kind"], folder / "nouns.csv"))
        draft.descriptions.setdefault(words, described)
    for row in read_rows(folder / "name_words.csv", "word", "label"):
        kind = _kind(row["kind"], folder / "name_words.csv") if row["kind"] else ActorKind.OTHER
        draft.name_words[row["word"]] = row["label"], kind
    for row in read_rows(folder / "first_names.csv", "gender", "names"):
        draft.given_names |= dict.fromkeys(map(fold_word, _list(row["names"])), row["gender"])
    draft.add_places(
        read_rows(folder / "regions.csv", "name"), read_rows(folder / "cities.csv", "name", "iso3")
    )
    return draft.finished()


def read_rows(path: Path, *required: str) -> Iterator[Row]:
    """The rows of a gazetteer file, by column; `required` columns are never empty.

    Raises:
        DataError: the file is missing, or a row breaks its schema.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(line for line in file if line[0] != "#")
            columns = next(reader, [])
            missing = set(required) - set(columns)
            if missing:
                raise DataError(f"no column {', '.join(sorted(missing))}", where=str(path))
            needed = [columns.index(column) for column in required]
            for values in reader:
                if len(values) != len(columns) or not all(values[i] for i in needed):
                    raise DataError(
                        f"a row should have {len(columns)} fields, and values for {', '.join(required)}",
                        where=f"{path}: {','.join(values)[:60]}",
                        remedy="mend the row",
                    )
                yield dict(zip(columns, values, strict=True))
    except FileNotFoundError as error:
        raise DataError(
            "a gazetteer is missing",
            where=str(path),
            remedy="restore data/gazetteers, or run training/gazetteers.py",
        ) from error


def _list(values: str) -> list[str]:
    return values.split("|") if values else []


def _kind(name: str, path: Path) -> ActorKind:
    try:
        return ActorKind(name)
    except ValueError as error:
        raise DataError(
            f"no kind of actor is called {name!r}",
            where=str(path),
            remedy=f"choose one of {', '.join(ActorKind)}",
        ) from error


@dataclass(slots=True)
class _Draft:
    """Tables that grow while files are read."""

    actors: dict[str, Actor] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    names: dict[Words, tuple[str, ...]] = field(default_factory=dict)
    acronyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    surnames: set[Words] = field(default_factory=set)
    places: dict[Words, tuple[Place, ...]] = field(default_factory=dict)
    states: dict[Words, str] = field(default_factory=dict)
    state_acronyms: dict[str, str] = field(default_factory=dict)
    adjectives: set[Words] = field(default_factory=set)
    peoples: dict[Words, str] = field(default_factory=dict)
    capitals: dict[Words, str] = field(default_factory=dict)
    titles: dict[Words, Title] = field(default_factory=dict)
    bodies: dict[Words, Body] = field(default_factory=dict)
    own_bodies: dict[tuple[str, str], str] = field(default_factory=dict)
    descriptions: dict[Words, Description] = field(default_factory=dict)
    name_words: dict[str, tuple[str, ActorKind]] = field(default_factory=dict)
    given_names: dict[str, str] = field(default_factory=dict)
    by_country: dict[str, str] = field(default_factory=dict)

    def _add(self, actor: Actor, *names: str) -> None:
        self.actors.setdefault(actor.actor_id, actor)
        for name in dict.fromkeys((actor.name, *names)):
            acronym = acronym_of(name)
            if acronym and len(name) <= 6:
                self.acronyms[acronym] = _with(self.acronyms.get(acronym, ()), actor.actor_id)
                continue
            for key in _keys(name):
                self.names[key] = _with(self.names.get(key, ()), actor.actor_id)

    def add_state(self, row: Row) -> None:
        aliases, people = _list(row["aliases"]), _list(row["people"])
        adjectives = _list(row["adjectives"])
        state = Actor(
            actor_id=slug_of(row["name"]),
            name=row["name"],
            kind=ActorKind.STATE,
            country=row["iso3"],
            aliases=tuple(dict.fromkeys((*aliases, *adjectives))),
        )
        self._add(state, *aliases, *adjectives)
        self.by_country[row["iso3"]] = state.actor_id
        capitals = _list(row["capital"])
        for word in (row["name"], *aliases, *adjectives, *capitals, *people):
            acronym = acronym_of(word)
            if acronym and len(word) <= 6:
                self.state_acronyms[acronym] = state.actor_id
            else:
                self.states.setdefault(core_of(word), state.actor_id)
                self.states.setdefault(words_of(word), state.actor_id)
        self.adjectives |= {core_of(word) for word in adjectives}
        self.capitals |= {core_of(capital): state.actor_id for capital in capitals}
        self._add_people(state, people, adjectives)

    def _add_people(self, state: Actor, people: list[str], adjectives: list[str]) -> None:
        """Nouns for a population that are no adjectives as well ("Iraqis", not "Chinese")."""
        nouns = [noun for noun in people if noun not in adjectives]
        if nouns:
            folk = Actor(
                actor_id=slug_of(nouns[0]),
                name=nouns[0],
                kind=ActorKind.PEOPLE,
                country=state.country,
                member_of=(state.actor_id,),
                aliases=tuple(nouns[1:]),
            )
            self._add(folk, *nouns)
        for noun in people:
            self.peoples[core_of(noun)] = state.actor_id

    def add_organisation(self, row: Row, path: Path) -> None:
        aliases = _list(row["aliases"])
        kind = _kind(row["kind"], path)
        country = row["country"]
        if country and country not in self.by_country:
            raise DataError(f"no state has the code {country!r}", where=f"{path}: {row['name']}")
        members = [slug_of(name) for name in _list(row["member_of"])]
        if not members and kind is ActorKind.GOVERNMENT and country:
            members = [self.by_country[country]]
        actor = Actor(
            actor_id=slug_of(row["name"]),
            name=row["name"],
            kind=kind,
            country=country,
            member_of=tuple(members),
            aliases=tuple(aliases),
        )
        self._add(actor, *aliases)
        if row["body"]:
            self.own_bodies[country, row["body"]] = actor.actor_id

    def add_person(self, row: Row) -> None:
        aliases = _list(row["aliases"])
        actor = Actor(
            actor_id=slug_of(row["name"]),
            name=row["name"],
            kind=ActorKind.PERSON,
            country=row["country"],
            member_of=tuple(slug_of(name) for name in _list(row["member_of"])),
            aliases=tuple(aliases),
        )
        self._add(actor, *aliases)
        self.known[actor.actor_id] = Known(
            gender=row["gender"],
            first_year=int(row["from"] or 0),
            last_year=int(row["to"] or 9999),
        )
        # A name of one word in the list is the surname; its years are told.
        self.surnames |= {
            core_of(alias) for alias in aliases if len(core_of(alias)) == 1 and row["from"]
        }

    def add_group(self, row: Row) -> None:
        if core_of(row["name"]) in self.names:
            return
        aliases = [name for name in _list(row["aliases"]) if core_of(name) not in self.names]
        state = self.by_country.get(row["country"], "")
        actor = Actor(
            actor_id=slug_of(row["name"]),
            name=row["name"],
            kind=ActorKind(row["kind"]),
            country=row["country"] if state else "",
            aliases=tuple(aliases),
        )
        self._add(actor, *aliases)

    def add_leader(self, row: Row) -> None:
        names = [row["name"], *_list(row["aliases"])]
        if (
            any(core_of(name) in self.names for name in names)
            or row["country"] not in self.by_country
        ):
            return
        actor = Actor(
            actor_id=slug_of(row["name"]),
            name=row["name"],
            kind=ActorKind.PERSON,
            country=row["country"],
            member_of=(self.by_country[row["country"]],),
            aliases=tuple(names[1:]),
        )
        self._add(actor, *names)

    def add_title(self, row: Row) -> None:
        self.titles[words_of(row["title"])] = Title(
            name=row["title"],
            kind=row["kind"],
            gender=row["gender"],
            of_state=row["state"] == "yes",
            unique=row["unique"] == "yes",
        )

    def add_body(self, row: Row, path: Path) -> None:
        body = Body(
            body=row["body"],
            name=row["name"],
            kind=_kind(row["kind"], path),
            explicit=row["explicit"] == "yes",
        )
        for head in _list(row["heads"]):
            self.bodies.setdefault(words_of(head), body)

    def add_description(self, row: Row, path: Path) -> None:
        kind = _kind(row["kind"], path)
        for word in _list(row["words"]):
            lemma = row["lemma"] if row["one"] == "yes" else word
            described = Description(lemma=lemma, kind=kind, relation=row["relation"] == "yes")
            self.descriptions.setdefault(words_of(word), described)

    def add_places(self, regions: Iterable[Row], cities: Iterable[Row]) -> None:
        for row in regions:
            lat, lon = (float(row[axis]) if row[axis] else None for axis in ("lat", "lon"))
            place = Place(name=row["name"], lat=lat, lon=lon, country=row["country"])
            self._add_place(place, row)
        for state in self.by_country.values():
            actor = self.actors[state]
            self._add_place(Place(name=actor.name, country=actor.country), {"aliases": ""})
        for row in sorted(
            cities, key=lambda row: (row["capital"] != "yes", -int(row["population"]))
        ):
            place = Place(
                name=row["name"], lat=float(row["lat"]), lon=float(row["lon"]), country=row["iso3"]
            )
            self._add_place(place, row)

    def _add_place(self, place: Place, row: Row) -> None:
        for name in (place.name, *_list(row["aliases"])):
            for key in _keys(name):
                others = self.places.get(key)
                self.places[key] = (place,) if others is None else (*others, place)

    def finished(self) -> Gazetteer:
        longest: dict[str, int] = {}
        for key in (*self.names, *self.places, *self.states):
            longest[key[0]] = max(longest.get(key[0], 0), len(key))
        for actor_id, actor in self.actors.items():
            known = tuple(parent for parent in actor.member_of if parent in self.actors)
            if known != actor.member_of:
                self.actors[actor_id] = replace(actor, member_of=known)
        return Gazetteer(
            actors=self.actors,
            known=self.known,
            names=self.names,
            acronyms=self.acronyms,
            surnames=frozenset(self.surnames),
            places=self.places,
            states=self.states,
            state_acronyms=self.state_acronyms,
            adjectives=frozenset(self.adjectives),
            peoples=self.peoples,
            capitals=self.capitals,
            titles=self.titles,
            bodies=self.bodies,
            own_bodies=self.own_bodies,
            descriptions=self.descriptions,
            name_words=self.name_words,
            given_names=self.given_names,
            longest=longest,
        )


def _keys(name: str) -> tuple[Words, ...]:
    exact, core = words_of(name), core_of(name)
    return (exact,) if exact == core else (exact, core)


def _with(ids: tuple[str, ...], actor_id: str) -> tuple[str, ...]:
    return ids if actor_id in ids else (*ids, actor_id)
