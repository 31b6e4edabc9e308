"""The form by which a reader says that a record is wrong; it goes to staff and is shown nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts import plain_text
from portal import clock, notes
from portal.errors import PortalError
from portal.model.report_note import NOTE_MAX
from portal.words import say_error

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.model.place import Place


def show(key: str, visit: Visit, place: Place) -> None:
    """Draw the form in a drawer, and say what became of what was sent."""
    with st.expander(visit.say("place.report"), key=f"{key}_drawer"):
        plain_text.paragraph(visit.say("place.report_how"))
        with st.form(key, border=False, clear_on_submit=False):
            what = st.selectbox(
                visit.say("place.report_what"),
                notes.WHAT,
                format_func=lambda value: visit.say(f"place.report_{value}"),
                key=f"{key}_what",
                filter_mode=None,
            )
            text = st.text_area(
                visit.say("place.report_text", most=NOTE_MAX), max_chars=NOTE_MAX, key=f"{key}_text", height=140
            )
            sent = st.form_submit_button(visit.say("place.report_send"), width="stretch")
        if sent:
            _send(key, visit, place, (what, text))
        # Kept beyond this run: the map may have the screen drawn anew before the reader has seen it.
        if st.session_state.get(f"{key}_kept") == place.id:
            plain_text.notice(visit.say("place.report_kept"))


def _send(key: str, visit: Visit, place: Place, said: tuple[str, str]) -> None:
    what, text = said
    try:
        notes.report_error(visit.store, place.id, what, plain_text.shown(text), clock.now())
    except PortalError as error:
        plain_text.notice(say_error(error, visit.language))
        st.session_state.pop(f"{key}_kept", None)
    else:
        st.session_state[f"{key}_kept"] = place.id
