"""Which machines the portal may ask: those that everybody on the internet can reach, and no other.

A feed's address comes from a person. Without this, it could make the portal ask the router, the database or the
cloud's metadata service beside it, which trust whoever is inside (SSRF).
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

_WORLD: Final = IPv6Network("2000::/3")
_NAT64: Final = IPv6Network("64:ff9b::/96")
_MAPPED: Final = IPv6Network("::ffff:0:0/96")
_CLOSED: Final = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",  # IETF protocol assignments
            "192.88.99.0/24",  # 6to4 relays (RFC 7526)
            "168.63.129.16/32",  # Azure's platform service, the only metadata address that counts as global
            "2001::/23",  # IETF protocol assignments, Teredo among them
            "2002::/16",  # 6to4: holds an IPv4 address that nobody has looked at
            "3fff::/20",  # documentation (RFC 9637)
        ),
    )
)
"""What :mod:`ipaddress` calls global, or does in some versions of Python."""


def is_reachable(text: str) -> bool:
    """Whether an address (``203.0.113.5``, ``2001:db8::1``) is one that everybody can reach.

    An IPv4 address within an IPv6 one (mapped, or NAT64 of RFC 6052) is judged as the IPv4 address it leads to.
    """
    try:
        address = _inner(ip_address(text))
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and (address not in _WORLD or address.scope_id):
        return False
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address in network for network in _CLOSED)


def is_loopback(text: str) -> bool:
    """Whether an address is this machine itself."""
    try:
        return _inner(ip_address(text)).is_loopback
    except ValueError:
        return False


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv6Address) and (address in _MAPPED or address in _NAT64):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address
