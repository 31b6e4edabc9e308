"""The columns that say for which dangers an evacuation site is designated (災害種別)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geodata.decode import read_flag
from portal.model.shelter import Hazard

if TYPE_CHECKING:
    from collections.abc import Mapping

LANDSLIDES: Final = (
    "崖崩れ、土石流及び地滑り",
    "崖崩れ、土石流及び地すべり",
    "がけ崩れ、土石流及び地滑り",
    "がけ崩れ、土石流及び地すべり",
)
NAMES: Final[Mapping[Hazard, tuple[str, ...]]] = {
    Hazard.FLOOD: ("洪水",),
    Hazard.LANDSLIDE: (*LANDSLIDES, *(name.replace("、", "") for name in LANDSLIDES), "土砂災害"),
    Hazard.STORM_SURGE: ("高潮",),
    Hazard.EARTHQUAKE: ("地震",),
    Hazard.TSUNAMI: ("津波",),
    Hazard.FIRE: ("大規模な火事", "大規模な火災", "大規模火災"),
    Hazard.INLAND_FLOOD: ("内水氾濫", "内水はん濫"),
    Hazard.VOLCANO: ("火山現象", "火山災害", "火山"),
}
"""The first of each as in 災害対策基本法施行令 第20条の4; then what lists write instead."""
HAZARD_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    hazard.value: tuple(prefix + name for prefix in ("災害種別_", "") for name in names)
    for hazard, names in NAMES.items()
}
"""The columns' names by field; the field bears the hazard's key."""


def hazards(values: Mapping[str, str]) -> frozenset[Hazard]:
    """The dangers that a row is marked for (``1`` or ``○``); ``values`` by field."""
    return frozenset(hazard for hazard in Hazard if read_flag(values.get(hazard.value, "")))
