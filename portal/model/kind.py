"""The kinds of place, and how each is drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.errors import InvalidRecordError

KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
COLOUR: Final = re.compile(r"#[0-9a-f]{6}")


class Shape(StrEnum):
    """The outline of a marker, so that colour is never the only sign."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    PENTAGON = "pentagon"
    HEXAGON = "hexagon"
    SHIELD = "shield"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of place (種別) with its names and its sign."""

    key: str
    ja: str
    en: str
    colour: str
    """Fill as ``#rrggbb``; fills differ in lightness, too."""
    shape: Shape
    letter: str
    """One letter or kanji that stands in the marker."""
    evacuation: bool = False
    """Whether it belongs to the evacuation screen and not to daily life."""
    municipality: str = ""
    """The municipality that added it; empty for the built-in ones."""
    order: int = 0
    post: bool = False
    """Whether only posts are of this kind, and no place."""

    def __post_init__(self) -> None:
        """Refuse a key that could not stand in an address, a colour that is none, a missing name."""
        if not KEY.fullmatch(self.key):
            raise InvalidRecordError("model.kind_key", key=self.key)
        if not COLOUR.fullmatch(self.colour):
            raise InvalidRecordError("model.kind_colour", colour=self.colour)
        if not self.ja.strip() or not self.en.strip() or len(self.letter) != 1:
            raise InvalidRecordError("model.kind_names", key=self.key)


SHELTER: Final = "shelter"  # 指定避難所
EMERGENCY_SITE: Final = "emergency_site"  # 指定緊急避難場所
WELFARE_SHELTER: Final = "welfare_shelter"  # 福祉避難所
EVACUATION_KINDS: Final = frozenset({SHELTER, EMERGENCY_SITE, WELFARE_SHELTER})
FACILITY: Final = "facility"  # 公共施設
EVENT: Final = "event"  # 行事・催し
