"""Reads the YAML files of ``data/rules`` and says what is wrong with them in one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from timeline import paths
from timeline.errors import DataError


def read_rules(name: str) -> Any:
    """The content of ``data/rules/NAME.yaml``.

    Raises:
        DataError: the file is missing or is not YAML.
    """
    path = paths.RULES / f"{name}.yaml"
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_FastLoader)
    except OSError as error:
        raise DataError("cannot be read", where=str(path), remedy="restore the file") from error
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        raise DataError(
            f"not YAML (line {line})", where=str(path), remedy="mend the line"
        ) from error


def rule_files() -> tuple[Path, ...]:
    """The files that hold rules of time expressions, in order of their names."""
    return tuple(sorted(paths.RULES.glob("timex_*.yaml")))


_FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
