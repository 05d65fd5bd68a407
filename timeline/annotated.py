"""A document with its syntax: the one form in which annotated text passes between stages.

Each paragraph is its own spaCy ``Doc``: entities do not cross line breaks, and a parse stays short.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan
from spacy.util import filter_spans

from timeline.model import Document, Name, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph, parsed. `start` is its offset in the document's text: character ``i`` of ``doc.text`` is
    character ``start + i`` of the document."""

    start: int
    doc: Doc
    caption: bool = False

    def span(self, tokens: SpacySpan | Token) -> Span:
        """Document offsets of a token or a span of tokens."""
        if isinstance(tokens, Token):
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
        for paragraph in self.paragraphs:
            spans = (_entity(paragraph, name) for name in named)
            paragraph.doc.ents = filter_spans([span for span in spans if span is not None])


def _entity(paragraph: Paragraph, name: Name) -> SpacySpan | None:
    start, end = name.start - paragraph.start, name.end - paragraph.start
    if start < 0 or end > len(paragraph.doc.text):
        return None
    return paragraph.doc.char_span(start, end, label=name.label, alignment_mode="contract")
