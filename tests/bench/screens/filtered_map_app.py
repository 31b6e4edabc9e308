"""The portal's own server with that one screen in the stead of all others."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.server.errors import HANDLERS
from pages.server.lifespan import lifespan
from pages.server.middleware import MIDDLEWARE
from pages.server.routes import ROUTES

app = st.App(
    Path(__file__).with_name("filtered_map.py"),
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    exception_handlers=HANDLERS,
)
