"""Files within files: ZIP and tar archives, gzipped files, and those within each other, read in memory.

A path in an archive that leads elsewhere leads nowhere: nothing is ever unpacked to the disk.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePosixPath
from typing import BinaryIO

from timeline.model import Failure
from timeline.sources.files import LARGEST, UNREADABLE, File, is_wanted, shown

_MOST_MEMBERS = 100_000
_TIGHTEST = 200
"""Unpacked size over packed size: an archive beyond it is a bomb, not a collection of articles."""
_DEEPEST = 3
"""Archives within one another."""
_WHOLE = 2**30
"""Bytes of all that one outermost archive may unpack to."""
_MOST_BOMBS = 10
"""Members of one outermost archive that are refused one by one; then the rest is."""
_TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_BOMB = "unpacks to far more than an article — unpack it first"
_TOO_DEEP = f"archives within archives more than {_DEEPEST} deep — unpack it first"


_BROKEN = (LookupError, TypeError, AttributeError, AssertionError)
"""What the libraries raise of archives that lack what all have."""


@dataclass(slots=True)
class _Budget:
    """What is left of the bytes that one outermost archive may unpack to."""

    left: int = _WHOLE
    bombs: int = 0

    def take(self, size: int) -> bool:
        self.left -= size
        return self.left >= 0

    def refuse(self, label: str) -> Failure:
        self.bombs += 1
        return Failure(source=label, reason=_BOMB)

    @property
    def is_spent(self) -> bool:
        return self.left < 0 or self.bombs >= _MOST_BOMBS


def expand(file: File) -> Iterator[File | Failure]:
    """The files in a file: those of an archive, or the file itself."""
    yield from _expand(file, 0, _Budget())


def _expand(file: File, depth: int, budget: _Budget) -> Iterator[File | Failure]:
    if budget.is_spent:
        return
    name = file.name.lower()
    if name.endswith(".zip"):
        members = _zip_members
    elif name.endswith(_TARS):
        members = _tar_members
    elif name.endswith(".gz") and not name.endswith(".warc.gz"):
        members = _gzip_member
    else:
        yield file
        return
    if depth >= _DEEPEST:
        yield Failure(source=file.label, reason=_TOO_DEEP)
        return
    try:
        for found in members(file, budget):
            if isinstance(found, Failure):
                yield found
            else:
                yield from _expand(found, depth + 1, budget)
    except (
        *UNREADABLE,
        tarfile.TarError,
        lzma.LZMAError,
        RecursionError,
        OverflowError,
        *_BROKEN,
    ) as error:
        kind = "ZIP archive" if members is _zip_members else "archive"
        reason = f"not a readable {kind} ({shown(str(error))})"
        yield Failure(source=file.label, reason=f"{reason} — pack it again")


def _zip_members(file: File, budget: _Budget) -> Iterator[File | Failure]:
    with file.open() as stream, zipfile.ZipFile(stream) as archive:
        members = sorted(archive.infolist(), key=lambda member: member.filename)
        wanted = [
            member
            for member in members
            if member.filename and not member.is_dir() and _in(member.filename)
        ]
        yield from _counted(file, len(members), len(wanted))
        if _overlap(members):
            yield budget.refuse(file.label)
        elif len(members) <= _MOST_MEMBERS:
            for member in wanted:
                yield _zip_member(file, archive, member, budget)
                if budget.is_spent:
                    yield Failure(
                        source=file.label, reason=f"the rest of it is not read: it {_BOMB}"
                    )
                    return


def _overlap(members: list[zipfile.ZipInfo]) -> bool:
    """Whether members share their packed bytes: a few kilobytes listed a thousand times over are a bomb."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    return any(
        one.header_offset + one.compress_size > other.header_offset
        for one, other in pairwise(ordered)
    )


def _counted(file: File, members: int, wanted: int) -> Iterator[Failure]:
    if members > _MOST_MEMBERS:
        yield Failure(
            source=file.label, reason=f"more than {_MOST_MEMBERS:,} files — unpack it first"
        )
    elif not wanted:
        yield Failure(source=file.label, reason="no files in this archive — put articles into it")


def _in(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return (
        bool(parts)
        and "__MACOSX" not in parts
        and is_wanted(parts[-1])
        and not any(part.startswith(".") and part != ".." for part in parts)
    )


def _zip_member(
    file: File, archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: _Budget
) -> File | Failure:
    label = shown(f"{file.label}/{member.filename}")
    if member.flag_bits & 1:
        return Failure(source=label, reason="encrypted — unpack it with its password first")
    if stat.S_ISLNK(member.external_attr >> 16):
        return _link(label)
    packed, unpacked = max(member.compress_size, 1), member.file_size
    tight = unpacked > 2**17 and unpacked / packed > _TIGHTEST
    if unpacked > LARGEST or tight or not budget.take(unpacked):
        return budget.refuse(label)
    return _member(file, label, member.filename, lambda: archive.open(member))


def _link(label: str) -> Failure:
    return Failure(
        source=label, reason="a link, not a file — pack the file that it leads to instead"
    )


def _member(file: File, label: str, path: str, opened: object) -> File:
    name = shown(PurePosixPath(path).name)
    return File(label=label, name=name, open=opened, stamp=file.stamp)  # type: ignore[arg-type]


def _tar_members(file: File, budget: _Budget) -> Iterator[File | Failure]:
    """Read from front to end, as a compressed archive can only be; so each member is held while it is looked at."""
    count = wanted = 0
    # Unpacked here: tarfile's own unpacking of a stream takes time by the square of a block's size.
    with _unpacked_tar(file) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            count += 1
            if count > _MOST_MEMBERS or member.size > LARGEST or not budget.take(member.size):
                yield budget.refuse(shown(f"{file.label}/{member.name}"))
                return
            if _in(member.name) and not member.isdir():
                wanted += 1
                yield _tar_member(file, archive, member)
    yield from _counted(file, count, wanted)


def _unpacked_tar(file: File) -> BinaryIO:
    packed = file.open()
    head = packed.read(6)
    packed.seek(0)
    for magic, module in ((b"\x1f\x8b", gzip), (b"BZh", bz2), (b"\xfd7zXZ\0", lzma)):
        if head.startswith(magic):
            return module.open(packed)  # type: ignore[no-any-return]
    return packed


def _tar_member(file: File, archive: tarfile.TarFile, member: tarfile.TarInfo) -> File | Failure:
    label = shown(f"{file.label}/{member.name}")
    if not member.isreg():
        return _link(label)
    extracted = archive.extractfile(member)
    content = extracted.read() if extracted else b""
    return _member(file, label, member.name, lambda: io.BytesIO(content))


def _gzip_member(file: File, budget: _Budget) -> Iterator[File | Failure]:
    name = file.name[: -len(".gz")]
    if not _is_small(file, budget):
        yield budget.refuse(file.label)
        return
    yield replace(file, name=name, open=lambda: _unpacked(file))


def _is_small(file: File, budget: _Budget) -> bool:
    """Whether it unpacks to what an article, or an archive of some, may: told by unpacking it once, block by block."""
    size = 0
    with gzip.open(file.open()) as stream:
        while block := stream.read(2**20):
            size += len(block)
            if size > 16 * LARGEST or not budget.take(len(block)):
                return False
    return True


def _unpacked(file: File) -> BinaryIO:
    return gzip.open(file.open())  # type: ignore[return-value]
