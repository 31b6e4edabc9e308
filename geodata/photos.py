"""A photo made fit for the public (写真): upright, small, and without a trace of where and by whom it was taken.

Nothing of what was sent is kept but the picture itself, drawn anew as a JPEG in sRGB.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from typing import Final

from PIL import Image

from geodata.photo_drawing import as_jpeg, drawn
from geodata.photo_shape import SCANS_MAX, BrokenPhotoError, Shape, look
from portal.errors import UnreadableFileError

BYTES_MAX: Final = 15 * 2**20
PIXELS_MAX: Final = 25_000_000
SIDE_MAX: Final = 1_600
"""The longest side of what is kept, in pixels."""
MEBI: Final = 2**20
MILLION: Final = 1_000_000
_SCRIPT: Final = re.compile(rb"<(?:script|html|!doctype|svg|iframe|\?php|!entity)\b", re.IGNORECASE)
_ARCHIVE: Final = re.compile(rb"PK\x03\x04|PK\x05\x06|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|%PDF-|\x7fELF|MZ\x90\x00")
_APPLE: Final = re.compile(rb"....ftyp(?:heic|heix|heim|heis|hevc|mif1|msf1|avif)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """A photo as it may be kept and shown."""

    data: bytes
    suffix: str
    """Ending of the file's name: ``jpg``."""
    width: int
    height: int
    sha256: str
    """Of ``data``, in hex."""


def clean_photo(data: bytes) -> CleanPhoto:
    """The picture of a JPEG, PNG or WebP, 1,600 pixels at most on its longest side.

    Raises UnreadableFileError for anything else, for more than 15 MiB or 25 megapixels, for a moving picture
    (APNG, animated WebP: which of its pictures is meant is not ours to say), for one that is cut off, and for one
    that is a page, a program or an archive as well. What a camera puts behind a JPEG (a film, a second picture)
    is left out.
    """
    return _clean(data, SIDE_MAX)


def thumbnail(data: bytes, side: int) -> CleanPhoto:
    """The picture of a photo with at most ``side`` pixels on its longest side; raises as :func:`clean_photo`."""
    return _clean(data, side)


def _clean(data: bytes, side: int) -> CleanPhoto:
    shape = _checked(data)
    try:
        with Image.open(io.BytesIO(data), formats=(shape.format,)) as opened:
            picture = drawn(opened, side) if opened.size == (shape.width, shape.height) else None
    except Exception as error:  # hostile bytes lead Pillow's readers to errors of any kind
        raise UnreadableFileError("photos.damaged") from error
    if picture is None:  # two sizes in one file: which of them was checked?
        raise UnreadableFileError("photos.damaged")
    kept = as_jpeg(picture)
    return CleanPhoto(kept, "jpg", *picture.size, hashlib.sha256(kept).hexdigest())


def _checked(data: bytes) -> Shape:
    """What the photo claims to be, where it may be decoded at all."""
    if not data:
        raise UnreadableFileError("photos.empty")
    if len(data) > BYTES_MAX:
        raise UnreadableFileError("photos.too_large", most=BYTES_MAX // MEBI)
    try:
        shape = look(data)
    except BrokenPhotoError:
        raise UnreadableFileError("photos.damaged") from None
    if shape is None:
        raise UnreadableFileError("photos.apple" if _APPLE.match(data) else "photos.not_a_photo")
    if shape.width * shape.height > PIXELS_MAX:
        raise UnreadableFileError("photos.too_many_pixels", most=PIXELS_MAX // MILLION)
    if shape.moving:
        raise UnreadableFileError("photos.moving")
    if shape.width < 1 or shape.height < 1 or shape.scans > SCANS_MAX:
        raise UnreadableFileError("photos.damaged")
    _check_nothing_else(data, shape)
    return shape


def _check_nothing_else(data: bytes, shape: Shape) -> None:
    """Refuse what a browser or an unpacker could take for something other than a photo."""
    rest = data[shape.end :]
    surplus = bool(rest.strip(b"\0\r\n ")) and shape.format != "JPEG"
    # Only the end of the file is searched for an archive's directory: a picture's own bytes hit its mark by chance.
    if surplus or _ARCHIVE.search(rest) or _SCRIPT.search(data) or (rest and zipfile.is_zipfile(io.BytesIO(rest))):
        raise UnreadableFileError("photos.mixed")
