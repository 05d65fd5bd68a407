"""The browser's part: one `st.components.v2` component that draws the screen and writes the address.

Its files, plotly.js among them, are served by Streamlit itself, as the assets of an installed component are: with any
`streamlit run`, from any base path, and from nowhere else.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

from timeline.dashboard.component.bundling import write_bundle
from timeline.dashboard.packing import packed

ASSETS = Path(__file__).parent / "assets"
_SCREEN, _PRELOAD = "timeline.screen", "timeline.preload"
_SCREEN_KEY, _PRELOAD_KEY = "screen", "preload"
_ASKED, _FORESEEN, _DOWNLOADS = "asked_download", "foreseen_events", "downloads"
MOST_FORESEEN = 60
"""Events whose passages are sent at once, before they are asked for."""
FIRST_WIDTH, FIRST_PHONE_WIDTH = 980, 360
"""Pixels, until the browser has told its own."""
_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []
"""Held until the process ends, and then removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Names of the component's files, or their addresses below the dashboard's own."""

    script: str
    style: str


def serve_script() -> Served:
    """Has Streamlit serve the component's files before a visitor has mounted it; where they are."""
    served = _declared()
    _defined(served)
    below = f"./_stcore/bidi-components/{_SCREEN}"
    return Served(script=f"{below}/{served.script}", style=f"{below}/{served.style}")


def preload() -> None:
    """Has the browser fetch the scripts while the server still reads. Draws nothing."""
    style = _declared().style
    st.components.v2.component(_PRELOAD, js="preload.js", css=style, isolate_styles=False)(
        key=_PRELOAD_KEY
    )


def show_timeline(
    draw: Callable[[float], dict[str, Any]],
    notices: Sequence[str],
    download: Callable[[str], dict[str, str]],
    passages: Callable[[Sequence[str]], dict[str, Any]],
) -> None:
    """Mounts the component with what `draw` makes for the width of the chart in this visitor's browser.

    Args:
        download: makes the file that the visitor has asked for, of that format.
        passages: tells, by event, what the browser shows of those events once they are opened.
    """
    mount = _defined(_declared())
    asked = st.session_state.pop(_ASKED, None)
    foreseen = st.session_state.pop(_FORESEEN, None)
    mount(
        key=_SCREEN_KEY,
        data=packed(
            {
                **draw(_width()),
                "notices": list(notices),
                "download": _numbered(download(asked)) if asked else None,
                "passages": passages(foreseen) if foreseen else {},
            }
        ),
        on_width_change=_keep_width,
        on_download_change=_keep_asked,
        on_passages_change=_keep_foreseen,
    )


def is_settling() -> bool:
    """Whether the browser still draws the timeline for the first time: what comes beside it now would make it jump."""
    return _SCREEN_KEY in st.session_state and not st.session_state.get("chart_width")


def _defined(served: Served) -> ComponentRenderer:
    return st.components.v2.component(
        _SCREEN, js=served.script, css=served.style, isolate_styles=False
    )


def _declared() -> Served:
    """Declares where the component's files lie, as the pyproject.toml of an installed component would."""
    folder, served = _bundle()
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(_PRELOAD) is None:
        for name in (_SCREEN, _PRELOAD):
            package, component = name.split(".")
            config = ComponentConfig(name=component, asset_dir=folder.name)
            manifest = ComponentManifest(name=package, version="1", components=[config])
            manager.register_from_manifest(manifest, folder.parent)
    return served


@cache
def _bundle() -> tuple[Path, Served]:
    """The folder that is served, made once a process."""
    _FOLDERS.append(tempfile.TemporaryDirectory(prefix="timeline-assets-"))
    folder = Path(_FOLDERS[-1].name) / ASSETS.name
    folder.mkdir()
    script, style = write_bundle(ASSETS, "index", folder)
    return folder, Served(script=script, style=style)


def _width() -> float:
    told = st.session_state.get("chart_width")
    if told:
        return float(told)
    agent = st.context.headers.get("User-Agent", "")
    return FIRST_PHONE_WIDTH if "Mobi" in agent else FIRST_WIDTH


def _keep_width() -> None:
    # The component's own state is gone when the browser goes back: the session's is not.
    width = st.session_state[_SCREEN_KEY].get("width")
    if isinstance(width, int | float) and 100 <= width <= 10_000:
        st.session_state["chart_width"] = width


def _keep_asked() -> None:
    st.session_state[_ASKED] = st.session_state[_SCREEN_KEY].get("download")


def _keep_foreseen() -> None:
    told = st.session_state[_SCREEN_KEY].get("passages")
    events = told if isinstance(told, list) else []
    st.session_state[_FORESEEN] = [e for e in events if isinstance(e, str)][:MOST_FORESEEN]


def _numbered(file: dict[str, str]) -> dict[str, Any]:
    # The number tells the browser which file it has saved already: data of one run may be drawn twice.
    st.session_state[_DOWNLOADS] = st.session_state.get(_DOWNLOADS, 0) + 1
    return {**file, "number": st.session_state[_DOWNLOADS]}
