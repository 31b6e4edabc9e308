"""Times of day as Japanese tables write them."""

from __future__ import annotations

import re
from typing import Final

from geodata.cells.text import narrow

DAY_MIN: Final = 24 * 60
LAST_MIN: Final = 30 * 60
"""A night that ends after midnight is written as 24:30 or 25時; past 30:00 it is a slip."""
NOON_HOUR: Final = 12
HALF_DAY: Final = r"(午前|午後|am|pm|a\.m\.|p\.m\.)"
CLOCK: Final = re.compile(
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}[t\s])?{HALF_DAY}?\s*(\d{{1,2}})"
    rf"(?:\s*:\s*(\d{{2}})(?::\d{{2}}(?:\.\d+)?)?|\s*時\s*(?:(\d{{1,2}})\s*分|(半))?)?\s*{HALF_DAY}?"
)
RUN: Final = re.compile(r"(\d{1,2})(\d{2})")
FRACTION: Final = re.compile(r"[01]?\.\d+")
NAMED: Final = {"正午": 720, "深夜0時": 0}


def read_time(text: str) -> int | None:
    """Minutes after midnight that a cell names, up to 30:00 for a night that goes on (24:30 is 1,470).

    None for an empty cell. 9：00, 9:00:00, 午後1時半, 13時, 1330, 9 and a workbook's share of a day (0.375)
    are read. Raises ValueError for anything else.
    """
    time = narrow(text).casefold()
    if not time:
        return None
    if time in NAMED:
        return NAMED[time]
    if FRACTION.fullmatch(time):
        return _minutes(0, round(float(time) * DAY_MIN), total=True)
    if (found := RUN.fullmatch(time)) and len(time) > 2:  # noqa: PLR2004  # 900 and 1330, but 13 is an hour
        return _minutes(int(found[1]), int(found[2]))
    if found := CLOCK.fullmatch(time):
        return _clock(found)
    raise ValueError(text)


def _clock(found: re.Match[str]) -> int:
    before, hour, colon_min, word_min, half, after = found.groups()
    minutes = 30 if half else int(colon_min or word_min or 0)
    return _minutes(_hour(int(hour), before or after), minutes)


def _hour(hour: int, half_day: str | None) -> int:
    """The hour of a 24-hour day; 午後12時 and 12 pm are noon, 12 am is midnight, 午前12時 is noon."""
    if not half_day:
        return hour
    if hour > NOON_HOUR:
        raise ValueError(hour)
    afternoon = half_day in ("午後", "pm", "p.m.")
    if hour == NOON_HOUR:
        return 0 if half_day.startswith("a") else NOON_HOUR
    return hour + NOON_HOUR if afternoon else hour


def _minutes(hour: int, minutes: int, *, total: bool = False) -> int:
    at = hour * 60 + minutes
    if at > LAST_MIN or (minutes > 59 and not total):  # noqa: PLR2004  # an hour's last minute
        raise ValueError(at)
    return at
