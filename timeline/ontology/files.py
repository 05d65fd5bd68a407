"""YAML files and the values in them, read with errors that a person can act on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import yaml

from timeline.errors import DataError
from timeline.model import Modality

Kind = TypeVar("Kind", bound=StrEnum)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which on, off, yes and no are words, not the truth values of YAML 1.1."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":bool")]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])


def load_yaml(path: Path) -> Any:
    """The content of a YAML file.

    Raises:
        DataError: the file cannot be read or parsed.
    """
    try:
        with path.open(encoding="utf-8") as stream:
            return yaml.load(stream, Loader=_Loader)
    except OSError as error:
        remedy = "restore data/ontology from the project"
        raise DataError("cannot be read", where=path.name, remedy=remedy) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path.name}, line {mark.line + 1}" if mark else path.name
        raise DataError("is no valid YAML", where=place, remedy="mend the syntax there") from error


def mapping(path: Path) -> dict[str, Any]:
    """A file whose top level is a mapping."""
    content = load_yaml(path)
    if not isinstance(content, dict):
        raise DataError("holds no mapping", where=path.name, remedy="write `name: value` lines")
    return content


def entries(path: Path) -> Iterator[dict[str, Any]]:
    """The entries of a file whose top level is a list, each with an id."""
    content = load_yaml(path)
    if not isinstance(content, list):
        raise DataError("holds no list", where=path.name, remedy="begin each entry with `- id: …`")
    for number, entry in enumerate(content, 1):
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            where = f"{path.name}, entry {number}"
            raise DataError("has no id", where=where, remedy="begin it with `- id: …`")
        yield entry


def choice(kind: type[Kind], value: object, where: str, key: str) -> Kind:
    """The member of an enumeration that `value` names."""
    try:
        return kind(str(value))
    except ValueError:
        known = ", ".join(kind)
        raise DataError(
            f"{key}: {value!r} is unknown", where=where, remedy=f"choose one of {known}"
        ) from None


def words(value: object, where: str, key: str) -> frozenset[str]:
    """Words with commas between them (read ten times as fast as a YAML list), or a list."""
    if isinstance(value, str):
        return frozenset(word.strip() for word in value.split(",") if word.strip())
    if not isinstance(value, Iterable):
        raise DataError(f"{key}: not a list of words", where=where, remedy="write word, word, …")
    odd = [word for word in value if not isinstance(word, str)]
    if odd:
        raise DataError(f"{key}: {odd[0]!r} is no word", where=where, remedy="put it in quotes")
    return frozenset(value)


def modalities(value: object, where: str, key: str) -> Mapping[str, Modality]:
    """``{planned: [plan, …], …}`` turned into word -> modality."""
    if not isinstance(value, Mapping):
        remedy = "write `modality: word, …` lines"
        raise DataError(f"{key}: no mapping", where=where, remedy=remedy)
    found: dict[str, Modality] = {}
    for name, listed in value.items():
        modality = choice(Modality, name, where, key)
        for word in words(listed, where, f"{key}, {name}"):
            if word in found:
                fault = f"{key}: {word!r} stands under {found[word]} and {modality}"
                raise DataError(fault, where=where, remedy="keep one of the two")
            found[word] = modality
    return MappingProxyType(found)
