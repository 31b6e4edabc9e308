"""One question to one machine, at exactly the address that was looked at.

The name is resolved once; who answers a second look-up differently (DNS rebinding) gets no second look-up. Every
read waits only for what is left of the whole time, so that an answer of one byte a second ends as well.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
from typing import TYPE_CHECKING, Final

from pages.outside.limits import resolved
from pages.outside.reachable import is_loopback, is_reachable
from portal.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages.outside.limits import Deadline, Limits
    from pages.outside.web_address import WebAddress

TRIES: Final = 3
"""Addresses of one name that are tried."""
HEADERS: Final = {
    "User-Agent": "Ibasho-portal",
    "Accept": "text/calendar, application/rss+xml, application/atom+xml, application/xml;q=0.8, text/xml;q=0.8",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


class _TimedReader(io.RawIOBase):
    """What a socket receives, each read waiting only for the time that is left."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io calls it with a memoryview
        self._sock.settimeout(self._deadline.left())
        return self._sock.recv_into(buffer)


class _TimedSocket:
    """A connected socket as :mod:`http.client` uses it."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._sock, self._deadline))

    def close(self) -> None:
        """Nothing: the answer is still to be read when http.client hangs up; :class:`Question` closes the socket."""


def checked_addresses(address: WebAddress, limits: Limits, deadline: Deadline) -> list[str]:
    """The addresses of the host, resolved now; raises UnreadableFileError if any of them may not be asked.

    Every one has to be sound: a name that leads both outside and inside is a trap.
    """
    found = resolved(limits, deadline, address.host, address.port)
    at_home = address.port in limits.loopback_ports
    if not all(is_reachable(one) or (at_home and is_loopback(one)) for one in found):
        raise UnreadableFileError("fetching.not_public")
    return found[:TRIES]


def connected(address: WebAddress, found: list[str], limits: Limits, deadline: Deadline) -> socket.socket:
    """A connection to the first of the checked addresses that answers, its certificate checked against the name."""
    for number, target in enumerate(found, 1):
        try:
            plain = socket.create_connection((target, address.port), deadline.left() / (len(found) - number + 1))
        except OSError:
            if number == len(found):
                raise
        else:
            return _secured(plain, address, limits, deadline) if address.scheme == "https" else plain
    raise UnreadableFileError("fetching.unknown_host", host=address.host)


def _secured(plain: socket.socket, address: WebAddress, limits: Limits, deadline: Deadline) -> socket.socket:
    context = limits.tls or ssl.create_default_context()
    try:
        plain.settimeout(deadline.left())
        return context.wrap_socket(plain, server_hostname=address.host)
    except BaseException:
        plain.close()
        raise


class Question:
    """A question whose answer is read while the block runs, and whose connection is closed at its end."""

    def __init__(
        self,
        address: WebAddress,
        limits: Limits,
        deadline: Deadline,
        headers: Mapping[str, str] = HEADERS,
        body: bytes | None = None,
    ) -> None:
        """Ask ``address`` when the block is entered: a GET, or a POST of ``body``."""
        self._address, self._limits, self._deadline = address, limits, deadline
        self._headers, self._body = headers, body

    def __enter__(self) -> http.client.HTTPResponse:
        """Connect and ask; raises OSError, http.client.HTTPException, UnreadableFileError."""
        found = checked_addresses(self._address, self._limits, self._deadline)
        self._sock = connected(self._address, found, self._limits, self._deadline)
        self._talk = http.client.HTTPConnection(self._address.host, self._address.port)
        self._talk.sock = _TimedSocket(self._sock, self._deadline)
        try:
            sent = {"Host": self._address.host_header, **self._headers}
            self._talk.request("GET" if self._body is None else "POST", self._address.target, self._body, sent)
            return self._talk.getresponse()
        except BaseException:
            self._sock.close()
            raise

    def __exit__(self, *_: object) -> None:
        """Hang up, however far the answer was read."""
        self._talk.close()
        self._sock.close()
