"""How often a place or a post was looked at: once for each visit, never who."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import streamlit as st

from pages import wiring
from pages.parts import signed_in
from portal import clock
from portal.model.usage import Use

if TYPE_CHECKING:
    from portal.permissions import Actor

ROBOT: Final = re.compile(r"bot\b|crawler|spider|slurp|preview", re.IGNORECASE)
COUNTED: Final = "seen_counted"


def count(about: str, actor: Actor | None = None, group: str = "") -> None:
    """Count one look at a place or a post; a robot's, and that of its own group or of staff, is none."""
    actor = signed_in.actor() if actor is None else actor
    robot = ROBOT.search(st.context.headers.get("User-Agent") or "")
    own = actor.account is not None and (group in actor.groups or actor.account.administrator or actor.account.staff_of)
    counted: set[str] = st.session_state.setdefault(COUNTED, set())
    if about in counted or robot or own:
        return
    counted.add(about)
    wiring.usage().count(about, Use.VIEWED, clock.today())
