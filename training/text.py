"""Words as they stand in running text, and their grouping into paragraph-sized documents."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

# Most news paragraphs hold one to three sentences; longer ones teach the parser to find boundaries.
PARAGRAPH_SIZES = (1, 1, 2, 2, 3, 3, 4, 5, 7)

_CONTRACTIONS = frozenset({"'s", "'re", "'ve", "'ll", "'d", "'m", "n't", "'S"})


def group_sentences(
    paragraph: Sequence[T], rng: random.Random, sizes: Sequence[int] = PARAGRAPH_SIZES
) -> Iterator[Sequence[T]]:
    """Cut one document's sentences into consecutive groups whose sizes are drawn from `sizes`."""
    start = 0
    while start < len(paragraph):
        size = rng.choice(sizes)
        yield paragraph[start : start + size]
        start += size


def typeset_quotes(words: Iterable[str], spaces: Sequence[bool]) -> list[str]:
    """The same words with typographic quotation marks and apostrophes, one for one.

    The treebanks are typed with ASCII quotes, newspapers are not: a model that has never seen
    a curly quote mistags everything around it.
    """
    result: list[str] = []
    after_space = True
    for word, space in zip(words, spaces, strict=True):
        result.append(_typeset(word, after_space))
        after_space = space or word in "([{"
    return result


def _typeset(word: str, opens: bool) -> str:
    if word == '"':
        return "“" if opens else "”"
    if word == "'":
        return "‘" if opens else "’"
    if word == "--":
        return "—"
    return word.replace("'", "’") if word in _CONTRACTIONS else word
