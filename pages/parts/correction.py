"""The form by which a reader says what should stand in one field of a place; staff take it over or do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from pages.parts import error_report, plain_text
from portal import clock, notes
from portal.model.place import Booking, Fee
from portal.model.report_note import NOTE_MAX

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.model.place import Place

FIELDS: Final = tuple(name for name in notes.SUGGESTED if name != "position")
"""A position is better shown than typed: that a place has moved is said in the report."""
CHOSEN: Final = {"fee": tuple(map(str, Fee)), "booking": tuple(map(str, Booking))}
UNKNOWN: Final = "unknown"


def show(key: str, visit: Visit, place: Place) -> None:
    """The field, what stands there now, and what should."""
    with st.expander(visit.say("place.suggest"), key=f"{key}_drawer"):
        plain_text.paragraph(visit.say("place.suggest_how"))
        field = st.selectbox(
            visit.say("place.suggest_field"),
            FIELDS,
            format_func=lambda name: visit.say(f"place.field_{name}"),
            key=f"{key}_field",
            filter_mode=None,
        )
        now = _shown(visit, field, str(getattr(place.facts, field)))
        plain_text.paragraph(visit.say("place.suggest_now", value=now or visit.say("place.unsaid")), "quiet")
        with st.form(key, border=False, clear_on_submit=False):
            value = _value(key, visit, field)
            sent = st.form_submit_button(visit.say("place.suggest_send"), width="stretch")
        if sent:
            suggested = plain_text.shown(value)
            error_report.keep(
                key, visit, place.id, lambda: notes.suggest(visit.store, place.id, field, suggested, clock.now())
            )
        error_report.thanks(key, visit, place.id)


def _value(key: str, visit: Visit, field: str) -> str:
    label, name = visit.say("place.suggest_value", most=NOTE_MAX), f"{key}_value_{field}"
    if field in CHOSEN:
        return st.selectbox(
            visit.say("place.suggest_choice"),
            CHOSEN[field],
            format_func=lambda choice: _shown(visit, field, choice),
            key=name,
            filter_mode=None,
        )
    return st.text_area(label, max_chars=NOTE_MAX, key=name, height=100)


def _shown(visit: Visit, field: str, value: str) -> str:
    """What stands in the field, in words where it is a choice."""
    if field not in CHOSEN:
        return plain_text.shown(value)
    return visit.say("place.unsaid") if value == UNKNOWN else _choice(visit, field, value)


def _choice(visit: Visit, field: str, value: str) -> str:
    return visit.say(f"fee.{value}") if field == "fee" else visit.say(f"booking.{value}")
