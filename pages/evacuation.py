"""Evacuation (ひなん): evacuation sites by hazard, shelters, and welfare evacuation sites, each apart."""

from __future__ import annotations

from pages.parts import (
    address_bar,
    card,
    choices,
    counts,
    evacuation_part,
    header,
    map_clicks,
    near_me,
    nothing_found,
    panes,
    plain_text,
    share,
    visit,
)
from pages.parts import map as area_map
from portal import clock, evacuating
from portal.query import to_params

here = visit.current()
plain_text.heading(here.say("evacuation.title", name=here.name(here.municipality)), 1, header.MAIN)
plain_text.paragraph(here.say("evacuation.first"), "note")
evacuation_part.meanings(here)
part = evacuation_part.choose("evacuation_part", here)
hazard = evacuation_part.hazard("evacuation_hazard", here, part)
layer = choices.first_layer(here)
query = address_bar.query(here, kind=part, hazard=hazard, layer=layer, evacuation="1")
measured = evacuating.by_distance(here.municipality, part)
if measured:
    near_me.show("evacuation_near", here, query)

plain_text.heading(here.say(f"evacuation.results_{part}"))
evacuation_part.rules(here, part)
if measured:
    near_me.rule("evacuation_near", here, query)
answer = evacuating.sites(here.store, here.municipality, query, clock.now(), counts.limit())
counts.show(here, answer)
nothing_found.show(here, query, answer)
map_side, list_side = panes.show("evacuation", here)
with map_side:
    click = area_map.show(
        "evacuation_map",
        centre=query.near or here.municipality.centre,
        zoom=here.municipality.zoom,
        params=to_params(query),
        language=here.language,
        height=560,
        here=query.near if measured else None,
    )
    map_clicks.measure(here, click, measured=measured)
    counts.legend(here, answer)
with list_side:
    card.show_all(here, answer.cards)
    counts.more("evacuation_more", here, answer)
share.show(here)
