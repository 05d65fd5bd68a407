"""What a text says of itself before it begins: YAML front matter, ``Key: value`` lines, or ``date YYYY-MM-DD``
glued to the first line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import yaml

from timeline.sources.dates import parse_date, valid_date

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "web_title", "article_title", "heading"),
    "published": (
        *("published", "date", "publication_date", "publish_date", "date_published", "datepublished"),
        *("published_at", "published_on", "pubdate", "pub_date", "published_time", "datetime", "dct"),
        *("date_publish", "web_publication_date", "published_date", "article_date", "posted", "day"),
    ),
    "publisher": (
        *("publisher", "source", "site", "sitename", "site_name", "publication", "outlet", "newspaper"),
        *("source_name", "media_name", "domain"),
    ),
    "author": ("author", "authors", "byline", "by", "writer", "creator"),
    "url": ("url", "link", "permalink", "web_url", "canonical_url", "source_url", "href"),
}  # fmt: skip
"""Names that files give to what is known of an article, best first."""

_GLUED = re.compile(r"\s*date[: ]\s*(\d{4}-\d\d-\d\d)(?!\S)[ \t]*", re.IGNORECASE)
_FENCE = re.compile(r"\s*---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{1,20}?)[ \t]*:[ \t]*(\S[^\r\n]*)(?:\r?\n|$)")
_LONGEST = 20_000
_LONGEST_VALUE = 2000
_MOST_NAMES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What is known of an article beside its text. Empty strings and None: not known."""

    title: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    published: date | None = None
    end: int = 0
    """Where the header ends in the text that it was read from."""
    unread_date: str = ""
    """What is given as the date and tells no day."""


def read_header(text: str) -> Header:
    """The header of a text; an empty one where there is none or it cannot be understood."""
    return _glued(text) or _front_matter(text) or _key_lines(text) or Header()


def header_from(fields: Mapping[str, object], end: int = 0) -> Header:
    """A header from named values: front matter, a JSON object, a row of a table. Unknown names are passed over."""
    known = {_key(name): value for name, value in fields.items() if value not in (None, "", [])}
    found = {
        field: next((known[name] for name in names if name in known), None)
        for field, names in FIELDS.items()
    }
    published = found.pop("published")
    texts = {field: _plain(value) for field, value in found.items()}
    day = _as_date(published)
    return Header(published=day, end=end, unread_date="" if day else _name(published), **texts)


def _key(name: str) -> str:
    return re.sub(r"[\s-]+|(?<=[a-z])(?=[A-Z])", "_", str(name).strip()).lower()


def _plain(value: object) -> str:
    """A value as one line. Lists within lists are nothing: YAML can write a million of them in ten lines."""
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, map(_name, value[:_MOST_NAMES])))
    return _name(value)


def _name(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("main")
    if value is None or isinstance(value, (Mapping, list, tuple, set)):
        return ""
    return " ".join(str(value)[:_LONGEST_VALUE].split())


def _as_date(value: object) -> date | None:
    if isinstance(value, date):
        return valid_date(value.year, value.month, value.day)
    return parse_date(_name(value)) if value is not None else None


def _glued(text: str) -> Header | None:
    match = _GLUED.match(text)
    published = parse_date(match[1]) if match else None
    return Header(published=published, end=match.end()) if match and published else None


def _front_matter(text: str) -> Header | None:
    match = _FENCE.match(text[:_LONGEST])
    if match is None:
        return None
    try:
        fields = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError, LookupError, TypeError, RecursionError):
        return None
    return header_from(fields, match.end()) if isinstance(fields, dict) else None


def _key_lines(text: str) -> Header | None:
    """Lines such as ``Title: …`` and ``Date: …`` at the very top. One alone may be prose: two are a header."""
    names = {name for names in FIELDS.values() for name in names}
    fields: dict[str, object] = {}
    position = len(text) - len(text.lstrip()) if text[:_LONGEST].strip() else 0
    while match := _LINE.match(text, position):
        if _key(match[1]) not in names:
            break
        fields[match[1]] = match[2].strip()
        position = match.end()
    return header_from(fields, position) if len(fields) >= 2 else None
