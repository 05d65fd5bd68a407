"""What can go wrong, said so that the person who reads it can mend it."""

from __future__ import annotations


class TimelineError(Exception):
    """Base of all errors that are shown to people: one line, no stack trace.

    Attributes:
        what: what went wrong, e.g. ``"not UTF-8 text"``.
        where: the file, address, line or parameter it concerns; may be empty.
        remedy: what the reader can do about it; may be empty.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" — {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{remedy}"


class SourceError(TimelineError):
    """A source cannot be read: missing, empty, binary, of an unknown format."""


class DataError(TimelineError):
    """A file under ``data/`` (ontology, gazetteer, rules) breaks its own schema."""


class PipelineError(TimelineError):
    """The spaCy pipeline is missing or cannot be loaded."""


class SnapshotError(TimelineError):
    """A chronology folder is missing, half copied, corrupt or of another schema version."""


class QueryError(TimelineError):
    """A filter, date or option that cannot be understood."""


class EdtfError(TimelineError, ValueError):
    """A string that is not an EDTF date of the levels that the project writes."""
