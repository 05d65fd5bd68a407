"""Named-entity files in IOB: token, tag, MISC; ``-`` marks a token whose label is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

MISSING = "-"
LABELS = frozenset({"PERSON", "ORG", "LOC", "NORP", "EVENT"})


class CorpusError(ValueError):
    """A corpus file that cannot be read as what it should be; names the file and the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedSentence:
    """Words, whether a space follows each, and one spaCy entity tag each ("" where unknown)."""

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    tags: tuple[str, ...]


def read_iob(path: Path) -> list[list[TaggedSentence]]:
    """The documents of `path`, each a list of sentences.

    Raises:
        CorpusError: a line lacks a column or carries a tag outside of the label scheme.
    """
    documents: list[list[TaggedSentence]] = []
    rows: list[tuple[str, bool, str]] = []

    def close_sentence() -> None:
        if rows:
            if not documents:
                documents.append([])
            documents[-1].append(_sentence(rows))
            rows.clear()

    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("# newdoc"):
            close_sentence()
            documents.append([])
        elif not line.strip():
            close_sentence()
        else:
            rows.append(_row(line, path, number))
    close_sentence()
    return [document for document in documents if document]


def _row(line: str, path: Path, number: int) -> tuple[str, bool, str]:
    columns = line.split("\t")
    if len(columns) != 3:
        raise CorpusError(f"{path}, line {number}: expected token, tag and MISC, found {line!r}")
    word, tag, misc = columns
    if tag not in ("O", MISSING) and (tag[:2] not in ("B-", "I-") or tag[2:] not in LABELS):
        raise CorpusError(f"{path}, line {number}: {tag!r} is not a tag of the label scheme")
    return word, "SpaceAfter=No" not in misc, tag


def _sentence(rows: list[tuple[str, bool, str]]) -> TaggedSentence:
    words, spaces, tags = zip(*rows, strict=True)
    return TaggedSentence(words=words, spaces=spaces, tags=tuple(_well_formed(tags)))


def _well_formed(tags: Iterable[str]) -> Iterator[str]:
    """The tags with "" for unknown ones and every I- that continues nothing made a B-."""
    previous = "O"
    for tag in tags:
        starts = tag.startswith("I-") and previous[2:] != tag[2:]
        yield "" if tag == MISSING else f"B-{tag[2:]}" if starts else tag
        previous = tag
