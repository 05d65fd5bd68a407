"""Whether a clause tells of what has been or of what is to come: by its syntax, or else by its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from timeline.lemmas import mended_lemma
from timeline.timex.files import read_rules
from timeline.timex.setting import Direction

_CLAUSE = re.compile(r"[.!?;:\n]\s|[\"“”]")
_WINDOW = 120
"""Characters before an expression that an unparsed text is searched for its verb."""
_LEAD = 30
"""Characters before an expression in which words stand that point ahead whatever the verb."""
_FOR = re.compile(r"\bfor (?:next |this |the )?$", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:until|till)(?: about| around| at least)?(?: (?:[\d:.]+ ?[ap]\.?m\.?(?: [A-Z]{2,4})?|noon|midnight|early|late)(?: on)?)? $",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince(?: about| around| at least| the)? $", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:(?:up|down|rising|falling) from|compared (?:with|to)|(?:more|less|fewer|higher|lower) than|against) [^.;,]{1,40} in $"
)
_SET_FOR = re.compile(
    r"\b(?:set|sets|setting|schedul\w+|slat\w+) [^.;:]{0,60}\bfor (?:the |about )?$"
)
_REGULAR = r"[a-z]{2,}ed"
_PROGRESSIVE = r"(?:is|are|'re|am|'m) (?!not )[a-z]+ing"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cues:
    lemmas: Mapping[str, frozenset[str]]
    """Lists of ``timex_tense.yaml`` by name."""
    words: re.Pattern[str]
    leading: re.Pattern[str]


_LISTS = (
    "scheduled",
    "foreseeing",
    "planning",
    "arranging",
    "setting",
    "starting",
    "dated",
    "deferring",
    "lasting",
    "silent",
    "ahead",
)


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    content = read_rules("timex_tense")
    ahead, behind = (
        "|".join(map(re.escape, content[key])) for key in ("ahead_words", "behind_words")
    )
    return _Cues(
        lemmas={name: frozenset(content[name]) for name in _LISTS},
        leading=re.compile(
            rf"\b(?:{'|'.join(map(re.escape, content['leading_words']))}) (?:the |about |on )?$",
            re.IGNORECASE,
        ),
        words=re.compile(
            rf"(?<!\w)(?:(?P<ahead>(?:{ahead})(?:(?: be| not| also| have| likely){{0,3}} [a-z]+)?|{_PROGRESSIVE})|(?P<behind>{behind}|{_REGULAR}))(?!\w)",
            re.IGNORECASE,
        ),
    )


def _is(lemma: str, name: str) -> bool:
    return lemma in _cues().lemmas[name]


def direction_at(doc: Doc, text: str, start: int, end: int) -> Direction:
    """Where the clause looks that holds the characters `start` to `end` of the paragraph's `text`."""
    lead = text[max(0, start - _LEAD) : start]
    if _SINCE.search(lead) or _COMPARED.search(text[max(0, start - _WINDOW) : start]):
        return Direction.PAST
    if _cues().leading.search(lead) or _SET_FOR.search(text[max(0, start - _WINDOW) : start]):
        return Direction.FUTURE
    if doc.has_annotation("DEP") and doc.has_annotation("TAG"):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            if _FOR.search(lead) and _is_arranged(span.root):
                return Direction.FUTURE
            return _by_syntax(span.root, bool(_UNTIL.search(lead)))
    return _by_words(text, start, end)


def _is_arranged(token: Token) -> bool:
    """ "called a strike for Monday": what was set was set for a day to come."""
    verb = next((node for node in _upwards(token) if node.tag_.startswith("VB")), token)
    return _is(_lemma(verb), "setting")


def _by_syntax(token: Token, until: bool) -> Direction:
    if token.dep_ == "poss" and token.head.dep_ not in ("nsubj", "nsubjpass"):
        # "look for ways around Wednesday's ruling": the verb does not say when the ruling was.
        return Direction.UNKNOWN
    found = _by_verbs(token, until)
    if found is Direction.PAST and token.dep_ == "compound" and _is(_lemma(token.head), "dated"):
        # "The December contract fell": nor does it when the contract falls due.
        return Direction.UNKNOWN
    return found


