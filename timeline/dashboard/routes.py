"""Routes beside the dashboard, which answer a click without a run of the page. Without them everything works, a little slower.

    GET /visit/{pass}/event?ADDRESS           the open event with its passages
    GET /visit/{pass}/screen?ADDRESS&width=W  the whole screen, in a chart of so many pixels

ADDRESS is the query string of the dashboard. A pass that does not hold is answered with 404, as if there were no routes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from timeline.dashboard.access.passes import shown_by
from timeline.dashboard.packing import packed
from timeline.dashboard.screen import Stage, event_data, screen
from timeline.dashboard.state import View, read_address, resolve_view

FIRST_WIDTH = 980.0
WIDTHS = 100.0, 10_000.0
"""Pixels that a chart may be wide."""
_NO_STORE = {"Cache-Control": "no-store", "Content-Encoding": "gzip"}


def visit_routes() -> list[Route]:
    """The routes, for `st.App`."""
    return [
        Route(below_base("/visit/{key}/event"), _answering(_event)),
        Route(below_base("/visit/{key}/screen"), _answering(screen_data)),
    ]


def below_base(path: str) -> str:
    """The path below that under which the dashboard is served."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{path}" if base else path


def _answering(draw: Callable[[View, Stage, Request], dict[str, Any]]) -> Callable[..., Response]:
    def answer(request: Request) -> Response:
        stage = shown_by(request.path_params["key"], request.cookies)
        if not isinstance(stage, Stage):
            return Response("Not here", 404)
        view, _ = asked_view(request, stage)
        return sent(draw(view, stage, request))

    return answer


def asked_view(request: Request, stage: Stage) -> tuple[View, list[str]]:
    """The view that the question asks for, and what is said of what it cannot have."""
    query = request.query_params
    names = {name for name in query if name != "width"}
    asked, misread = read_address({name: query.getlist(name) for name in names})
    view, unknown = resolve_view(asked, stage.snapshot)
    return view, [*misread, *unknown]


def sent(data: Mapping[str, Any]) -> Response:
    """The answer that carries these data."""
    return Response(packed(data), media_type="application/json", headers=_NO_STORE)


def _event(view: View, stage: Stage, _: Request) -> dict[str, Any]:
    return event_data(view, stage)


def screen_data(view: View, stage: Stage, request: Request) -> dict[str, Any]:
    """The whole screen, in a chart as wide as the question says."""
    try:
        width = float(request.query_params.get("width", ""))
    except ValueError:
        width = 0.0
    # Not by min and max: what is no number would pass between them.
    return screen(view, stage, width if WIDTHS[0] <= width <= WIDTHS[1] else FIRST_WIDTH)
