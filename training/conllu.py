"""Dependency trees in CoNLL-U files, with the spacing of the running text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from training.iob import CorpusError

ROOT = -1
"""The head of a sentence's root word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One tree; every tuple has one entry a word, heads count words from 0 (`ROOT` for the root)."""

    id: str
    opens_paragraph: bool
    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    lemmas: tuple[str, ...]
    upos: tuple[str, ...]
    tags: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]

    def relabelled(self, heads: list[int], labels: list[str]) -> Sentence:
        """The same words under another tree."""
        return replace(self, heads=tuple(heads), labels=tuple(labels))


def read_conllu(path: Path) -> Iterator[list[Sentence]]:
    """The documents of `path`, each a list of sentences.

    Raises:
        CorpusError: a line does not have the ten columns of CoNLL-U.
    """
    document: list[Sentence] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        comments = [line for line in lines if line.startswith("#")]
        if any(line.startswith("# newdoc") for line in comments) and document:
            yield document
            document = []
        if len(comments) < len(lines):
            document.append(_sentence(lines[len(comments) :], comments, path))
    if document:
        yield document


def _sentence(lines: list[str], comments: list[str], path: Path) -> Sentence:
    rows = [line.split("\t") for line in lines]
    for row in rows:
        if len(row) != 10:
            raise CorpusError(
                f"{path}: expected ten columns, found {len(row)} in {' '.join(row)!r}"
            )
    words = [row for row in rows if row[0].isdigit()]
    _, forms, lemmas, upos, tags, feats, heads, labels, _, _ = zip(*words, strict=True)
    return Sentence(
        id=next((c.partition("=")[2].strip() for c in comments if "sent_id" in c), ""),
        opens_paragraph=any(c.startswith(("# newpar", "# newdoc")) for c in comments),
        words=forms,
        spaces=_spaces(rows),
        lemmas=lemmas,
        upos=upos,
        tags=tags,
        feats=feats,
        heads=tuple(int(head) - 1 for head in heads),
        labels=labels,
    )


def _spaces(rows: list[list[str]]) -> tuple[bool, ...]:
    """Whether a space follows each word; words of one multiword token ("do" + "n't") touch."""
    spaces: list[bool] = []
    last_inside, space_after_token = 0, True
    for row in rows:
        number, space = row[0], "SpaceAfter=No" not in row[9]
        if "-" in number:
            last_inside, space_after_token = int(number.split("-")[1]), space
        elif number.isdigit() and int(number) < last_inside:
            spaces.append(False)
        elif number.isdigit() and int(number) == last_inside:
            spaces.append(space_after_token)
        elif number.isdigit():
            spaces.append(space)
    return tuple(spaces)
