"""An RRULE as calendars write it, brought to what ``portal.model.recurrence`` admits."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from geodata.icalendar_times import UntakenError
from portal.clock import TOKYO
from portal.model.recurrence import WEEKDAYS

if TYPE_CHECKING:
    from geodata.icalendar_times import Moment

_TIME_PARTS: Final = {"BYHOUR": "hour", "BYMINUTE": "minute", "BYSECOND": "second"}
_SHIFTABLE: Final = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"})
_FAR: Final = "21991231"


def rrule_of(text: str, start: Moment) -> str:
    """The RRULE in Tokyo's dates; ``start`` is DTSTART.

    Raises UntakenError for a repetition in a zone whose dates are not Tokyo's, where the rule cannot be shifted,
    and ValueError for an UNTIL that is none; what else is wrong is found by ``parse_rrule``.
    """
    parts = dict(part.split("=", 1) for part in text.upper().split(";") if "=" in part and not part.startswith("X-"))
    if start.timed and not start.steady:
        raise UntakenError("feeds.zone_repeats")
    _drop_times(parts, start)
    if start.days_off:
        _shift(parts, start.days_off)
    if "UNTIL" in parts:
        parts["UNTIL"] = _until(parts["UNTIL"], start)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _drop_times(parts: dict[str, str], start: Moment) -> None:
    """Leave out the time of day where it says no more than DTSTART does (Tokyo's hour may differ from the zone's)."""
    for name, unit in _TIME_PARTS.items():
        same = parts.get(name, "") == str(getattr(start.at, unit))
        if same and not (name == "BYHOUR" and start.days_off):
            del parts[name]


def _shift(parts: dict[str, str], days: int) -> None:
    """Name the weekdays as they are in Tokyo: Monday 23:00 UTC is Tuesday 8:00."""
    daily = parts.get("FREQ") == "DAILY" and "BYDAY" not in parts
    if not (daily or parts.get("FREQ") == "WEEKLY") or set(parts) - _SHIFTABLE:
        raise UntakenError("feeds.zone_repeats")
    for name in ("BYDAY", "WKST"):
        if name in parts:
            parts[name] = ",".join(_later(weekday, days) for weekday in parts[name].split(","))
        elif name == "WKST" and parts["FREQ"] == "WEEKLY":
            parts[name] = _later("MO", days)


def _later(weekday: str, days: int) -> str:
    return WEEKDAYS[(WEEKDAYS.index(weekday) + days) % 7]


def _until(text: str, start: Moment) -> str:
    """The last day, in Tokyo's dates, on which it may begin.

    UNTIL with a time is the last moment: a day on which it would begin later than that is not meant any more.
    """
    if not re.fullmatch(r"[0-9]{8}(?:T[0-9]{6}Z?)?", text):
        raise ValueError(text)
    if text[:8] > _FAR:
        return _FAR  # "for ever", as some programs write it
    if "T" not in text:
        return text
    last = datetime.strptime(text[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC if text.endswith("Z") else TOKYO)
    last = last.astimezone(TOKYO)
    if start.timed and last.time().replace(second=0) < start.at.time():
        last -= timedelta(days=1)
    return f"{last:%Y%m%d}"
