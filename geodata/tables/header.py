"""The header of a table: which row it is, and what its columns are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geodata.cells.text import HEADER_LONGEST, clean, fold_header
from portal.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from geodata.tables.raw_row import RawRow

TYPE_WORD: Final = re.compile(
    r"(?:半角|全角)?(?:文字列?|テキスト|数値|数字|整数|小数|実数|英数字?|日付|日時|年月日|時刻|時間|真偽値?|コード|url|カナ)"
    r"(?:型|\(.*\))?|string|text|char|varchar(?:\(\d+\))?|int|integer|number|numeric|float|double|decimal|bool|boolean|date"
    r"|datetime|time|timestamp|必須|任意|推奨|必須項目|任意項目|◎|型"
)
LEAST_TYPE_WORDS: Final = 2
MOST_COLUMNS: Final = 1_000
SHEET_COLUMNS: Final = 16_384
"""The last column of a spreadsheet, XFD."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and what it says."""

    columns: tuple[str, ...]
    """Each name once: a second 名称 is ``名称#2``, a column without a name ``列7``."""
    skip: int
    """Rows of the file up to the first row of data: what stands before the header, the header, a row of types."""


def bounded(cells: list[str]) -> list[str]:
    """The cells of a row, without the empty ones after its last that a program wrote out to the sheet's edge.

    Raises UnreadableFileError for more than a table may have: rows of a million commas would fill the memory.
    """
    if MOST_COLUMNS < len(cells) <= SHEET_COLUMNS:
        last = next((at for at in range(len(cells), 0, -1) if cells[at - 1]), 0)
        del cells[max(last, MOST_COLUMNS) :]
    if len(cells) > MOST_COLUMNS:
        raise UnreadableFileError("tables.too_many_columns", count=len(cells), most=MOST_COLUMNS)
    return cells


def find_header(seen: Sequence[RawRow], must_have: Sequence[Sequence[str]]) -> Header | None:
    """The header among the first rows, None where no row has all names that it must have.

    ``must_have`` holds, for each column that is needed, the names it goes by. Without any, the header is the
    first row that fills at least half as many cells as the fullest.
    """
    at = _known(seen, must_have) if must_have else _fullest(seen)
    if at is None:
        return None
    skip = at + 1
    while skip < len(seen) and _says_types(seen[skip].cells):
        skip += 1
    return Header(name_columns(seen[at].cells), skip)


def name_columns(cells: Sequence[str]) -> tuple[str, ...]:
    """The columns' names, each once; empty ones at the end are left out, very long ones cut.

    Raises UnreadableFileError for too many.
    """
    names = ["".join(clean(cell[:HEADER_LONGEST]).split("\n")) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise UnreadableFileError("tables.too_many_columns", count=len(names), most=MOST_COLUMNS)
    columns: dict[str, None] = {}
    for order, name in enumerate(names, start=1):
        columns[once(name or f"列{order}", columns)] = None
    return tuple(columns)


def once(name: str, taken: Container[str]) -> str:
    """``name``, or with ``#2``, ``#3`` behind it where it is taken."""
    if name not in taken:
        return name
    count = 2
    while f"{name}#{count}" in taken:
        count += 1
    return f"{name}#{count}"


def matches(seen: Sequence[RawRow], must_have: Sequence[Sequence[str]]) -> int:
    """How many of the needed columns the best row names."""
    groups = _folded(must_have)
    return max((_count(row.cells, groups) for row in seen), default=0)


def _known(seen: Sequence[RawRow], must_have: Sequence[Sequence[str]]) -> int | None:
    groups = _folded(must_have)
    counts = [_count(row.cells, groups) for row in seen]
    return counts.index(len(groups)) if len(groups) in counts else None


def _folded(must_have: Sequence[Sequence[str]]) -> list[frozenset[str]]:
    return [frozenset(fold_header(name) for name in names) for names in must_have]


def _count(cells: Sequence[str], groups: list[frozenset[str]]) -> int:
    folded = {fold_header(cell) for cell in cells}
    return sum(not group.isdisjoint(folded) for group in groups)


def _fullest(seen: Sequence[RawRow]) -> int | None:
    filled = [sum(bool(cell.strip()) for cell in row.cells) for row in seen]
    most = max(filled, default=0)
    return next((at for at, count in enumerate(filled) if count and count * 2 >= most), None)


def _says_types(cells: Sequence[str]) -> bool:
    """Whether the row tells the types of the columns (文字列, 数値 …) and is no data."""
    words = [word for word in map(fold_header, cells) if word]
    return len(words) >= LEAST_TYPE_WORDS and all(TYPE_WORD.fullmatch(word) for word in words)
