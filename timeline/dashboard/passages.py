"""Stretches of an article's text, cut where something in them is marked: pieces of plain text, never markup."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from timeline.model import EventMention, Role, Span

Piece = dict[str, Any]
"""``{"text", "kinds"}``: a stretch of text and how it is marked; in an article also ``event`` and ``title``."""

LONGEST_PARAGRAPH = 1400
"""Characters of a passage's paragraph; longer ones are cut about the sentence."""


def mention_marks(mention: EventMention) -> list[tuple[Span, str]]:
    """What is marked in a passage: spans of the document and what they stand for."""
    marks: list[tuple[Span, str]] = [((mention.start, mention.end), "trigger")]
    marks += [
        ((argument.start, argument.end), "place" if argument.role is Role.LOCATION else "actor")
        for argument in mention.arguments
    ]
    marks += [((casualty.start, casualty.end), "casualty") for casualty in mention.casualties]
    if mention.when.phrase_span:
        marks.append((mention.when.phrase_span, "date"))
    if mention.attribution_span:
        marks.append((mention.attribution_span, "says"))
    return marks


def paragraph_of(text: str, sentence: Span) -> Span:
    """The paragraph around a sentence, without the white space about it; a very long one is cut about the sentence."""
    start = text.rfind("\n", 0, sentence[0]) + 1
    end = text.find("\n", sentence[1])
    end = len(text) if end < 0 else end
    if end - start > LONGEST_PARAGRAPH:
        room = max(0, LONGEST_PARAGRAPH - (sentence[1] - sentence[0])) // 2
        start = (
            start
            if sentence[0] - start <= room
            else text.rfind(" ", start, sentence[0] - room) + 1 or start
        )
        end = (
            end
            if end - sentence[1] <= room
            else max(text.find(" ", sentence[1] + room, end), sentence[1])
        )
    while start < sentence[0] and text[start].isspace():
        start += 1
    while end > sentence[1] and text[end - 1].isspace():
        end -= 1
    return start, end


def pieces(text: str, span: Span, marks: Sequence[tuple[Span, str]]) -> list[Piece]:
    """The text of a span, cut wherever a mark begins or ends. Marks may overlap; joined, the pieces are the text."""
    inside = [((max(a, span[0]), min(b, span[1])), kind) for (a, b), kind in marks]
    inside = [(cut, kind) for cut, kind in inside if cut[0] < cut[1]]
    edges = sorted({*span, *(edge for cut, _ in inside for edge in cut)})
    return [
        {
            "text": text[a:b],
            "kinds": sorted({kind for cut, kind in inside if cut[0] <= a and b <= cut[1]}),
        }
        for a, b in pairwise(edges)
    ]
