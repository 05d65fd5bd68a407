"""Names that look like dates: May the prime minister, April the witness."""

from __future__ import annotations

from spacy.tokens import Doc

from timeline.timex.matching import Match

_NAMELIKE = frozenset({"april", "may", "june", "august", "summer", "autumn", "easter"})
"""Words that are also given names or family names."""


def is_name(match: Match, doc: Doc) -> bool:
    """Whether the match is a word of a person's name, as the recogniser or the tagger has it."""
    text = doc.text[match.start : match.end]
    if text.lower() not in _NAMELIKE:
        return False
    span = doc.char_span(match.start, match.end, alignment_mode="expand")
    if span is None:
        return False
    return any(token.ent_type_ == "PERSON" or token.tag_ == "MD" for token in span)
