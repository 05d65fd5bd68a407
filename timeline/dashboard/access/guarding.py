"""Stands before Streamlit's server: puts security headers on every answer, and keeps shut what visitors do not need."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from timeline.dashboard.access.modes import LOOPBACK, Mode, hosting_mode, is_local
from timeline.dashboard.delay import answer_at_once
from timeline.errors import QueryError

FRAMES = "TIMELINE_FRAME_ANCESTORS"
"""Sites that may show the dashboard in a frame, such as ``https://news.example``; default: itself alone."""
_SHUT = ("/_stcore/metrics", "/_stcore/agent")
_UPLOADS = "/_stcore/upload_file"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """ASGI middleware around the whole server."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        ancestors = os.environ.get(FRAMES, "").strip() or "'self'"
        self._headers = _ALWAYS | {"Content-Security-Policy": content_policy(ancestors)}
        if ancestors == "'self'":
            self._headers["X-Frame-Options"] = "SAMEORIGIN"
        self._takes_uploads = _takes_uploads()
        self._is_local = is_local(streamlit.get_option("server.address"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] == "http":
            answer_at_once()
        if self._is_local and not _names_this_machine(scope):
            await _turn_away(scope, receive, send)
        elif scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self._is_shut(scope["path"]):
            await PlainTextResponse("Not here", 404)(scope, receive, self._guarded(send))
        else:
            await self._app(scope, receive, self._guarded(send))

    def _is_shut(self, path: str) -> bool:
        # Anywhere in the path: it may be served below a base path.
        return any(door in path for door in _SHUT) or (_UPLOADS in path and not self._takes_uploads)

    def _guarded(self, send: Send) -> Send:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        return sent


def _names_this_machine(scope: Scope) -> bool:
    """Whether it was asked for by a name of this machine. A page elsewhere whose own name leads here, once the browser
    trusts it, would otherwise be let into what was meant for whoever sits before it."""
    if scope["type"] not in {"http", "websocket"}:
        return True
    host = Headers(scope=scope).get("host", "")
    return (urlsplit(f"//{host}").hostname or "") in LOOPBACK


async def _turn_away(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await PlainTextResponse("Not here", 421)(scope, receive, send)


def content_policy(ancestors: str) -> str:
    """The page may load, and speak to, what this server serves and nothing else."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval' {' '.join(_inline_scripts())}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {ancestors}",
        )
    )


def _inline_scripts() -> list[str]:
    """Hashes of the scripts within Streamlit's own page: those may run, and none that gets into it."""
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = _INLINE.findall(page.read_text("utf-8"))
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def _takes_uploads() -> bool:
    try:
        mode = hosting_mode(streamlit.get_option("server.address"))
    except QueryError:
        return False
    return mode is Mode.WORKBENCH
