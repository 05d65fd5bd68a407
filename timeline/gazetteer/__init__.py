"""Who and what is known beforehand: actors, places, states and the words for them.

Spellings meet under folded keys (`folding`); the data lies in ``data/gazetteers`` (`loading`).
"""

from __future__ import annotations

from functools import lru_cache

from timeline.gazetteer.abbreviations import find_abbreviations, plain
from timeline.gazetteer.folding import (
    core_of,
    fold_word,
    misspelt_word,
    same_word,
    skeleton_of,
    slug_of,
    words_of,
)
from timeline.gazetteer.loading import read_gazetteer
from timeline.gazetteer.lookup import Body, Description, Gazetteer, Known, Title
from timeline.paths import GAZETTEERS

__all__ = [
    "Body",
    "Description",
    "Gazetteer",
    "Known",
    "Title",
    "core_of",
    "find_abbreviations",
    "fold_word",
    "load_gazetteer",
    "misspelt_word",
    "plain",
    "same_word",
    "skeleton_of",
    "slug_of",
    "words_of",
]


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The shipped gazetteer, read once a process.

    Raises:
        DataError: a file is missing, lacks a column or names a country or kind that there is not.
    """
    return read_gazetteer(GAZETTEERS)
