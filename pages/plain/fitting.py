"""The public page that says the same as an interactive screen with these parameters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pages import wiring
from pages.plain import paths

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.model.municipality import Municipality

OF_A_RECORD: Final = frozenset({"place", "post", "group"})
MONTH: Final = re.compile(r"([0-9]{4}-[0-9]{2})-[0-9]{2}")


def municipality(asked: str) -> Municipality | None:
    """The one of the address, else the setting's, else the first, as the screens have it; None where none is served."""
    served = {item.code: item for item in wiring.store().municipalities()}
    return served.get(asked) or served.get(wiring.settings().municipality) or next(iter(served.values()), None)


def path(screen: str, params: Mapping[str, str], tongue: str) -> str:
    """The path of the page that fits a screen (empty for the front page), as of :func:`pages.plain.paths.path`.

    Whether there is such a page is for whoever makes it to find out: an id is taken as it stands in the address.
    """
    town = municipality(params.get("municipality", ""))
    if town is None:
        return paths.path("front", lang=tongue)
    name, more = _page(screen, params, town)
    return paths.path(name, lang=tongue, code=town.code, **more)


def _page(screen: str, params: Mapping[str, str], town: Municipality) -> tuple[str, dict[str, str]]:
    """Name and further keys of the page."""
    if screen in OF_A_RECORD and params.get("id"):
        return screen, {"id": params["id"]}
    if screen == "districts":
        return _area(params)
    if screen == "agenda":
        at = MONTH.fullmatch(params.get("at", ""))
        return ("month", {"month": at[1]}) if at else ("months", {})
    if screen == "about":
        return "about", {}
    if screen == "evacuation" or (not screen and town.disaster_since):
        return "evacuation", {}
    return "municipality", {}


def _area(params: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The one district of the address, else its layer, else all layers."""
    if (district := params.get("district", "")) and district != "outside":
        return "district", {"id": district}
    if layer := params.get("layer", ""):
        return "layer", {"layer": layer}
    return "municipality", {}
