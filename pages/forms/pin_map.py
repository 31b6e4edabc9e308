"""The map on which a pin is set: where it opens, whose outlines it draws, and its words, as data for its script."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from pages import wiring
from pages.parts import base_map
from pages.server import assets
from portal.words import say

if TYPE_CHECKING:
    from portal.model.municipality import Municipality
    from portal.store import Reader

WORDS: Final = ("pin", "label", "zoom_in", "zoom_out", "moved", "gsi", "failed")
GAPS: Final = {"lat": "{lat}", "lon": "{lon}"}
"""Filled by the script."""
NOT_OUTLINED: Final = "city"
"""The layer of the municipality as a whole; a finer one is drawn where there is one."""


def values(store: Reader, town: Municipality, language: str) -> dict[str, str]:
    """What the macro of ``pin_map.html`` needs, beside the names of its two fields."""
    layers = [layer.key for layer in store.layers(town.code)]
    layer = next((key for key in layers if key != NOT_OUTLINED), next(iter(layers), ""))
    tiles = base_map.tiles(wiring.settings().basemap)
    return {
        "municipality": town.code,
        "layer": layer,
        "centre": f"{town.centre.lat},{town.centre.lon}",
        "zoom": str(town.zoom),
        "tiles": json.dumps(tiles) if tiles else "",
        "words": json.dumps({name: say(f"pin_map.{name}", language, **GAPS) for name in WORDS}, ensure_ascii=False),
        "style": assets.leaflet_address("leaflet.css"),
        "script": assets.leaflet_address("leaflet.js"),
    }
