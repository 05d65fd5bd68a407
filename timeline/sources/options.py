"""What whoever runs the program allows and tells about sources, beside naming them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from timeline.errors import QueryError
from timeline.sources.header import FIELDS

COLUMN_FIELDS = ("text", *FIELDS)
"""What a column of a table, or a key of a JSON object, can be told to hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How sources are read."""

    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Field (one of `COLUMN_FIELDS`) to the name of the column that holds it; what is not told is guessed."""
    encoding: str = ""
    """Of texts that are not UTF-8; empty: such texts are refused, with a guess."""
    web: bool = False
    """Whether web addresses may be read."""
    unique: bool = False
    """Whether a text that was read under another name already is left out, and told."""
    seconds: float = 120.0
    """Wall clock that the reading of one file of a risky format (a page, a PDF…) may take."""
    characters: int = 2_000_000
    """Most characters of one article. A thick book has fewer; parsing them takes minutes, and half a gigabyte."""
    memory: int = 1536 * 2**20
    """Bytes of address space that it may take, where the system can bound it."""


DEFAULT = Options()


def read_columns(told: tuple[str, ...]) -> dict[str, str]:
    """``("text=Body", "published=Day")`` as a mapping of fields to column names.

    Raises:
        QueryError: one is not of that form, or names no field.
    """
    columns: dict[str, str] = {}
    for item in told:
        name, equals, column = (part.strip() for part in item.partition("="))
        if not equals or name not in COLUMN_FIELDS or not column:
            raise QueryError(
                f"{item!r} tells no column",
                where="--column",
                remedy=f"write FIELD=COLUMN; fields are {', '.join(COLUMN_FIELDS)}",
            )
        columns[name] = column
    return columns


def check_encoding(name: str) -> str:
    """The encoding's name, if Python knows it as one of texts.

    Raises:
        QueryError: it does not.
    """
    try:
        b"a".decode(name or "utf-8")
    except (LookupError, UnicodeError, ValueError) as error:
        raise QueryError(
            f"no encoding is called {name!r}",
            where="--encoding",
            remedy="write its name, such as windows-1252 or iso-8859-2",
        ) from error
    return name
