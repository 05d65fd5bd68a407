"""Reads and checks ``data/ontology``: every fault names the file, the entry and the remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from timeline import paths
from timeline.errors import DataError
from timeline.model import CasualtyKind, EventType, Role
from timeline.ontology.definitions import (
    LABELS,
    Example,
    ModalityCues,
    ModeDefinition,
    Ontology,
    PartOfSpeech,
    Trigger,
    TypeDefinition,
)
from timeline.ontology.examples import parse_example
from timeline.ontology.files import choice, entries, mapping, modalities, words
from timeline.ontology.inflection import participle, third_person

_WORDS: Mapping[str, PartOfSpeech] = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective"}
_SETS = (
    "subject",
    "not_subject",
    "object",
    "not_object",
    "particle",
    "modifier",
    "not_modifier",
    "clause",
)
_FLAGS = ("no_object", "needs_object", "complement", "no_speech", "idiom", "durative")
_EXCLUDED = ("not_subject", "not_object", "not_modifier", "no_object")
_NEEDED = (
    "subject",
    "object",
    "particle",
    "modifier",
    "preps",
    "needs_object",
    "complement",
    "clause",
)
_OTHER_KEYS = ("id", "mode", "preps", "passive", "roles", "casualty", "salience", "headline")
_KEYS = frozenset((*_WORDS, *_SETS, *_FLAGS, *_OTHER_KEYS, "headline_passive", "examples"))
_POSITIONS = frozenset({"subject", "object", "poss", "compound", "agent"})
_ROLES: Mapping[PartOfSpeech, Mapping[str, Role]] = {
    "verb": {
        "subject": Role.ACTOR,
        "object": Role.RECIPIENT,
        "agent": Role.ACTOR,
        "against": Role.RECIPIENT,
    },
    "noun": {
        "by": Role.ACTOR,
        "agent": Role.ACTOR,
        "poss": Role.ACTOR,
        "compound": Role.ACTOR,
        "of": Role.RECIPIENT,
        "on": Role.RECIPIENT,
        "against": Role.RECIPIENT,
    },
    "adjective": {"subject": Role.RECIPIENT, "object": Role.RECIPIENT},
}
"""What fills which role where an entry does not say otherwise. A position that a trigger lacks fills none."""

Words = frozenset[str]
_ANYTHING: Words = frozenset()
Entry = Mapping[str, Any]


@lru_cache(maxsize=1)
def load_ontology() -> Ontology:
    """The project's ontology, read once.

    Raises:
        DataError: a file under ``data/ontology`` is missing or breaks its schema.
    """
    return read_ontology(paths.ONTOLOGY)


def read_ontology(folder: Path) -> Ontology:
    """The ontology of a folder: types, classes, modality and verb forms, and ``triggers/*.yaml``."""
    classes = _classes(folder / "classes.yaml")
    types = dict(_types(folder / "types.yaml"))
    forms = _VerbForms(folder / "verb_forms.yaml")
    found: dict[tuple[str, str], list[Trigger]] = {}
    for path in sorted((folder / "triggers").glob("*.yaml")):
        for trigger in _file_triggers(path, types, classes, forms):
            for lemma in trigger.lemmas:
                found.setdefault((trigger.pos, lemma), []).append(trigger)
    return Ontology(
        triggers=MappingProxyType({key: _specific_first(group) for key, group in found.items()}),
        classes=MappingProxyType(classes),
        types=MappingProxyType(types),
        modality=_modality(folder / "modality.yaml"),
    )


def load_examples(folder: Path | None = None) -> tuple[Example, ...]:
    """The sentences under all trigger entries, in the order of the files."""
    found: list[Example] = []
    for path in sorted(((folder or paths.ONTOLOGY) / "triggers").glob("*.yaml")):
        for entry in entries(path):
            found.extend(_entry_examples(entry, path))
    return tuple(found)


def _entry_examples(entry: Entry, path: Path) -> Iterator[Example]:
    for line in str(entry.get("examples", "")).splitlines():
        if line.strip():
            example = parse_example(line, _entry_id(entry, path), _place(entry, path))
            yield replace(
                example,
                event_type=_event_type(path),
                mode=str(entry.get("mode", "")),
                none=example.none or bool(entry.get("idiom")),
            )


def _specific_first(triggers: list[Trigger]) -> tuple[Trigger, ...]:
    return tuple(sorted(triggers, key=lambda trigger: -trigger.specificity))


def _event_type(path: Path) -> EventType:
    return choice(EventType, path.stem.upper(), path.name, "file name")


def _entry_id(entry: Entry, path: Path) -> str:
    return f"{path.stem}.{entry['id']}"


def _place(entry: Entry, path: Path) -> str:
    return f"{path.name}, entry {entry['id']}"


# Triggers -------------------------------------------------------------------------------------------


def _file_triggers(
    path: Path,
    types: Mapping[EventType, TypeDefinition],
    classes: Mapping[str, Words],
    forms: _VerbForms,
) -> Iterator[Trigger]:
    event_type = _event_type(path)
    seen: set[str] = set()
    for entry in entries(path):
        where = _place(entry, path)
        if entry["id"] in seen:
            raise DataError("the id is taken", where=where, remedy="give every entry its own id")
        seen.add(entry["id"])
        _check_entry(entry, types[event_type], where)
        yield from _entry_triggers(entry, path, event_type, classes, forms)


def _check_entry(entry: Entry, definition: TypeDefinition, where: str) -> None:
    unknown = set(entry) - _KEYS
    if unknown:
        known = ", ".join(sorted(_KEYS))
        raise DataError(f"unknown key {sorted(unknown)[0]!r}", where=where, remedy=f"use {known}")
    if not set(entry) & set(_WORDS):
        raise DataError("no trigger words", where=where, remedy="add verbs, nouns or adjectives")
    mode = entry.get("mode", "")
    if mode and mode not in definition.modes:
        known = ", ".join(definition.modes) or "none"
        raise DataError(f"mode {mode!r} is not in types.yaml", where=where, remedy=f"use {known}")
    for flag in _FLAGS:
        if not isinstance(entry.get(flag, False), bool):
            raise DataError(f"{flag}: not a truth value", where=where, remedy="write true or false")
    if not 0 <= _number(entry.get("salience", 0.5), where) <= 1:
        raise DataError("salience: out of range", where=where, remedy="write a number from 0 to 1")
    if not str(entry.get("examples", "")).strip():
        raise DataError("no example", where=where, remedy="add a sentence under examples")


def _entry_triggers(
    entry: Entry, path: Path, event_type: EventType, classes: Mapping[str, Words], forms: _VerbForms
) -> Iterator[Trigger]:
    """One trigger a lemma, so that each verb carries its own forms for titles."""
    where = _place(entry, path)
    conditions = {key: _values(entry, key, classes, where) for key in _SETS}
    preps = _preps(entry, classes, where)
    casualty = entry.get("casualty")
    shared: dict[str, Any] = {
        **conditions,
        **{flag: entry.get(flag, False) for flag in _FLAGS},
        "id": _entry_id(entry, path),
        "event_type": event_type,
        "mode": entry.get("mode", ""),
        "preps": preps,
        "passive": entry.get("passive"),
        "casualty": choice(CasualtyKind, casualty, where, "casualty") if casualty else None,
        "salience": float(entry.get("salience", 0.5)),
        "specificity": _specificity(entry),
    }
    for key, pos in _WORDS.items():
        roles = _roles(entry, pos, where)
        for lemma, headline in _lemmas(entry.get(key, ()), where, key).items():
            titles = _titles(entry, pos, lemma, headline, forms)
            yield Trigger(pos=pos, lemmas=frozenset({lemma}), roles=roles, **titles, **shared)


def _specificity(entry: Entry) -> int:
    """What must be there tells more than what must not: it counts three times."""
    needed = sum(bool(entry.get(key)) for key in _NEEDED) + (entry.get("passive") is not None)
    return 3 * needed + sum(bool(entry.get(key)) for key in _EXCLUDED)


def _lemmas(value: object, where: str, key: str) -> dict[str, str]:
    """Lemma -> headline; nouns may be a list, or give each its own headline."""
    if isinstance(value, Mapping):
        return {str(lemma): str(headline or "") for lemma, headline in value.items()}
    return dict.fromkeys(sorted(words(value, where, key)), "")


def _titles(
    entry: Entry, pos: PartOfSpeech, lemma: str, headline: str, forms: _VerbForms
) -> dict[str, Any]:
    active = headline or entry.get("headline", "")
    passive = entry.get("headline_passive", "")
    if pos == "verb":
        phrase = (
            f"{lemma} {min(words(entry['particle'], '', ''))}" if "particle" in entry else lemma
        )
        active = active or third_person(phrase)
        passive = passive or forms.participle(phrase)
    return {"headline": active, "headline_passive": passive}


def _values(entry: Entry, key: str, classes: Mapping[str, Words], where: str) -> Words:
    if key not in entry:
        return _ANYTHING
    values = words(entry[key], where, key)
    for value in values:
        _check_value(value, classes, where, key)
    return values


def _check_value(value: str, classes: Mapping[str, Words], where: str, key: str) -> None:
    if value.startswith("@") and value[1:] not in classes:
        raise DataError(f"{key}: no class {value}", where=where, remedy="define it in classes.yaml")
    if value.isupper() and value not in LABELS:
        known = ", ".join(sorted(LABELS))
        raise DataError(f"{key}: no label {value}", where=where, remedy=f"use {known}")
    if not value.startswith("@") and not value.isupper() and value != value.lower():
        raise DataError(
            f"{key}: {value!r} is no lemma", where=where, remedy="write it in lower case"
        )


def _preps(entry: Entry, classes: Mapping[str, Words], where: str) -> Mapping[str, Words]:
    preps = entry.get("preps", {})
    if not isinstance(preps, Mapping):
        raise DataError("preps: no mapping", where=where, remedy="write {preposition: [object, …]}")
    return MappingProxyType({str(prep): _values(preps, prep, classes, where) for prep in preps})


def _roles(entry: Entry, pos: PartOfSpeech, where: str) -> Mapping[str, Role]:
    """The defaults of the part of speech, and over them the entry's; an empty value takes a default away."""
    given = entry.get("roles", {})
    if not isinstance(given, Mapping):
        raise DataError("roles: no mapping", where=where, remedy="write {position: role}")
    roles = dict(_ROLES[pos])
    for position, role in given.items():
        roles.pop(position, None)
        if role:
            roles[str(position)] = choice(Role, role, where, f"roles, {position}")
    return MappingProxyType(roles)


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise DataError(f"{value!r} is no number", where=where, remedy="write one, such as 0.5")
    return float(value)


class _VerbForms:
    """Irregular participles, and verbs that double their last letter against the rule for short ones."""

    def __init__(self, path: Path) -> None:
        content = mapping(path)
        self._irregular: Mapping[str, str] = content.get("participles", {})
        self._doubling = words(content.get("doubling", ()), path.name, "doubling")

    def participle(self, phrase: str) -> str:
        return participle(phrase, self._irregular, self._doubling)


# Classes, types, modality ---------------------------------------------------------------------------


def _classes(path: Path) -> dict[str, Words]:
    content = mapping(path)
    raw = {name: words(value, path.name, name) for name, value in content.items()}
    return {name: frozenset(_unfold(name, raw, path.name, ())) for name in raw}


def _unfold(
    name: str, raw: Mapping[str, Words], where: str, above: tuple[str, ...]
) -> Iterable[str]:
    if name in above or name not in raw:
        fault = "contains itself" if name in above else "is not defined"
        raise DataError(
            f"class @{name} {fault}", where=where, remedy="mend the classes it stands in"
        )
    for value in raw[name]:
        if value.startswith("@"):
            yield from _unfold(value[1:], raw, where, (*above, name))
        else:
            yield value


def _types(path: Path) -> Iterator[tuple[EventType, TypeDefinition]]:
    content = mapping(path)
    missing = {kind.value for kind in EventType} - set(content)
    if missing:
        lost = ", ".join(sorted(missing))
        raise DataError(f"no definition of {lost}", where=path.name, remedy="define every type")
    for name, entry in content.items():
        event_type = choice(EventType, name, path.name, "type")
        yield event_type, _type(event_type, entry, f"{path.name}, {name}")


def _type(event_type: EventType, entry: Entry, where: str) -> TypeDefinition:
    try:
        modes = {
            str(mode): _mode(event_type, str(mode), value, entry["acled"], f"{where}, {mode}")
            for mode, value in (entry.get("modes") or {}).items()
        }
        return TypeDefinition(
            event_type=event_type,
            definition=str(entry["definition"]).strip(),
            example=_definition_example(event_type, "", entry["example"], where),
            modes=MappingProxyType(modes),
            cameo_root=str(entry["cameo"]),
            acled_event=str(entry["acled"][0]),
            acled_sub_event=str(entry["acled"][1]),
            weight=_number(entry["weight"], where),
        )
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        needed = "definition, example, cameo, acled: [event, sub-event], weight; modes: definition, example"
        raise DataError("a key is missing", where=where, remedy=f"give {needed}") from error


def _mode(
    event_type: EventType, name: str, entry: Entry, acled: list[str], where: str
) -> ModeDefinition:
    event, sub_event = entry.get("acled", acled)
    return ModeDefinition(
        name=name,
        definition=str(entry["definition"]).strip(),
        example=_definition_example(event_type, name, entry["example"], where),
        acled_event=event,
        acled_sub_event=sub_event,
    )


def _definition_example(event_type: EventType, mode: str, line: str, where: str) -> Example:
    entry = f"{event_type}.{mode}".rstrip(".")
    return replace(parse_example(line, entry, where), event_type=event_type, mode=mode)


def _modality(path: Path) -> ModalityCues:
    content = mapping(path)
    graded = (
        "governors",
        "topics",
        "announcing",
        "modals",
        "adverbs",
        "adjectives",
        "markers",
    )
    plain = tuple(item.name for item in fields(ModalityCues) if item.name not in graded)
    odd = set(content) ^ {*graded, *plain}
    if odd:
        remedy = f"give exactly {', '.join((*graded, *plain))}"
        raise DataError(f"{sorted(odd)[0]!r} is missing or unknown", where=path.name, remedy=remedy)
    cues: dict[str, Any] = {key: modalities(content[key], path.name, key) for key in graded}
    cues |= {key: words(content[key], path.name, key) for key in plain}
    return ModalityCues(**cues)
