"""What the dashboard lets its visitors do. Where nobody says it: the least, unless only this machine can reach it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum

from timeline.errors import QueryError

MODE, WEB = "TIMELINE_MODE", "TIMELINE_WEB"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names of this machine that lead to itself alone."""


class Mode(StrEnum):
    """What visitors may do."""

    READ_ONLY = "read-only"
    """Everybody may look; nobody may add or change anything."""
    PRIVATE = "private"
    """Those on the allow-list may look, once they have signed in."""
    WORKBENCH = "workbench"
    """Everybody who can reach it may read articles of their own, which nobody else sees."""


def hosting_mode(address: str | None, environment: Mapping[str, str] = os.environ) -> Mode:
    """The mode that the environment names; else the workbench on the loopback address, and read-only on any other.

    Args:
        address: what the server listens on; None: everything.
        environment: where `TIMELINE_MODE` is looked up.

    Raises:
        QueryError: there is no such mode. Nothing is shown then: a misspelt `private` must not open the doors.
    """
    told = environment.get(MODE, "").strip().lower()
    if not told:
        return Mode.WORKBENCH if address in LOOPBACK else Mode.READ_ONLY
    try:
        return Mode(told)
    except ValueError as error:
        raise QueryError(
            f"there is no mode {told!r}",
            where=MODE,
            remedy="set it to " + ", ".join(mode.value for mode in Mode),
        ) from error


def is_local(address: str | None, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the dashboard is for whoever sits before this machine: on its loopback address, and in no mode that was told."""
    return address in LOOPBACK and not environment.get(MODE, "").strip()


def reads_web(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether visitors of the workbench may have web addresses read."""
    return environment.get(WEB, "").strip().lower() in {"1", "true", "yes", "on"}
