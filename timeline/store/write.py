"""Writes a chronology to a folder, so that a reader sees the old one or the new one, never half of one."""

from __future__ import annotations

import ctypes
import glob
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

import timeline
from timeline.errors import SnapshotError
from timeline.model import Chronology, Failure
from timeline.paths import MANIFEST
from timeline.store.earlier import keep_earlier
from timeline.store.schema import COLUMNS, SCHEMA_VERSION, TABLES, Row, table_rows

_EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2): two folders swap names in one step."""
_LEFT_BEHIND = 3600
"""Seconds after which nobody is still writing there."""
_GROUP = 4096
"""Rows that are in memory at once, and stand together in a file."""
_HERE = -100
"""AT_FDCWD."""


def write_chronology(
    chronology: Chronology, out: Path, *, built_by: Mapping[str, str] | None = None
) -> str:
    """Write the snapshot, in place of one that is there; returns its data version (a content hash).

    The same chronology gives the same bytes. `built_by` (e.g. the pipeline's name) goes into the manifest.

    Raises:
        SnapshotError: `out` is something else than a chronology, or cannot be written.
    """
    version, _ = write_rows(table_rows(chronology), chronology.failures, out, built_by=built_by)
    return version


def write_rows(
    rows: Mapping[str, Iterator[Row]],
    failures: Sequence[Failure],
    out: Path,
    *,
    built_by: Mapping[str, str] | None = None,
) -> tuple[str, Mapping[str, int]]:
    """Write sorted rows as they come, a group at a time in memory; otherwise as `write_chronology`. Returns the data
    version, and how many rows each table has."""
    out = Path(os.path.abspath(out))
    check_replaceable(out)
    try:
        with _beside(out, "building") as building:
            written = write_tables(rows, failures, building, built_by or {})
            keep_earlier(out, building)
            building.chmod(0o755)
            _swap_in(building, out)
    except OSError as error:
        raise _unwritable(out, error) from error
    return written


@contextmanager
def working_folder(out: Path) -> Iterator[Path]:
    """A folder on the disk of `out` for what a build has at work.

    Raises:
        SnapshotError: there can be none.
    """
    try:
        with _beside(out, "working") as folder:
            yield folder
    except (OSError, sqlite3.OperationalError) as error:  # a full disk is told by either
        raise _unwritable(out, error) from error


@contextmanager
def _beside(out: Path, kind: str) -> Iterator[Path]:
    """A folder that is removed in the end, and by a later build if this one is killed."""
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.{kind}-", dir=out.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unwritable(out: Path, error: OSError | sqlite3.OperationalError) -> SnapshotError:
    reason = getattr(error, "strerror", None) or error
    return SnapshotError(
        f"cannot write the chronology ({reason})",
        where=str(out),
        remedy="choose a folder that you may write to, with space left",
    )


def _sweep(out: Path) -> None:
    """Remove what builds left behind that were killed."""
    for kind in ("building", "working", "old"):
        for left in out.parent.glob(f".{glob.escape(out.name)}.{kind}-*"):
            with suppress(OSError):
                newest = max(path.stat().st_mtime for path in (left, *left.iterdir()))
                if newest < time.time() - _LEFT_BEHIND:
                    shutil.rmtree(left, ignore_errors=True)


def check_replaceable(out: Path) -> None:
    """Raise SnapshotError unless nothing, an empty folder or a chronology is there."""
    if not os.path.lexists(out):
        return
    if out.is_dir() and ((out / MANIFEST).is_file() or not any(out.iterdir())):
        return
    raise SnapshotError(
        "is there already and is not a chronology", where=str(out), remedy="choose another --out"
    )


def write_tables(
    rows: Mapping[str, Iterator[Row]],
    failures: Sequence[Failure],
    folder: Path,
    built_by: Mapping[str, str],
) -> tuple[str, Mapping[str, int]]:
    """Write the files of a chronology into an empty folder; returns the data version and the counts of rows.

    The version is a hash of what the tables say. Not of their bytes, which another version of the Parquet writer may change.
    """
    digest = hashlib.sha256(f"schema {SCHEMA_VERSION}".encode())
    counts = {name: _write_table(rows[name], name, folder, digest) for name in TABLES}
    version = digest.hexdigest()[:16]
    manifest = {
        "schema_version": SCHEMA_VERSION,
        "data_version": version,
        "built_by": {"timeline": timeline.__version__, **built_by},
        "counts": counts,
        "failures": [{"source": failure.source, "reason": failure.reason} for failure in failures],
        "files": {name: _written(folder / f"{name}.parquet") for name in TABLES},
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    with (folder / MANIFEST).open("wb") as file:
        file.write(text.encode())
        _flush(file)
    return version, counts


def _write_table(rows: Iterator[Row], name: str, folder: Path, digest: hashlib._Hash) -> int:
    """Write rows in groups; returns how many there were."""
    count = 0
    with (
        (folder / f"{name}.parquet").open("wb") as file,
        pq.ParquetWriter(file, COLUMNS[name], compression="zstd") as writer,
    ):
        while group := list(islice(rows, _GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=COLUMNS[name]))
            count += len(group)
            for row in group:
                digest.update(json.dumps([name, row], default=str, sort_keys=True).encode())
    return count


def _written(path: Path) -> dict[str, Any]:
    with path.open("rb+") as file:  # some systems flush only what may be written
        checksum = hashlib.file_digest(file, "sha256").hexdigest()
        _flush(file)
    return {"bytes": path.stat().st_size, "sha256": checksum}


def _flush(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _swap_in(building: Path, out: Path) -> None:
    """Put the new folder in the old one's place; what was there is afterwards at `building`."""
    if not out.exists():
        building.rename(out)
        return
    if _exchange(building, out):
        return
    # Without an exchange of names there is a moment with no folder: a reader then finds none and tries again.
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}.old-", dir=out.parent))
    out.rename(aside / "old")
    building.rename(out)
    shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names atomically, where the system can."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
