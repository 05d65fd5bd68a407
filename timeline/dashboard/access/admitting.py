"""Lets in who may see the dashboard: by OpenID Connect, through Streamlit's own sign-in, and an allow-list."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import streamlit as st

from timeline.dashboard.access.modes import Mode, hosting_mode
from timeline.errors import QueryError

ALLOWED, HOURS = "TIMELINE_ALLOWED", "TIMELINE_SIGN_IN_HOURS"
_DEFAULT_HOURS = 12.0
_SKEW = 300.0
"""Seconds that the provider's clock may be ahead of ours."""


class Verdict(StrEnum):
    """What is found of somebody who has signed in."""

    ADMITTED = "admitted"
    STALE = "stale"
    STRANGER = "stranger"


def admit_visitor() -> None:
    """Ends the script here unless this visitor may see what follows."""
    try:
        mode = hosting_mode(st.get_option("server.address"))
    except QueryError as error:
        _refuse("This dashboard is not set up", f"{error.where}: {error.what}; {error.remedy}.")
        return
    if mode is Mode.PRIVATE:
        _admit_signed_in()


def judge(
    user: Mapping[str, Any], allowed: Sequence[str], now: float, hours: float = _DEFAULT_HOURS
) -> Verdict:
    """Whether the claims of a signed-in visitor let them in.

    Args:
        user: claims of the identity token, whose signature has been checked.
        allowed: addresses (``ana@example.org``), domains (``@example.org``) and subjects (``sub:1234``).
        now: seconds since the epoch.
        hours: for how long a sign-in holds.
    """
    issued = user.get("iat")
    if not isinstance(issued, int | float) or not now - hours * 3600 <= issued <= now + _SKEW:
        return Verdict.STALE
    names = {f"sub:{user.get('sub')}"}
    email = user.get("email")
    # An address that the provider has not verified is what anybody may claim to have.
    if isinstance(email, str) and email.count("@") == 1 and user.get("email_verified") is True:
        email = email.casefold()
        names |= {email, "@" + email.partition("@")[2]}
    listed = {entry.casefold() if "@" in entry else entry for entry in allowed}
    return Verdict.ADMITTED if names & listed else Verdict.STRANGER


def allowed_visitors(
    environment: Mapping[str, str] = os.environ, told: Sequence[str] = ()
) -> tuple[str, ...]:
    """The allow-list: of the environment, and of the secrets."""
    entries = [*environment.get(ALLOWED, "").replace("\n", ",").split(","), *map(str, told)]
    return tuple(entry.strip() for entry in entries if entry.strip())


def _admit_signed_in() -> None:
    if not _secret("auth"):
        text = "Nobody can sign in: the sign-in is not set up (see docs/hosting.md)."
        _refuse("This dashboard is not set up", text)
    elif not st.user.is_logged_in:
        _refuse("Timeline", "This timeline is shown to those who are invited.", sign_in="Sign in")
    else:
        _admit_known(st.user.to_dict())


def _admit_known(user: Mapping[str, Any]) -> None:
    allowed = allowed_visitors(told=_secret("access").get("allowed", ()))
    verdict = judge(user, allowed, time.time(), _hours())
    if verdict is Verdict.STALE:
        _refuse("Timeline", "Your sign-in has run out.", sign_in="Sign in again")
    elif verdict is Verdict.STRANGER:
        who = str(user.get("email") or user.get("sub") or "this account")
        text = f"You are signed in as {who}, who is not invited. Ask whoever runs this dashboard."
        _refuse("Timeline", text, sign_out=True)
    else:
        _show_who(str(user.get("email") or user.get("name") or user.get("sub")))


def _hours() -> float:
    try:
        return float(os.environ.get(HOURS, "") or _DEFAULT_HOURS)
    except ValueError:
        return _DEFAULT_HOURS


def _secret(section: str) -> Mapping[str, Any]:
    try:
        found = st.secrets.get(section, {})
    except (FileNotFoundError, st.errors.StreamlitSecretNotFoundError):
        return {}
    return found if isinstance(found, Mapping) else {}


def _show_who(name: str) -> None:
    # The key is what the style sheet keeps above the timeline, which grows over all that stands before it.
    with st.container(
        key="signed-in",
        horizontal=True,
        horizontal_alignment="right",
        vertical_alignment="center",
    ):
        st.text(f"Signed in as {name}", width="content")
        st.button("Sign out", on_click=st.logout, type="tertiary")


def _refuse(title: str, text: str, *, sign_in: str = "", sign_out: bool = False) -> None:
    """Says why nothing is shown, and ends the script."""
    st.title(title)
    st.text(text)
    if sign_in:
        st.button(sign_in, on_click=st.login, type="primary")
    if sign_out:
        st.button("Sign out", on_click=st.logout)
    st.stop()
