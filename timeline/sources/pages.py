"""HTML pages: the article in them, and the metadata of their heads."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Any

from trafilatura import bare_extraction, load_html

from timeline.errors import SourceError
from timeline.sources.articles import Article, document_from_article, prose_of
from timeline.sources.decode import decode, without_surrogates
from timeline.sources.files import File
from timeline.sources.header import Header
from timeline.sources.options import Options
from timeline.sources.page_dates import find_page_date
from timeline.sources.page_layout import arrange, take_captions

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LONGEST = 16 * 2**20
"""Characters of a page. The longest reports on the web stay far below; beyond, a page is data."""


_FEWEST = 5
"""Words of prose that make an article."""
_MOST_TAGS = 300_000
"""Ten times those of the longest pages of news. Reading them takes time that no page is worth."""


def read_html(file: File, options: Options) -> Iterator[Article]:
    """The article of a page: its text without the page around it.

    Raises:
        SourceError: the page holds no article text.
    """
    page = decode_page(file.read(), file.label, options)
    yield article_from_page(page, doc=file.stem, label=file.label, url=file.url)


def article_from_page(page: str, *, doc: str, label: str, url: str = "") -> Article:
    """The article of a decoded page.

    Raises:
        SourceError: it holds none, or is too long to be one.
    """
    if len(page) > _LONGEST:
        raise SourceError(
            f"a page of more than {_LONGEST // 2**20} million characters",
            where=label,
            remedy="copy the article's text into a .txt file",
        )
    if page.count("<") > _MOST_TAGS:
        raise SourceError(
            f"a page of more than {_MOST_TAGS:,} tags",
            where=label,
            remedy="copy the article's text into a .txt file",
        )
    fields, captions = _extracted(page, url)
    text = without_surrogates(fields.get("text") or "")
    known = _known(fields, page, url)
    article = Article(doc=doc, text=text, known=known, captions=captions)
    if len(prose_of(document_from_article(article), 10_000).split()) < _FEWEST:
        raise SourceError(
            "no article text on this page",
            where=label,
            remedy="save the page as it shows in a browser, or copy its text into a .txt file",
        )
    return article


def _extracted(page: str, url: str) -> tuple[Mapping[str, Any], frozenset[str]]:
    tree: Any = load_html(page)
    if tree is None:
        return {}, frozenset()
    captions = take_captions(tree)
    found: Any = bare_extraction(
        arrange(tree),
        url=url or None,
        with_metadata=True,
        include_comments=False,
        favor_recall=True,
        # Its dates are not used (`page_dates` says why), and looking for them everywhere is slow.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return (found.as_dict() if found is not None else {}), captions


def decode_page(content: bytes, label: str, options: Options) -> str:
    """The text of a page. It may declare its encoding; what it declares holds if the bytes agree."""
    declared = _CHARSET.search(content[:4096])
    if declared and not content.startswith(_MARKS):
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeError, ValueError):
            pass
    return decode(content, label, options.encoding)


def _known(fields: Mapping[str, Any], page: str, url: str) -> Header:
    address = without_surrogates(fields.get("url") or url)
    return Header(
        title=without_surrogates(fields.get("title") or ""),
        publisher=without_surrogates(fields.get("sitename") or ""),
        author=without_surrogates(fields.get("author") or "").replace(";", ","),
        url=address,
        published=find_page_date(page, address),
    )
