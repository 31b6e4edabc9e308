"""The stretch of days that the calendar shows, as the address says it, and what takes place in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import streamlit as st

from pages.parts import address_bar, plain_text
from portal import agenda, clock
from portal.errors import InvalidRecordError
from portal.schedules.wording_times import long_date
from portal.words import say_error

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.agenda import Day
    from portal.query import Query

MONTH, WEEK = "month", "week"
OF_FIND: Final = ("q", "day", "time", "near", "free", "no_booking", "step_free", "hazard", "group")
"""Parameters that Find may have left in an address; the calendar has no widget that shows them."""


@dataclass(frozen=True)
class Span:
    """A month or a week that holds ``at``."""

    view: str
    at: date


@dataclass(frozen=True)
class Shown:
    """The days of a span, week by week, from Sunday to Saturday."""

    span: Span
    weeks: tuple[tuple[Day, ...], ...]
    complete: bool


def query(visit: Visit, layer: str) -> Query:
    """The filters of the address that the calendar has."""
    return address_bar.query(visit, layer=layer, evacuation="0", **dict.fromkeys(OF_FIND, ""))


def of_address() -> Span:
    """The span of the address; what cannot be read is the month that holds today."""
    params = st.query_params
    try:
        at = date.fromisoformat(params["at"]) if "at" in params else clock.today()
    except ValueError:
        at = clock.today()
    return Span(WEEK if params.get("view") == WEEK else MONTH, at)


def happening(visit: Visit, asked: Query, span: Span) -> Shown:
    """What takes place in the span; one too far away is said, and that of today is shown."""
    try:
        return _look(visit, asked, span)
    except InvalidRecordError as error:
        plain_text.notice(say_error(error, visit.language))
        return _look(visit, asked, Span(span.view, clock.today()))


def _look(visit: Visit, asked: Query, span: Span) -> Shown:
    if span.view == WEEK:
        week = agenda.week(visit.store, asked, span.at, clock.now())
        return Shown(span, (week.days,), week.complete)
    month = agenda.month(visit.store, asked, span.at.year, span.at.month, clock.now())
    return Shown(span, month.weeks, month.complete)


def title(visit: Visit, shown: Shown) -> str:
    """「2026年12月」, or the first and the last day of the week."""
    if shown.span.view == WEEK:
        first, last = (long_date(shown.weeks[0][at].day, visit.language) for at in (0, -1))
        return visit.say("agenda_screen.week_of", first=first, last=last)
    at = shown.span.at
    month = str(at.month) if visit.language == "ja" else visit.say(f"schedule.month_{at.month}")
    return visit.say("agenda_screen.month_of", year=at.year, month=month)
