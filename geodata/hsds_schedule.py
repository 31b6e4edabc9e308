"""Schedules as HSDS 3.0 says them (schema/schedule.json): parts of an RRULE, and no exceptions.

HSDS has no EXDATE, no public holidays and no frequency but WEEKLY and MONTHLY. What it cannot say truly is not said
as a rule: then every coming date is a row of its own, so that nobody is sent to a date that is called off.

Source: openreferral/specification, ``schema/schedule.json`` (3.0).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from portal.model.recurrence import WEEKDAYS, Frequency, Recurrence, parse_rrule
from portal.model.schedule import Schedule
from portal.query import HORIZON_DAYS
from portal.schedules.occurrences import State, occurrences
from portal.schedules.wording import describe
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime, time

    from portal.model.schedule import Rule
    from portal.schedules.occurrences import Occurrence

TIMEZONE: Final = 9
"""Hours ahead of UTC, the whole year."""
SPAN_MAX: Final = 24 * 60


def schedules(of: Schedule, today: date, tongue: str = "ja") -> Iterator[dict[str, Any]]:
    """One object a rule, or one a coming date where a rule would not be true; without ids."""
    told = describe(of, tongue, today)
    if of == Schedule(of.rules, until=of.until, note=of.note) and all(map(_sayable, of.rules)):
        yield from (_rule(rule, of.until, told) for rule in of.rules)
        return
    dates = [
        one for one in occurrences(of, today, today + timedelta(days=HORIZON_DAYS)) if one.state is not State.CANCELLED
    ]
    notes = say("open_data.through_dates", tongue, text=told)
    yield from (_date(one, told, notes) for one in dates)
    if not dates:
        yield {"description": told, "timezone": TIMEZONE}


def _sayable(rule: Rule) -> bool:
    """Whether HSDS has words for a rule: weekly by days, monthly by days or days of the month, every day, or once."""
    if rule.rrule is None:
        return True
    parts = parse_rrule(rule.rrule)
    plain = not (parts.by_month or parts.by_year_day or parts.by_week or parts.by_position)
    if parts.frequency is Frequency.DAILY:
        return plain and parts.interval == 1 and parts.count is None and not parts.picks_days
    return plain and parts.frequency in (Frequency.WEEKLY, Frequency.MONTHLY)


def _rule(rule: Rule, until: date | None, told: str) -> dict[str, Any]:
    parts = parse_rrule(rule.rrule) if rule.rrule else None
    ends = [day for day in (parts.until if parts else rule.start.date(), until) if day]
    last = min(ends).isoformat() if ends else None
    made: dict[str, Any] = {
        "valid_from": rule.start.date().isoformat(),
        "valid_to": last,
        "dtstart": rule.start.date().isoformat(),
        "timezone": TIMEZONE,
        **(_repeats(parts, rule.start) if parts else {}),
        "until": last if parts else None,
        "description": told,
        **_hours(rule.start.time(), rule.minutes, timed=rule.timed),
    }
    return {name: value for name, value in made.items() if value is not None}


def _repeats(parts: Recurrence, start: datetime) -> dict[str, Any]:
    if parts.frequency is Frequency.DAILY:
        return {"freq": "WEEKLY", "interval": 1, "byday": ",".join(WEEKDAYS)}
    days = [f"{which or ''}{WEEKDAYS[day]}" for which, day in parts.by_day]
    month_days = [str(day) for day in parts.by_month_day]
    if not days and not month_days:
        weekly = parts.frequency is Frequency.WEEKLY
        days, month_days = ([WEEKDAYS[start.weekday()]], []) if weekly else ([], [str(start.day)])
    return {
        "freq": parts.frequency.value,
        "interval": parts.interval,
        "byday": ",".join(days) or None,
        "bymonthday": ",".join(month_days) or None,
        "count": parts.count,
        "wkst": WEEKDAYS[parts.week_start],
    }


def _date(of: Occurrence, told: str, notes: str) -> dict[str, Any]:
    day = of.starts.date().isoformat()
    minutes = int((of.ends - of.starts).total_seconds() // 60) if of.ends else None
    made = {"valid_from": day, "valid_to": day, "dtstart": day, "timezone": TIMEZONE, "description": told}
    return {**made, **_hours(of.starts.time(), minutes, timed=of.timed), "notes": notes}


def _hours(start: time, minutes: int | None, *, timed: bool) -> dict[str, str]:
    """HH:MM with the offset from UTC, as the schema asks; without an end where none is known."""
    if not timed:
        return {}
    begin = start.hour * 60 + start.minute
    made = {"opens_at": _clock(begin)}
    if minutes is not None and minutes <= SPAN_MAX:
        made["closes_at"] = _clock(begin + minutes)
    return made


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}+09:00"
