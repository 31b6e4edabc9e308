"""Codes of the cells of Japan's grid (地域メッシュコード, JIS X 0410) as positions."""

from __future__ import annotations

import re
from typing import Final

from portal.model.position import Point

CODE: Final = re.compile(r"([3-6]\d)([2-5]\d)([0-7])([0-7])(\d)(\d)([1-4]{0,3})", re.ASCII)
"""First, second and third division, and up to three halvings: 1 km, 500 m, 250 m and 125 m."""
FIRST_LAT, FIRST_LON = 2 / 3, 1.0
"""Degrees of a cell of the first division (第1次地域区画): its number is 1.5 times latitude, then longitude - 100."""


def middle(code: str) -> Point | None:
    """The middle of a cell of eight to eleven digits, degrees, JGD2011 (EPSG:6668); None for what is no code.

    Cells of codes on the Japanese datum of before 2002 lie some 450 m to the south-east: such files are not read
    rightly, and have not been made since 2002.
    """
    found = CODE.fullmatch(code)
    if found is None:
        return None
    north, east = FIRST_LAT, FIRST_LON
    lat, lon = int(found[1]) / 1.5, int(found[2]) + 100.0
    for parts, row, column in ((8, found[3], found[4]), (10, found[5], found[6])):
        north, east = north / parts, east / parts
        lat, lon = lat + int(row) * north, lon + int(column) * east
    for quarter in found[7]:  # 1 south-west, 2 south-east, 3 north-west, 4 north-east
        north, east = north / 2, east / 2
        lat, lon = lat + (quarter in "34") * north, lon + (quarter in "24") * east
    return Point(round(lon + east / 2, 9), round(lat + north / 2, 9))
