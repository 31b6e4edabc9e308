"""Map and list: beside each other where there is room, one at a time on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from pages.parts.visit import Visit

MAP, LIST = "map", "list"
HIDE: Final = {
    MAP: "<style>@media (max-width: 799px) {.st-key-pane_list {display: none}}</style>",
    # Out of sight but with its size, for Leaflet draws nothing right in a box without one.
    LIST: (
        '<style>@media (max-width: 799px) {.st-key-split > [data-testid="stLayoutWrapper"]:has(> .st-key-pane_map) '
        "{position: absolute; visibility: hidden; pointer-events: none}}</style>"
    ),
}


def turn(key: str, pane: str) -> None:
    """Have ``pane`` in front the next time the screen is drawn."""
    st.session_state[f"{key}_turn"] = pane


def show(key: str, visit: Visit) -> tuple[DeltaGenerator, DeltaGenerator]:
    """The places for the map and for the list; the choice between them is seen on narrow screens only."""
    asked = st.session_state.pop(f"{key}_turn", None)
    if asked:
        st.session_state[f"{key}_pane"] = asked
    with st.container(key="pane_choice"):
        names = {MAP: visit.say("find.tab_map"), LIST: visit.say("find.tab_list")}
        chosen = st.segmented_control(
            visit.say("find.tabs"),
            [MAP, LIST],
            default=None if f"{key}_pane" in st.session_state else MAP,
            required=True,
            format_func=names.__getitem__,
            key=f"{key}_pane",
            label_visibility="collapsed",
            width="stretch",
        )
    st.html(HIDE[chosen or MAP])
    with st.container(key="split"):
        return st.container(key="pane_map"), st.container(key="pane_list")
