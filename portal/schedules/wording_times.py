"""Dates and times of day in words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from portal.words import say

if TYPE_CHECKING:
    from datetime import date, datetime

NIGHT_ENDS: Final = 5
"""Hours before it are said with 午前: 「1:30」 alone would be taken for the afternoon."""


def time_span(start: datetime, minutes: int | None, language: str) -> str:
    """「10:00–12:00」, 「10:00から」 where no end is known, 「22:00–翌1:00」 past midnight."""
    begin = clock(start, language)
    if minutes is None:
        return say("schedule.time_from", language, start=begin)
    end = start + timedelta(minutes=minutes)
    days = (end.date() - start.date()).days
    shown = say("schedule.time", language, hour=end.hour, minute=f"{end.minute:02d}")
    if days == 1:
        shown = say("schedule.next_day", language, time=shown)
    elif days > 1:
        shown = say("schedule.days_later", language, time=shown, days=days)
    return say("schedule.time_from_to", language, start=begin, end=shown)


def clock(moment: datetime, language: str) -> str:
    """「10:00」, 「午前1:30」."""
    key = "schedule.time_night" if moment.hour < NIGHT_ENDS else "schedule.time"
    return say(key, language, hour=moment.hour, minute=f"{moment.minute:02d}")


def long_date(day: date, language: str) -> str:
    """「2026年12月8日（火）」, "Tue 8 Dec 2026"."""
    return _date("schedule.date_long", day, language)


def short_date(day: date, language: str) -> str:
    """「12月8日（火）」, "Tue 8 Dec"."""
    return _date("schedule.date_short", day, language)


def _date(key: str, day: date, language: str) -> str:
    # English names of days and months are told apart by their first three letters; Japanese ones are
    # shorter, and the Japanese month is written as a number.
    month = str(day.month) if language.startswith("ja") else say(f"schedule.month_{day.month}", language)[:3]
    weekday = say(f"schedule.weekday_{day.weekday()}", language)[:3]
    return say(key, language, year=day.year, month=month, day=day.day, weekday=weekday)
