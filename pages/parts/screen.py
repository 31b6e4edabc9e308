"""A screen below its header: a filter has it alone drawn anew, and the frame around it stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts import header, visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages.parts.visit import Visit


@st.fragment
def show(draw: Callable[[Visit], None]) -> None:
    """Have ``draw`` put the screen on the page, and again whenever something in it is changed.

    The whole page is drawn anew when its header says what is no longer so.
    """
    here = visit.current()
    if header.is_stale(here):
        st.rerun()
    draw(here)
