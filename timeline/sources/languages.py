"""Which language a text is in, as far as it takes to keep from reading what is not English.

Function words decide: every language has a few dozen that make up a third to two thirds of any running text. The lists
are jusText's. A text too short, or made of names, is in no language that could be told, and is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from justext import get_stoplist

_LANGUAGES = (
    *("Afrikaans", "Albanian", "Arabic", "Armenian", "Azerbaijani", "Basque", "Belarusian", "Bengali"),
    *("Bulgarian", "Catalan", "Croatian", "Czech", "Danish", "Dutch", "Estonian", "Finnish", "French"),
    *("Galician", "Georgian", "German", "Greek", "Hebrew", "Hindi", "Hungarian", "Icelandic", "Indonesian"),
    *("Irish", "Italian", "Kazakh", "Korean", "Kurdish", "Latvian", "Lithuanian", "Macedonian", "Malay"),
    *("Maltese", "Norwegian_Bokmal", "Persian", "Polish", "Portuguese", "Romanian", "Russian", "Serbian"),
    *("Slovak", "Slovenian", "Spanish", "Swahili", "Swedish", "Tagalog", "Tamil", "Telugu", "Turkish"),
    *("Ukrainian", "Urdu", "Uzbek", "Vietnamese", "Welsh"),
)  # fmt: skip
_SCRIPTS: Mapping[str, str] = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "THAI": "Thai",
    "KHMER": "Khmer",
    "LAO": "Lao",
    "MYANMAR": "Burmese",
    "TIBETAN": "Tibetan",
    "AMHARIC": "Amharic",
    "ETHIOPIC": "Amharic",
}
"""Scripts whose languages are told by them, or write no blanks between words."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_SAMPLE = 5000
"""Characters that are looked at."""
_FEWEST = 8
"""Words below which nothing is told of Latin script."""
_VARIED = 5
"""Different function words that a text must hold: a letter repeated is no language."""
_ENGLISH = 0.22
"""Share of English function words from which on a text is English, unless another language is far ahead."""
_CLEAR, _AHEAD, _FAR_AHEAD = 0.3, 0.2, 0.35
"""Share that another language needs, and its lead over English; Dutch and Afrikaans share many words with it."""


def foreign_language(text: str) -> str:
    """The language of a text that is certainly not English, as English names it; else an empty string."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.casefold())
    script = _script(sample)
    if script:
        return script
    if len(words) < _FEWEST:
        return ""
    english = _share(words, _function_words("English"))
    best, name = max((_share(words, _function_words(name)), name) for name in _LANGUAGES)
    if english >= _ENGLISH and best < english + _FAR_AHEAD:
        return ""
    varied = len(set(words) & _function_words(name)) >= _VARIED
    clear = varied and best >= max(_CLEAR, english + _AHEAD)
    return name.partition("_")[0] if clear else _alphabet(sample)


@cache
def _function_words(language: str) -> frozenset[str]:
    return frozenset(get_stoplist(language))


def _share(words: Sequence[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / len(words)


def _scripts(sample: str) -> Counter[str]:
    letters = (unicodedata.name(char, "") for char in sample[:1000] if char.isalpha())
    return Counter(name.partition(" ")[0] for name in letters)


def _script(sample: str) -> str:
    found = _scripts(sample) if not sample.isascii() else Counter[str]()
    total = sum(found.values())
    telling = {name: count for name, count in found.items() if name in _SCRIPTS}
    if total < 2 * _FEWEST or sum(telling.values()) * 2 <= total:
        return ""
    if telling.keys() & {"HIRAGANA", "KATAKANA"}:
        return "Japanese"
    return _SCRIPTS[max(telling, key=lambda name: telling[name])]


def _alphabet(sample: str) -> str:
    """For languages without a list here: the script, if it is not the Latin one."""
    found = _scripts(sample)
    total = sum(found.values())
    if not total or found["LATIN"] * 2 > total:
        return ""
    name = max(found, key=lambda script: found[script])
    return f"a language in {name.capitalize()} script"
