"""Lemmas that the pipeline's rules get wrong, for all that read them."""

from __future__ import annotations

import re
from functools import lru_cache

_MISREAD = {
    form: lemma
    for lemma, forms in {
        "axe": "axed axing", "cordon": "cordoned cordoning", "enroll": "enrolled enrolling",
        "fulfill": "fulfilled fulfilling", "greenlight": "greenlighted", "gut": "gutted gutting",
        "install": "installed installing", "lambaste": "lambasted lambasting", "reappoint": "reappointed",
        "unban": "unbanned unbanning",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""Forms whose lemma the lemmatizer does not know."""
_SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxysz]")
_ENDINGS = ("ed", "es", "ing")


@lru_cache(maxsize=65536)
def mended_lemma(form: str, lemma: str) -> str:
    """The lemma of a lower-case form, as it should be: `lemma`, where nothing is wrong with it, as it is written."""
    return _MISREAD.get(form) or _with_its_e(form, lemma)


def _with_its_e(form: str, lemma: str) -> str:
    """ "hoped", "raped", taken for forms of "hop" and "rap", which would be "hopped" and "rapped"."""
    if form in [lemma + ending for ending in _ENDINGS] and _SHORT.fullmatch(lemma):
        return f"{lemma}e"
    return lemma
