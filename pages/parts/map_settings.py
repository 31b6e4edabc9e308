"""What the map is made of and what it asks of other servers, as the operator has set it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from pages.parts import plain_text
from pages.wiring import settings

if TYPE_CHECKING:
    from pages.parts.visit import Visit

TILES: Final = "https://maps.gsi.go.jp/development/ichiran.html"
LEAFLET: Final = "https://leafletjs.com/"
NO_TILES: Final = "none"
LINK: Final = Markup('<a href="{}" rel="noopener noreferrer">{}</a>')


def show(visit: Visit) -> None:
    """Draw it."""
    basemap = settings().basemap
    plain_text.paragraph(visit.say("about.map_none" if basemap == NO_TILES else "about.map_tiles"))
    credited = [LINK.format(LEAFLET, visit.say("about.leaflet"))]
    if basemap != NO_TILES:
        credited.insert(0, LINK.format(TILES, visit.say("about.gsi_tiles")))
    items = Markup("").join(Markup("<li>{}</li>").format(item) for item in credited)
    plain_text.draw(Markup('<ul class="sources">{}</ul>').format(items))
    plain_text.paragraph(visit.say("about.map_keys"))
