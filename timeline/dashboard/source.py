"""Where the dashboard's chronology comes from, opened once for all visitors and again when a new one is there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from timeline.bundled import BUNDLED
from timeline.errors import SnapshotError
from timeline.paths import ARTICLES, ROOT

ENVIRONMENT = "TIMELINE_CHRONOLOGY"
_BUILDING = threading.Lock()
"""Visitors who come while it is built wait for it."""


def chronology_folder() -> Path:
    """The folder that the environment names, else that of the bundled articles."""
    return Path(os.environ.get(ENVIRONMENT) or BUNDLED)


def needs_building(folder: Path) -> bool:
    """Whether this is the chronology of the bundled articles, and nobody has built it yet."""
    return folder == BUNDLED and not (folder / "manifest.json").exists()


def build_bundled(folder: Path) -> None:
    """Builds the chronology of the bundled articles, as hosts need it that start `app.py` and nothing before it.

    Raises:
        SnapshotError: it cannot be built.
    """
    with _BUILDING:
        if not needs_building(folder):
            return
        # In a process of its own: what the models take of memory is given back, which hosts count.
        command = [sys.executable, "-m", "timeline", "build", str(ARTICLES), "--out", str(folder)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        raise SnapshotError(
            "the bundled articles cannot be read", where=folder.name, remedy="restore data/articles"
        )


def data_version(folder: Path) -> str:
    """The version that the manifest names, read anew: it changes when a build takes the folder's place.

    Raises:
        SnapshotError: no chronology is there, or its manifest cannot be read.
    """
    try:
        return str(json.loads((folder / "manifest.json").read_text("utf-8"))["data_version"])
    except OSError as error:
        raise SnapshotError(
            "no chronology is here",
            where=folder.name,
            remedy="build one: python -m timeline build SOURCE… --out DIR",
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise SnapshotError(
            "the manifest cannot be read", where=folder.name, remedy="build the chronology again"
        ) from error
