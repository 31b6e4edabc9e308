"""A feed fetched from an address that a person gave: only from the open internet, only so much, only so long.

Off by default: whoever calls it has looked at the setting that allows following feeds.
"""

from __future__ import annotations

import http.client
import ssl
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pages.outside.connection import Question
from pages.outside.limits import Deadline, Limits
from pages.outside.web_address import following, parse_address
from portal.errors import UnreadableFileError

if TYPE_CHECKING:
    from pages.outside.web_address import WebAddress

OK: Final = 200
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
CHUNK: Final = 64 * 2**10
MEBI: Final = 2**20
_GZIP: Final = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was found at an address."""

    body: bytes
    """Unpacked."""
    content_type: str
    """Without its parameters, in small letters: ``text/calendar``."""
    final_url: str
    """Where it was found after all redirects."""


def fetch(url: str, limits: Limits | None = None) -> Fetched:
    """What is at a web address, where it is a calendar or a news feed.

    Raises UnreadableFileError, its phrase telling what to do: an address that is none, a machine that is not on the
    open internet, an answer that is too large, too slow, of another type, or none at all.
    """
    limits = limits or Limits()
    deadline = Deadline(limits.seconds)
    address = parse_address(url, limits.loopback_ports)
    try:
        for _ in range(limits.redirects + 1):
            found = _asked(address, limits, deadline)
            if isinstance(found, Fetched):
                return found
            address = found
    except TimeoutError:
        raise UnreadableFileError("fetching.too_slow") from None
    except ssl.SSLError:
        raise UnreadableFileError("fetching.bad_certificate", host=address.host) from None
    except (OSError, http.client.HTTPException, ValueError):
        raise UnreadableFileError("fetching.no_answer", host=address.host) from None
    raise UnreadableFileError("fetching.too_many_redirects", most=limits.redirects)


def _asked(address: WebAddress, limits: Limits, deadline: Deadline) -> Fetched | WebAddress:
    """What is at the address, or where it says to look instead."""
    with Question(address, limits, deadline) as answer:
        location = answer.headers.get("Location")
        if answer.status in REDIRECTS and location:
            return following(address, location, limits.loopback_ports)
        if answer.status != OK:
            raise UnreadableFileError("fetching.bad_status", status=answer.status)
        kind = answer.headers.get_content_type()
        if kind not in limits.types:
            raise UnreadableFileError("fetching.bad_type", type=kind[:60])
        return Fetched(_body(answer, limits), kind, address.shown)


def _body(answer: http.client.HTTPResponse, limits: Limits) -> bytes:
    """The answer unpacked; it is let go as soon as it is too large, however small it came."""
    packed = (answer.headers.get("Content-Encoding") or "identity").strip().lower()
    if packed not in {"identity", "gzip", "x-gzip"}:
        raise UnreadableFileError("fetching.bad_packing")
    unpack = zlib.decompressobj(_GZIP) if packed != "identity" else None
    body = bytearray()
    while piece := answer.read1(CHUNK):
        try:
            # One byte more than is allowed is enough to know.
            body += unpack.decompress(piece, limits.bytes_max + 1 - len(body)) if unpack else piece
        except zlib.error:
            raise UnreadableFileError("fetching.bad_packing") from None
        if len(body) > limits.bytes_max:
            raise UnreadableFileError("fetching.too_large", most=limits.bytes_max // MEBI)
    if answer.length or (unpack and not unpack.eof):
        raise UnreadableFileError("fetching.cut_off")
    return bytes(body)
