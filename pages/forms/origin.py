"""From which network address a request comes, for counting tries."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Final

from pages import wiring

if TYPE_CHECKING:
    from starlette.requests import Request

NETWORK_BITS: Final = 64
"""Of an IPv6 address: one household or office has all addresses of such a network."""


def origin(request: Request) -> str:
    """The peer's address; behind a trusted proxy (setting ``trusted_proxy``) the one that the proxy itself noted.

    A proxy adds the address it sees at the end of X-Forwarded-For; what stands before it anybody can have written.
    """
    peer = request.client.host if request.client else ""
    if wiring.settings().trusted_proxy:
        noted = ",".join(request.headers.getlist("x-forwarded-for")).rpartition(",")[2].strip()
        peer = noted or peer
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return peer[:100]
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ipaddress.ip_network((int(address), NETWORK_BITS), strict=False))
    return str(address)
