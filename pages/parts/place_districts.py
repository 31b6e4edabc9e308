"""In which district of each layer a place lies; outside is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import address_bar, place_facts, plain_text

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.looking import PlaceView
    from portal.model.district import District


def show(visit: Visit, view: PlaceView) -> None:
    """One line a layer, with a link to the district."""
    pairs = ((visit.name(layer), named(visit, district)) for layer, district in view.districts)
    plain_text.draw(place_facts.rows(visit, *((plain_text.text(name), value) for name, value in pairs)))


def named(visit: Visit, district: District | None) -> Markup:
    """The district's name as a link to its screen, marked where its outline is approximate."""
    if district is None:
        return Markup('<span class="quiet">{}</span>').format(visit.say("filters.outside"))
    address = address_bar.href(
        "districts", municipality=district.municipality, layer=district.layer, district=district.id
    )
    mark = approximate(visit) if district.approximate else Markup("")
    return Markup('<a href="{}">{}</a>{}').format(address, plain_text.text(visit.name(district)), mark)


def approximate(visit: Visit) -> Markup:
    """おおよその区域, wherever such a district is named."""
    return Markup(' <span class="mark">{}</span>').format(visit.say("districts.approximate"))
