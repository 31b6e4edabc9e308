"""Calendar (カレンダー): what takes place in a month or a week, by district, kind and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts import (
    agenda_span,
    agenda_table,
    agenda_turning,
    filter_bar,
    header,
    layer_choice,
    plain_text,
    screen,
    share,
)

if TYPE_CHECKING:
    from pages.parts.visit import Visit


def draw(here: Visit) -> None:
    """What the address asks for."""
    plain_text.heading(here.say("agenda_screen.title", name=here.name(here.municipality)), 1, header.MAIN)
    sorts = st.container(key="agenda_sorts")
    with st.container(key="filters_first"):
        layer = layer_choice.show("agenda_layer", here)
        query = agenda_span.query(here, layer)
        filter_bar.show_agenda("agenda", here, query)
    with sorts:
        filter_bar.show_sorts("agenda", here, query)
    shown = agenda_span.happening(here, query, agenda_span.of_address())
    agenda_turning.show("agenda", here, shown.span)
    plain_text.heading(agenda_span.title(here, shown))
    agenda_table.show(here, shown)
    share.show(here, "agenda_screen.share", "agenda_screen.share_how")


screen.show(draw)
