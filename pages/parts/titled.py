"""The name of the browser's window on a screen that shows one thing: that thing's own."""

from __future__ import annotations

import streamlit as st

from pages.parts import plain_text
from pages.wiring import settings


def page(name: str) -> None:
    """``<name> | <portal>``: so that bookmarks and a list of windows can be told apart."""
    st.set_page_config(page_title=f"{' '.join(plain_text.shown(name).split())} | {settings().title}")
