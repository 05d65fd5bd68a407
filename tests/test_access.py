"""Who may see and do what: modes, the allow-list, and the headers of every answer."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
import streamlit

from timeline.dashboard.access.admitting import Verdict, allowed_visitors, judge
from timeline.dashboard.access.guarding import Guard, content_policy
from timeline.dashboard.access.modes import Mode, hosting_mode, reads_web
from timeline.dashboard.access.passes import renewed, shown_by
from timeline.dashboard.uploads.asking import MOST_BYTES, MOST_FILES, refusal
from timeline.errors import QueryError

NOW = 1_600_000_000.0
ANA = {"sub": "1", "email": "ana@example.org", "email_verified": True, "iat": NOW}


@pytest.mark.parametrize(
    ("address", "told", "mode"),
    [
        ("127.0.0.1", "", Mode.WORKBENCH),
        ("localhost", "", Mode.WORKBENCH),
        ("::1", "", Mode.WORKBENCH),
        (None, "", Mode.READ_ONLY),
        ("0.0.0.0", "", Mode.READ_ONLY),
        ("192.168.1.5", "", Mode.READ_ONLY),
        ("127.0.0.1", "private", Mode.PRIVATE),
        ("0.0.0.0", " Workbench ", Mode.WORKBENCH),
    ],
)
def test_the_mode_is_the_least_unless_somebody_says_otherwise(
    address: str | None, told: str, mode: Mode
) -> None:
    assert hosting_mode(address, {"TIMELINE_MODE": told}) is mode


def test_a_misspelt_mode_opens_no_door() -> None:
    with pytest.raises(QueryError, match="privat"):
        hosting_mode("127.0.0.1", {"TIMELINE_MODE": "privat"})


def test_web_addresses_are_off_by_default() -> None:
    assert not reads_web({})
    assert not reads_web({"TIMELINE_WEB": "0"})
    assert reads_web({"TIMELINE_WEB": "1"})


@pytest.mark.parametrize(
    ("changes", "allowed", "verdict"),
    [
        ({}, ["ana@example.org"], Verdict.ADMITTED),
        ({}, ["Ana@Example.ORG"], Verdict.ADMITTED),
        ({}, ["@example.org"], Verdict.ADMITTED),
        ({}, ["sub:1"], Verdict.ADMITTED),
        ({}, [], Verdict.STRANGER),
        ({}, ["example.org"], Verdict.STRANGER),
        ({}, ["@ample.org"], Verdict.STRANGER),
        ({}, ["@sub.example.org"], Verdict.STRANGER),
        ({"email_verified": False}, ["ana@example.org"], Verdict.STRANGER),
        ({"email_verified": None}, ["ana@example.org"], Verdict.STRANGER),
        ({"email_verified": 1}, ["ana@example.org"], Verdict.STRANGER),
        ({"email": "sub:1"}, ["sub:2"], Verdict.STRANGER),
        ({"email": "a@b@example.org"}, ["@example.org"], Verdict.STRANGER),
        ({"email": ["ana@example.org"]}, ["ana@example.org"], Verdict.STRANGER),
        ({"sub": None}, ["sub:1"], Verdict.STRANGER),
        ({"iat": NOW - 11.9 * 3600}, ["ana@example.org"], Verdict.ADMITTED),
        ({"iat": NOW - 12.1 * 3600}, ["ana@example.org"], Verdict.STALE),
        ({"iat": NOW + 3600}, ["ana@example.org"], Verdict.STALE),
        ({"iat": None}, ["ana@example.org"], Verdict.STALE),
        ({"iat": "now"}, ["ana@example.org"], Verdict.STALE),
        ({"iat": float("nan")}, ["ana@example.org"], Verdict.STALE),
    ],
)
def test_who_is_let_in(changes: dict[str, Any], allowed: list[str], verdict: Verdict) -> None:
    assert judge(ANA | changes, allowed, NOW) is verdict


def test_the_allow_list_is_that_of_both_places() -> None:
    assert allowed_visitors({"TIMELINE_ALLOWED": " a@b.c,\n@d.e ,"}, ["f@g.h"]) == (
        "a@b.c",
        "@d.e",
        "f@g.h",
    )


def test_the_page_may_load_nothing_from_elsewhere() -> None:
    policy = dict(part.split(" ", 1) for part in content_policy("'self'").split("; "))
    assert policy["default-src"] == "'self'"
    assert "unsafe-inline" not in policy["script-src"]
    assert "unsafe-eval" not in policy["script-src"].replace("wasm-unsafe-eval", "")
    assert not any("http" in value or "*" in value for value in policy.values())


def ask(
    path: str, mode: str, monkeypatch: pytest.MonkeyPatch, host: str = "127.0.0.1"
) -> tuple[int, dict[str, str]]:
    """Status and headers that the guard lets out for a path."""
    monkeypatch.setenv("TIMELINE_MODE", mode)
    sent: list[dict[str, Any]] = []

    async def inner(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "path": path, "method": "GET", "headers": [(b"host", host.encode())]}
    # Nothing in it waits, so it runs to its end: no event loop is needed, and another may be running.
    with contextlib.suppress(StopIteration):
        Guard(inner)(scope, None, send).send(None)  # type: ignore[arg-type,attr-defined]
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


@pytest.mark.parametrize(
    ("path", "mode", "status"),
    [
        ("/", "read-only", 200),
        ("/_stcore/health", "read-only", 200),
        ("/_stcore/metrics", "workbench", 404),
        ("/base/_stcore/metrics", "workbench", 404),
        ("/_stcore/agent/openapi.json", "workbench", 404),
        ("/_stcore/upload_file/a/b", "workbench", 200),
        ("/_stcore/upload_file/a/b", "read-only", 404),
        ("/_stcore/upload_file/a/b", "private", 404),
        ("/_stcore/upload_file/a/b", "misspelt", 404),
    ],
)
def test_doors(path: str, mode: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    found, headers = ask(path, mode, monkeypatch)
    assert found == status
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "default-src 'self'" in headers["content-security-policy"]


def test_a_site_that_may_frame_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMELINE_FRAME_ANCESTORS", "https://news.example")
    _, headers = ask("/", "read-only", monkeypatch)
    assert "frame-ancestors https://news.example" in headers["content-security-policy"]
    assert "x-frame-options" not in headers


@pytest.mark.parametrize(
    ("host", "mode", "status"),
    [
        ("127.0.0.1:8501", "", 200),
        ("localhost:8501", "", 200),
        ("[::1]:8501", "", 200),
        ("evil.example", "", 421),
        ("127.0.0.1.evil.example:8501", "", 421),
        ("", "", 421),
        ("timeline.example.org", "workbench", 200),
        ("timeline.example.org", "read-only", 200),
    ],
)
def test_what_is_meant_for_this_machine_answers_to_its_names_alone(
    host: str, mode: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streamlit, "get_option", lambda _: "127.0.0.1")
    assert ask("/", mode, monkeypatch, host)[0] == status


def test_uploads_are_bounded() -> None:
    assert refusal([("a", MOST_BYTES)]) == ""
    assert refusal([("a", MOST_BYTES), ("b", 1)])
    assert refusal([("a", 1)] * (MOST_FILES + 1))


# --- passes to the routes ---------------------------------------------------------------------------

SIGNED = {"_streamlit_user": "ana", "theme": "dark"}


@pytest.mark.parametrize(
    ("cookies", "seconds", "holds"),
    [
        (SIGNED, 0, True),
        (SIGNED | {"theme": "light"}, 299, True),
        (SIGNED, 301, False),
        ({}, 0, False),
        (SIGNED | {"_streamlit_user": "eve"}, 0, False),
        (SIGNED | {"_streamlit_user_1": "more"}, 0, False),
    ],
)
def test_a_pass_holds_for_minutes_under_the_same_sign_in(
    cookies: dict[str, str], seconds: float, holds: bool
) -> None:
    given = renewed(None, "shown", SIGNED, now=1000.0)
    assert shown_by(given.key, cookies, now=1000.0 + seconds) == ("shown" if holds else None)


def test_a_pass_ends_with_the_visit_and_with_what_it_led_to() -> None:
    house, own = ["the house's"], ["the visitor's own"]
    first = renewed(None, house, {})
    assert renewed(first, house, {}) is first
    second = renewed(first, own, {})
    assert shown_by(second.key, {}) is own
    assert shown_by(first.key, {}) is None
    assert shown_by(second.key, {"_streamlit_user": "somebody"}) is None
    key = second.key
    del second
    assert shown_by(key, {}) is None
    assert shown_by("", {}) is None
