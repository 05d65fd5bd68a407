"""Reads all sources, one document at a time; what cannot be read becomes a line of the report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from timeline.errors import SourceError, TimelineError
from timeline.model import Document, Failure
from timeline.sources.articles import Article, document_from_article, prose_of
from timeline.sources.files import File, find_files
from timeline.sources.formats import read_articles
from timeline.sources.header import read_header
from timeline.sources.languages import foreign_language
from timeline.sources.options import DEFAULT, Options

_SAMPLE = 6000
"""Characters of prose from which the language is told."""


def load_sources(
    sources: Sequence[str],
    *,
    dcts: Mapping[str, date] | None = None,
    dct: date | None = None,
    options: Options = DEFAULT,
) -> Iterator[Document | Failure]:
    """The documents of files, folders, globs, archives and `-`, and a failure for each that cannot be read.

    Args:
        sources: paths, or web addresses where the options allow them, as a person gives them.
        dcts: publication dates by document name, which go before what the articles say.
        dct: the publication date of all others.
        options: how they are read.

    The same article met twice (same name, same text) is read once.
    """
    seen: set[str] = set()
    copies = _Copies()
    for source in sources:
        for file in find_files(source, options):
            for found in _documents(file, dcts or {}, dct, options):
                if isinstance(found, Failure):
                    yield found
                elif found.doc_id not in seen:
                    seen.add(found.doc_id)
                    yield copies.told(found) if options.unique else found


class _Copies:
    """Finds articles that say the same of the same as one before, under another name."""

    def __init__(self) -> None:
        self._names: dict[bytes, str] = {}

    def told(self, document: Document) -> Document | Failure:
        known = (document.text, document.title, document.publisher, document.published)
        digest = hashlib.sha256(repr(known).encode("utf-8", "replace")).digest()
        first = self._names.setdefault(digest, document.doc)
        if first == document.doc:
            return document
        return Failure(
            source=document.doc, reason=f"the same article as {first} — read once", left_out=True
        )


def _documents(
    file: File | Failure, dcts: Mapping[str, date], dct: date | None, options: Options
) -> Iterator[Document | Failure]:
    if isinstance(file, Failure):
        yield file
        return
    try:
        for article in read_articles(file, options):
            if isinstance(article, Failure):
                yield article
            else:
                document = _document(article, file, dcts.get(article.doc, dct), options)
                yield document
                if isinstance(document, Document) and not document.published:
                    yield from _unread_date(article)
    except TimelineError as error:
        remedy = f" — {error.remedy}" if error.remedy else ""
        yield Failure(source=error.where or file.label, reason=f"{error.what}{remedy}")
    except Exception as error:  # Whatever a reader makes of a hostile file, the others are read.
        reason = f"cannot be read ({type(error).__name__}) — copy its text into a .txt file"
        yield Failure(source=file.label, reason=reason)


def _unread_date(article: Article) -> Iterator[Failure]:
    """An undated article says so itself; one whose date was not understood does not."""
    told = read_header(article.text).unread_date or article.known.unread_date
    if told:
        reason = f"is read without its date, for {told!r} tells no day — write 2020-01-31"
        yield Failure(source=article.doc, reason=reason, left_out=True)


def _document(
    article: Article, file: File, dct: date | None, options: Options
) -> Document | Failure:
    source = file.label if article.doc == file.stem else f"{file.label}, {article.doc}"
    if len(article.text) > options.characters:
        raise SourceError(
            f"an article of more than {options.characters // 10**6:,} million characters",
            where=source,
            remedy="split it",
        )
    document = document_from_article(article, dct)
    language = foreign_language(prose_of(document, _SAMPLE))
    if language:
        reason = f"in {language}, and only English is read — give a translation"
        return Failure(source=source, reason=reason)
    return document
