"""Verb forms for titles: third person present and past participle of a lemma; the singular of a noun."""

from __future__ import annotations

from collections.abc import Mapping

_VOWELS = "aeiou"
_SIBILANTS = ("s", "x", "z", "ch", "sh", "o")


def third_person(lemma: str) -> str:
    """``carry out`` -> ``carries out``: the first word is inflected."""
    verb, _, rest = lemma.partition(" ")
    if verb.endswith(_SIBILANTS):
        form = verb + "es"
    elif verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        form = verb[:-1] + "ies"
    else:
        form = verb + "s"
    return f"{form} {rest}".strip()


def participle(lemma: str, irregular: Mapping[str, str], doubling: frozenset[str]) -> str:
    """``shoot down`` -> ``shot down``. `doubling`: verbs of several syllables that double their last letter."""
    verb, _, rest = lemma.partition(" ")
    form = irregular.get(verb) or _regular(verb, doubles=verb in doubling or _is_short(verb))
    return f"{form} {rest}".strip()


def _regular(verb: str, *, doubles: bool) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + verb[-1] + "ed" if doubles else verb + "ed"


def _is_short(verb: str) -> bool:
    """One syllable, closed by one consonant after one vowel: ``stab``, ``ban``."""
    vowels = sum(letter in _VOWELS for letter in verb)
    return vowels == 1 and len(verb) > 2 and verb[-2] in _VOWELS and verb[-1] not in "aeiouwxy"


def singular(plural: str) -> str:
    """``clashes`` -> ``clash``, ``parties`` -> ``party``, ``gunmen`` -> ``gunman``."""
    if plural.endswith("men"):
        return plural[:-3] + "man"
    if plural.endswith("ies") and len(plural) > 4:
        return plural[:-3] + "y"
    if plural.endswith(("ches", "shes", "sses", "xes", "zes")):
        return plural[:-2]
    return plural[:-1] if plural.endswith("s") and not plural.endswith("ss") else plural
