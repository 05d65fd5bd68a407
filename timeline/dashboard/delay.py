"""Has the server send each answer at once.

Streamlit binds its socket without naming a protocol, and asyncio turns Nagle's algorithm off only where TCP is named. So an answer
of two writes — head and body of a file, the messages of a run — waited for the other side's delayed acknowledgement, 40 ms each.
"""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import Iterator
from functools import cache
from typing import Any


@cache
def answer_at_once() -> None:
    """Turns the delay off for what is connected now and for what will be. Once a process; where there is no server, nothing."""
    for found in _sockets():
        if found.family in {socket.AF_INET, socket.AF_INET6}:
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _sockets() -> Iterator[Any]:
    # Neither Streamlit nor an ASGI server tells its applications of its sockets: the collector knows them all.
    for thing in gc.get_objects():
        if isinstance(thing, asyncio.base_events.Server):
            # What is accepted inherits the options of what listens.
            yield from thing.sockets
        elif isinstance(thing, asyncio.Transport):
            found = thing.get_extra_info("socket")
            if found is not None and found.fileno() >= 0:
                yield found
