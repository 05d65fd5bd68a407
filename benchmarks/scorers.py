"""The scorers that lie beside the corpora, loaded from there: they are no part of this project."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType


def load_scorer(corpora: Path, name: str) -> ModuleType:
    """The scorer of that name in the corpora's ``eval`` folder; ends the program where there is none."""
    path = corpora / "eval" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.exists():
        sys.exit(f"{path}: no scorer there — say where the corpora lie with --corpora")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
