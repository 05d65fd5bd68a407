"""Where the project's data lies. Everything under ``data/`` is read through these names alone."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("TIMELINE_DATA", ROOT / "data"))

CODE = Path(__file__).resolve().parent

ARTICLES = DATA / "articles"
ONTOLOGY = DATA / "ontology"
GAZETTEERS = DATA / "gazetteers"
RULES = DATA / "rules"
PIPELINE = DATA / "pipeline"

MANIFEST = "manifest.json"
"""Names a folder a chronology; known here so that nothing need be loaded to look for it."""