def _by_verbs(token: Token, until: bool) -> Direction:
    on = token.dep_ == "pobj" and token.head.lower_ == "on"
    for node in _upwards(token):
        if node.lower_ in ("due", "upcoming", "forthcoming") or _is_due(node):
            return Direction.FUTURE
        if node.tag_.startswith("VB") or node.tag_ == "MD":
            found = _tense_of(node, until, on)
            if found is not Direction.UNKNOWN:
                return found
    return Direction.UNKNOWN


def _is_due(verb: Token) -> bool:
    """ "is due to visit", wherever the parser hangs the visit."""
    before = verb.doc[max(0, verb.i - 2) : verb.i]
    return verb.tag_ == "VB" and [word.lower_ for word in before] == ["due", "to"]


def _upwards(token: Token) -> Iterator[Token]:
    yield token
    # A malformed tree may have a cycle.
    for _ in range(30):
        head = token.head
        if head.i == token.i:
            return
        token = head
        yield token


_PERFECT = frozenset({"had", "has", "have", "'ve", "’ve", "was", "were", "did"})
_PRESENT = frozenset({"is", "are", "'s", "’s", "'re", "’re", "am"})
_SIMPLE_PRESENT = ("VBZ", "VBP")


def _tense_of(verb: Token, until: bool, on: bool = False) -> Direction:
    """`until`, `on`: what stands before the expression; what is put off on Monday is put off to another day."""
    words = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    lemma = _lemma(verb)
    if words & (_cues().lemmas["ahead"] | {"could"}) and _is_silent(verb, lemma):
        return Direction.PAST
    if (
        words & _cues().lemmas["ahead"]
        or (_is(lemma, "deferring") and not on)
        or _is_ahead_until(verb, lemma, until)
    ):
        return Direction.FUTURE
    if verb.tag_ in ("VBN", "JJ") and (
        (_is(lemma, "scheduled") and not _is_active_perfect(words, verb))
        or (lemma == "set" and _set_for(verb))
    ):
        return Direction.FUTURE
    if "to" in words:
        return _infinitive(verb)
    if verb.tag_ == "VBD" and _is(lemma, "arranging") and not words:
        return Direction.FUTURE
    if verb.tag_ == "VBD" or words & _PERFECT or (verb.tag_ == "VBN" and not words):
        # A bare participle, "the bill, passed in February", is over whatever the main verb says.
        return Direction.PAST
    if verb.tag_ == "VBG":
        return Direction.FUTURE if words & _PRESENT else Direction.UNKNOWN
    if verb.tag_ in _SIMPLE_PRESENT or words & _PRESENT:
        ahead = _is(lemma, "starting") or _is(lemma, "planning")  # "plans a strike on Thursday"
        return Direction.FUTURE if ahead else Direction.UNKNOWN
    return Direction.UNKNOWN


def _is_active_perfect(words: set[str], verb: Token) -> bool:
    """ "had expected" looks back; "had been expected" does not say."""
    return (
        bool(words & _PERFECT - {"was", "were"})
        and "been" not in words
        and _is(_lemma(verb), "foreseeing")
    )


def _is_silent(verb: Token, lemma: str) -> bool:
    """ "would not comment on Friday", "could not be reached": nothing that was to come."""
    return _is(lemma, "silent") and any(child.dep_ == "neg" for child in verb.children)


def _is_ahead_until(verb: Token, lemma: str, until: bool) -> bool:
    return until and (verb.tag_ in _SIMPLE_PRESENT or _is(lemma, "lasting"))


def _set_for(verb: Token) -> bool:
    """ "set for Friday" is to come, "the record was set in August" is not."""
    return any(child.lower_ == "for" for child in verb.children)


def _lemma(verb: Token) -> str:
    """The lemma, or the bare word of a pipeline that has no lemmatiser."""
    return mended_lemma(verb.lower_, verb.lemma_).lower() or re.sub(r"(?:es|s)$", "", verb.lower_)


def _infinitive(verb: Token) -> Direction:
    """ "planned to leave", "is to leave" look ahead; "failed to appear" is as its own verb is."""
    head = verb.head
    if _is(_lemma(head), "planning") or head.lower_ in ("is", "are", "due", "going", "set"):
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
