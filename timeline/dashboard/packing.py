"""A screen as it travels to the browser: JSON, packed. Tens of kilobytes at any number of events."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from typing import Any

_LEVEL = 3
"""Higher ones cost each click more milliseconds than they save on any but the slowest line."""


def packed(data: Mapping[str, Any]) -> bytes:
    """The gzipped JSON. The same data give the same bytes, by which Streamlit knows what a browser has already."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=_LEVEL, mtime=0)
