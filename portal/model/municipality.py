"""A municipality that the portal serves (市区町村), with its layers of districts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.position import Point

CODE: Final = re.compile(r"\d{5}")
LAYER_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
TIERS: Final = (1, 2, 3)
TRUST_MAX: Final = 1000
JAPAN_ZOOM: Final = 5
"""The map's zoom that shows all Japan: where a municipality opens that has no outline yet."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """A city, ward, town or village."""

    code: str
    """全国地方公共団体コード without its check digit: five digits, e.g. ``27108``."""
    name: str
    """As addresses write it, prefecture left out: 「大阪市大正区」."""
    name_en: str
    prefecture: str
    centre: Point
    """Where the map opens."""
    zoom: int = 14
    direct_welfare: bool = False
    """Whether one may go to an open welfare evacuation site (福祉避難所) without being sent there."""
    trust_after: int = 3
    """After so many approved posts a group's posts go live at once; 0 trusts every registered group."""
    disaster_since: datetime | None = None
    """Since when its office has its pages in their form for a disaster (災害対応); aware. None in daily life."""

    def __post_init__(self) -> None:
        """Refuse a code that is not five digits and a missing name."""
        if not CODE.fullmatch(self.code):
            raise InvalidRecordError("model.municipality_code", code=self.code)
        if not self.name.strip():
            raise InvalidRecordError("model.no_name")
        if not 0 <= self.trust_after <= TRUST_MAX:
            raise InvalidRecordError("model.trust_after", most=TRUST_MAX)


@dataclass(frozen=True, slots=True)
class Layer:
    """One way of dividing a municipality: 小学校区, 中学校区, 支部 …; layers need not nest."""

    municipality: str
    key: str
    """``city elementary junior_high branch five_districts neighbourhood`` or one of its own."""
    name: str
    name_en: str
    tier: int
    """1 the whole municipality, 2 school districts and branches, 3 neighbourhood associations (加古川市)."""
    order: int = 0
    note: str = ""
    """What is not certain about the layer, said wherever it is shown."""
    note_en: str = ""

    def __post_init__(self) -> None:
        """Refuse a key that could not stand in an address, and a tier that does not exist."""
        if not LAYER_KEY.fullmatch(self.key):
            raise InvalidRecordError("model.layer_key", key=self.key)
        if self.tier not in TIERS:
            raise InvalidRecordError("model.layer_tier", tier=self.tier)
