"""Cells as they leave the portal: nothing in them can run, and nothing in them breaks the file."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from portal.model.report_table import Cell

NEVER_WRITTEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Control characters, lone surrogates and non-characters: XML 1.0 cannot hold them, and nobody can read them."""
STARTS_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
"""What a spreadsheet may take for a formula; blanks before it are skipped by some."""


def plain(text: str) -> str:
    """``text`` without what no file can hold."""
    return NEVER_WRITTEN.sub("\ufffd", text)


def harmless(text: str) -> str:
    """``text`` so that no spreadsheet runs it: an apostrophe is set before what could begin a formula.

    Source: OWASP, CSV Injection.
    """
    text = plain(text)
    return f"'{text}" if STARTS_FORMULA.match(text) else text


def known(cell: Cell) -> Cell:
    """The cell, or None for a number that is none (NaN, infinite): what is not known is left empty."""
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def for_spreadsheet(cell: Cell) -> Cell:
    """Text harmless, numbers as they are: a negative number is no formula."""
    return harmless(cell) if isinstance(cell, str) else known(cell)


def for_machine(cell: Cell) -> Cell:
    """Text as it is but for what no file can hold: GeoJSON and GeoParquet run nothing."""
    return plain(cell) if isinstance(cell, str) else known(cell)
