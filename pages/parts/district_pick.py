"""The choice of one district, from a list or by a click on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts import address_bar, choices, plain_text

if TYPE_CHECKING:
    from pages.parts.map import MapClick
    from pages.parts.visit import Visit


def show(key: str, visit: Visit, layer: str) -> str:
    """Draw the choice; the id of the chosen district, ``outside``, or empty for none."""
    named = {"": visit.say("districts.none_chosen")} | choices.districts(visit, layer)
    asked = st.query_params.get("district", "")
    st.session_state[key] = asked if asked in named else ""
    return st.selectbox(
        visit.say("districts.choose"),
        list(named),
        format_func=lambda district: plain_text.shown(named[district]),
        key=key,
        on_change=lambda: address_bar.change(district=st.session_state[key]),
    )


def take_click(key: str, click: MapClick | None) -> None:
    """Open the district that was clicked, once; the map goes on saying its last click on every later run."""
    token = f"{key}_taken"
    if click and click.district and st.session_state.get(token) != click:
        st.session_state[token] = click
        address_bar.change(district=click.district)
        st.rerun()
