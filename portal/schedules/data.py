"""A schedule as plain data, so that a store or a file can keep it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from portal.errors import InvalidRecordError
from portal.model.schedule import HolidayPolicy, Rule, Schedule

if TYPE_CHECKING:
    from collections.abc import Mapping


def schedule_to_data(schedule: Schedule) -> dict[str, Any]:
    """Dicts, lists, strings, numbers and booleans alone; the same schedule always gives the same data."""
    return {
        "rules": [_rule_to_data(rule) for rule in schedule.rules],
        "holidays": schedule.holidays.value,
        "cancelled": [day.isoformat() for day in sorted(schedule.cancelled)],
        "moved": [[day.isoformat(), to.isoformat()] for day, to in schedule.moved],
        "extra": [moment.isoformat() for moment in schedule.extra],
        "until": schedule.until.isoformat() if schedule.until else None,
        "months_off": sorted(schedule.months_off),
        "closed_year_end": schedule.closed_year_end,
        "note": schedule.note,
    }


def _rule_to_data(rule: Rule) -> dict[str, Any]:
    return {
        "start": rule.start.isoformat(),
        "minutes": rule.minutes,
        "rrule": rule.rrule,
        "timed": rule.timed,
    }


def schedule_from_data(data: Mapping[str, Any]) -> Schedule:
    """The schedule that ``schedule_to_data`` wrote.

    Raises InvalidRecordError for data that is not a schedule, or one that is not admitted.
    """
    try:
        return Schedule(
            rules=tuple(map(_rule_from_data, data["rules"])),
            holidays=HolidayPolicy(data.get("holidays", HolidayPolicy.RUNS)),
            cancelled=frozenset(map(date.fromisoformat, data.get("cancelled", ()))),
            moved=tuple((date.fromisoformat(day), datetime.fromisoformat(to)) for day, to in data.get("moved", ())),
            extra=tuple(map(datetime.fromisoformat, data.get("extra", ()))),
            until=date.fromisoformat(data["until"]) if data.get("until") else None,
            months_off=frozenset(map(int, data.get("months_off", ()))),
            closed_year_end=bool(data.get("closed_year_end", False)),
            note=str(data.get("note", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidRecordError("schedule.bad_data") from error


def _rule_from_data(data: Mapping[str, Any]) -> Rule:
    minutes = data.get("minutes")
    rrule = data.get("rrule")
    return Rule(
        start=datetime.fromisoformat(data["start"]),
        minutes=None if minutes is None else int(minutes),
        rrule=None if rrule is None else str(rrule),
        timed=bool(data.get("timed", True)),
    )
