"""A day or a moment in words; days of a schedule are said by ``portal.schedules``, with their weekday."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.schedules.wording_times import clock
from portal.words import say

if TYPE_CHECKING:
    from datetime import date, datetime


def moment(value: datetime, language: str) -> str:
    """A day and the time of it."""
    return say("card.moment", language, day=day(value.date(), language), time=clock(value, language))


def day(value: date, language: str) -> str:
    """``2026年11月22日``, ``22 November 2026``: a day on which the weekday tells nothing."""
    month = str(value.month) if language == "ja" else say(f"schedule.month_{value.month}", language)
    return say("card.day", language, year=value.year, month=month, day=value.day)
