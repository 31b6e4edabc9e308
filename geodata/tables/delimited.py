"""Rows of delimited text (CSV, TSV, ``;``), each with the line of the file that it begins in."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from geodata.cells.encoding import decode_bytes
from geodata.tables.header import bounded
from geodata.tables.raw_row import RawRow
from portal.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DELIMITERS: Final = (",", "\t", ";")
PREVIEW_ROWS: Final = 50
PREVIEW_CHARACTERS: Final = 4_000_000


def rows(data: bytes, encoding: str, delimiter: str) -> Iterator[RawRow]:
    """Every row of the text.

    Raises UnreadableFileError for a quote that is never closed, with its line, and for a row of too many cells.
    """
    pending: list[str] = []
    reader = csv.reader(_remembered(_lines(data, encoding), pending), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if len(pending) > 1 or pending[0].count('"') % 2:
                _check_quotes(pending, delimiter, line)
            pending.clear()
            yield RawRow(line, bounded(cells))
            line = reader.line_num + 1
    except csv.Error as problem:
        raise UnreadableFileError("tables.cell_too_long", line=line) from problem


def beginning(found: Iterable[RawRow]) -> Iterator[RawRow]:
    """The rows among which a header is looked for: the first few, fewer where they are very long."""
    seen = 0
    for row in islice(found, PREVIEW_ROWS):
        yield row
        seen += sum(map(len, row.cells))
        if seen > PREVIEW_CHARACTERS:
            return


def preview(data: bytes, encoding: str, delimiter: str) -> list[RawRow]:
    """The first rows, as far as they can be read: a wrong delimiter may break on a quote."""
    found: list[RawRow] = []
    try:
        found.extend(beginning(rows(data, encoding, delimiter)))
    except UnreadableFileError:
        return found
    return found


def regularity(seen: list[RawRow]) -> float:
    """How much like a table rows are: their usual number of cells times the share that has it; 0 for one column."""
    widths = Counter(len(row.cells) for row in seen if any(row.cells))
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    return (width - 1) * count / widths.total()


def _lines(data: bytes, encoding: str) -> Iterator[str]:
    """The lines with their ends (CR LF, LF or CR alone), decoded bit by bit so that memory stays small."""
    if encoding == "iso2022_jp_2004":  # reads NEC's signs only after its escapes are rewritten
        return iter(io.StringIO(decode_bytes(data).text, newline=""))
    return iter(io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline=""))


def _remembered(lines: Iterator[str], pending: list[str]) -> Iterator[str]:
    """The lines, each noted in ``pending`` until its row is complete."""
    for line in lines:
        pending.append(line)
        yield line


def _check_quotes(lines: list[str], delimiter: str, line: int) -> None:
    """Refuse a row of several lines whose quote is open at the end, or that swallowed rows of the table."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as problem:
        raise UnreadableFileError("tables.unclosed_quote", line=line) from problem
