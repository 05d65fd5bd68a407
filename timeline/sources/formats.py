"""One file -> the articles in it, by its suffix."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from timeline.errors import SourceError
from timeline.model import Failure
from timeline.sources.articles import Article
from timeline.sources.decode import decode
from timeline.sources.files import File
from timeline.sources.tables import read_csv, read_json, read_json_lines

Reader = Callable[[File], Iterator[Article | Failure]]


def read_articles(file: File) -> Iterator[Article | Failure]:
    """The articles of a file; failures for those of its parts that cannot be read.

    Raises:
        SourceError: the file as a whole cannot be read.
    """
    # A number is no format: the last part of names such as ``ABC19980108.1830``.
    reader = READERS.get("" if file.suffix[1:].isdigit() else file.suffix)
    if reader is None:
        raise SourceError(
            f"unknown format {file.suffix}",
            where=file.label,
            remedy="give one of " + ", ".join(sorted(name for name in READERS if name)),
        )
    return reader(file)


def _read_text(file: File) -> Iterator[Article]:
    yield Article(doc=file.stem, text=_text(file))


def _read_markdown(file: File) -> Iterator[Article]:
    yield Article(doc=file.stem, text=_text(file), markdown=True)


def _text(file: File) -> str:
    text = decode(file.read(), file.label)
    if not any(map(str.isalnum, text)):
        raise SourceError("the file is empty", where=file.label, remedy="remove it or fill it")
    return text


def _reader(module: str, function: str) -> Reader:
    """A reader that loads its libraries when the first such file is met: HTML's alone take half a second."""

    def read(file: File) -> Iterator[Article | Failure]:
        reader: Reader = getattr(import_module(f"timeline.sources.{module}"), function)
        return reader(file)

    return read


_HTML, _PDF, _DOCX = (
    _reader("pages", "read_html"),
    _reader("papers", "read_pdf"),
    _reader("papers", "read_docx"),
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
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_csv,
}
"""Suffixes and what reads them. ZIP archives are opened before (`files.find_files`)."""
