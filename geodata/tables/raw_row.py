"""A row of a table before anybody knows what its columns are."""

from __future__ import annotations

from typing import NamedTuple


class RawRow(NamedTuple):
    """The cells of one row as they stand in the file."""

    line: int
    """Physical line (or row of the sheet) where the row begins, from 1."""
    cells: list[str]
