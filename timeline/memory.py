"""What a long-lived process needs no longer, given back to the system."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress


def give_back() -> None:
    """Let the system have the memory that is free. A process whose work comes in pieces would else keep as much as its largest
    piece ever took, in holes between what stays. Does nothing where the C library has no such call (it is glibc's)."""
    gc.collect()
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
