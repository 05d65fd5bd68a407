"""Who gets in: the real app, a real browser, and a provider of identities that does as each test says."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from factories import make_chronology
from hosted import COOKIE_SECRET, SECRET, Provider, hosting, write_secrets
from playwright.sync_api import Page, expect
from running import OpenPage, _free_port
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from timeline.store import write_chronology


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.server.shutdown()


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "server.log"


@pytest.fixture(scope="module")
def private_app(
    provider: Provider, log: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("private")
    write_chronology(make_chronology(), folder / "out")
    secrets = write_secrets(folder / "secrets.toml", provider, port := _free_port())
    options = ("--secrets.files", str(secrets))
    with hosting(folder / "out", *options, port=port, log=log, TIMELINE_MODE="private") as address:
        yield address


@pytest.fixture(autouse=True)
def _honest(provider: Provider) -> None:
    provider.reset()


def sign_in(page: Page, button: str = "Sign in") -> Page:
    # The whole way: to the provider, to the callback, and back to a new page.
    with (
        page.expect_response(re.compile("oauth2callback")),
        page.expect_navigation(url=re.compile(r":\d+/$")),
    ):
        page.get_by_role("button", name=button, exact=True).click()
    return page


def is_out(page: Page, says: str) -> None:
    expect(page.get_by_text(says)).to_be_visible()
    expect(page.locator(".tl-mark, .plot-container")).to_have_count(0)
    assert "River Front" not in page.content()


def test_a_stranger_sees_nothing(private_app: str, open_page: OpenPage) -> None:
    page = open_page(private_app)
    received: list[bytes | str] = []

    def note(frame: bytes | str) -> None:
        received.append(frame)

    page.on("websocket", lambda socket: socket.on("framereceived", note))
    page.reload()
    is_out(page, "shown to those who are invited")
    assert received
    assert not any("River Front" in str(frame) or "Freedonia" in str(frame) for frame in received)


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": "ANA@Example.org"},
        {"email": "jo@newsroom.example"},
        {"sub": "desk", "email": None},
    ],
)
def test_who_is_on_the_list_gets_in(
    private_app: str, open_page: OpenPage, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    page = sign_in(open_page(private_app))
    expect(page.locator("[data-drawn] .plot-container")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    is_out(page, "shown to those who are invited")


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "eve@example.org"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": "eve@evil.example@newsroom.example"},
        {"email": "ana@example.org.evil.example"},
        {"email": None},
    ],
)
def test_who_is_not_on_the_list_stays_out(
    private_app: str, open_page: OpenPage, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    is_out(sign_in(open_page(private_app)), "who is not invited")


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": 1_000_000_000, "iat": 999_999_000},
        {"aud": "another"},
        {"iss": "http://127.0.0.1:1"},
        {"nonce": "guessed"},
    ],
    ids=["stale", "for another", "of another", "replayed"],
)
def test_a_token_that_does_not_hold_lets_nobody_in(
    private_app: str, open_page: OpenPage, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    is_out(sign_in(open_page(private_app)), "shown to those who are invited")


def test_a_forged_token_lets_nobody_in(
    private_app: str, open_page: OpenPage, provider: Provider
) -> None:
    provider.key = provider.forger
    is_out(sign_in(open_page(private_app)), "shown to those who are invited")


def test_an_unsigned_token_lets_nobody_in(
    private_app: str, open_page: OpenPage, provider: Provider
) -> None:
    provider.algorithm = "none"
    is_out(sign_in(open_page(private_app)), "shown to those who are invited")


def test_a_sign_in_runs_out(private_app: str, open_page: OpenPage, provider: Provider) -> None:
    provider.claims = {"iat": int(time.time()) - 13 * 3600}
    page = sign_in(open_page(private_app))
    is_out(page, "Your sign-in has run out")
    provider.reset()
    sign_in(page, "Sign in again")
    expect(page.locator("[data-drawn] .plot-container")).to_be_visible()


@pytest.mark.parametrize("secret", ["guessed", "", COOKIE_SECRET[:-1]])
def test_a_forged_cookie_lets_nobody_in(private_app: str, open_page: OpenPage, secret: str) -> None:
    page = open_page(private_app)
    claims = '{"email": "ana@example.org", "email_verified": true, "is_logged_in": true, "iat": 4000000000, "origin": "%s"}'
    value = create_signed_value(secret or "x", "_streamlit_user", claims % private_app).decode()
    page.context.add_cookies([{"name": "_streamlit_user", "value": value, "url": private_app}])
    page.reload()
    is_out(page, "shown to those who are invited")


def test_a_callback_cannot_be_used_by_another(
    private_app: str, open_page: OpenPage, provider: Provider
) -> None:
    sign_in(open_page(private_app))
    is_out(open_page(provider.last_callback), "shown to those who are invited")


def test_no_secret_is_in_the_log(log: Path, private_app: str) -> None:
    written = log.read_text()
    assert SECRET not in written
    assert COOKIE_SECRET not in written
    assert "ana@example.org" not in written
