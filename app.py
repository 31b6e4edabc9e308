"""The portal's server: screens by Streamlit and the portal's own routes, in one process (``uvicorn app:app``)."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.server.errors import HANDLERS
from pages.server.lifespan import lifespan
from pages.server.middleware import MIDDLEWARE
from pages.server.routes import ROUTES

app = st.App(
    Path(__file__).parent / "pages" / "frame.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    exception_handlers=HANDLERS,
)
