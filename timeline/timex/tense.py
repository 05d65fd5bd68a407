"""Whether a clause tells of what has been or of what is to come: by its syntax, or else by its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from timeline.timex.files import read_rules
from timeline.timex.setting import Direction

_CLAUSE = re.compile(r"[.!?;:\n]\s|[\"“”]")
_WINDOW = 120
"""Characters before an expression that an unparsed text is searched for its verb."""
_LEAD = 30
"""Characters before an expression in which words stand that point ahead whatever the verb."""
_REGULAR = r"[a-z]{2,}ed"
_PROGRESSIVE = r"(?:is|are|'re|am|'m) (?!not )[a-z]+ing"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cues:
    planning: frozenset[str]
    starting: frozenset[str]
    deferring: frozenset[str]
    ahead: frozenset[str]
    words: re.Pattern[str]
    leading: re.Pattern[str]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    content = read_rules("timex_tense")
    ahead, behind = (
        "|".join(map(re.escape, content[key])) for key in ("ahead_words", "behind_words")
    )
    return _Cues(
        planning=frozenset(content["planning"]),
        starting=frozenset(content["starting"]),
        deferring=frozenset(content["deferring"]),
        ahead=frozenset(content["ahead"]),
        leading=re.compile(
            rf"\b(?:{'|'.join(map(re.escape, content['leading_words']))}) (?:the |about )?$",
            re.IGNORECASE,
        ),
        words=re.compile(
            rf"(?<!\w)(?:(?P<ahead>(?:{ahead})(?:(?: be| not| also| have| likely){{0,3}} [a-z]+)?|{_PROGRESSIVE})|(?P<behind>{behind}|{_REGULAR}))(?!\w)",
            re.IGNORECASE,
        ),
    )


def direction_at(doc: Doc, start: int, end: int) -> Direction:
    """Where the clause looks that holds the characters `start` to `end` of the paragraph."""
    if _cues().leading.search(doc.text[max(0, start - _LEAD) : start]):
        return Direction.FUTURE
    if doc.has_annotation("DEP") and doc.has_annotation("TAG"):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            return _by_syntax(span.root)
    return _by_words(doc.text, start, end)


def _by_syntax(token: Token) -> Direction:
    if token.dep_ == "poss" and token.head.dep_ not in ("nsubj", "nsubjpass"):
        # "look for ways around Wednesday's ruling": the verb does not say when the ruling was.
        return Direction.UNKNOWN
    found = Direction.UNKNOWN
    for node in _upwards(token):
        if found is Direction.UNKNOWN and node.lower_ in ("due", "upcoming", "forthcoming"):
            return Direction.FUTURE
        if node.tag_.startswith("VB") or node.tag_ == "MD":
            found = _tense_of(node)
            if found is not Direction.UNKNOWN:
                return found
    return found


def _upwards(token: Token) -> Iterator[Token]:
    yield token
    # A malformed tree may have a cycle.
    for _ in range(30):
        if token.head is token:
            return
        token = token.head
        yield token


def _tense_of(verb: Token) -> Direction:
    cues = _cues()
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {child.lower_ for child in helpers}
    if words & cues.ahead:
        return Direction.FUTURE
    if verb.lemma_.lower() in cues.deferring:
        return Direction.FUTURE
    if verb.lemma_.lower() in cues.planning and verb.tag_ in ("VBN", "JJ"):
        return Direction.FUTURE
    if "to" in words:
        return _infinitive(verb)
    if verb.tag_ == "VBD" or words & {"had", "has", "have", "'ve", "was", "were", "did"}:
        return Direction.PAST
    if verb.tag_ == "VBG":
        return (
            Direction.FUTURE
            if words & {"is", "are", "'s", "’s", "'re", "’re", "am"}
            else Direction.UNKNOWN
        )
    if verb.tag_ in ("VBZ", "VBP"):
        return Direction.FUTURE if _lemma(verb) in cues.starting else Direction.UNKNOWN
    return Direction.UNKNOWN


def _lemma(verb: Token) -> str:
    """The lemma, or the bare word of a pipeline that has no lemmatiser."""
    return verb.lemma_.lower() or re.sub(r"(?:es|s)$", "", verb.lower_)


def _infinitive(verb: Token) -> Direction:
    """ "planned to leave", "is to leave" look ahead; "failed to appear" is as its own verb is."""
    head = verb.head
    if head.lemma_.lower() in _cues().planning or head.lower_ in (
        "is",
        "are",
        "due",
        "going",
        "set",
    ):
        return Direction.FUTURE
    return Direction.UNKNOWN


def _by_words(text: str, start: int, end: int) -> Direction:
    """The nearest cue before the expression in its clause, else the first one after it."""
    before = _CLAUSE.split(text[max(0, start - _WINDOW) : start])[-1]
    after = _CLAUSE.split(text[end : end + _WINDOW // 2])[0]
    cues = [*_cues().words.finditer(before)][-1:] or [*_cues().words.finditer(after)][:1]
    if not cues:
        return Direction.UNKNOWN
    return Direction.FUTURE if cues[0]["ahead"] else Direction.PAST
