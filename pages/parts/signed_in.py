"""Who looks at a screen: the sign-in that the plain pages began, read from the cookie of the connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.forms.cookies import SESSION
from pages.wiring import store
from portal import clock, identity
from portal.permissions import ANYBODY

if TYPE_CHECKING:
    from portal.permissions import Actor


def actor() -> Actor:
    """The person as they are at this moment; ANYBODY for a sign-in that has ended since the page was opened."""
    token = st.context.cookies.get(SESSION, "")
    return identity.actor(store(), token, clock.now()) if token else ANYBODY
