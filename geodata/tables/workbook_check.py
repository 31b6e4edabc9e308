"""Whether a workbook (.xlsx) may be opened at all: it is a zip of XML, and both can be traps."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from portal.errors import UnreadableFileError

MOST_BYTES: Final = 300 << 20
"""Of all parts unpacked."""
MOST_PARTS: Final = 2_000
MOST_RATIO: Final = 50
RATIO_FROM_BYTES: Final = 20 << 20
"""Below this a part may shrink as it likes: sheets repeat themselves."""
PROLOGUE_BYTES: Final = 1 << 16
"""A document type declaration stands before the first element."""
XML: Final = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<")
COMMENT: Final = re.compile(rb"<!--.*?(?:-->|$)", re.DOTALL)
ELEMENT: Final = re.compile(rb"<[A-Za-z_]")


def check_workbook(data: bytes) -> None:
    """Refuse a damaged, locked or bomb-like workbook and one that declares entities (XXE, CVE-2017-5992).

    Raises UnreadableFileError. The sizes are those that the zip declares; zipfile unpacks no more.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            if "[Content_Types].xml" not in archive.namelist():
                raise UnreadableFileError("tables.zip_of_others")
            for part in parts:
                _check_prologue(archive, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError) as problem:
        raise UnreadableFileError("tables.workbook_damaged") from problem


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    squeezed = any(
        part.file_size > RATIO_FROM_BYTES and part.file_size > MOST_RATIO * max(1, part.compress_size) for part in parts
    )
    if total > MOST_BYTES or len(parts) > MOST_PARTS or squeezed:
        raise UnreadableFileError("tables.workbook_bomb")


def _check_prologue(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a part of XML with a document type declaration, or room for one: no spreadsheet program writes either.

    A part may bear any name; pictures (.svg) are never opened.
    """
    if part.filename.lower().endswith(".svg"):
        return
    with archive.open(part) as opened:
        prologue = opened.read(PROLOGUE_BYTES).replace(b"\0", b"")  # UTF-16 becomes readable, too
    if not XML.match(prologue):
        return
    if b"<!DOCTYPE" in prologue or b"<!ENTITY" in prologue:
        raise UnreadableFileError("tables.workbook_entities")
    if not ELEMENT.search(COMMENT.sub(b"", prologue)):
        raise UnreadableFileError("tables.workbook_damaged")
