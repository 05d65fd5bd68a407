"""The words that time expressions are made of, and the regular expressions that patterns name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from timeline.errors import DataError
from timeline.timex.files import read_rules

_NAMED = re.compile(r"\{(?P<quiet>:?)(?P<piece>[a-z_]+)(?:=(?P<label>[a-z_0-9]+))?\}")
_BLANK = re.compile(r"\[[^\]]*\]| ")
_SPACE = r"(?:[^\S\n]{1,3}|[^\S\n]?\n)"
"""White space inside an expression: it may go on in the next line, but not in the next paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Meanings by class and spelling, and the regular expression of each class and piece."""

    meanings: Mapping[str, Mapping[str, str]]
    """``meanings["month"]["jan."] == "1"``: spellings are folded by `fold`."""
    patterns: Mapping[str, str]

    def expand(self, pattern: str, *, where: str = "") -> str:
        """A rule's pattern as a regular expression: ``{month}`` captures, ``{:month}`` does not.

        Raises:
            DataError: the pattern names a piece that nobody defined.
        """

        def piece(match: re.Match[str]) -> str:
            name = match["piece"]
            if name not in self.patterns:
                raise DataError(
                    f"unknown piece {{{name}}}", where=where, remedy="define it in timex_words.yaml"
                )
            body = self.expand(self.patterns[name], where=name)
            return f"(?:{body})" if match["quiet"] else f"(?P<{match['label'] or name}>{body})"

        return _NAMED.sub(piece, pattern)

    def meaning(self, word_class: str, word: str) -> str:
        """What a word of a class means, e.g. ``"5"`` for the month "May"; empty for other words."""
        return self.meanings.get(word_class, {}).get(fold(word), "")


def fold(word: str) -> str:
    """Lower case, single blanks, plain hyphens: how spellings are compared."""
    return re.sub(r"\s+", " ", word.lower().replace("‐", "-").replace("‑", "-"))


def spaced(pattern: str) -> str:
    """A pattern whose blanks match any white space; those in brackets stay what they are."""
    return _BLANK.sub(lambda found: _SPACE if found[0] == " " else found[0], pattern)


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """``data/rules/timex_words.yaml``.

    Raises:
        DataError: the file is missing or malformed.
    """
    content = read_rules("timex_words")
    try:
        feasts = {name: entry["names"] for name, entry in read_rules("timex_feasts").items()}
        content["words"]["feast"] = feasts
        proper = frozenset(content["proper"])
        meanings = {name: _meanings(words) for name, words in content["words"].items()}
        patterns = {
            name: _alternatives(words, proper=name in proper)
            for name, words in content["words"].items()
        }
        patterns |= content["pieces"]
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"malformed: {error}",
            where="timex_words.yaml",
            remedy="keep `proper`, `words` and `pieces` as they were",
        ) from error
    return Lexicon(meanings=MappingProxyType(meanings), patterns=MappingProxyType(patterns))


def _meanings(words: Mapping[object, list[str]]) -> Mapping[str, str]:
    return {fold(word): str(meaning) for meaning, spellings in words.items() for word in spellings}


def _alternatives(words: Mapping[object, list[str]], *, proper: bool) -> str:
    """Any of the spellings, longest first, so that "Sept." is not read as "Sep"."""
    spellings = {word for group in words.values() for word in group}
    if not proper:
        return _by_first_letter(spellings)
    return f"(?-i:{_by_first_letter(spellings | {word.upper() for word in spellings})})"


def _by_first_letter(spellings: set[str]) -> str:
    """The spellings by the letter that they begin with: where a text has none of these, not one spelling is tried."""
    letters = sorted({word[0] for word in spellings})
    groups = (
        letter + _any_of({word[1:] for word in spellings if word[0] == letter})
        for letter in map(re.escape, letters)
    )
    return f"(?=[{re.escape(''.join(letters))}])(?:{'|'.join(groups)})"


def _any_of(endings: set[str]) -> str:
    escaped = (re.escape(ending).replace(r"\ ", " ") for ending in _longest_first(endings))
    return f"(?:{'|'.join(escaped)})"


def _longest_first(words: set[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))
