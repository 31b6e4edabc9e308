"""A point on the map, how well it is known, and how far two points are apart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.errors import InvalidRecordError

EARTH_RADIUS_M: Final = 6_371_008.8
"""Mean radius of the GRS 80 ellipsoid in metres."""
DETOUR: Final = 1.3
"""A walk is taken to be this many times the straight line."""
WALK_M_PER_MINUTE: Final = 80
"""Walking speed used on Japanese property notices (不動産の表示に関する公正競争規約施行規則)."""


@dataclass(frozen=True, slots=True)
class Point:
    """A position in degrees, JGD2011 (EPSG:6668), which is WGS 84 to within a metre; longitude first."""

    lon: float
    lat: float

    def __post_init__(self) -> None:
        """Refuse what is not on the globe; NaN and infinities too."""
        if not (-180 <= self.lon <= 180 and -90 <= self.lat <= 90):  # noqa: PLR2004  # the globe's bounds
            raise InvalidRecordError("model.position_off_globe", lon=self.lon, lat=self.lat)


class Precision(StrEnum):
    """What a position stands for."""

    EXACT = "exact"  # the entrance or the building
    BLOCK = "block"  # 街区: the block of the address
    TOWN = "town"  # 町丁目: somewhere in this part of town
    DISTRICT = "district"  # only the district is known
    NONE = "none"  # there is no position


def distance_m(one: Point, other: Point) -> float:
    """The great-circle distance in metres (haversine)."""
    lat_1, lat_2 = math.radians(one.lat), math.radians(other.lat)
    half_lat = math.sin((lat_2 - lat_1) / 2) ** 2
    half_lon = math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(half_lat + math.cos(lat_1) * math.cos(lat_2) * half_lon))


def walking_minutes(straight_m: float) -> int:
    """Minutes on foot, rounded up: 80 m a minute along 1.3 times the straight line."""
    return max(1, math.ceil(straight_m * DETOUR / WALK_M_PER_MINUTE))
