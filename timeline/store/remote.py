"""Chronologies in an object store: written here, then copied there by fsspec, the manifest last."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from timeline.errors import SnapshotError
from timeline.paths import MANIFEST


def is_remote(out: str) -> bool:
    """Whether it is the address of an object store (``s3://bucket/name``, ``file:///folder``) and no folder."""
    return "://" in out


@contextmanager
def published_to(address: str) -> Iterator[Path]:
    """A folder to write a chronology to; what is there in the end is copied to the address.

    Raises:
        SnapshotError: fsspec or its part for that store is missing, or the store refuses.
    """
    store, path = _opened(address)
    with tempfile.TemporaryDirectory(prefix="timeline-") as scratch:
        folder = Path(scratch) / "chronology"
        yield folder
        if folder.exists():
            _copy(folder, store, path, address)


def _opened(address: str) -> tuple[Any, str]:
    try:
        import fsspec  # noqa: PLC0415 - an extra

        store, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise SnapshotError(
            f"cannot be opened ({error})",
            where=address,
            remedy="run `pip install -r requirements-scale.txt`, and install what fsspec needs for that store",
        ) from error
    return store, path


def _copy(folder: Path, store: Any, path: str, address: str) -> None:
    """Readers look for the manifest first, and compare the rest with it."""
    files = sorted(folder.iterdir(), key=lambda file: (file.name == MANIFEST, file.name))
    try:
        store.makedirs(path, exist_ok=True)
        for file in files:
            store.put_file(str(file), f"{path}/{file.name}")
    except Exception as error:  # each store has errors of its own
        raise SnapshotError(
            f"cannot be written ({error})", where=address, remedy="see whether you may write there"
        ) from error
