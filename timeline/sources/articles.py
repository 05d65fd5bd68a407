"""An article's text, and what its file says of it -> Document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from timeline.model import Document, PublishedBasis, Span
from timeline.sources.dates import byline_date, parse_date
from timeline.sources.furniture import Kind, Layout, Mark, find_layout, is_name
from timeline.sources.header import Header, read_header
from timeline.sources.lines import SHORT
from timeline.sources.rules import load_furniture_rules

_BY = re.compile(r"(?:written |words |reported |story |analysis |opinion )?by:? ", re.IGNORECASE)
_CREDITS = re.compile(
    r"\((?i:(?:additional |with )?(?:reporting|writing|editing)(?: and \w+)? by) [A-ZÀ-Þ][^()\n]{3,300}\)"
)
"""Credits in parentheses that end a paragraph, as in archives that keep an article on one line."""
_ADDRESS = re.compile(r"https?://\S+")
_AT_DESK = re.compile(r"((?:[A-ZÀ-Þ][\w'’.-]+ ?){2,4})(?:(?<! ),| in )(?! ?\d)")
_AFTER_NAMES = re.compile(
    r"\s*(?:[|/•·–—]|, (?!(?:and )?[A-Z][\w’'-]+ [A-Z][\w’'-]+(?:,| and|$))| for | in | at |\d).*"
)
_UNKNOWN = Header()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text and what is known of it from its file (HTML metadata, columns of a table)."""

    doc: str
    text: str
    known: Header = _UNKNOWN
    markdown: bool = False
    captions: frozenset[str] = frozenset()
    """Lines that the file declares to be captions of pictures."""


def document_from_text(text: str, *, doc: str, dct: date | None = None) -> Document:
    """A document from plain text, with its header read and its furniture marked.

    Args:
        text: kept as it is; all offsets point into it.
        doc: the document's name.
        dct: the publication date, where the caller knows better than the text.
    """
    return document_from_article(Article(doc=doc, text=text), dct)


def document_from_article(article: Article, dct: date | None = None) -> Document:
    """The document of an article. `dct` goes before any date that the article gives itself."""
    header = read_header(article.text)
    layout = find_layout(
        article.text, header.end, markdown=article.markdown, captions=article.captions
    )
    published, basis = _published(dct, header, article.known, layout)
    marks = [*_header_mark(header), *layout.marks()]
    known = article.known
    return Document(
        doc_id=hashlib.sha256(f"{article.doc}\0{article.text}".encode()).hexdigest()[:16],
        doc=article.doc,
        text=article.text,
        title=header.title or known.title or _title(layout),
        publisher=header.publisher or known.publisher or _publisher(layout),
        author=header.author or known.author or _author(layout),
        url=header.url or known.url or _url(layout),
        published=published,
        published_basis=basis,
        furniture=_with_credits(
            article.text, _spans(mark for mark in marks if mark.kind is not Kind.CAPTION)
        ),
        captions=_spans(mark for mark in marks if mark.kind is Kind.CAPTION),
    )


def prose_of(document: Document, most: int) -> str:
    """The first `most` characters, or some more, of what is no furniture."""
    pieces: list[str] = []
    position = length = 0
    for start, end in (*document.furniture, (len(document.text), len(document.text))):
        pieces.append(document.text[position:start][:most])
        length += len(pieces[-1])
        position = end
        if length >= most:
            break
    return "\n".join(pieces)


def with_bylines(document: Document) -> Document:
    """The document with its bylines and datelines as text to be read: they hold dates, though no events."""
    marks = find_layout(document.text, read_header(document.text).end).marks()
    dated = {(mark.start, mark.end) for mark in marks if mark.kind in (Kind.BYLINE, Kind.DATELINE)}
    kept = tuple(span for span in document.furniture if span not in dated)
    return replace(document, furniture=kept)


def _header_mark(header: Header) -> list[Mark]:
    return [Mark(start=0, end=header.end, kind=Kind.HEADER)] if header.end else []


def _spans(marks: Iterable[Mark]) -> tuple[Span, ...]:
    return tuple(sorted((mark.start, mark.end) for mark in marks))


def _with_credits(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    inside = (credit.span() for credit in _CREDITS.finditer(text))
    new = [
        credit
        for credit in inside
        if not any(start < credit[1] and credit[0] < end for start, end in spans)
    ]
    return tuple(sorted((*spans, *new)))


def _published(
    dct: date | None, header: Header, known: Header, layout: Layout
) -> tuple[date | None, PublishedBasis]:
    for day, basis in (
        (dct, PublishedBasis.GIVEN),
        (header.published, PublishedBasis.HEADER),
        (known.published, PublishedBasis.METADATA),
        (_byline_date(layout), PublishedBasis.BYLINE),
    ):
        if day:
            return day, basis
    return None, PublishedBasis.UNKNOWN


def _byline_date(layout: Layout) -> date | None:
    """The date of the byline; where there are several, of the first that is not of an update."""
    found = [
        dated
        for line, kind in zip(layout.lines, layout.kinds, strict=True)
        if kind is Kind.BYLINE and (dated := byline_date(line.text))
    ]
    found.sort(key=lambda dated: dated[1])
    return found[0][0] if found else _dateline_date(layout)


def _dateline_date(layout: Layout) -> date | None:
    for start, end in layout.datelines:
        for line in layout.lines:
            if line.start == start:
                return parse_date(line.text[: end - start])
    return None


def _title(layout: Layout) -> str:
    return "" if layout.title is None else " ".join(layout.lines[layout.title].text.split())


def _publisher(layout: Layout) -> str:
    for line in layout.edge():
        for pattern, _ in load_furniture_rules().publishers:
            match = pattern.fullmatch(line.text) if len(line.text) <= SHORT else None
            if match:
                return match["name"].strip()
    return ""


def _url(layout: Layout) -> str:
    """An address that stands alone above the text."""
    above = (line.text for line in layout.lines[: layout.top])
    return next((text for text in above if _ADDRESS.fullmatch(text[:SHORT])), "")


def _author(layout: Layout) -> str:
    """The names of a `By …` line; or the first of two names (person, place) that stand above a date."""
    above = range(layout.top)
    bylines = [layout.lines[at].text for at in above if layout.kinds[at] is Kind.BYLINE]
    for line in bylines:
        if _BY.match(line):
            return _AFTER_NAMES.sub("", _BY.sub("", line, count=1)).strip(" ,")
    signed = [match[1] for line in bylines if (match := _AT_DESK.match(line))]
    if signed:
        return signed[0]
    unsigned = [line for line in bylines if is_name(line)]
    dated = any(byline_date(line) for line in bylines)
    return unsigned[0] if dated and len(unsigned) == 2 and " " in unsigned[0] else ""
