"""Days as Japanese tables write them, with western and Japanese years (西暦・和暦)."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from geodata.cells.text import narrow

ERAS: Final = {
    "明治": 1867,
    "大正": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
    "m": 1867,
    "t": 1911,
    "s": 1925,
    "h": 1988,
    "r": 2018,
}
"""The year before each era's first (元年)."""
FIRST_YEAR, LAST_YEAR = 1868, 2200  # beyond these a year is a slip or a stand-in for "no end"

WEEKDAY: Final = r"\s*(?:\(?[月火水木金土日](?:曜日?)?(?:・?祝)?\)?)?"
MIDNIGHT: Final = r"(?:[t\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?)?"
PARTED: Final = re.compile(rf"(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?{WEEKDAY}{MIDNIGHT}")
ERA: Final = re.compile(
    rf"(明治|大正|昭和|平成|令和|[mtshr])\s*\.?\s*(\d{{1,2}}|元)\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?"
    rf"{WEEKDAY}{MIDNIGHT}"
)
RUN: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
NO_YEAR: Final = re.compile(rf"(\d{{1,2}})\s*[/月]\s*(\d{{1,2}})\s*日?{WEEKDAY}")
WAVE_HYPHENS: Final = str.maketrans("‐‑‒–—−ー", "-------")


def read_date(text: str, year_hint: int | None = None) -> date | None:
    """The day that a cell names; None for an empty cell.

    令和8年3月2日, R8.3.2, 2026/3/2, 2026-03-02, 20260302 and a workbook's ``2026-03-02 00:00:00`` are read;
    3月2日 and 3/2 only with ``year_hint``. Raises ValueError for a day that does not exist
    (令和6年2月30日), for a year outside 1868-2200 and for anything else.
    """
    day = narrow(text).casefold().translate(WAVE_HYPHENS)
    if not day:
        return None
    if found := PARTED.fullmatch(day) or RUN.fullmatch(day):
        return _date(int(found[1]), found[2], found[3])
    if found := ERA.fullmatch(day):
        return _date(ERAS[found[1]] + (1 if found[2] == "元" else int(found[2])), found[3], found[4])
    if year_hint is not None and (found := NO_YEAR.fullmatch(day)):
        return _date(year_hint, found[1], found[2])
    raise ValueError(text)


def _date(year: int, month: str, day: str) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    return date(year, int(month), int(day))
