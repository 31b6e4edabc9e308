"""The choice of one kind of place, or of all of daily life."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts import address_bar, choices, plain_text

if TYPE_CHECKING:
    from pages.parts.visit import Visit


def show(key: str, visit: Visit) -> str:
    """Draw the choice; the kind's key, empty for all of daily life."""
    known = {"": visit.say("districts.all_kinds")} | choices.kinds(visit) | choices.kinds(visit, evacuation=True)
    asked = st.query_params.get("kind", "")
    st.session_state[key] = asked if asked in known else ""
    return st.selectbox(
        visit.say("filters.kind"),
        list(known),
        format_func=lambda kind: plain_text.shown(known[kind]),
        key=key,
        on_change=lambda: address_bar.change(kind=st.session_state[key]),
        filter_mode=None,
    )
