"""Answers leave at once: a listening socket that Streamlit has bound passes on to its connections that nothing is held back."""

from __future__ import annotations

import asyncio
import socket

from timeline.dashboard.delay import answer_at_once


def test_connections_of_a_socket_bound_as_streamlit_does_hold_nothing_back() -> None:
    assert asyncio.run(_told()) == (0, 1, 1)


async def _told() -> tuple[int, int, int]:
    """The option on a connection before and after, and on one that is made later."""
    bound = socket.socket(family=socket.AF_INET)
    bound.bind(("127.0.0.1", 0))
    bound.setblocking(False)
    accepted: asyncio.Queue[asyncio.StreamWriter] = asyncio.Queue()
    server = await asyncio.start_server(lambda _, writer: accepted.put_nowait(writer), sock=bound)
    async with server:
        _, mine = await asyncio.open_connection(*bound.getsockname())
        first = await accepted.get()
        before = _option(first)
        answer_at_once.cache_clear()
        answer_at_once()
        _, later = await asyncio.open_connection(*bound.getsockname())
        second = await accepted.get()
        told = before, _option(first), _option(second)
        for writer in (mine, later, first, second):
            writer.close()
    return told


def _option(writer: asyncio.StreamWriter) -> int:
    return int(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
