"""The app as it is put on the web, in a process of its own; and a provider of identities on this machine, whose tokens a test writes."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey
from running import _free_port, _wait_until_up

from timeline.paths import ROOT

CLIENT, SECRET = "timeline", "a secret that the provider knows"
COOKIE_SECRET = "an-even-longer-secret-that-nobody-else-knows"


@contextmanager
def hosting(
    folder: Path, *options: str, port: int = 0, log: Path | None = None, **environment: str
) -> Iterator[str]:
    """The address of `host.py`, which shows the chronology in `folder` until the block is left."""
    port = port or _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "host.py", "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", *options]
    variables = os.environ | {"TIMELINE_CHRONOLOGY": str(folder)} | environment
    with (log or Path(os.devnull)).open("wb") as output:
        server = subprocess.Popen(
            command, cwd=ROOT, env=variables, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_up(server, address := f"http://127.0.0.1:{port}")
            yield address
        finally:
            server.terminate()
            server.wait(30)


class Provider:
    """An OpenID provider that vouches for whatever `claims` says, and signs as `key` and `algorithm` say."""

    def __init__(self) -> None:
        self.own_key = RSAKey.generate_key(2048, parameters={"kid": "own"})
        self.forger = RSAKey.generate_key(2048, parameters={"kid": "own"})
        self.reset()
        self._nonces: dict[str, str] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider._get(self)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                code = parse_qs(body.decode())["code"][0]
                _send_json(self, provider._token(provider._nonces.pop(code, "")))

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def reset(self) -> None:
        """As an honest provider would."""
        self.claims: dict[str, Any] = {}
        self.key = self.own_key
        self.algorithm = "RS256"
        self.last_callback = ""

    def _get(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        if parts.path == "/.well-known/openid-configuration":
            _send_json(handler, self._metadata())
        elif parts.path == "/jwks":
            _send_json(handler, {"keys": [self.own_key.as_dict(private=False)]})
        else:
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            code = f"code-{len(self._nonces)}-{time.monotonic_ns()}"
            self._nonces[code] = asked.get("nonce", "")
            answer = urlencode({"code": code, "state": asked["state"]})
            self.last_callback = f"{asked['redirect_uri']}?{answer}"
            handler.send_response(302)
            handler.send_header("Location", self.last_callback)
            handler.end_headers()

    def _metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def _token(self, nonce: str) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT,
            "sub": "ana",
            "nonce": nonce,
            "iat": now,
            "exp": now + 600,
        }
        claims |= {"email": "ana@example.org", "email_verified": True} | self.claims
        return {"access_token": "a", "token_type": "Bearer", "id_token": self._signed(claims)}

    def _signed(self, claims: dict[str, Any]) -> str:
        if self.algorithm == "none":
            parts = ({"alg": "none", "kid": "own"}, claims)
            packed = (
                base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
                for part in parts
            )
            return ".".join(packed) + "."
        return jwt.encode({"alg": self.algorithm, "kid": "own"}, claims, self.key)


def _send_json(handler: BaseHTTPRequestHandler, data: dict[str, Any]) -> None:
    content = json.dumps(data).encode()
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def write_secrets(path: Path, provider: Provider, port: int) -> Path:
    """What whoever runs the dashboard writes into secrets.toml."""
    path.write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{COOKIE_SECRET}"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{provider.url}/.well-known/openid-configuration"

[access]
allowed = ["ana@example.org", "@newsroom.example", "sub:desk"]
"""
    )
    return path
