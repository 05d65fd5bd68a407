"""WARC: what a web crawler kept. Each page in it is read as a page that was saved by itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from timeline.errors import SourceError
from timeline.model import Failure
from timeline.sources.addresses import page_name
from timeline.sources.articles import Article
from timeline.sources.files import LARGEST, UNREADABLE, File, shown
from timeline.sources.options import Options

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_MOST = 200_000
_BROKEN = (AssertionError, AttributeError, TypeError, LookupError)
"""What warcio raises of records that lack what all have."""


def read_warc(file: File, options: Options) -> Iterator[Article | Failure]:
    """The articles of the pages in an archive. What a server answered with an error, and what is no page, is passed over.

    Raises:
        SourceError: it is damaged, or holds no page.
    """
    count = 0
    try:
        with file.open() as stream:
            for record, _ in zip(ArchiveIterator(stream), range(_MOST), strict=False):
                if _is_page(record):
                    count += 1
                    yield from _read(file, record, options)
    except (ArchiveLoadFailed, *_BROKEN, *UNREADABLE) as error:
        raise SourceError(
            f"the WARC is damaged ({shown(str(error))[:100]})"
            + (f"; {count} pages were read before" if count else ""),
            where=file.label,
            remedy="fetch or copy it again",
        ) from error
    if not count:
        raise SourceError("no page in this WARC", where=file.label, remedy="leave it out")


def _is_page(record: Any) -> bool:
    if record.rec_type not in {"response", "resource"}:
        return False
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() not in {"200", ""}:
        return False
    kind = headers.get_header("Content-Type") if headers is not None else record.content_type
    return (kind or "").partition(";")[0].strip().lower() in _PAGES


def _read(file: File, record: Any, options: Options) -> Iterator[Article | Failure]:
    from timeline.sources.bounded import read_bounded  # noqa: PLC0415

    address = shown(record.rec_headers.get_header("WARC-Target-URI") or "")
    label = f"{file.label}, {address}"
    content = record.content_stream().read(LARGEST + 1)
    page = File(label=label, name=page_name(address), url=address, open=lambda: io.BytesIO(content))
    try:
        yield from read_bounded(page, ".html", options)
    except SourceError as error:
        yield Failure(source=error.where, reason=f"{error.what} — {error.remedy}")
