"""PDF and DOCX: the text of paginated documents. Their own dates tell when a file was made, not when it was published."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from pypdf import PdfReader

from timeline.errors import SourceError
from timeline.sources.articles import Article
from timeline.sources.decode import without_surrogates
from timeline.sources.files import LARGEST, File, shown
from timeline.sources.header import Header
from timeline.sources.options import Options

_MOST_PAGES = 3000
_HYPHEN = re.compile(r"(?<=[a-z])[\u00ad-]\n(?=[a-z])")
_WRAPPED = re.compile(r"(?<=[^\n])\n(?=[^\n])")
_FILE_NAME = re.compile(r".*\.\w{2,5}|Microsoft Word - .*|untitled.*|\W*", re.IGNORECASE)


def read_pdf(file: File, _: Options) -> Iterator[Article]:
    """The text of a PDF, its lines joined into paragraphs.

    Raises:
        SourceError: it is damaged, encrypted, or pictures of pages without text.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    content = file.read()
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _refused(file, "the PDF is encrypted with a password", "save a copy without one")
        if len(reader.pages) > _MOST_PAGES:
            raise _refused(file, f"more than {_MOST_PAGES:,} pages", "split it")
        pages = [page.extract_text() for page in reader.pages]
        title = (reader.metadata.title if reader.metadata else "") or ""
    except SourceError:
        raise
    except (RecursionError, MemoryError, AssertionError, ArithmeticError, ImportError) as error:
        raise _refused(
            file, "the PDF is damaged, or unpacks to too much", "save it again as PDF"
        ) from error
    except Exception as error:  # Of a damaged file, its library raises nearly everything there is.
        reason = shown(str(error))[:120]
        raise _refused(file, f"not a readable PDF ({reason})", "save it again as PDF") from error
    text = without_surrogates("\n\n".join(map(_reflowed, pages)).strip())
    if not any(map(str.isalnum, text)):
        raise _refused(
            file, "the PDF holds no text, only pictures of it", "run it through OCR first"
        )
    yield Article(doc=file.stem, text=text, known=Header(title=_declared(title)))


def read_docx(file: File, _: Options) -> Iterator[Article]:
    """The paragraphs of a Word document, tables row by row.

    Raises:
        SourceError: it is damaged, or holds no text.
    """
    content = file.read()
    try:
        _refuse_bomb(file, content)
        document = docx.Document(io.BytesIO(content))
        lines = [line for block in document.iter_inner_content() for line in _block_lines(block)]
        title = document.core_properties.title or ""
    except (
        OpcError,
        zipfile.BadZipFile,
        SyntaxError,
        LookupError,
        ValueError,
        AttributeError,
    ) as error:
        raise _refused(file, "not a readable Word document", "save it again as .docx") from error
    text = without_surrogates("\n\n".join(lines))
    if not any(map(str.isalnum, text)):
        raise _refused(file, "the document holds no text", "remove it or fill it")
    yield Article(doc=file.stem, text=text, known=Header(title=_declared(title)))


def _refuse_bomb(file: File, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > 4 * LARGEST:
            raise _refused(file, "unpacks to far more than a document", "leave it out")


def _block_lines(block: Any) -> Iterator[str]:
    """The lines of a paragraph, or of a table: a row a line."""
    if hasattr(block, "rows"):
        for row in block.rows:
            cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
            yield " | ".join(filter(None, cells))
    elif block.text.strip():
        yield block.text


def _reflowed(page: str) -> str:
    """The paragraphs of a page: a line that ends a sentence short of the margin, or is blank, ends one."""
    lines = [line.rstrip() for line in page.splitlines()]
    margin = max(map(len, lines), default=0)
    marked = [
        line + "\n"
        if line.endswith((".", "!", "?", "”", '"')) and len(line) < 0.8 * margin
        else line
        for line in lines
    ]
    joined = _HYPHEN.sub("", "\n".join(marked))
    return _WRAPPED.sub(_join(margin), joined)


def _join(margin: int) -> str:
    # Pages of very short lines are lists, not paragraphs.
    return " " if margin >= 40 else "\n"


def _declared(title: str) -> str:
    """A title that a person gave, not the name that a program did."""
    return "" if _FILE_NAME.fullmatch(title) else " ".join(title.split())


def _refused(file: File, what: str, remedy: str) -> SourceError:
    return SourceError(what, where=file.label, remedy=remedy)
