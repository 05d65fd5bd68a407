"""What a build has at hand while it goes on: on disk, so that memory does not grow with the archive.

Whatever order things come in, they are read back sorted: documents by name, mentions by the day that they tell of,
events by date. The file is of use to the build that made it, and to nobody after.
"""

from timeline.workspace.database import Workspace
from timeline.workspace.rows import (
    Found,
    PackedAnalysis,
    Resolved,
    Told,
    pack,
    unpack,
    unpack_analysis,
)

__all__ = [
    "Found",
    "PackedAnalysis",
    "Resolved",
    "Told",
    "Workspace",
    "pack",
    "unpack",
    "unpack_analysis",
]
