"""Find (さがす): the places and posts of a municipality on a map and in a list, by what the reader needs."""

from __future__ import annotations

import streamlit as st

from pages.parts import (
    card,
    counts,
    find_filters,
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
from portal import clock, find
from portal.query import to_params

here = visit.current()
plain_text.heading(here.say("find.title", name=here.name(here.municipality)), 1, header.MAIN)
query = find_filters.show("find", here)

plain_text.heading(here.say("find.results"))
summary = st.container(key="find_summary")
map_side, list_side = panes.show("find", here)
with map_side:
    click = area_map.show(
        "find_map",
        centre=query.near or here.municipality.centre,
        zoom=here.municipality.zoom,
        params=to_params(query),
        language=here.language,
        height=620,
        here=query.near,
    )
    map_clicks.measure(here, click)
answer = find.activities(here.store, query, clock.now(), limit=counts.limit())
with summary:
    near_me.rule("find_near", here, query)
    counts.show(here, answer)
    nothing_found.show(here, query, answer)
with map_side:
    counts.legend(here, answer)
with list_side, st.container(key="find_list"):
    card.show_all(here, answer.cards)
    counts.more("find_more", here, answer)
share.show(here)
