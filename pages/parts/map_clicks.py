"""What follows a press on the map: the screen of a place or a post, a district's list, or measuring from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from pages.parts import address_bar, near_me, panes

if TYPE_CHECKING:
    from pages.parts.map import MapClick
    from pages.parts.visit import Visit


OF_A_POST: Final = "post-"
"""Ids of posts begin so; all others are places."""


def open_place(visit: Visit, click: MapClick | None) -> None:
    """Go to the screen of the place or post of which all details were asked for."""
    if click and click.place and click.details:
        kept = address_bar.of_the_visit() | {"municipality": visit.municipality.code, "id": click.place}
        st.switch_page("post.py" if click.place.startswith(OF_A_POST) else "place.py", query_params=kept)


def measure(visit: Visit, click: MapClick | None, *, measured: bool = True) -> None:
    """Open the place that was asked for, or take the pressed point as where the reader is, where that is of use."""
    open_place(visit, click)
    if measured and click and click.point and not click.place:
        near_me.take(click.point)
        st.rerun()


def open_district(key: str, visit: Visit, click: MapClick | None) -> None:
    """Open the place or the district that was pressed; its link turns a phone from the map to the list."""
    open_place(visit, click)
    if click and click.district:
        address_bar.change(district=click.district)
        if click.details:
            panes.turn(key, panes.LIST)
        st.rerun()
