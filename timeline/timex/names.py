"""Names that look like dates: May the prime minister, April the witness."""

from __future__ import annotations

from timeline.annotated import Paragraph
from timeline.timex.matching import Match

_NAMELIKE = frozenset({"april", "may", "june", "august", "summer", "autumn", "easter"})
"""Words that are also given names or family names."""


def may_be_name(text: str) -> bool:
    """Whether the words of a match may be a person's name, which takes a recogniser of names to tell."""
    return text.lower() in _NAMELIKE


def is_name(match: Match, paragraph: Paragraph) -> bool:
    """Whether the match is a word of a person's name, as the recogniser or the tagger has it."""
    text = paragraph.text[match.start : match.end]
    if not may_be_name(text):
        return False
    span = paragraph.doc.char_span(match.start, match.end, alignment_mode="expand")
    if span is None:
        return False
    return any(token.ent_type_ == "PERSON" or token.tag_ == "MD" for token in span)
