"""Reads all sources, one document at a time; what cannot be read becomes a line of the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from timeline.errors import TimelineError
from timeline.model import Document, Failure
from timeline.sources.articles import document_from_article
from timeline.sources.files import File, find_files
from timeline.sources.formats import read_articles


def load_sources(
    sources: Sequence[str], *, dcts: Mapping[str, date] | None = None, dct: date | None = None
) -> Iterator[Document | Failure]:
    """The documents of files, folders, globs, ZIPs and `-`, and a failure for each that cannot be read.

    Args:
        sources: paths as a person gives them.
        dcts: publication dates by document name, which go before what the articles say.
        dct: the publication date of all others.

    The same article met twice (same name, same text) is read once.
    """
    seen: set[str] = set()
    for source in sources:
        for file in find_files(source):
            for found in [file] if isinstance(file, Failure) else _documents(file, dcts or {}, dct):
                if isinstance(found, Failure):
                    yield found
                elif found.doc_id not in seen:
                    seen.add(found.doc_id)
                    yield found


def _documents(
    file: File, dcts: Mapping[str, date], dct: date | None
) -> Iterator[Document | Failure]:
    try:
        for article in read_articles(file):
            if isinstance(article, Failure):
                yield article
            else:
                yield document_from_article(article, dcts.get(article.doc, dct))
    except TimelineError as error:
        remedy = f" — {error.remedy}" if error.remedy else ""
        yield Failure(source=error.where or file.label, reason=f"{error.what}{remedy}")
