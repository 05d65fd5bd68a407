"""Pages fetched from real servers on this machine, each behind a rule that says which of its addresses counts as public."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from hostile import ARTICLE, OTHER, PROSE, page

from timeline.cli import main
from timeline.errors import SourceError
from timeline.model import Failure
from timeline.sources import load_sources
from timeline.sources.addresses import is_public
from timeline.sources.formats import read_articles
from timeline.sources.options import Options
from timeline.sources.web import Rules, fetch

Answer = Callable[[BaseHTTPRequestHandler], None]
PUBLIC, PRIVATE = "127.0.0.1", "127.0.0.2"
"""Addresses of this machine: one that the tests' rule calls public, one that it does not."""


def send(
    body: bytes | str, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str
) -> Answer:
    content = body.encode() if isinstance(body, str) else body

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


class Site:
    """A web server whose answers a test writes; it notes whom it was asked for, and at which address."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                where = self.connection.getsockname()[0]
                site.asked.append((where, self.headers["Host"], self.path))
                site.answers.get(self.path, send("nothing", 404))(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("0.0.0.0", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def url(self, path: str, host: str = "news.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def rules(self, **changes: object) -> Rules:
        names = {
            "news.example": [PUBLIC],
            "inside.example": [PRIVATE],
            "both.example": [PUBLIC, PRIVATE],
        }
        rules = Rules(
            resolve=lambda host, _: names.get(host) or [host],
            permits=lambda address: address == PUBLIC,
            ports=frozenset({self.port}),
            seconds=5,
        )
        return replace(rules, **changes)  # type: ignore[arg-type]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


def refusal(address: str, rules: Rules) -> str:
    with pytest.raises(SourceError) as caught:
        fetch(address, rules)
    assert caught.value.where
    assert caught.value.remedy
    return caught.value.what


def test_a_page_is_read(site: Site) -> None:
    site.answers["/2011/03/05/attack.html?a=1"] = send(page(ARTICLE))
    file = fetch(site.url("/2011/03/05/attack.html?a=1"), site.rules())
    [article] = read_articles(file)
    assert article.text.startswith("Attack on Brod") or PROSE[:40] in article.text  # type: ignore[union-attr]
    assert article.known.url == site.url("/2011/03/05/attack.html?a=1")  # type: ignore[union-attr]
    assert str(article.known.published) == "2011-03-05"  # type: ignore[union-attr]
    assert site.asked == [(PUBLIC, f"news.example:{site.port}", "/2011/03/05/attack.html?a=1")]


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("text/plain", ".txt"), ("application/pdf", ".pdf"), ("application/rss+xml", ".rss"), ("text/html", ".html")],
)  # fmt: skip
def test_the_format_is_what_the_server_says(site: Site, kind: str, suffix: str) -> None:
    site.answers["/a"] = send(PROSE, kind=kind)
    assert fetch(site.url("/a"), site.rules()).suffix == suffix


def test_a_packed_page_is_unpacked(site: Site) -> None:
    site.answers["/"] = send(gzip.compress(PROSE.encode()), Content_Encoding="gzip")
    assert fetch(site.url("/"), site.rules()).read() == b"\xef\xbb\xbf" + PROSE.encode()


def test_what_the_server_says_of_the_encoding_holds(site: Site) -> None:
    text = page(ARTICLE.replace("Brod", "Łódź"), '<meta charset="utf-8">')
    site.answers["/"] = send(text.encode("iso-8859-2"), kind="text/html; charset=iso-8859-2")
    [article] = read_articles(fetch(site.url("/"), site.rules()))
    assert "harbour of Łódź" in article.text  # type: ignore[union-attr]


def test_redirections_are_followed(site: Site) -> None:
    site.answers["/a"] = send("", 301, Location="/b")
    site.answers["/b"] = send("", 302, Location=site.url("/c"))
    site.answers["/c"] = send(PROSE, kind="text/plain")
    assert PROSE.encode() in fetch(site.url("/a"), site.rules()).read()


# --- never to where it may not ------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["inside.example", "both.example", PRIVATE, "127.1", "localhost"])
def test_a_private_machine_is_not_asked(site: Site, host: str) -> None:
    assert "not on the open internet" in refusal(site.url("/", host), site.rules())
    assert site.asked == []


@pytest.mark.parametrize(
    "location",
    ["http://inside.example:{port}/", f"http://{PRIVATE}:{{port}}/", "//inside.example:{port}/x"],
)
def test_a_redirection_to_a_private_machine_is_not_followed(site: Site, location: str) -> None:
    site.answers["/"] = send("", 302, Location=location.format(port=site.port))
    assert "not on the open internet" in refusal(site.url("/"), site.rules())
    assert [host for host, _, _ in site.asked] == [PUBLIC]


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://news.example/", "gopher://news.example:70/", "data:text/html,x", "javascript:1"]
)  # fmt: skip
def test_a_redirection_to_something_else_is_not_followed(site: Site, location: str) -> None:
    site.answers["/"] = send("", 302, Location=location)
    assert "no web address" in refusal(site.url("/"), site.rules())


def test_a_name_that_answers_differently_each_time_gains_nothing(site: Site) -> None:
    answers = iter([[PUBLIC], [PRIVATE], [PRIVATE]])
    site.answers["/"] = send(PROSE, kind="text/plain")
    rules = site.rules(resolve=lambda *_: next(answers))
    fetch(site.url("/"), rules)
    # It was asked once, and what was checked is what was connected to.
    assert [host for host, _, _ in site.asked] == [PUBLIC]
    assert "open internet" in refusal(site.url("/"), rules)


@pytest.mark.parametrize(
    "address",
    ["http://user:word@news.example/", "http://news.example:22/", "http://news.example:0/", "http://[::1/",
     "http://news.example:x/", "http:///a", "http://a b/", "http://news.example/\r\nX: y"],
)  # fmt: skip
def test_odd_addresses_are_refused(site: Site, address: str) -> None:
    assert refusal(address, site.rules())
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
        *("169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
        *("2002:7f00:1::", "2002:a00:1::", "2001:0:7f00:1::", "localhost", "", "127.1", "0x7f000001"),
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::"]
)
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "169.254.169.254",
        "0x7f000001",
        "2130706433",
        "0177.0.0.1",
    ],
)
def test_by_itself_the_program_asks_no_neighbour(host: str) -> None:
    found = list(load_sources([f"http://{host}/"], options=Options(web=True)))
    assert [type(item).__name__ for item in found] == ["Failure"]


# --- bounded -------------------------------------------------------------------------------------------


def test_a_large_page_is_left(site: Site) -> None:
    site.answers["/"] = send(b"a" * 300_000)
    assert "larger than" in refusal(site.url("/"), site.rules(size=200_000))


def test_a_packed_bomb_is_left(site: Site) -> None:
    site.answers["/"] = send(gzip.compress(b"a" * 50_000_000), Content_Encoding="gzip")
    assert "larger than" in refusal(site.url("/"), site.rules(size=2**20))


def test_a_server_that_dribbles_is_left(site: Site) -> None:
    def dribble(handler: BaseHTTPRequestHandler) -> None:
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
            while True:
                handler.wfile.write(b"X: y\r\n")
                handler.wfile.flush()
                waiting.wait(0.02)
        except OSError:
            pass

    waiting = threading.Event()
    site.answers["/"] = dribble
    assert refusal(site.url("/"), site.rules(seconds=0.5))


def test_a_server_that_says_nothing_is_left() -> None:
    with socket.create_server((PUBLIC, 0)) as silent:
        port = silent.getsockname()[1]
        rules = Rules(
            permits=lambda _: True,
            resolve=lambda *_: [PUBLIC],
            ports=frozenset({port}),
            seconds=0.3,
        )
        assert "too long" in refusal(f"http://news.example:{port}/", rules)


def test_a_resolver_that_never_answers_is_left(site: Site) -> None:
    waiting = threading.Event()
    rules = site.rules(seconds=0.3, resolve=lambda *_: [str(waiting.wait(3))])
    assert refusal(site.url("/"), rules)
    waiting.set()


def test_a_page_that_ends_early_is_told(site: Site) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999\r\n\r\n<html>"
        )

    site.answers["/"] = cut
    assert "ends before its end" in refusal(site.url("/"), site.rules())


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (send("gone", 404), "404"),
        (send("", 500), "500"),
        (send("", 302), "302"),
        (send("x", kind="image/png"), "no format of articles"),
        (send("x", Content_Encoding="br"), "packed as"),
        (send("x", Content_Encoding="gzip"), "cannot be fetched"),
        (send("", 301, Location="/"), "redirects more than"),
        (lambda handler: handler.wfile.write(b"\0\1\2 what\r\n\r\n"), "cannot be fetched"),
        (lambda handler: None, "cannot be fetched"),
    ],
)
def test_odd_answers_are_told(site: Site, answer: Answer, says: str) -> None:
    site.answers["/"] = answer
    assert says in refusal(site.url("/"), site.rules())


def test_a_machine_that_is_not_there_is_told(site: Site) -> None:
    with socket.socket() as probe:
        probe.bind((PUBLIC, 0))
        port = probe.getsockname()[1]
    assert "cannot be fetched" in refusal(
        f"http://news.example:{port}/", site.rules(ports=frozenset({port}))
    )


# --- TLS -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    key, chain = folder / "key.pem", folder / "chain.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    command += [
        "-keyout",
        str(key),
        "-out",
        str(chain),
        "-subj",
        "/CN=news.example",
        "-addext",
        "subjectAltName=DNS:news.example",
    ]
    subprocess.run(command, check=True, capture_output=True)
    return key, chain


@pytest.mark.parametrize(
    ("host", "trusts", "read"),
    [("news.example", True, True), ("other.example", True, False), ("news.example", False, False)],
)
def test_certificates_are_checked(
    site: Site, certificate: tuple[Path, Path], host: str, trusts: bool, read: bool
) -> None:
    key, chain = certificate
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(chain, key)
    site.server.socket = server.wrap_socket(site.server.socket, server_side=True)
    site.answers["/"] = send(PROSE, kind="text/plain")
    rules = site.rules(
        resolve=lambda *_: [PUBLIC],
        trusted=ssl.create_default_context(cafile=str(chain)) if trusts else None,
    )
    address = f"https://{host}:{site.port}/"
    if read:
        assert PROSE.encode() in fetch(address, rules).read()
    else:
        assert "cannot be fetched" in refusal(address, rules)


# --- only where it is allowed --------------------------------------------------------------------------


def test_web_addresses_are_not_read_unless_allowed(site: Site) -> None:
    [found] = load_sources([site.url("/", "127.0.0.1")])
    assert isinstance(found, Failure)
    assert "--web" in found.reason
    assert site.asked == []


def test_the_command_line_says_so(site: Site, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{PROSE} {OTHER}")
    for option in ([], ["--web"]):
        command = [
            "build",
            site.url("/", "127.0.0.1"),
            str(tmp_path / "absent.txt"),
            "--out",
            str(tmp_path / "c"),
            *option,
        ]
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 1
        assert result.stderr.count("\n") == 4
    assert site.asked == []
