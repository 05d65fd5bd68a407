"""A document with its syntax: the one form in which annotated text passes between stages.

Each paragraph is its own spaCy ``Doc``: entities do not cross line breaks, and a parse stays short.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan
from spacy.util import filter_spans

from timeline.model import Document, Name, Span
from timeline.words import Stretch, Word


class Depth(IntEnum):
    """How much of a paragraph's annotation a stage looks at."""

    WORDS = 0
    SYNTAX = 1
    NAMES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph, parsed. `start` is its offset in the document's text: character ``i`` of `text` is character
    ``start + i`` of the document."""

    start: int
    doc: Doc
    caption: bool = False
    heading: bool = False
    """The article's title, whose grammar is no sentence's, and which the text tells again in full."""
    text: str = field(init=False, repr=False)
    """``doc.text``, which spaCy puts together anew at each look."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.doc.text)

    @property
    def end(self) -> int:
        """Offset in the document's text of the first character after the paragraph."""
        last = self.doc[-1]
        return self.start + last.idx + len(last.text_with_ws)

    def entity(self, name: Name) -> SpacySpan | None:
        """The tokens of a name, or None where its bounds are no token's."""
        start, end = name.start - self.start, name.end - self.start
        return self.doc.char_span(start, end, label=name.label, alignment_mode="contract")

    def span(self, tokens: SpacySpan | Token | Stretch | Word) -> Span:
        """Document offsets of a token or a span of tokens."""
        if isinstance(tokens, (Word, Token)):
            return self.start + tokens.idx, self.start + tokens.idx + len(tokens)
        return self.start + tokens.start_char, self.start + tokens.end_char


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedText:
    """A document and its parsed paragraphs, in reading order; furniture is left out."""

    document: Document
    paragraphs: tuple[Paragraph, ...]

    @property
    def dct(self) -> date | None:
        """Document creation time: the publication date, where it is known."""
        return self.document.published

    def sentences(self) -> Iterator[tuple[Paragraph, SpacySpan]]:
        """All sentences in reading order, each with its paragraph."""
        for paragraph in self.paragraphs:
            for sentence in paragraph.doc.sents:
                yield paragraph, sentence

    def recognise(self, names: Iterable[Name]) -> None:
        """Puts repaired names in the place of the recogniser's, for the stages that come after."""
        named = sorted(names, key=lambda name: name.start)
        starts = [name.start for name in named]
        for paragraph in self.paragraphs:
            first = bisect_left(starts, paragraph.start)
            last = bisect_left(starts, paragraph.end)
            spans = (paragraph.entity(name) for name in named[first:last])
            paragraph.doc.ents = filter_spans([span for span in spans if span is not None])
