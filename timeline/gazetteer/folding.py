"""Keys under which spellings of one name meet: case, accents, apostrophes, hyphens, articles, transliteration."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = re.compile("['’‘ʿʾ`´ʻʼ]")
_POSSESSIVE = re.compile("['’]s?$", re.I)
_SEPARATORS = re.compile(r"[\s\-‐‑–—/,()\"“”]+")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)
_ARTICLES = frozenset({"al", "el", "the"})
_ASSIMILATED = re.compile(r"\b(?:a[lnrstdz]|ash|ath|adh|el|ul|ad)[-‐‑]", re.IGNORECASE)
"""Arabic articles as they are written before a hyphen: al-Sadr, as-Sadr, el-Sissi, ash-Shaabi."""

_DIGRAPHS = (
    ("tch", "ch"), ("dj", "j"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"),
    ("zh", "j"), ("sch", "sh"), ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ai", "i"), ("ay", "i"),
    ("ae", "i"), ("ei", "i"), ("ey", "i"), ("ie", "i"), ("iy", "i"), ("yi", "i"), ("ia", "ia"),
)  # fmt: skip
_SOUNDS = str.maketrans(
    {"q": "k", "c": "k", "w": "u", "o": "u", "e": "i", "y": "i", "v": "f", "x": "k"}
)
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile("[aiu]+")


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """Lower case, without accents, apostrophes and full stops: ``Kata’ib`` -> ``kataib``, ``U.S.`` -> ``us``."""
    if word.isascii() and word.isalpha():
        return word.lower()
    # Compatibility forms first: a full-width apostrophe is one, too.
    letters = unicodedata.normalize("NFKD", word).lower()
    plain = _APOSTROPHES.sub("", letters).replace(".", "").translate(_LETTERS)
    return "".join(c for c in plain if not unicodedata.combining(c) and not c.isspace())


@lru_cache(maxsize=1 << 16)
def words_of(name: str) -> tuple[str, ...]:
    """Folded words of a name, a possessive ending left out: ``Kata’ib-Hezbollah's`` -> ``(kataib, hezbollah)``."""
    if name.isascii() and name.replace(" ", "").isalpha():
        return tuple(name.lower().split())
    plain = unicodedata.normalize("NFKD", name).strip()
    parts = _SEPARATORS.split(_POSSESSIVE.sub("", plain))
    return tuple(folded for part in parts if (folded := fold_word(part)))


@lru_cache(maxsize=1 << 16)
def core_of(name: str) -> tuple[str, ...]:
    """Folded words without articles: ``Muqtada al-Sadr``, ``Muqtada as-Sadr`` and ``Muqtada Sadr`` meet here."""
    words = words_of(_ASSIMILATED.sub("", name) if "-" in name else name)
    if len(words) == 1:
        return words
    return tuple(word for word in words if word not in _ARTICLES) or words


@lru_cache(maxsize=1 << 16)
def sound_of(word: str) -> str:
    """A transliteration key: consonants as heard and three vowels. ``Qassem``, ``Qasim`` -> ``kasim``."""
    sound = fold_word(word)
    for written, heard in _DIGRAPHS:
        sound = sound.replace(written, heard)
    return _DOUBLED.sub(r"\1", sound.translate(_SOUNDS))


@lru_cache(maxsize=1 << 16)
def skeleton_of(word: str) -> str:
    """The consonants of the transliteration key, with a vowel that opens the word."""
    sound = sound_of(word)
    return _DOUBLED.sub(r"\1", sound[:1] + _VOWELS.sub("", sound[1:]))


@lru_cache(maxsize=1 << 16)
def same_word(left: str, right: str) -> bool:
    """Whether two written words can be spellings of one name: same consonants, at most one vowel heard differently.

    ``Mohammed``/``Muhammad`` are; ``Hassan``/``Hussein`` are not.
    """
    left, right = fold_word(left), fold_word(right)
    if left == right:
        return True
    if min(len(left), len(right)) < 4 or skeleton_of(left) != skeleton_of(right):
        return False
    heard, other = _VOWELS.findall(sound_of(left)), _VOWELS.findall(sound_of(right))
    differing = [{one, two} for one, two in zip(heard, other, strict=False) if one != two]
    # "a" and "u" are told apart in every transliteration: Khamenei is not Khomeini.
    return len(heard) == len(other) and len(differing) <= 1 and {"a", "u"} not in differing


@lru_cache(maxsize=1 << 16)
def misspelt_word(left: str, right: str) -> bool:
    """Whether one of two long words can be a slip of the other (one letter): only to be asked within a story."""
    left, right = fold_word(left), fold_word(right)
    if min(len(left), len(right)) < 7 or left[0] != right[0]:
        return False
    return _edits(tuple(left), tuple(right), 1) <= 1


def _edits(left: tuple[str, ...], right: tuple[str, ...], most: int) -> int:
    """Levenshtein distance, or more than `most` as soon as that is sure."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    row = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        before, row[0] = row[0], i
        for j, two in enumerate(right, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (one != two))
    return row[-1]


def slug_of(name: str) -> str:
    """An actor id: ``Qasem Soleimani`` -> ``qasem-soleimani``."""
    return "-".join(re.sub(r"[^a-z0-9]+", "", word) for word in words_of(name)).strip("-")
