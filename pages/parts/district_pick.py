"""The choice of one district from a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts import address_bar, choices, panes, plain_text

if TYPE_CHECKING:
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
        on_change=_open,
        args=(key,),
    )


def _open(key: str) -> None:
    address_bar.change(district=st.session_state[key])
    panes.turn("districts", panes.LIST)
