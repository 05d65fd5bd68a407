"""Collections of articles: JSON Lines, JSON and CSV. Columns are known by the names that such files commonly use."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from timeline.errors import SourceError
from timeline.model import Failure
from timeline.sources.articles import Article
from timeline.sources.decode import decode, without_surrogates
from timeline.sources.files import File, unreadable
from timeline.sources.header import FIELDS, header_from

TEXT_COLUMNS = (
    *("text", "body", "content", "article", "article_text", "fulltext", "full_text", "articlebody"),
    *("article_body", "maintext", "main_text", "story", "raw_text", "content_text"),
)
_LONGEST_FIELD = 2**31 - 1


def read_json_lines(file: File) -> Iterator[Article | Failure]:
    """An article a line. A line that cannot be read fails alone; the rest is read."""
    count = 0
    try:
        with file.open() as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip(b"\xef\xbb\xbf\r\n\t \0"):
                    count += 1
                    yield _from_line(file, number, line)
    except OSError as error:
        raise unreadable(file.label, error) from error
    _refuse_empty(file, count)


def read_json(file: File) -> Iterator[Article | Failure]:
    """An article, or a list of them, alone or in an object (``{"articles": […]}``)."""
    try:
        data = json.loads(decode(file.read(), file.label))
    except (ValueError, RecursionError) as error:
        raise _broken(
            file, f"not valid JSON ({error})", "write JSON, or one object a line as .jsonl"
        ) from error
    records = data if isinstance(data, list) else _listed(data)
    _refuse_empty(file, len(records))
    for number, record in enumerate(records, start=1):
        yield _from_record(file, number, record, alone=len(records) == 1)


def read_csv(file: File) -> Iterator[Article | Failure]:
    """An article a row; the first row names the columns. Commas, semicolons and tabs are told apart."""
    csv.field_size_limit(_LONGEST_FIELD)
    content = decode(_content(file), file.label)
    rows = csv.DictReader(io.StringIO(content, newline=""), delimiter=_delimiter(content))
    count = 0
    try:
        names = rows.fieldnames or []
        if not any(_key(name) in TEXT_COLUMNS for name in names):
            raise _broken(
                file,
                f"no column of article text among {', '.join(names)[:120] or 'none'}",
                f"name that column {TEXT_COLUMNS[0]}",
            )
        for number, row in enumerate(rows, start=1):
            count += 1
            yield _from_record(file, number, row)
    except csv.Error as error:
        raise _broken(
            file, f"line {rows.line_num} is not valid CSV ({error})", "quote its fields"
        ) from error
    _refuse_empty(file, count)


def _content(file: File) -> bytes:
    try:
        with file.open() as stream:
            return stream.read()
    except OSError as error:
        raise unreadable(file.label, error) from error


def _delimiter(content: str) -> str:
    first = content[: content.find("\n") + 1 or len(content)][:20_000]
    return max(",;\t|", key=first.count)


def _from_line(file: File, number: int, line: bytes) -> Article | Failure:
    try:
        record = json.loads(decode(line, f"{file.label}, line {number}"))
    except SourceError as error:
        return Failure(source=error.where, reason=f"{error.what} — {error.remedy}")
    except (ValueError, RecursionError) as error:
        return Failure(
            source=f"{file.label}, line {number}", reason=f"not valid JSON ({error}) — mend it"
        )
    return _from_record(file, number, record)


def _from_record(
    file: File, number: int, record: object, *, alone: bool = False
) -> Article | Failure:
    where = f"{file.label}, article {number}"
    if not isinstance(record, Mapping):
        return Failure(source=where, reason='not an object with a text — write {"text": …}')
    fields = {_key(name): value for name, value in record.items()}
    text = next((fields[name] for name in TEXT_COLUMNS if fields.get(name)), None)
    if not isinstance(text, str) or not text.strip():
        return Failure(source=where, reason=f"no text in it — name its column {TEXT_COLUMNS[0]}")
    known = {key: value for key, value in fields.items() if key in _KNOWN}
    return Article(
        doc=file.stem if alone else f"{file.stem}#{number}",
        text=without_surrogates(text),
        known=header_from(_clean(known)),
    )


_KNOWN = frozenset(name for names in FIELDS.values() for name in names)


def _clean(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: without_surrogates(value) if isinstance(value, str) else value
        for key, value in fields.items()
    }


def _key(name: object) -> str:
    return str(name).strip().lower().replace(" ", "_").replace("-", "_")


def _listed(data: object) -> list[object]:
    """The list of articles inside an object, or the object as the only one."""
    if isinstance(data, Mapping) and not any(_key(name) in TEXT_COLUMNS for name in data):
        lists = [value for value in data.values() if isinstance(value, list)]
        if len(lists) == 1:
            return lists[0]
    return [data]


def _refuse_empty(file: File, count: int) -> None:
    if not count:
        raise _broken(file, "the file holds no article", "remove it or fill it")


def _broken(file: File, what: str, remedy: str) -> SourceError:
    return SourceError(what, where=file.label, remedy=remedy)
