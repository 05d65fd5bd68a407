"""Short forms that an article gives its own meaning: "Rapid Support Forces (RSF)", and initials of a name told in full."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from timeline.gazetteer.folding import core_of
from timeline.gazetteer.lookup import Gazetteer
from timeline.model import Name

_SHORT = re.compile(r"[A-Z][A-Za-z0-9&\-]{0,7}[A-Z0-9]")
_IN_PARENTHESES = re.compile(r"\s*[’'”\"]?\s*\((?:the\s+|or\s+|known as\s+)?([\w.&\-]{2,12})[,;)]")
_INITIAL = re.compile(r"[^\W\d_]")
_SMALL = frozenset(
    {"of", "the", "and", "for", "in", "on", "to", "de", "del", "la", "y", "et", "du"}
)
_LONGEST_SHORT = 9


def find_abbreviations(
    text: str, names: Sequence[Name], gazetteer: Gazetteer
) -> Mapping[str, Name]:
    """Short form -> the name that it stands for throughout the article.

    What stands in parentheses after a name counts first; else the only name of the article with these initials, unless
    the short form is generally known as somebody else's.
    """
    full = [name for name in names if name.label != "PERSON" and len(core_of(name.text)) > 1]
    found: dict[str, Name] = {}
    for name in full:
        told = _IN_PARENTHESES.match(text, name.end, min(len(text), name.end + 40))
        short = plain(told[1]) if told else ""
        if is_short(short) and _can_stand_for(short, name, gazetteer):
            found.setdefault(short, name)
    for short in {plain(name.text) for name in names} - found.keys():
        meant = _by_initials(short, full, gazetteer) if is_short(short) else None
        if meant is not None:
            found[short] = meant
    return found


def plain(name: str) -> str:
    """Without full stops: ``U.N.`` -> ``UN``."""
    return name.replace(".", "")


def is_short(name: str) -> bool:
    """Whether a word is written as initials are: ``RSF``, ``YPG``, ``GoS``; not ``Hamas``."""
    return len(name) <= _LONGEST_SHORT and _SHORT.fullmatch(name) is not None


def _can_stand_for(short: str, name: Name, gazetteer: Gazetteer) -> bool:
    """False for what merely follows in parentheses: a news agency, a state."""
    known = gazetteer.candidates(short)
    ids = {actor.actor_id for actor in known}
    mine = {actor.actor_id for actor in gazetteer.candidates(name.text)}
    return not known or bool(ids & mine) or short in _initials(name.text)


def _by_initials(short: str, full: Sequence[Name], gazetteer: Gazetteer) -> Name | None:
    """The only name told that the short form fits: by its letters, or as one of those known by it."""
    known = gazetteer.candidates(short)
    if len(known) == 1 or gazetteer.state_of(short) is not None:
        return None
    ids = {actor.actor_id for actor in known}
    first: dict[tuple[str, ...], Name] = {}
    for name in full:
        borne = ids & {actor.actor_id for actor in gazetteer.candidates(name.text)}
        if borne or short in _initials(name.text):
            first.setdefault(core_of(name.text), name)
    return next(iter(first.values())) if len(first) == 1 else None


def _initials(name: str) -> set[str]:
    """The initials of all words, and of those that carry the name: ``NLD`` of National League for Democracy."""
    words = [
        word for word in re.split(r"[\s\-]+", name.replace("’s", "").replace("'s", "")) if word
    ]
    letters = [(match.group().upper(), word) for word in words if (match := _INITIAL.search(word))]
    every = "".join(letter for letter, _ in letters)
    chosen = "".join(letter for letter, word in letters if word.lower() not in _SMALL)
    return {short for short in (every, chosen) if len(short) > 1}
