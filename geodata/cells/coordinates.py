"""Positions as tables write them: decimal degrees, degrees-minutes-seconds, and with the two columns swapped."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from geodata.cells.text import narrow
from portal.model.position import Point

JAPAN_LAT, JAPAN_LON = (20.0, 46.0), (122.0, 154.5)
"""From 沖ノ鳥島 to 択捉島 and from 与那国島 to 南鳥島, in degrees."""
DECIMAL: Final = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,2})?")
HEMISPHERE: Final = r"(北緯|南緯|東経|西経|[nsew])?"
SEXAGESIMAL: Final = re.compile(
    rf"{HEMISPHERE}\s*(\d{{1,3}}(?:\.\d+)?)\s*[°度º]\s*(?:(\d{{1,2}}(?:\.\d+)?)\s*['′’分]\s*)?"
    rf"(?:(\d{{1,2}}(?:\.\d+)?)\s*(?:[\"″”秒]|''|′′)?\s*)?{HEMISPHERE}"
)
MARKED: Final = re.compile(r"(北緯|東経|[ne])\s*(\d{1,3}\.\d+)\s*°?")
SOUTH_OR_WEST: Final = frozenset({"南緯", "西経", "s", "w"})

MISSING: Final = "tables.position_missing"
SWAPPED: Final = "tables.position_swapped"
UNREADABLE: Final = "tables.position_unreadable"
OUTSIDE: Final = "tables.position_outside_japan"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a row says that its place is, with what is to be said of it (phrase keys without gaps)."""

    point: Point | None
    notes: tuple[str, ...] = ()


def read_coordinate(text: str) -> float | None:
    """Degrees that a cell names; None where it is empty or ``0``, which stands for "not known".

    34.665, ３４．６６５, 34°39'54.8", 135度28分 and 北緯34.665 are read. Raises ValueError for anything
    else, NaN and infinities too.
    """
    degrees = narrow(text).casefold().rstrip(",")
    if not degrees:
        return None
    found = _degrees(degrees)
    if not math.isfinite(found):
        raise ValueError(text)
    return found or None


def _degrees(text: str) -> float:
    if DECIMAL.fullmatch(text):
        return float(text)
    if found := MARKED.fullmatch(text):
        return float(found[2])
    found = SEXAGESIMAL.fullmatch(text)
    if found is None:
        raise ValueError(text)
    before, degrees, minutes, seconds, after = found.groups()
    parts = float(minutes or 0), float(seconds or 0)
    if max(parts) >= 60:  # noqa: PLR2004  # minutes and seconds of arc
        raise ValueError(text)
    return (float(degrees) + parts[0] / 60 + parts[1] / 3600) * (-1 if {before, after} & SOUTH_OR_WEST else 1)


def read_position(lat_text: str, lon_text: str) -> Position:
    """The point that two cells name, in Japan, else none with the reason.

    Swapped columns are mended and said. The Tokyo datum (日本測地系, about 450 m off) cannot be told
    from one point: only a file's own word for its datum can.
    """
    try:
        lat, lon = read_coordinate(lat_text), read_coordinate(lon_text)
    except ValueError:
        return Position(None, (UNREADABLE,))
    if lat is None or lon is None:
        return Position(None, (MISSING,))
    if _in_japan(lat, lon):
        return Position(Point(lon, lat))
    if _in_japan(lon, lat):
        return Position(Point(lat, lon), (SWAPPED,))
    return Position(None, (OUTSIDE,))


def _in_japan(lat: float, lon: float) -> bool:
    return JAPAN_LAT[0] <= lat <= JAPAN_LAT[1] and JAPAN_LON[0] <= lon <= JAPAN_LON[1]
