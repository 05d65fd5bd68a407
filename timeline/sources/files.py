"""What a SOURCE argument names: a file, a folder, a glob, a ZIP of files, or standard input."""

from __future__ import annotations

import glob
import io
import os
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from timeline.errors import SourceError
from timeline.model import Failure

STDIN = "-"
LARGEST = 64 * 2**20
"""Bytes of one article's file, or of one file in an archive, unpacked."""
_MOST_MEMBERS = 100_000
_TIGHTEST = 200
"""Unpacked size over packed size: an archive beyond it is a bomb, not a collection of articles."""
_DOCUMENTATION = frozenset({"readme", "license", "licence", "copying", "changelog", "contributing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Something to read: what to call it in messages, its file name, and how to open it."""

    label: str
    name: str
    open: Callable[[], BinaryIO]

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
            SourceError: it cannot be read, is empty, or is larger than an article can be.
        """
        try:
            with self.open() as stream:
                content = stream.read(LARGEST + 1)
        except (
            OSError,
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise unreadable(self.label, error) from error
        if len(content) > LARGEST:
            raise SourceError(
                f"larger than {LARGEST // 2**20} MB",
                where=self.label,
                remedy="split it, or give a collection of articles as JSON Lines or CSV",
            )
        if not content.strip():
            raise SourceError("the file is empty", where=self.label, remedy="remove it or fill it")
        return content


def unreadable(label: str, error: BaseException) -> SourceError:
    """The error for a file that the system or an archive does not give out."""
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return SourceError(
        f"cannot be read ({reason})", where=label, remedy="check that it is whole and may be read"
    )


def find_files(source: str) -> Iterator[File | Failure]:
    """The files that a source names, in a fixed order; a failure for what is not there."""
    if source == STDIN:
        yield File(label="standard input", name="stdin", open=_standard_input)
        return
    path = Path(source)
    if path.is_dir():
        yield from _in_folder(path)
    elif path.exists():
        yield from _in_file(_file(path))
    else:
        yield from _in_glob(source)


def _standard_input() -> BinaryIO:
    return io.BytesIO(sys.stdin.buffer.read())


def _file(path: Path) -> File:
    return File(label=str(path), name=path.name, open=lambda: path.open("rb"))


def _in_glob(pattern: str) -> Iterator[File | Failure]:
    found = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []
    if not found:
        reason = (
            "nothing matches this pattern"
            if glob.has_magic(pattern)
            else "there is no such file or folder"
        )
        yield Failure(source=pattern, reason=f"{reason} — check the path")
    for name in found:
        path = Path(name)
        if path.is_file():
            yield from _in_file(_file(path))
        elif path.is_dir() and not pattern.endswith("**"):
            yield from _in_folder(path)


def _in_folder(folder: Path) -> Iterator[File | Failure]:
    """Files in a folder and its sub-folders, sorted. Hidden files, links to folders and documentation are left out."""
    count = 0
    for top, folders, names in os.walk(folder, onerror=None):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if _is_wanted(name):
                count += 1
                yield from _in_file(_file(Path(top, name)))
    if not count:
        yield Failure(source=str(folder), reason="no files in this folder — put articles into it")


def _is_wanted(name: str) -> bool:
    hidden = name.startswith((".", "~$")) or name.endswith("~")
    return not hidden and PurePosixPath(name).stem.lower() not in _DOCUMENTATION


def _in_file(file: File) -> Iterator[File | Failure]:
    if file.suffix == ".zip":
        yield from _in_archive(file)
    else:
        yield file


def _in_archive(file: File) -> Iterator[File | Failure]:
    """The files of a ZIP. They are read in memory: a path in it that leads elsewhere leads nowhere."""
    try:
        with file.open() as stream:
            archive = zipfile.ZipFile(io.BytesIO(stream.read()))
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        yield Failure(
            source=file.label, reason=f"not a readable ZIP archive ({error}) — pack it again"
        )
        return
    members = sorted(archive.infolist(), key=lambda member: member.filename)
    if len(members) > _MOST_MEMBERS:
        yield Failure(
            source=file.label, reason=f"more than {_MOST_MEMBERS:,} files — unpack it first"
        )
        return
    wanted = [member for member in members if not member.is_dir() and _is_member(member.filename)]
    for member in wanted:
        yield _member(file, archive, member)
    if not wanted:
        yield Failure(source=file.label, reason="no files in this archive — put articles into it")


def _is_member(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return (
        "__MACOSX" not in parts
        and _is_wanted(parts[-1])
        and not any(part.startswith(".") and part != ".." for part in parts)
    )


def _member(file: File, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> File | Failure:
    label = f"{file.label}/{member.filename}"
    if member.flag_bits & 1:
        return Failure(source=label, reason="encrypted — unpack it with its password first")
    if member.filename.lower().endswith(".zip"):
        return Failure(source=label, reason="an archive within an archive — unpack it first")
    packed, unpacked = max(member.compress_size, 1), member.file_size
    if unpacked > LARGEST or (unpacked > 2**20 and unpacked / packed > _TIGHTEST):
        return Failure(source=label, reason="unpacks to far more than an article — unpack it first")
    name = PurePosixPath(member.filename).name
    return File(label=label, name=name, open=lambda: _opened(archive, member))


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    return archive.open(member)  # type: ignore[return-value]
