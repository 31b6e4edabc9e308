"""What the first bytes of a photo say about it, read before any of it is decoded.

Pillow reserves memory for a WebP canvas as soon as it opens it, and draws every pass of a progressive JPEG over
the whole picture: size, passes and end are therefore looked up here first, without trusting the picture.
Sources: ITU T.81 (JPEG), W3C PNG (third edition) 5.2–5.3, RFC 9649 (WebP).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

SCANS_MAX: Final = 30
"""Passes of a progressive JPEG; cameras and editors write 10 or so."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_CHUNKS_MAX: Final = 50_000
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_NO_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF0 … SOF15 without DHT, JPG, DAC
_ANIMATED: Final = 0x02


class BrokenPhotoError(Exception):
    """Raised when the parts of a photo do not follow one another as its format says."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a photo claims to be."""

    format: str
    """As Pillow calls it: ``JPEG``, ``PNG`` or ``WEBP``."""
    width: int
    height: int
    end: int
    """Bytes that belong to the picture; what follows is something else."""
    moving: bool = False
    scans: int = 1


def look(data: bytes) -> Shape | None:
    """What a photo claims to be; None where it is neither JPEG, PNG nor WebP.

    Raises BrokenPhotoError where it ends too early or holds together badly.
    """
    reader: Callable[[bytes], Shape] | None = None
    if data.startswith(b"\xff\xd8\xff"):
        reader = _jpeg
    elif data.startswith(_PNG):
        reader = _png
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        reader = _webp
    if reader is None:
        return None
    try:
        return reader(data)
    except IndexError as error:
        raise BrokenPhotoError from error


def _number(data: bytes, at: int, size: int, order: str = "big") -> int:
    piece = data[at : at + size]
    if len(piece) < size:
        raise BrokenPhotoError
    return int.from_bytes(piece, "big" if order == "big" else "little")


def _png(data: bytes) -> Shape:
    if data[12:16] != b"IHDR":
        raise BrokenPhotoError
    at, moving = len(_PNG), False
    for _ in range(_CHUNKS_MAX):
        length, name = _number(data, at, 4), data[at + 4 : at + 8]
        at += 12 + length
        moving = moving or name == b"acTL"
        if name == b"IEND" and at <= len(data):
            return Shape("PNG", _number(data, 16, 4), _number(data, 20, 4), at, moving)
    raise BrokenPhotoError


def _webp(data: bytes) -> Shape:
    end = 8 + _number(data, 4, 4, "little")
    if end > len(data):
        raise BrokenPhotoError
    kind = data[12:16]
    if kind == b"VP8X":
        flags, width, height = data[20], _number(data, 24, 3, "little") + 1, _number(data, 27, 3, "little") + 1
        return Shape("WEBP", width, height, end, bool(flags & _ANIMATED))
    if kind == b"VP8 ":
        sizes = _number(data, 26, 2, "little"), _number(data, 28, 2, "little")
        return Shape("WEBP", sizes[0] & 0x3FFF, sizes[1] & 0x3FFF, end)
    if kind == b"VP8L":
        bits = _number(data, 21, 4, "little")
        return Shape("WEBP", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, end)
    raise BrokenPhotoError


def _jpeg(data: bytes) -> Shape:
    size: tuple[int, int] | None = None
    at, scans = 2, 0
    while True:
        marker, at = _next_marker(data, at)
        if marker == _EOI and size and scans:
            return Shape("JPEG", *size, at, scans=scans)
        if marker in _NO_LENGTH:
            continue
        if marker in (_SOI, _EOI):
            raise BrokenPhotoError
        if marker in _FRAMES:
            size = _number(data, at + 5, 2), _number(data, at + 3, 2)
        length = _number(data, at, 2)
        if length < 2:  # noqa: PLR2004  # the length counts its own two bytes
            raise BrokenPhotoError
        at += length
        if marker == _SOS:
            scans += 1
            at = _end_of_scan(data, at)


def _next_marker(data: bytes, at: int) -> tuple[int, int]:
    """The marker at ``at`` and where its content begins; any number of fill bytes FF may stand before it."""
    if data[at] != 0xFF:  # noqa: PLR2004  # every marker begins with it
        raise BrokenPhotoError
    while data[at] == 0xFF:  # noqa: PLR2004  # fill bytes
        at += 1
    return data[at], at + 1


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the coded picture of one pass ends: at the first marker that is neither a stuffed zero nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise BrokenPhotoError
        following = data[at + 1]
        if following not in _NO_LENGTH and following not in (0x00, 0xFF):
            return at
        at += 1 if following == 0xFF else 2  # noqa: PLR2004  # a fill byte may begin a marker
