"""Where the chronology of the bundled articles is kept, and whether it is still that of this code and data.

Apart from `timeline.build`, so that a dashboard that has its chronology does not wait for spaCy to load.
"""

from __future__ import annotations

from pathlib import Path

from timeline.paths import CODE, DATA, MANIFEST, ROOT

BUNDLED = ROOT / ".timeline" / "bundled"

_DRAWS = CODE / "dashboard"


def is_current(folder: Path = BUNDLED) -> bool:
    """Whether a chronology is there, and newer than the data and the code that it is built from. Whether it is whole, the
    dashboard finds out when it opens it."""
    try:
        written = (folder / MANIFEST).stat().st_mtime_ns
        return all(path.stat().st_mtime_ns <= written for path in _inputs())
    except OSError:
        return False


def _inputs() -> list[Path]:
    code = [path for path in CODE.rglob("*.py") if _DRAWS not in path.parents]
    return [*code, *(path for path in DATA.rglob("*") if path.is_file())]
