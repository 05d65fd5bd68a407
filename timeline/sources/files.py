"""What a SOURCE argument names: a file, a folder, a glob, an archive of files, a web address, or standard input."""

from __future__ import annotations

import glob
import io
import os
import stat
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from timeline.errors import SourceError
from timeline.model import Failure
from timeline.sources.options import DEFAULT, Options

STDIN = "-"
LARGEST = 64 * 2**20
"""Bytes of one article's file, or of one file in an archive, unpacked."""
_DOCUMENTATION = frozenset({"readme", "license", "licence", "copying", "changelog", "contributing"})
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Something to read: what to call it in messages, its file name, and how to open it."""

    label: str
    name: str
    open: Callable[[], BinaryIO]
    stamp: Callable[[], object] = lambda: None
    """Changes when the file does: asked before and after it is read."""
    url: str = ""
    """Where it came from, if that was a web address."""

    @property
    def stem(self) -> str:
        """The name without its last suffix."""
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        """The last suffix in lower case, with its dot; or empty."""
        return PurePosixPath(self.name).suffix.lower()

    def read(self) -> bytes:
        """All of it.

        Raises:
            SourceError: it cannot be read, is empty, is larger than an article can be, or changed meanwhile.
        """
        before = self.stamp()
        try:
            with self.open() as stream:
                content = stream.read(LARGEST + 1)
        except UNREADABLE as error:
            raise unreadable(self.label, error) from error
        if len(content) > LARGEST:
            raise SourceError(
                f"larger than {LARGEST // 2**20} MB",
                where=self.label,
                remedy="split it, or give a collection of articles as JSON Lines or CSV",
            )
        self.check_unchanged(before)
        if not content.strip():
            raise SourceError("the file is empty", where=self.label, remedy="remove it or fill it")
        return content

    def check_unchanged(self, before: object) -> None:
        """Raise SourceError if the file is not what it was when `before` was its stamp: it may be half of each."""
        if self.stamp() != before:
            raise SourceError(
                "changed while it was read",
                where=self.label,
                remedy="read it again when it is complete",
            )


UNREADABLE = (
    *(OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError),
    *(ValueError, MemoryError),
)
"""What opening and reading a file, or one within an archive, can raise."""


def unreadable(label: str, error: BaseException) -> SourceError:
    """The error for a file that the system or an archive does not give out."""
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return SourceError(
        f"cannot be read ({shown(reason)})",
        where=label,
        remedy="check that it is whole and may be read",
    )


def shown(name: str) -> str:
    """A name as it can be printed and stored: no control characters, no bytes that are no characters, not endless."""
    cleaned = "".join(
        "\ufffd" if unicodedata.category(char) in {"Cc", "Cs", "Cf", "Zl", "Zp"} else char
        for char in name[: 20 * _LONGEST_NAME]
    )
    return cleaned if len(cleaned) <= 2 * _LONGEST_NAME else f"…{cleaned[-2 * _LONGEST_NAME :]}"


def find_files(source: str, options: Options = DEFAULT) -> Iterator[File | Failure]:
    """The files that a source names, in a fixed order; a failure for what is not there."""
    if source == STDIN:
        content = sys.stdin.buffer.read(LARGEST + 1)  # Once: it cannot be opened again.
        yield File(label="standard input", name="stdin", open=lambda: io.BytesIO(content))
        return
    if source.lower().startswith(("http://", "https://")):
        yield from _on_the_web(source, options)
        return
    try:
        yield from _on_disk(source)
    except (OSError, ValueError) as error:
        yield _failure(unreadable(shown(source), error))


def _on_the_web(address: str, options: Options) -> Iterator[File | Failure]:
    if not options.web:
        yield Failure(
            source=shown(address),
            reason="web addresses are not read unless you allow it — say --web, or save the page",
        )
        return
    from timeline.sources.web import fetch  # noqa: PLC0415  (few need it)

    try:
        yield fetch(address)
    except SourceError as error:
        yield _failure(error)


def _failure(error: SourceError) -> Failure:
    return Failure(source=error.where, reason=f"{error.what} — {error.remedy}")


def _on_disk(source: str) -> Iterator[File | Failure]:
    path = Path(source)
    if path.is_dir():
        yield from _in_folder(path)
    elif os.path.lexists(path):
        yield from _in_file(path)
    else:
        yield from _in_glob(source)


def _in_glob(pattern: str) -> Iterator[File | Failure]:
    found = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []
    if not found:
        reason = (
            "nothing matches this pattern"
            if glob.has_magic(pattern)
            else "there is no such file or folder"
        )
        yield Failure(source=shown(pattern), reason=f"{reason} — check the path")
    for name in found:
        path = Path(name)
        if not path.is_dir():
            yield from _in_file(path)
        elif not pattern.endswith("**"):
            yield from _in_folder(path)


def _in_folder(folder: Path) -> Iterator[File | Failure]:
    """Files in a folder and its sub-folders, sorted. Hidden files, links to folders and documentation are left out."""
    count = 0
    closed: list[OSError] = []
    for top, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if is_wanted(name):
                count += 1
                yield from _in_file(Path(top, name))
    yield from (_failure(unreadable(shown(str(error.filename)), error)) for error in closed)
    if not count and not closed:
        yield Failure(
            source=shown(str(folder)), reason="no files in this folder — put articles into it"
        )


def is_wanted(name: str) -> bool:
    """Whether a file of that name, met in a folder or an archive, may be an article."""
    hidden = name.startswith((".", "~$")) or name.endswith("~")
    return not hidden and PurePosixPath(name).stem.lower() not in _DOCUMENTATION


def _in_file(path: Path) -> Iterator[File | Failure]:
    label = shown(str(path))
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        yield _failure(unreadable(label, error))
        return
    if not stat.S_ISREG(status.st_mode):
        # Opening a pipe waits for somebody to write into it; a device may never end.
        yield Failure(
            source=label,
            reason="is no file but a pipe, socket or device — copy its content into one",
        )
        return
    name = shown(path.name)
    file = File(label=label, name=name, open=lambda: path.open("rb"), stamp=lambda: _stamp(path))
    from timeline.sources.archives import expand  # noqa: PLC0415  (it builds on this module)

    yield from expand(file)


def _stamp(path: Path) -> object:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
