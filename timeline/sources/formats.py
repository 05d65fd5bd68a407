"""One file -> the articles in it, by its suffix; where there is none, by how it begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from timeline.errors import SourceError
from timeline.model import Failure
from timeline.sources.articles import Article
from timeline.sources.decode import decode
from timeline.sources.files import UNREADABLE, File, unreadable
from timeline.sources.options import DEFAULT, Options
from timeline.sources.tables import read_csv, read_json_lines

Reader = Callable[[File, Options], Iterator[Article | Failure]]


def read_articles(file: File, options: Options = DEFAULT) -> Iterator[Article | Failure]:
    """The articles of a file; failures for those of its parts that cannot be read.

    What can take any time or memory, however small the file, is read in a process that is bounded in both.

    Raises:
        SourceError: the file as a whole cannot be read.
    """
    suffix = _suffix(file)
    if suffix in _BOUNDED:
        from timeline.sources.bounded import read_bounded  # noqa: PLC0415  (it loads this module in its process)

        return read_bounded(file, suffix, options)
    return reader_of(file, suffix)(file, options)


def reader_of(file: File, suffix: str) -> Reader:
    """What reads files of a suffix.

    Raises:
        SourceError: nothing does.
    """
    reader = READERS.get(suffix)
    if reader is None:
        raise SourceError(
            f"unknown format {suffix}",
            where=file.label,
            remedy="give one of " + ", ".join(sorted(name for name in READERS if name)),
        )
    return reader


def _suffix(file: File) -> str:
    """The suffix that tells the format. Saved pages and feeds often have none, or ``.txt`` or ``.xml``."""
    name = file.name.lower()
    if name.endswith(".warc.gz"):
        return ".warc"
    # A number is no format: the last part of names such as ``ABC19980108.1830``.
    suffix = "" if file.suffix[1:].isdigit() else file.suffix
    if suffix not in {"", ".txt", ".text", ".xml"}:
        return suffix
    return _sniffed(file) or suffix


def _sniffed(file: File) -> str:
    try:
        with file.open() as stream:
            head = stream.read(2048)
    except UNREADABLE as error:
        raise unreadable(file.label, error) from error
    begin = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if any(root in begin for root in (b"<rss", b"<feed", b"<rdf:rdf")) and begin[:1] == b"<":
        return ".rss"
    if begin.startswith((b"<!doctype html", b"<html")) or (
        begin[:5] == b"<?xml" and b"<html" in begin
    ):
        return ".html"
    return ""


def _read_text(file: File, options: Options) -> Iterator[Article]:
    yield Article(doc=file.stem, text=_text(file, options))


def _read_markdown(file: File, options: Options) -> Iterator[Article]:
    yield Article(doc=file.stem, text=_text(file, options), markdown=True)


def _text(file: File, options: Options) -> str:
    text = decode(file.read(), file.label, options.encoding)
    if not any(map(str.isalnum, text)):
        raise SourceError("the file is empty", where=file.label, remedy="remove it or fill it")
    return text


def _reader(module: str, function: str) -> Reader:
    """A reader that loads its libraries when the first such file is met: HTML's alone take half a second."""

    def read(file: File, options: Options) -> Iterator[Article | Failure]:
        reader: Reader = getattr(import_module(f"timeline.sources.{module}"), function)
        return reader(file, options)

    return read


_HTML, _PDF, _DOCX = (
    _reader("pages", "read_html"),
    _reader("papers", "read_pdf"),
    _reader("papers", "read_docx"),
)
_MAIL, _FEED, _WARC, _JSON = (
    _reader("mail", "read_mail"),
    _reader("feeds", "read_feed"),
    _reader("crawls", "read_warc"),
    _reader("tables", "read_json"),
)

READERS: Mapping[str, Reader] = {
    "": _read_text,
    ".txt": _read_text,
    ".text": _read_text,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".pdf": _PDF,
    ".docx": _DOCX,
    ".eml": _MAIL,
    ".mht": _MAIL,
    ".mhtml": _MAIL,
    ".rss": _FEED,
    ".atom": _FEED,
    ".warc": _WARC,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": _JSON,
    ".csv": read_csv,
    ".tsv": read_csv,
}
"""Suffixes and what reads them. Archives are opened before (`archives.expand`)."""

_BOUNDED = frozenset(
    suffix
    for suffix, reader in READERS.items()
    if reader in {_HTML, _PDF, _DOCX, _MAIL, _FEED, _JSON}
)
"""A WARC is read here and each page of it in the bounded process; texts and tables are read line by line."""
