"""The form by which a reader says that something is wrong; it goes to staff and is shown nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts import plain_text
from portal import clock, notes
from portal.errors import PortalError
from portal.model.report_note import NOTE_MAX
from portal.words import say_error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pages.parts.visit import Visit
    from portal.model.place import Place
    from portal.model.post import Post


def show(key: str, visit: Visit, place: Place) -> None:
    """The form for a place, in a drawer, and what became of what was sent."""
    with st.expander(visit.say("place.report"), key=f"{key}_drawer"):
        plain_text.paragraph(visit.say("place.report_how"))
        sent = _form(key, visit, {what: visit.say(f"place.report_{what}") for what in notes.WHAT})
        if sent:
            keep(key, visit, place.id, lambda: notes.report_error(visit.store, place.id, *sent, clock.now()))
        thanks(key, visit, place.id)


def show_post(key: str, visit: Visit, post: Post) -> None:
    """The same for a post."""
    with st.expander(visit.say("post_screen.report"), key=f"{key}_drawer"):
        plain_text.paragraph(visit.say("place.report_how"))
        sent = _form(key, visit, {what: visit.say(f"post_screen.report_{what}") for what in notes.WHAT_OF_POST})
        if sent:
            keep(key, visit, post.id, lambda: notes.report_post(visit.store, post.id, *sent, clock.now()))
        thanks(key, visit, post.id)


def keep(key: str, visit: Visit, about: str, work: Callable[[], object]) -> None:
    """Do ``work``; what is wrong with what was sent is said."""
    try:
        work()
    except PortalError as error:
        plain_text.notice(say_error(error, visit.language))
        st.session_state.pop(f"{key}_kept", None)
    else:
        st.session_state[f"{key}_kept"] = about


def thanks(key: str, visit: Visit, about: str) -> None:
    """Said beyond the run that kept it: the map may have the screen drawn anew before the reader has seen it."""
    if st.session_state.get(f"{key}_kept") == about:
        plain_text.notice(visit.say("place.report_kept"))


def _form(key: str, visit: Visit, choices: Mapping[str, str]) -> tuple[str, str] | None:
    """What is wrong, and in whose words; None while nothing was sent."""
    with st.form(key, border=False, clear_on_submit=False):
        what = st.selectbox(
            visit.say("place.report_what"),
            list(choices),
            format_func=choices.__getitem__,
            key=f"{key}_what",
            filter_mode=None,
        )
        text = st.text_area(
            visit.say("place.report_text", most=NOTE_MAX), max_chars=NOTE_MAX, key=f"{key}_text", height=140
        )
        sent = st.form_submit_button(visit.say("place.report_send"), width="stretch")
    return (what, plain_text.shown(text)) if sent else None
