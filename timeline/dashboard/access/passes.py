"""Passes to the routes beside the dashboard: who was shown a chronology by the page may ask for it there, nobody else.

The routes know no session. So the page, which runs only for whom `admit_visitor` has let in, hands out a pass: a secret that
leads to the very chronology which that visit shows, be it the house's or the visitor's own. It holds for as long as the visit,
for minutes without a run of the page, and with the cookies of the sign-in under which it was given.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

Shown = TypeVar("Shown")

_SECONDS = 300.0
"""For which a pass holds after the last run of the page, which judges the sign-in anew."""
_SIGN_IN = "_streamlit_user"
"""With which the names of the sign-in's cookies begin."""
_served = False


@dataclass(slots=True, weakref_slot=True, kw_only=True, eq=False)
class Pass(Generic[Shown]):
    """What one visit may ask for. The visit holds it: when that ends, nobody does."""

    key: str
    shown: Shown
    signed: frozenset[tuple[str, str]]
    until: float


_PASSES: WeakValueDictionary[str, Pass[object]] = WeakValueDictionary()


def serve_routes() -> None:
    """Tells that there are routes; a plain `streamlit run app.py` has none, and hands out no passes."""
    global _served
    _served = True


def are_routes_served() -> bool:
    """Whether this server has routes beside the dashboard."""
    return _served


def renewed(
    old: Pass[Shown] | None, shown: Shown, cookies: Mapping[str, str], now: float | None = None
) -> Pass[Shown]:
    """The pass of a visit, for what it is shown now. What it was shown before, it may ask for no more."""
    if old is None or old.shown is not shown or old.signed != _signed(cookies):
        if old is not None:
            old.until = 0.0
        old = Pass(key=secrets.token_urlsafe(24), shown=shown, signed=_signed(cookies), until=0.0)
        _PASSES[old.key] = old  # type: ignore[assignment]
    old.until = (time.time() if now is None else now) + _SECONDS
    return old


def shown_by(key: str, cookies: Mapping[str, str], now: float | None = None) -> object | None:
    """What the pass of that key leads to; None if it does not hold."""
    found = _PASSES.get(key)
    if found is None or (time.time() if now is None else now) > found.until:
        return None
    return found.shown if found.signed == _signed(cookies) else None


def _signed(cookies: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset((name, value) for name, value in cookies.items() if name.startswith(_SIGN_IN))
