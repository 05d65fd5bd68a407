"""Web addresses: which of the machines behind them may be asked, and what to call the page there."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")
_ENDING = re.compile(r"\.(?:x?html?|php|aspx?)(?=-|$)")
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = IPv6Network("::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet: not private, loopback, link-local, shared, reserved or multicast.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, Teredo, NAT64) is as public as that.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(
        one.is_global and not (one.is_multicast or one.is_reserved or one.is_unspecified)
        for one in [_unscoped(ip), *_carried(ip)]
    )


def _unscoped(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    # A mapped address lies in a reserved block, and is judged by what it maps.
    return ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip


def _carried(ip: IPv4Address | IPv6Address) -> list[IPv4Address]:
    if isinstance(ip, IPv4Address):
        return []
    found = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if any(ip in network for network in (*_NAT64, _COMPATIBLE)):
        found.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    return [one for one in found if one is not None]


def page_name(address: str, suffix: str = ".html") -> str:
    """A file name for the page at an address: ``news.example-2020-01-05-attack.html``."""
    try:
        parts = urlsplit(address)
        whole = f"{parts.hostname or ''}-{parts.path}-{parts.query}"
    except ValueError:
        whole = address
    name = _ENDING.sub("", whole).removesuffix(suffix)
    return (_NOT_IN_A_NAME.sub("-", name).strip("-")[:120] or "page") + suffix
