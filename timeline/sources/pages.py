"""HTML pages: the article in them, and the metadata of their heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from trafilatura import bare_extraction

from timeline.errors import SourceError
from timeline.sources.articles import Article
from timeline.sources.decode import decode
from timeline.sources.files import File
from timeline.sources.header import Header
from timeline.sources.page_dates import find_page_date

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)


def read_html(file: File) -> Iterator[Article]:
    """The article of a page: its text without the page around it.

    Raises:
        SourceError: the page holds no article text.
    """
    page = _decoded(file.read(), file.label)
    found: Any = bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        favor_recall=True,
        # Its dates are not used (`page_dates` says why), and looking for them everywhere is slow.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    fields = found.as_dict() if found is not None else {}
    text = fields.get("text") or ""
    if not any(map(str.isalnum, text)):
        raise SourceError(
            "no article text on this page",
            where=file.label,
            remedy="save the page as it shows in a browser, or copy its text into a .txt file",
        )
    yield Article(doc=file.stem, text=text, known=_known(fields, page))


def _decoded(content: bytes, label: str) -> str:
    """A page may declare its encoding; what it declares holds if the bytes agree."""
    declared = _CHARSET.search(content[:4096])
    if declared:
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content, label)


def _known(fields: dict[str, str | None], page: str) -> Header:
    url = fields.get("url") or ""
    return Header(
        title=fields.get("title") or "",
        publisher=fields.get("sitename") or "",
        author=(fields.get("author") or "").replace(";", ","),
        url=url,
        published=find_page_date(page, url),
    )
