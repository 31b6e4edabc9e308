"""Fiscal years (年度) as people call them: 令和4年度, 2022/23."""

from __future__ import annotations

from typing import Final

from portal.words import say

REIWA, HEISEI = 2019, 1989
"""The first fiscal years that are called by an era."""
ERAS_IN: Final = "ja"
"""The language that calls years by eras."""
FIRST: Final = "元"
ERAS: Final = ((REIWA, "reiwa"), (HEISEI, "heisei"))


def fiscal_year(year: str, language: str) -> str:
    """A western year ``"2022"`` in the reader's manner; the first year of an era is 元年."""
    number = int(year)
    if language != ERAS_IN:
        return say("charts.year", language, year=f"{number}/{(number + 1) % 100:02d}")
    for first, era in ERAS:
        if number >= first:
            shown = number - first + 1
            return say(f"charts.year_{era}", language, year=FIRST if shown == 1 else shown)
    return say("charts.year", language, year=number)
