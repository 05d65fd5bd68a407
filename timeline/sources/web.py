"""Fetches one page from the web, and from nowhere else.

Whoever can name an address could otherwise have this machine ask its neighbours. So each name is resolved once, every
address that it leads to must be public, and the connection is made to the address that was checked: a name that
answers differently the second time gains nothing. Each redirection is a new address, and checked like the first.
"""

from __future__ import annotations

import io
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import SplitResult, urljoin, urlsplit

from timeline.errors import SourceError
from timeline.sources.addresses import is_public, page_name
from timeline.sources.files import File, shown

_FORMATS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".rss",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/json": ".json",
}
_REDIRECTIONS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTIONS = 5
_PIECE = 64 * 1024
_ASKS = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.5",
    "Accept-Encoding": "gzip",
    "Accept-Language": "en",
    "User-Agent": "Timeline (reads one article for a person)",
    "Connection": "close",
}


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host, as the system knows them.

    Raises:
        OSError: it knows none.
    """
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What may be fetched, and at what cost."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    permits: Callable[[str], bool] = is_public
    """Whether an IP address may be connected to."""
    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    """Those of the web: a page is no way to talk to a mail server."""
    seconds: float = 30.0
    """For all of it, redirections included."""
    size: int = 16 * 2**20
    """Bytes of a page, unpacked."""
    trusted: ssl.SSLContext | None = None
    """Which certificates are believed; None: those that the system trusts."""


WEB = Rules()


def fetch(address: str, rules: Rules = WEB) -> File:
    """The page at an address.

    Raises:
        SourceError: it may not be fetched, cannot be within the bounds, or is of no format that is read.
    """
    deadline = time.monotonic() + rules.seconds
    current = address
    for _ in range(_MOST_REDIRECTIONS + 1):
        parts = _checked(current, address)
        try:
            answer = _ask(parts, address, rules, deadline)
        except (OSError, HTTPException, ValueError, zlib.error) as error:
            late = time.monotonic() >= deadline
            raise _refused(
                address, "took too long" if late else f"cannot be fetched ({_reason(error)})"
            ) from error
        if isinstance(answer, File):
            return answer
        current = urljoin(current, answer)
    raise _refused(address, f"redirects more than {_MOST_REDIRECTIONS} times")


def _checked(current: str, address: str) -> SplitResult:
    try:
        parts = urlsplit(current)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        raise _refused(address, "leads to something that is no web address")
    if parts.username is not None or parts.password is not None:
        raise _refused(address, "holds a name or password")
    if any(char <= " " or char == "\x7f" for char in current):
        raise _refused(address, "holds blanks or control characters")
    return parts


def _ask(parts: SplitResult, address: str, rules: Rules, deadline: float) -> File | str:
    """The page; or where it redirects to."""
    connection = _connect(parts, address, rules, deadline)
    # Closing the socket ends whatever waits on it: a server that sends a byte a minute cannot keep us.
    closing = threading.Timer(max(deadline - time.monotonic(), 0.01), _shut, [connection.sock])
    closing.daemon = True
    closing.start()
    try:
        connection.request("GET", _path(parts), headers={**_ASKS, "Host": _host_header(parts)})
        answer = connection.getresponse()
        if answer.status in _REDIRECTIONS and answer.getheader("Location"):
            return str(answer.getheader("Location"))
        return _page(parts, address, answer, rules, deadline)
    finally:
        closing.cancel()
        connection.close()


def _shut(connected: socket.socket) -> None:
    with suppress(OSError):  # It may have ended already.
        connected.shutdown(socket.SHUT_RDWR)


def _connect(parts: SplitResult, address: str, rules: Rules, deadline: float) -> HTTPConnection:
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if port not in rules.ports:
        raise _refused(address, f"leads to port {port}, which is none of the web")
    found = _resolved(host, port, rules, deadline)
    if not found or not all(map(rules.permits, found)):
        # All of them: one public answer among private ones is what an attack looks like.
        raise _refused(address, "leads to a machine that is not on the open internet")
    left = max(deadline - time.monotonic(), 0.01)
    connected = socket.create_connection((found[0], port), timeout=left)
    if parts.scheme == "https":
        trusted = rules.trusted or ssl.create_default_context()
        connected = trusted.wrap_socket(connected, server_hostname=host)
    connection = HTTPConnection(host, port)
    connection.sock = connected
    return connection


def _resolved(host: str, port: int, rules: Rules, deadline: float) -> Sequence[str]:
    # In a thread: the system's resolver knows no deadline of ours.
    pool = ThreadPoolExecutor(1)
    try:
        asked = pool.submit(rules.resolve, host.encode("idna").decode(), port)
        return asked.result(max(deadline - time.monotonic(), 0.01))
    except Late as error:
        raise OSError("its name is not found in time") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _path(parts: SplitResult) -> str:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return "".join(char if char.isascii() else _quoted(char) for char in path)


def _quoted(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode())


def _host_header(parts: SplitResult) -> str:
    host = str(parts.hostname).encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{parts.port}" if parts.port else host


def _page(
    parts: SplitResult, address: str, answer: HTTPResponse, rules: Rules, deadline: float
) -> File:
    if answer.status != 200:
        raise _refused(address, f"the server answers {answer.status} {shown(answer.reason)[:60]}")
    kind = (answer.getheader("Content-Type") or "text/html").partition(";")[0].strip().lower()
    suffix = _FORMATS.get(kind)
    if suffix is None:
        raise _refused(address, f"is {shown(kind)[:60]}, which is no format of articles")
    content = _body(address, answer, rules, deadline)
    content = _marked(content, answer.headers.get_content_charset(), suffix)
    url = parts.geturl()
    return File(
        label=shown(address),
        name=shown(page_name(url, suffix)),
        url=url,
        open=lambda: io.BytesIO(content),
    )


def _body(address: str, answer: HTTPResponse, rules: Rules, deadline: float) -> bytes:
    encoding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding not in {"gzip", "identity"}:
        raise _refused(address, f"is packed as {shown(encoding)[:20]}, which nobody asked for")
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding == "gzip" else None
    body = bytearray()
    while piece := answer.read1(_PIECE):
        body += unpack.decompress(piece, rules.size + 1 - len(body)) if unpack else piece
        if len(body) > rules.size:
            raise _refused(address, f"is larger than {rules.size / 2**20:g} MB")
    if time.monotonic() >= deadline or answer.length or (unpack and not unpack.eof):
        raise OSError("it ends before its end")
    return bytes(body)


def _marked(content: bytes, charset: str | None, suffix: str) -> bytes:
    """What the server says of the encoding goes before what the page says: kept as a byte order mark."""
    if not charset or suffix not in {".html", ".txt", ".md"}:
        return content
    try:
        return b"\xef\xbb\xbf" + content.decode(charset).removeprefix("\ufeff").encode()
    except (LookupError, UnicodeError):
        return content


def _reason(error: Exception) -> str:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return shown(str(reason))[:100]


def _refused(address: str, what: str) -> SourceError:
    return SourceError(
        what,
        where=shown(address),
        remedy="open it in a browser and save the page, or copy its text into a .txt file",
    )
