"""The page of the timeline. Nothing is kept between runs but the width of the chart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import streamlit as st

from timeline.dashboard.access.passes import are_routes_served, renewed
from timeline.dashboard.component import show_timeline
from timeline.dashboard.screen import Stage, file_of, foreseen, screen, set_stage
from timeline.dashboard.source import build_bundled, chronology_folder, data_version, needs_building
from timeline.dashboard.state import read_address, resolve_view
from timeline.dashboard.uploads import offers_uploads, own_stage
from timeline.errors import TimelineError
from timeline.store import open_snapshot

_PASS = "pass"


@st.cache_resource(max_entries=2, show_spinner=False)
def _stage(folder: str, version: str) -> Stage:
    # The version is part of the key: a new build is a new stage.
    return set_stage(open_snapshot(Path(folder)))


def _opened() -> Stage:
    own = own_stage()
    if own:
        return own
    folder = chronology_folder()
    if needs_building(folder):
        with st.spinner("Reading the bundled articles for the first time: about ten seconds."):
            build_bundled(folder)
    return house_stage()


def house_stage() -> Stage:
    """The chronology that every visitor sees.

    Raises:
        SnapshotError: it is not there, or cannot be read.
    """
    folder = chronology_folder()
    return _stage(str(folder), data_version(folder))


def _show_unavailable(error: TimelineError) -> None:
    st.title("No chronology to show")
    # The folder's name, not the way to it: that is nobody's business on the web.
    where = Path(error.where).name
    st.text(f"{where}: {error.what}." if where else f"{error.what}.")
    st.text(f"What to do: {error.remedy or 'build the chronology again'}.")
    st.code(
        "python -m timeline build data/articles --out DIR\npython -m timeline serve DIR",
        language="shell",
    )


def show_page() -> None:
    """Reads the address and draws the screen that it asks for."""
    try:
        stage = _opened()
    except TimelineError as error:
        _show_unavailable(error)
        return
    asked, misread = read_address({name: st.query_params.get_all(name) for name in st.query_params})
    view, unknown = resolve_view(asked, stage.snapshot)
    show_timeline(
        lambda width: (
            screen(view, stage, width)
            | {"asked": sorted(_asked()), "visit": _visit(stage), "own": offers_uploads()}
        ),
        [*misread, *unknown],
        lambda asked: file_of(view, stage, asked),
        lambda events: foreseen(view, stage, events),
    )


def _asked() -> Iterator[tuple[str, str]]:
    """The address that is answered: the browser may have gone on to another meanwhile."""
    for name in st.query_params:
        yield from ((name, value) for value in st.query_params.get_all(name))


def _visit(stage: Stage) -> str:
    """The key to the routes; empty where there are none."""
    if not are_routes_served():
        return ""
    # Held by the visit alone, so that it ends with it.
    held = renewed(st.session_state.get(_PASS), stage, st.context.cookies)
    st.session_state[_PASS] = held
    return held.key
