"""Collections of articles: JSON Lines, JSON and CSV. Columns are those that the user tells; else they are known by the
names that such files commonly use, and the text's, failing that, by what is in it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO

from timeline.errors import SourceError
from timeline.model import Failure
from timeline.sources.articles import Article
from timeline.sources.decode import decode, without_surrogates
from timeline.sources.files import LARGEST, UNREADABLE, File, unreadable
from timeline.sources.header import FIELDS, header_from
from timeline.sources.options import DEFAULT, Options

TEXT_COLUMNS = (
    *("text", "body", "content", "article", "article_text", "fulltext", "full_text", "articlebody"),
    *("article_body", "maintext", "main_text", "story", "raw_text", "content_text", "body_text"),
    *(
        "bodytext",
        "article_content",
        "news_content",
        "plain_text",
        "news",
        "document",
        "paragraphs",
    ),
)
_PIECE = 2**20
_SAMPLE_ROWS = 50
_PROSE_WORDS = 25
"""Words that a column's values hold on average if it is taken for the text by what is in it."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def read_json_lines(file: File, options: Options = DEFAULT) -> Iterator[Article | Failure]:
    """An article a line. A line that cannot be read fails alone; the rest is read."""
    count = 0
    before = file.stamp()
    try:
        with file.open() as stream:
            for number, line in enumerate(_lines(stream), start=1):
                if line is None or line.strip(b"\xef\xbb\xbf\r\n\t \0"):
                    count += 1
                    yield _from_line(file, number, line, options)
                # Each time: a file that grows as fast as it is read would never end.
                file.check_unchanged(before)
    except UNREADABLE as error:
        raise unreadable(file.label, error) from error
    _refuse_empty(file, count)


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream, and None for one that is longer than an article can be."""
    while line := stream.readline(LARGEST):
        if len(line) < LARGEST or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(_PIECE)) and not rest.endswith(b"\n"):
            pass
        yield None


def read_json(file: File, options: Options = DEFAULT) -> Iterator[Article | Failure]:
    """An article, or a list of them, alone or in an object (``{"articles": […]}``)."""
    try:
        data = json.loads(decode(file.read(), file.label, options.encoding))
    except (ValueError, RecursionError) as error:
        remedy = "write JSON, or one object a line as .jsonl"
        raise _broken(file, f"not valid JSON ({_reason(error)})", remedy) from error
    records = data if isinstance(data, list) else _listed(data, options)
    _refuse_empty(file, len(records))
    for number, record in enumerate(records, start=1):
        yield _from_record(file, number, record, options, alone=len(records) == 1)


def _reason(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error)


def read_csv(file: File, options: Options = DEFAULT) -> Iterator[Article | Failure]:
    """An article a row; the first row names the columns. Commas, semicolons and tabs are told apart."""
    csv.field_size_limit(LARGEST)
    before = file.stamp()
    try:
        with file.open() as stream:
            for article in _rows(file, stream, options):
                yield article
                file.check_unchanged(before)
    except UNREADABLE as error:
        raise unreadable(file.label, error) from error


def _rows(file: File, stream: BinaryIO, options: Options) -> Iterator[Article | Failure]:
    lines = _decoded(file, stream, options)
    first = next(lines, "")
    reader = csv.DictReader(_chained(first, lines), delimiter=_delimiter(first))
    try:
        head = list(islice(reader, _SAMPLE_ROWS))
        options = _with_text_column(file, reader.fieldnames or [], head, options)
        count = 0
        for rows in (head, reader):
            for row in rows:
                count += 1
                yield _from_record(file, count, row, options)
    except csv.Error as error:
        raise _broken(
            file, f"line {reader.line_num} is not valid CSV ({error})", "quote its fields"
        ) from error
    _refuse_empty(file, count)


def _decoded(file: File, stream: BinaryIO, options: Options) -> Iterator[str]:
    """The lines of a table as text, line by line, so that the memory of a long one is that of its longest line."""
    head = stream.read(2)
    if head in (b"\xff\xfe", b"\xfe\xff"):
        content = head + stream.read(LARGEST)
        yield from io.StringIO(decode(content, file.label), newline="")
        return
    begun = head
    for number, line in enumerate(_lines(stream), start=1):
        if line is None:
            raise _broken(
                file, f"line {number} is longer than an article can be", "quote its fields"
            )
        yield decode(begun + line, f"{file.label}, line {number}", options.encoding).replace(
            "\0", ""
        )
        begun = b""
    if begun:
        yield decode(begun, file.label, options.encoding)


def _chained(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _delimiter(first: str) -> str:
    return max(",;\t|", key=first[:20_000].count)


def _with_text_column(
    file: File, names: Sequence[str], rows: Sequence[Mapping[str, Any]], options: Options
) -> Options:
    """The options, with the column of the text told if nobody told it and none is named as such columns are."""
    for field, column in options.columns.items():
        if column not in names:
            raise _broken(file, f"no column {column} for {field}", f"name one of {_listing(names)}")
    if "text" in options.columns or any(_key(name) in TEXT_COLUMNS for name in names):
        return options
    prose = _prose_column(names, rows)
    if not prose:
        raise _broken(
            file,
            f"no column of article text among {_listing(names)}",
            f"name that column {TEXT_COLUMNS[0]}, or tell it (--column text=NAME)",
        )
    return Options(columns={**options.columns, "text": prose}, encoding=options.encoding)


def _listing(names: Sequence[str]) -> str:
    return ", ".join(map(str, names))[:120] or "none"


def _prose_column(names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """The one column whose values are running text."""
    found = [name for name in names if _mean_words(rows, name) >= _PROSE_WORDS]
    return max(found, key=lambda name: _mean_words(rows, name)) if found else ""


def _mean_words(rows: Sequence[Mapping[str, Any]], name: str) -> float:
    values = [value for row in rows if isinstance(value := row.get(name), str)]
    return sum(len(value.split()) for value in values) / max(len(rows), 1)


def _from_line(file: File, number: int, line: bytes | None, options: Options) -> Article | Failure:
    where = f"{file.label}, line {number}"
    if line is None:
        return Failure(source=where, reason="longer than an article can be — split it")
    try:
        record = json.loads(decode(line, where, options.encoding))
    except SourceError as error:
        return Failure(source=error.where, reason=f"{error.what} — {error.remedy}")
    except (ValueError, RecursionError) as error:
        return Failure(source=where, reason=f"not valid JSON ({_reason(error)}) — mend it")
    return _from_record(file, number, record, options)


def _from_record(
    file: File, number: int, record: object, options: Options, *, alone: bool = False
) -> Article | Failure:
    where = f"{file.label}, article {number}"
    if not isinstance(record, Mapping):
        return Failure(source=where, reason='not an object with a text — write {"text": …}')
    told = {field: _found(record, column) for field, column in options.columns.items()}
    fields = {_key(name): value for name, value in record.items()}
    text = _plain_text(told.pop("text", None) or _first(fields, TEXT_COLUMNS) or _prose(fields))
    if not any(map(str.isalnum, text)):
        return Failure(source=where, reason=f"no text in it — name its column {TEXT_COLUMNS[0]}")
    known = {key: value for key, value in fields.items() if key in _KNOWN}
    known |= {field: value for field, value in told.items() if value}
    return Article(
        doc=file.stem if alone else f"{file.stem}#{number}",
        text=text,
        known=header_from(_clean(known)),
    )


def _found(record: Mapping[str, Any], path: str) -> object:
    """The value of a column, or of a key within keys: ``fields.bodyText``."""
    if path in record:
        return record[path]
    name, dot, rest = path.partition(".")
    inner = record.get(name)
    return _found(inner, rest) if dot and isinstance(inner, Mapping) else None


def _first(fields: Mapping[str, Any], names: Sequence[str]) -> object:
    return next((fields[name] for name in names if fields.get(name)), None)


def _prose(fields: Mapping[str, Any]) -> str:
    """The longest value, if it can only be the article."""
    longest = max(
        (value for value in fields.values() if isinstance(value, str)), key=len, default=""
    )
    return longest if len(longest.split()) >= _PROSE_WORDS else ""


def _plain_text(value: object) -> str:
    """A text; a list of paragraphs is one too."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    return without_surrogates(value) if isinstance(value, str) else ""


_KNOWN = frozenset(name for names in FIELDS.values() for name in names)


def _clean(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: without_surrogates(value) if isinstance(value, str) else value
        for key, value in fields.items()
    }


def _key(name: object) -> str:
    return _CAMEL.sub("_", str(name).strip()).lower().replace(" ", "_").replace("-", "_")


def _listed(data: object, options: Options) -> list[object]:
    """The list of articles inside an object, at most two levels down; or the object as the only one."""
    if not isinstance(data, Mapping) or any(_key(name) in TEXT_COLUMNS for name in data):
        return [data]
    if "text" in options.columns and _found(data, options.columns["text"]):
        return [data]
    lists = [value for value in data.values() if isinstance(value, list) and value]
    if len(lists) == 1:
        return lists[0]
    inner = [value for value in data.values() if isinstance(value, Mapping)]
    return _listed(inner[0], options) if not lists and len(inner) == 1 else [data]


def _refuse_empty(file: File, count: int) -> None:
    if not count:
        raise _broken(file, "the file holds no article", "remove it or fill it")


def _broken(file: File, what: str, remedy: str) -> SourceError:
    return SourceError(what, where=file.label, remedy=remedy)
