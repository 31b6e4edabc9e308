"""Turning the calendar's pages: month or week, the one before, the one after, today's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from pages.parts import address_bar
from pages.parts.agenda_span import MONTH, WEEK

if TYPE_CHECKING:
    from pages.parts.agenda_span import Span
    from pages.parts.visit import Visit

A_WEEK = timedelta(days=7)


def show(key: str, visit: Visit, span: Span) -> None:
    """Draw the buttons beside what is shown now."""
    with st.container(key="turning"):
        _view(f"{key}_view", visit, span)
        for name, at in (("before", _beside(span, -1)), ("today", ""), ("after", _beside(span, 1))):
            label = visit.say(f"agenda_screen.{name}_{span.view}") if at else visit.say("agenda_screen.today")
            st.button(label, key=f"{key}_{name}", on_click=address_bar.change, kwargs={"at": at}, width="stretch")


def _view(key: str, visit: Visit, span: Span) -> None:
    st.session_state[key] = span.view
    names = {MONTH: visit.say("agenda_screen.month"), WEEK: visit.say("agenda_screen.week")}
    st.segmented_control(
        visit.say("agenda_screen.view"),
        [MONTH, WEEK],
        required=True,
        format_func=names.__getitem__,
        key=key,
        on_change=lambda: address_bar.change(view=st.session_state[key]),
        label_visibility="collapsed",
        width="stretch",
    )


def _beside(span: Span, by: int) -> str:
    """A day of the next or the last week or month; of months the first."""
    if span.view == WEEK:
        return (span.at + by * A_WEEK).isoformat()
    months = span.at.year * 12 + span.at.month - 1 + by
    return span.at.replace(year=months // 12, month=months % 12 + 1, day=1).isoformat()
