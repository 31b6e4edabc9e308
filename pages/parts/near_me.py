"""Near me: the browser's position, an address, or a click on the map, kept in the address as ``near``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st
from streamlit.components.v1 import declare_component

from pages.parts import address_bar, plain_text
from portal import locate
from portal.errors import InvalidRecordError
from portal.model.position import DETOUR, WALK_M_PER_MINUTE, Point

if TYPE_CHECKING:
    from streamlit.components.v1.custom_component import CustomComponent

    from pages.parts.visit import Visit
    from portal.query import Query

ADDRESS_MAX: Final = 200
PHRASES: Final = ("button", "asking", "denied", "unable")


def show(key: str, visit: Visit, query: Query) -> None:
    """Draw the three ways in a drawer, which says whether one of them was taken."""
    label = visit.say("filters.near_used") if query.near else visit.say("filters.near_title")
    with st.expander(label, key=f"{key}_drawer"), st.container(key="near"):
        with st.container(key="near_ways"):
            _browser(key, visit)
            _address(key, visit)
        plain_text.paragraph(visit.say("filters.near_click"), "quiet")


def rule(key: str, visit: Visit, query: Query) -> None:
    """Once there is a position: how minutes are computed, and the way back to the usual order."""
    if query.near:
        with st.container(key="near_rule"):
            plain_text.paragraph(visit.say("filters.near_set", speed=WALK_M_PER_MINUTE, detour=DETOUR), "note")
            label = visit.say("filters.near_clear")
            st.button(label, key=f"{key}_clear", on_click=address_bar.change, kwargs={"near": ""})


def take(point: Point) -> None:
    """Make ``point`` the place to measure from, to about 10 m: enough to walk by, too coarse for a front door."""
    address_bar.change(near=f"{point.lat:.4f},{point.lon:.4f}")


def take_once(key: str, point: Point | None, token: object) -> None:
    """Take a position once and draw the screen anew: a component goes on saying its last answer on every later run."""
    if point and st.session_state.get(f"{key}_taken") != token:
        st.session_state[f"{key}_taken"] = token
        take(point)
        st.rerun()


@cache
def locator() -> CustomComponent:
    """What asks the browser; the server has to know its files (``pages/server/lifespan.py``)."""
    return declare_component("locator", path=Path(__file__).parent / "locator")


def _browser(key: str, visit: Visit) -> None:
    """The browser's own position; it answers only over HTTPS or on the machine itself."""
    phrases = {name: visit.say(f"filters.locator_{name}") for name in PHRASES}
    answer = locator()(phrases=phrases, language=visit.language, key=f"{key}_locator", default=None)
    if answer:
        try:
            point = Point(float(answer["lon"]), float(answer["lat"]))
        except (InvalidRecordError, KeyError, TypeError, ValueError):
            return
        take_once(f"{key}_locator", point, answer.get("at"))


def _address(key: str, visit: Visit) -> None:
    with st.form(f"{key}_form", border=False, enter_to_submit=True):
        text = st.text_input(
            visit.say("filters.near_address"),
            key=f"{key}_address",
            max_chars=ADDRESS_MAX,
            placeholder=visit.say("filters.near_address_example"),
        )
        sent = st.form_submit_button(visit.say("filters.near_go"))
    if not (sent and text and text.strip()):
        return
    located = locate.address(visit.store, visit.municipality.code, text)
    if located is None:
        plain_text.notice(visit.say("filters.near_not_found", text=plain_text.shown(text)))
        return
    take(located.point)
    st.rerun()
