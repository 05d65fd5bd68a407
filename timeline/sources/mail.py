"""E-mails (EML) and pages saved as one file (MHTML), which are e-mails in form."""

from __future__ import annotations

import io
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from timeline.errors import SourceError
from timeline.model import Failure
from timeline.sources.articles import Article
from timeline.sources.dates import valid_date
from timeline.sources.decode import without_surrogates
from timeline.sources.files import File, shown
from timeline.sources.header import Header
from timeline.sources.options import Options

_MOST_PARTS = 500
_PAGES = frozenset({".mht", ".mhtml"})


def read_mail(file: File, options: Options) -> Iterator[Article | Failure]:
    """The text of an e-mail, and the articles that are attached to it.

    Raises:
        SourceError: there is no text in it.
    """
    content = file.read()
    try:
        yield from _message(content, file, options)
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        # Python's parser of header lines fails in all these ways on some that are broken.
        raise SourceError(
            "not a readable e-mail", where=file.label, remedy="save it as .html or .txt"
        ) from error


def _message(content: bytes, file: File, options: Options) -> Iterator[Article | Failure]:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = _body(message, prefer="html" if file.suffix in _PAGES else "plain")
    attached = list(_attachments(message, file)) if file.suffix not in _PAGES else []
    if body is None and not attached:
        raise SourceError(
            "no text in this e-mail", where=file.label, remedy="save it as .html or .txt"
        )
    if body is not None:
        yield _article(message, body, file)
    for part in attached:
        yield from _read(part, options)


def _body(message: EmailMessage, prefer: str) -> EmailMessage | None:
    order = ("html", "plain") if prefer == "html" else ("plain", "html")
    found = message.get_body(preferencelist=order)
    return found if isinstance(found, EmailMessage) and _content(found).strip() else None


def _content(part: EmailMessage) -> str:
    try:
        return without_surrogates(str(part.get_content()))
    except (LookupError, ValueError, AttributeError):
        # An encoding that nobody knows: what is ASCII in it can still be read.
        payload: Any = part.get_payload(decode=True) or b""
        return str(payload.decode("ascii", errors="replace"))


def _article(message: EmailMessage, body: EmailMessage, file: File) -> Article:
    text = _content(body)
    known = Header(
        title=_header(message, "Subject"),
        author="" if file.suffix in _PAGES else _sender(message),
        url=_header(message, "Snapshot-Content-Location") or file.url,
        published=None if file.suffix in _PAGES else _date(message),
    )
    if body.get_content_subtype() != "html":
        return Article(doc=file.stem, text=text, known=known)
    from timeline.sources.pages import article_from_page  # noqa: PLC0415  (loads trafilatura)

    page = article_from_page(text, doc=file.stem, label=file.label, url=known.url)
    return Article(
        doc=file.stem,
        text=page.text,
        known=Header(
            title=page.known.title or known.title,
            author=page.known.author or known.author,
            publisher=page.known.publisher,
            url=page.known.url,
            published=page.known.published or known.published,
        ),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = str(message.get(name, ""))
    except (ValueError, IndexError, AttributeError, TypeError, RecursionError):
        return ""  # Python's parser of header lines fails on some that are broken.
    return without_surrogates(" ".join(value.split()))


def _sender(message: EmailMessage) -> str:
    """The display name: an address is nobody's byline."""
    name = _header(message, "From").partition("<")[0].strip(' "')
    return "" if "@" in name else name


def _date(message: EmailMessage) -> Any:
    try:
        sent = parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return valid_date(sent.year, sent.month, sent.day)


def _attachments(message: EmailMessage, file: File) -> Iterator[File]:
    for part, _ in zip(message.iter_attachments(), range(_MOST_PARTS), strict=False):
        name = part.get_filename()
        content: Any = part.get_payload(decode=True)
        if name and isinstance(content, bytes) and _is_article(name):
            label = shown(f"{file.label}/{name}")
            yield File(label=label, name=shown(name), open=_opening(content))


def _opening(content: bytes) -> Any:
    return lambda: io.BytesIO(content)


def _is_article(name: str) -> bool:
    from timeline.sources.formats import READERS  # noqa: PLC0415  (it knows this module by name)

    suffix = "." + name.lower().rpartition(".")[2]
    return suffix in READERS and suffix not in {"", ".eml", ".mht", ".mhtml", ".warc"}


def _read(part: File, options: Options) -> Iterator[Article | Failure]:
    from timeline.sources.formats import reader_of  # noqa: PLC0415

    try:
        yield from reader_of(part, part.suffix)(part, options)
    except SourceError as error:
        yield Failure(source=error.where or part.label, reason=f"{error.what} — {error.remedy}")
