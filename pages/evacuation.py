"""Evacuation (ひなん): evacuation sites by hazard, shelters, and welfare evacuation sites, each apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.parts import (
    address_bar,
    choices,
    counts,
    evacuation_part,
    found,
    header,
    map_clicks,
    near_me,
    nothing_found,
    panes,
    plain_text,
    screen,
    share,
)
from pages.parts import map as area_map
from portal import evacuating

if TYPE_CHECKING:
    from pages.parts.visit import Visit


def draw(here: Visit) -> None:
    """What the address asks for."""
    plain_text.heading(here.say("evacuation.title", name=here.name(here.municipality)), 1, header.MAIN)
    plain_text.paragraph(here.say("evacuation.first"), "note")
    evacuation_part.meanings(here)
    part = evacuation_part.choose("evacuation_part", here)
    hazard = evacuation_part.hazard("evacuation_hazard", here, part)
    query = address_bar.query(here, kind=part, hazard=hazard, layer=choices.first_layer(here), evacuation="1")
    measured = evacuating.by_distance(here.municipality, part)
    if measured:
        near_me.show("evacuation_near", here, query)

    plain_text.heading(here.say(f"evacuation.results_{part}"))
    evacuation_part.rules(here, part)
    if measured:
        near_me.rule("evacuation_near", here, query)
    listed = found.sites(here, query)
    answer = listed.answer
    counts.show(here, answer)
    nothing_found.show(here, query, answer)
    map_side, list_side = panes.show("evacuation", here)
    with map_side:
        click = area_map.of_query("evacuation_map", here, query, 560, query.near if measured else None)
        map_clicks.measure(here, click, measured=measured)
        counts.legend(here, answer)
    with list_side:
        found.show(listed)
        counts.more("evacuation_more", here, answer)
    share.show(here)


screen.show(draw)
