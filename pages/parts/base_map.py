"""The base map: tiles of 国土地理院 by setting, or none, so that nothing leaves the machine."""

from __future__ import annotations

from typing import Any, Final

HOST: Final = "https://cyberjapandata.gsi.go.jp"
CREDIT: Final = "https://maps.gsi.go.jp/development/ichiran.html"
ZOOMS: Final = {"std": (5, 18), "pale": (5, 18), "blank": (5, 14)}
"""Zoom steps that each sort of tile has (地理院タイル一覧)."""


def origin(name: str) -> str:
    """The origin that tiles are fetched from; empty for no base map."""
    return HOST if name in ZOOMS else ""


def tiles(name: str) -> dict[str, Any] | None:
    """What the map's layer needs to know of the tiles; None for no base map."""
    if name not in ZOOMS:
        return None
    first, last = ZOOMS[name]
    return {"url": f"{HOST}/xyz/{name}/{{z}}/{{x}}/{{y}}.png", "first": first, "last": last, "credit": CREDIT}
