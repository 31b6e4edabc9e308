"""Find (さがす): the places and posts of a municipality on a map and in a list, by what the reader needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts import (
    counts,
    find_filters,
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

if TYPE_CHECKING:
    from pages.parts.visit import Visit


def draw(here: Visit) -> None:
    """What the address asks for."""
    plain_text.heading(here.say("find.title", name=here.name(here.municipality)), 1, header.MAIN)
    query = find_filters.show("find", here)

    plain_text.heading(here.say("find.results"))
    summary = st.container(key="find_summary")
    map_side, list_side = panes.show("find", here)
    with map_side:
        click = area_map.of_query("find_map", here, query, 620, query.near)
        map_clicks.measure(here, click)
    listed = found.activities(here, query)
    answer = listed.answer
    with summary:
        near_me.rule("find_near", here, query)
        counts.show(here, answer)
        nothing_found.show(here, query, answer)
    with map_side:
        counts.legend(here, answer)
    with list_side, st.container(key="find_list"):
        found.show(listed)
        counts.more("find_more", here, answer)
    share.show(here)


screen.show(draw)
