"""RSS and Atom: an article for each entry that brings its text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import feedparser
from lxml import html
from lxml.etree import LxmlError

from timeline.errors import SourceError
from timeline.model import Failure
from timeline.sources.articles import Article
from timeline.sources.dates import valid_date
from timeline.sources.decode import without_surrogates
from timeline.sources.files import File
from timeline.sources.header import Header
from timeline.sources.options import Options

_MOST = 10_000
"""Entries of a feed."""
_BLOCKS = frozenset(
    {
        *("p", "div", "br", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "tr"),
        *("table", "section", "article", "figure", "figcaption", "pre", "hr"),
    }
)  # fmt: skip
_LEFT_OUT = frozenset({"script", "style", "template", "noscript", "svg", "iframe"})
_GAPS = re.compile(r"\s*\n\s*")


def read_feed(file: File, _: Options) -> Iterator[Article | Failure]:
    """The entries of a feed. One that brings a title alone tells too little to be read, and fails alone.

    Raises:
        SourceError: it is no feed, or holds nothing.
    """
    content = file.read()
    # Given as a stream: a string that looks like an address or a path would be opened.
    feed: Any = feedparser.parse(
        io.BytesIO(content), sanitize_html=True, resolve_relative_uris=False
    )
    if not feed.get("version") and not feed.entries:
        raise SourceError(
            "not a readable feed", where=file.label, remedy="save the RSS or Atom file itself"
        )
    if not feed.entries:
        raise SourceError(
            "the feed holds no entry", where=file.label, remedy="remove it or fill it"
        )
    publisher = _plain(feed.feed.get("title", ""))
    for number, entry in enumerate(feed.entries[:_MOST], start=1):
        yield _from_entry(file, number, entry, publisher)


def _from_entry(file: File, number: int, entry: Any, publisher: str) -> Article | Failure:
    text = _text(entry)
    if not any(map(str.isalnum, text)):
        return Failure(
            source=f"{file.label}, entry {number}",
            reason="no text in it, only a link — save the page that it leads to",
        )
    return Article(
        doc=f"{file.stem}#{number}",
        text=text,
        known=Header(
            title=_plain(entry.get("title", "")),
            publisher=_plain(entry.get("source", {}).get("title", "")) or publisher,
            author=_plain(entry.get("author", "")),
            url=without_surrogates(str(entry.get("link", ""))),
            published=_published(entry),
        ),
    )


def _text(entry: Any) -> str:
    """The longest that the entry brings: its content, else its summary."""
    values = [part.get("value", "") for part in entry.get("content", ())]
    return max(map(_plain_lines, [*values, entry.get("summary", "")]), key=len)


def _plain(markup: str) -> str:
    return " ".join(_plain_lines(markup).split())


def _plain_lines(markup: str) -> str:
    """The text of a piece of HTML, a line for each block."""
    if "<" not in markup and "&" not in markup:
        return without_surrogates(markup.strip())
    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (LxmlError, ValueError):
        return without_surrogates(markup.strip())
    lines = "".join(_pieces(tree)).strip()
    return without_surrogates(_GAPS.sub("\n\n", lines))


def _pieces(tree: Any) -> Iterator[str]:
    """The texts of a tree in reading order; walked without recursion, which a deep one would exhaust."""
    from lxml.etree import iterwalk  # noqa: PLC0415

    left_out = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        if event == "start":
            left_out += tag in _LEFT_OUT
            yield "\n" if tag in _BLOCKS else ""
            yield "" if left_out else " ".join((element.text or "").split("\n"))
        else:
            left_out -= tag in _LEFT_OUT
            yield "\n" if tag in _BLOCKS else ""
            outside = not left_out and element is not tree
            yield " ".join((element.tail or "").split("\n")) if outside else ""


def _published(entry: Any) -> date | None:
    """When it was published; never when it was last changed."""
    stamp = entry.get("published_parsed") if "published" in entry else None
    return valid_date(stamp.tm_year, stamp.tm_mon, stamp.tm_mday) if stamp else None
