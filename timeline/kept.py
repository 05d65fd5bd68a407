"""Analyses kept from one build to the next, so that an article that has not changed is not read again.

A build that is killed loses nothing that it has kept: the next one goes on from there. What is kept is never needed:
it may be deleted at any time, and an entry that is damaged, or of other code or data, is as if it were not there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from timeline.model import Analysis, Document
from timeline.paths import CODE, DATA
from timeline.serialise import dump, load

_AFTER_READING = frozenset(
    {"dashboard", "store", "merge", "sources", "cli", "blocks.py", "build.py", "cluster.py"}
    | {
        "acting.py",
        "copies.py",
        "engine.py",
        "exports.py",
        "parallel.py",
        "stories.py",
        "workspace.py",
    }
)
"""Packages and modules that an analysis does not depend on."""
_LIBRARIES = ("spacy", "dateparser", "holidays", "pydantic")
_DAYS = 30
"""After which analyses of other code or data are thrown away."""


def unpack(document: Document, packed: bytes) -> Analysis | None:
    """The analysis of exactly this document that was kept; None if it is damaged, or none is there."""
    with suppress(ValueError, zlib.error):
        kept = load(Analysis, zlib.decompress(packed).decode())
        return kept if kept.document == document else None
    return None


def pack(analysis: Analysis) -> bytes:
    """An analysis as it is kept. Raises ValueError for a text with half a character in it."""
    return zlib.compress(dump(analysis).encode(), level=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnalyses:
    """A folder of analyses, each named by a hash of the document and of everything that reads it."""

    folder: Path | None
    """None: nothing is kept."""

    def has(self, document: Document) -> bool:
        """Whether an undamaged analysis of exactly this document is there."""
        try:
            return bool(zlib.decompress(self.packed(document)))
        except zlib.error:
            return False

    def find(self, document: Document) -> Analysis | None:
        """What was kept of exactly this document."""
        return unpack(document, self.packed(document))

    def packed(self, document: Document) -> bytes:
        """The same as it is kept, unread; empty if there is none."""
        if self.folder is None:
            return b""
        try:
            return self._path(document).read_bytes()
        except (OSError, ValueError):
            return b""

    def keep(self, analysis: Analysis) -> None:
        """Keep an analysis. A full or forbidden disk is no reason to fail: it is then read again next time."""
        with suppress(ValueError):  # a text with half a character in it has no JSON
            self.keep_packed(analysis.document, pack(analysis))

    def keep_packed(self, document: Document, packed: bytes) -> None:
        """Keep an analysis that was packed elsewhere."""
        if self.folder is None:
            return
        with suppress(OSError, ValueError):
            path = self._path(document)
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, packed)

    def _path(self, document: Document) -> Path:
        assert self.folder  # both callers have looked
        name = hashlib.sha256(dump(document).encode()).hexdigest()
        return self.folder / name[:2] / name


def kept_analyses(pipeline: str = "", root: Path | None = None) -> KeptAnalyses:
    """What earlier builds have kept for this pipeline, code and data.

    Kept in `root`, by default ``$TIMELINE_CACHE`` or the user's cache folder; nowhere if ``TIMELINE_CACHE`` is empty.
    """
    root = _root() if root is None else root
    if root is None:
        return KeptAnalyses(folder=None)
    folder = root / "analyses" / _fingerprint(pipeline)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
        _throw_away_others(folder)
    return KeptAnalyses(folder=folder)


def _root() -> Path | None:
    told = os.environ.get("TIMELINE_CACHE")
    if told is not None:
        return Path(told) if told else None
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(home) / "timeline"


def _fingerprint(pipeline: str) -> str:
    digest = hashlib.sha256(pipeline.encode())
    for path in sorted([*_code(), *(path for path in DATA.rglob("*") if path.is_file())]):
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for library in (
        *_LIBRARIES,
        *([pipeline] if pipeline and not os.path.exists(pipeline) else []),
    ):
        with suppress(ImportError):  # what is no installed distribution has no version
            digest.update(f"{library} {version(library)}".encode())
    return digest.hexdigest()[:16]


def _code() -> list[Path]:
    return [
        path for path in CODE.rglob("*.py") if path.relative_to(CODE).parts[0] not in _AFTER_READING
    ]


def _throw_away_others(current: Path) -> None:
    oldest = time.time() - _DAYS * 86_400
    for folder in current.parent.iterdir():
        if folder != current and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)


def _write_whole(path: Path, content: bytes) -> None:
    """All of it or nothing: a reader never sees half of a file."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
