"""The page as `host.py` sends it: Streamlit's own, which also brings the timeline's script along, so that the first view shows
while Streamlit still starts. Whoever has to sign in gets Streamlit's page as it is, and nothing of the chronology.

    GET /                           the page
    GET /first?ADDRESS&width=W      the first screen, for a chart of so many pixels
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from timeline.dashboard.access.modes import Mode, hosting_mode
from timeline.dashboard.component import serve_script
from timeline.dashboard.page import house_stage
from timeline.dashboard.routes import asked_view, below_base, screen_data, sent
from timeline.dashboard.source import chronology_folder, needs_building
from timeline.dashboard.uploads import offers_uploads
from timeline.errors import QueryError, TimelineError

_PRELOADED = re.compile(r'<link rel="modulepreload"[^>]*>\s*')
_THEMES = ("light", "dark")
_COLOURS = {
    "--st-primary-color": "primaryColor",
    "--st-background-color": "backgroundColor",
    "--st-secondary-background-color": "secondaryBackgroundColor",
    "--st-text-color": "textColor",
    "--st-link-color": "linkColor",
    "--st-border-color": "borderColor",
}
"""What the component's style sheet calls the colours, and the configuration."""


def front_routes() -> list[Route]:
    """The routes, for `st.App`."""
    return [Route(below_base("/"), _page), Route(below_base("/first"), _first)]


def _page(_: Request) -> Response:
    page = _streamlit_page()
    if _is_open():
        # Of its many small scripts Streamlit's first one tells the browser too: named here, they would all come before ours.
        page = _PRELOADED.sub("", page).replace("<head>", f"<head>\n{_head()}", 1)
    return HTMLResponse(page, headers={"Cache-Control": "no-cache"})


def _first(request: Request) -> Response:
    if not _is_open() or needs_building(chronology_folder()):
        return Response("Not here", 404)
    try:
        stage = house_stage()
    except TimelineError:
        # The page tells what is wrong.
        return Response("Not here", 404)
    view, notices = asked_view(request, stage)
    rest = {"notices": notices, "own": offers_uploads(), "visit": "", "download": None}
    return sent(screen_data(view, stage, request) | rest)


def _is_open() -> bool:
    """Whether everybody who can reach the dashboard may see the chronology."""
    try:
        return hosting_mode(st.get_option("server.address")) is not Mode.PRIVATE
    except QueryError:
        return False


@cache
def _streamlit_page() -> str:
    return (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")


@cache
def _head() -> str:
    served = serve_script()
    return (
        f'<link rel="stylesheet" href="{served.style}">\n<style>{_colours()}</style>\n'
        f'<script type="module" src="{served.script}" data-first crossorigin></script>'
    )


def _colours() -> str:
    """The theme, which Streamlit's own script sets only later."""
    light, dark = (_declared(theme) for theme in _THEMES)
    return (
        f".tl-first {{ {light} --st-font: 'Source Sans', sans-serif; }}"
        f" @media (prefers-color-scheme: dark) {{ .tl-first {{ {dark} }} }}"
        f" .tl-first-light {{ {light} }} .tl-first-dark {{ {dark} }}"
    )


def _declared(theme: str) -> str:
    told = {name: st.get_option(f"theme.{theme}.{option}") for name, option in _COLOURS.items()}
    return " ".join(f"{name}: {value};" for name, value in told.items() if value)
