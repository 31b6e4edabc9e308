"""The address of a feed as a person gave it, taken apart and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from portal.errors import UnreadableFileError

ADDRESS_MAX: Final = 2_000
PORTS: Final = {"http": 80, "https": 443}
_UNSOUND: Final = re.compile(r"[\x00-\x20\x7f-\xa0\\\ud800-\udfff]")
_HOST: Final = re.compile(r"[a-z0-9_.:-]{1,253}")
_SUBSCRIBE: Final = re.compile(r"webcals?(?=://)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Where to connect to and what to ask for."""

    scheme: str
    host: str
    """In ASCII (IDNA), small letters; an IPv6 address without its brackets."""
    port: int
    target: str
    """Path and query, percent-encoded."""

    @property
    def shown(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.host_header}{self.target}"

    @property
    def host_header(self) -> str:
        """The Host header (RFC 9110, 7.2): the port only where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def parse_address(text: str, ports: frozenset[int] = frozenset()) -> WebAddress:
    """The parts of a web address; ``ports`` are allowed beside the usual one of the scheme.

    ``webcal:`` is what calendars call the same address when it is to be subscribed to. Raises UnreadableFileError
    for other schemes, names or passwords in the address, other ports, and signs that two programs read in two ways.
    """
    text = text.strip()
    if not text or len(text) > ADDRESS_MAX or _UNSOUND.search(text):
        raise UnreadableFileError("fetching.bad_address")
    try:
        parts = urlsplit(f"https{text[found.end() :]}" if (found := _SUBSCRIBE.match(text)) else text)
        host, port = (parts.hostname or "").encode("idna").decode("ascii").lower(), parts.port
    except ValueError:  # UnicodeError is one
        raise UnreadableFileError("fetching.bad_address") from None
    if parts.scheme not in PORTS:
        raise UnreadableFileError("fetching.bad_scheme")
    if not _HOST.fullmatch(host) or "@" in parts.netloc:
        raise UnreadableFileError("fetching.bad_address")
    port = PORTS[parts.scheme] if port is None else port
    if port != PORTS[parts.scheme] and port not in ports:
        raise UnreadableFileError("fetching.bad_port")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return WebAddress(parts.scheme, host, port, f"{path}?{query}" if query else path)


def following(address: WebAddress, location: str, ports: frozenset[int]) -> WebAddress:
    """Where a redirect leads; checked as an address that a person gave."""
    try:
        return parse_address(urljoin(address.shown, location), ports)
    except ValueError:  # urljoin on a broken IPv6 address
        raise UnreadableFileError("fetching.bad_address") from None
