"""All filters of Find: the switch, the layer, words and kinds, and the two drawers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts import address_bar, filter_bar, layer_choice, near_me

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.query import Query


def show(key: str, visit: Visit) -> Query:
    """Draw them; what the address asks for, in the layer that is shown."""
    sorts = st.container(key=f"{key}_sorts")
    with st.container(key="filters_first"):
        layer = layer_choice.show(f"{key}_layer", visit)
        query = address_bar.query(visit, layer=layer, evacuation="0")
        filter_bar.show_first(key, visit, query)
    with sorts:
        filter_bar.show_sorts(key, visit, query)
    with st.container(key="drawers"):
        filter_bar.show_more(key, visit, query)
        near_me.show(f"{key}_near", visit, query)
    return query
