"""The frame around every screen: its look, its language, the municipality, and the way from screen to screen."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from pages.parts import header, visit
from pages.server.language import choose
from pages.wiring import settings
from portal.words import say

SCREENS: Final = ("find", "agenda", "districts", "evacuation", "about")
"""Each is a file beside this one; the first is the portal's front page."""
HIDDEN: Final = ("place", "post", "group")
"""Screens that one comes to from a list or the map."""
LOOK: Final = Path(__file__).parent / "parts" / "look.css"

language = choose(st.query_params.get("lang"), st.context.headers.get("Accept-Language"))
st.html(LOOK)
pages = {
    name: st.Page(
        f"{name}.py",
        title=say("frame.page_title", language, screen=say(f"frame.{name}", language), portal=settings().title),
        url_path=name,
        default=name == SCREENS[0],
    )
    for name in (*SCREENS, *HIDDEN)
}
now = st.navigation(list(pages.values()), position="hidden")
st.set_page_config(page_title=now.title, layout="wide", initial_sidebar_state="collapsed")
header.show(visit.current(), {name: pages[name] for name in SCREENS}, now)
now.run()
