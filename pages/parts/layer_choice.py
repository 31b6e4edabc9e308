"""The choice of a layer of districts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts import address_bar, choices, plain_text

if TYPE_CHECKING:
    from pages.parts.visit import Visit


def show(key: str, visit: Visit) -> str:
    """Draw the choice; the key of the chosen layer, empty where the municipality has none."""
    known = choices.layers(visit)
    if not known:
        return ""
    asked = st.query_params.get("layer", "")
    st.session_state[key] = asked if asked in known else choices.first_layer(visit)
    return st.selectbox(
        visit.say("filters.layer"),
        list(known),
        format_func=lambda layer: plain_text.shown(visit.name(known[layer])),
        key=key,
        on_change=lambda: address_bar.change(layer=st.session_state[key], district="", id=""),
        filter_mode=None,
    )
