"""What a visit holds: the chronology of the visitor's own articles. No other visit can reach it, and it ends with it."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from timeline.dashboard.screen import Stage


@dataclass(slots=True, kw_only=True)
class Told:
    """What became of the articles that were brought, for the report."""

    articles: int = 0
    events: int = 0
    lines: list[tuple[str, str]] = field(default_factory=list)
    """Name of the source, and what is said of it."""
    trouble: str = ""


@dataclass(slots=True, kw_only=True)
class Room:
    """One visitor's own. In memory alone: nothing of it lies on the disk once it was read."""

    stage: Stage | None = None
    told: Told | None = None
    round: int = 0
    """Counts how often the form was emptied."""


_KEY = "own_room"


def room() -> Room:
    """This visitor's."""
    # The session's state dies with the session; a cache shared by all would not.
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Room()
    found: Room = st.session_state[_KEY]
    return found


def own_stage() -> Stage | None:
    """The visitor's own chronology, if there is one to be shown instead of that of the house."""
    return room().stage if _KEY in st.session_state else None
