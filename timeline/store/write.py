"""Writes a chronology to a folder, so that a reader sees the old one or the new one, never half of one."""

from __future__ import annotations

import ctypes
import glob
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import timeline
from timeline.errors import SnapshotError
from timeline.model import Chronology
from timeline.paths import MANIFEST
from timeline.store.earlier import keep_earlier
from timeline.store.schema import COLUMNS, SCHEMA_VERSION, TABLES, Row, table_rows

_EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2): two folders swap names in one step."""
_LEFT_BEHIND = 3600
"""Seconds after which nobody is still writing there."""
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
    out = Path(os.path.abspath(out))
    check_replaceable(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        building = Path(tempfile.mkdtemp(prefix=f".{out.name}.building-", dir=out.parent))
        try:
            version = _write_tables(chronology, building, built_by or {})
            keep_earlier(out, building)
            building.chmod(0o755)
            _swap_in(building, out)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    except OSError as error:
        raise SnapshotError(
            f"cannot write the chronology ({error.strerror or error})",
            where=str(out),
            remedy="choose a folder that you may write to, with space left",
        ) from error
    return version


def _sweep(out: Path) -> None:
    """Remove what builds left behind that were killed while they wrote, which takes seconds."""
    for kind in ("building", "old"):
        for left in out.parent.glob(f".{glob.escape(out.name)}.{kind}-*"):
            with suppress(OSError):
                if left.stat().st_mtime < time.time() - _LEFT_BEHIND:
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


def _write_tables(chronology: Chronology, folder: Path, built_by: Mapping[str, str]) -> str:
    rows = table_rows(chronology)
    files = {name: _write_table(rows[name], name, folder) for name in TABLES}
    version = _content_hash(rows)
    manifest = {
        "schema_version": SCHEMA_VERSION,
        "data_version": version,
        "built_by": {"timeline": timeline.__version__, **built_by},
        "counts": {name: len(rows[name]) for name in TABLES},
        "failures": [
            {"source": failure.source, "reason": failure.reason} for failure in chronology.failures
        ],
        "files": files,
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    _write_durably(folder / MANIFEST, text.encode())
    return version


def _write_table(rows: list[Row], name: str, folder: Path) -> dict[str, Any]:
    table = pa.Table.from_pylist(rows, schema=COLUMNS[name])
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", row_group_size=50_000)
    content = sink.getvalue().to_pybytes()
    _write_durably(folder / f"{name}.parquet", content)
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _content_hash(rows: Mapping[str, list[Row]]) -> str:
    """Hash of what the tables say. Not of their bytes, which another version of the Parquet writer may change."""
    digest = hashlib.sha256(f"schema {SCHEMA_VERSION}".encode())
    for name in TABLES:
        for row in rows[name]:
            digest.update(json.dumps([name, row], default=str, sort_keys=True).encode())
    return digest.hexdigest()[:16]


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
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
