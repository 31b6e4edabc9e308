"""The bytes of a table on the disk, and what kind of file they are, whatever its name says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from portal.errors import UnreadableFileError

if TYPE_CHECKING:
    from pathlib import Path

MIB: Final = 1 << 20
MOST_BYTES: Final = 128 * MIB
LONGEST_LINE: Final = 4 * MIB
"""Bytes from one line end to the next; a real table's longest lines are a few thousand."""
LINES_PER_ROW: Final = 3
"""On average at most: cells with line ends are few. It spares reading a million rows only to refuse them."""
CELLS_PER_ROW: Final = 100
"""On average at most, of as many rows as there may be: what is kept of each cell is many times its bytes."""
DELIMITERS: Final = (b",", b"\t", b";")
FILLED: Final = re.compile(rb"[^\0 \t\r\n\xef\xbb\xbf]")
ZIP: Final = b"PK\x03\x04"
NOT_TABLES: Final = (
    (b"\xd0\xcf\x11\xe0", "tables.old_workbook"),  # .xls, .doc
    (b"%PDF-", "tables.not_a_table"),
    (b"\x89PNG", "tables.not_a_table"),
    (b"\xff\xd8\xff", "tables.not_a_table"),
    (b"GIF8", "tables.not_a_table"),
    (b"\x1f\x8b", "tables.not_a_table"),
    (b"PAR1", "tables.not_a_table"),
    (b"ARROW1", "tables.not_a_table"),
    (b"FEA1", "tables.not_a_table"),
    (b"\x80\x04\x95", "tables.not_a_table"),  # a pickle
    (b"\x80\x05\x95", "tables.not_a_table"),
)


def read_limited(path: Path, most_bytes: int = MOST_BYTES) -> bytes:
    """The bytes of a table.

    Raises UnreadableFileError where there is no file, where it is empty or over ``most_bytes``, and for
    what is another kind of file (an old workbook, a PDF, a picture).
    """
    try:
        size = path.stat().st_size
        if size > most_bytes:
            raise UnreadableFileError("tables.too_large", most=most_bytes // MIB)
        data = path.read_bytes()
    except OSError as problem:
        raise UnreadableFileError("tables.no_file", file=path.name) from problem
    if not FILLED.search(data):
        raise UnreadableFileError("tables.empty_file", file=path.name)
    for magic, key in NOT_TABLES:
        if data.startswith(magic):
            raise UnreadableFileError(key, file=path.name)
    return data


def is_workbook(data: bytes) -> bool:
    """Whether it is a zip, which among tables only a workbook (.xlsx) is."""
    return data.startswith(ZIP)


def check_lines(data: bytes, most_rows: int) -> None:
    """Refuse a line that is so long that reading it alone would fill the memory, and lines or cells without end.

    Raises UnreadableFileError with the long line's number.
    """
    if max(data.count(b"\n"), data.count(b"\r")) > most_rows * LINES_PER_ROW:
        raise UnreadableFileError("tables.too_many_rows", most=most_rows)
    if max(map(data.count, DELIMITERS)) > most_rows * CELLS_PER_ROW:
        raise UnreadableFileError("tables.too_many_cells", most=most_rows * CELLS_PER_ROW)
    start = 0
    while len(data) - start > LONGEST_LINE:
        stop = start + LONGEST_LINE
        end = max(data.rfind(b"\n", start, stop), data.rfind(b"\r", start, stop))
        if end < start:
            line = 1 + max(data.count(b"\n", 0, start), data.count(b"\r", 0, start))
            raise UnreadableFileError("tables.line_too_long", line=line, most=LONGEST_LINE // MIB)
        start = end + 1
