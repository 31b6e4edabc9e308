"""How much another machine may give and how long it may take."""

from __future__ import annotations

import queue
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from portal.errors import UnreadableFileError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

TYPES: Final = frozenset(
    {
        "text/calendar",
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",  # RSS 1.0
        "application/xml",
        "text/xml",
    }
)


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses of a host, as the machine's own resolver knows them. Raises OSError for an unknown one."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may cost; ``loopback_ports``, ``resolve`` and ``tls`` are never made of what a person typed."""

    seconds: float = 10.0
    """For everything together: names, connections, redirects, the answer."""
    bytes_max: int = 2 * 2**20
    """Of the answer, unpacked."""
    redirects: int = 3
    types: frozenset[str] = TYPES
    loopback_ports: frozenset[int] = frozenset()
    """Ports of this machine that may be asked; none, but for a test's own servers."""
    resolve: Callable[[str, int], list[str]] = field(default=system_resolver)
    """From host and port to addresses; it is asked once for each connection."""
    tls: ssl.SSLContext | None = None
    """Whose certificates are trusted; None for those that the machine trusts."""


class Deadline:
    """A moment after which nothing is waited for any more."""

    def __init__(self, seconds: float) -> None:
        """Start now."""
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left. Raises UnreadableFileError where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise UnreadableFileError("fetching.too_slow")
        return left


def resolved(limits: Limits, deadline: Deadline, host: str, port: int) -> list[str]:
    """The addresses of a host, or UnreadableFileError where none is found in time.

    The resolver of the C library knows no time limit, so it is asked in a thread that can be left behind.
    """
    answer: queue.SimpleQueue[list[str] | None] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(limits.resolve(host, port))
        except (OSError, ValueError):  # ValueError: a host that cannot be written as a name (IDNA)
            answer.put(None)

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=deadline.left())
    except queue.Empty:
        raise UnreadableFileError("fetching.too_slow") from None
    if not found:
        raise UnreadableFileError("fetching.unknown_host", host=host[:100])
    return found
