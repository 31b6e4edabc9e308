"""Districts (区域): one layer at a time, each district with its count, and what is in one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts import (
    address_bar,
    choices,
    district_pick,
    district_places,
    district_table,
    header,
    kind_choice,
    layer_choice,
    layer_notes,
    map_clicks,
    panes,
    plain_text,
    screen,
    share,
)
from pages.parts import map as area_map
from portal import by_district, clock

if TYPE_CHECKING:
    from pages.parts.visit import Visit


def draw(here: Visit) -> None:
    """What the address asks for."""
    plain_text.heading(here.say("districts.title", name=here.name(here.municipality)), 1, header.MAIN)
    with st.container(key="filters_first"):
        layer = layer_choice.show("districts_layer", here)
        kind = kind_choice.show("districts_kind", here)
        chosen = district_pick.show("districts_pick", here, layer)
    query = address_bar.query(here, layer=layer, district="", evacuation=choices.evacuation_of(here, kind))
    counted = by_district.counts(here.store, query, layer, clock.today())
    layer_notes.show(here, layer, counted)

    plain_text.heading(here.say("districts.all"))
    map_side, list_side = panes.show("districts", here)
    with map_side:
        click = area_map.of_counts("districts_map", here, query, 560, chosen)
        map_clicks.open_district("districts", here, click)
    with list_side:
        district_places.show("districts_places", here, query, chosen)
        district_table.show(here, counted, chosen)
    share.show(here)


screen.show(draw)
