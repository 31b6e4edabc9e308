"""Something that takes place as schema.org says it (https://schema.org/Event): one date of it, or a series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pages.plain import linked_schedule
from portal.schedules import one_day
from portal.schedules.ending import endless, last_date
from portal.schedules.occurrences import TOKYO, State, next_occurrences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime

    from portal.model.schedule import Schedule
    from portal.schedules.occurrences import Occurrence

STATUS: Final = {
    State.SCHEDULED: "EventScheduled",
    State.EXTRA: "EventScheduled",
    State.MOVED: "EventRescheduled",
    State.CANCELLED: "EventCancelled",
}
PLAIN_MOST: Final = 8
"""So many dates of rules that a Schedule cannot say are told one by one."""
CHANGED_MOST: Final = 30
"""So many dates that were moved, added or called off are told beside a series."""


@dataclass(frozen=True, slots=True)
class Told:
    """What holds on each date of something that takes place."""

    address: str
    """The whole address of the record's page."""
    key: str
    """What names the event: that address, with a fragment where the page is of something else, too."""
    said: Mapping[str, Any]
    """Properties of the event: type, name, location, organizer …"""
    schedule: Schedule
    off: bool
    """Whether all of it is called off."""
    page: Callable[[date], str]
    """The whole address of the page of one date."""
    full: Callable[[Occurrence], Mapping[str, Any]]
    """How full one date is, as properties; empty where nobody has counted."""


def record(told: Told, today: date) -> dict[str, Any] | None:
    """The event of a record's page: its one date, or the series; None where nothing ever happens."""
    one = one_day.only(told.schedule)
    if one is not None:
        return {"@id": told.key, **told.said, "url": told.address, **_date(told, one)}
    return _series(told, today)


def one_date(told: Told, one: Occurrence) -> dict[str, Any]:
    """The event of a date's page, as part of its series where it is one."""
    if one_day.only(told.schedule) is not None:
        return {"@id": told.key, **told.said, "url": told.address, **_date(told, one)}
    page = told.page(one.starts.date())
    above = {"@type": "Event", "@id": told.key, "name": told.said["name"], "url": told.address}
    return {"@id": page, **told.said, "url": page, **_date(told, one), "superEvent": above}


def _date(told: Told, one: Occurrence) -> dict[str, Any]:
    """When one date is and what became of it."""
    said: dict[str, Any] = {
        "eventStatus": _status(told, one.state),
        "startDate": moment(one.starts, timed=one.timed),
    }
    if one.ends is not None:
        said["endDate"] = moment(one.ends, timed=True)
    if one.state is State.MOVED and one.original is not None:
        said["previousStartDate"] = _previous(told.schedule, one.original)
    return said | dict(told.full(one))


def _previous(schedule: Schedule, original: date) -> str:
    """When a moved date was to begin."""
    first = next(iter(one_day.planned(schedule, original)), None)
    return moment(first.starts, timed=first.timed) if first else original.isoformat()


def _series(told: Told, today: date) -> dict[str, Any] | None:
    schedule = told.schedule
    begin = min(rule.start for rule in schedule.rules).replace(tzinfo=TOKYO)
    by_hand = (moment for moment in (*schedule.extra, *(to for _, to in schedule.moved)))
    begin = min([begin, *(one.replace(tzinfo=TOKYO) for one in by_hand)])
    first = next(iter(next_occurrences(schedule, begin.replace(year=begin.year - 1, day=1), 1)), None)
    if first is None:
        return None
    repeated = linked_schedule.repeated(schedule, today)
    last = None if endless(schedule) else last_date(schedule)
    said = {
        "@id": told.key,
        **told.said,
        "url": told.address,
        "eventStatus": _status(told, State.SCHEDULED),
        "startDate": moment(first.starts, timed=first.timed),
        "endDate": last.isoformat() if last else None,
        "eventSchedule": list(repeated.schedules),
        "subEvent": [] if told.off else [_part(told, one) for one in _few(repeated.apart)],
    }
    return {name: value for name, value in said.items() if value not in (None, [])}


def _few(apart: Iterable[Occurrence]) -> list[Occurrence]:
    """The next of those that are held as planned, and all near changes."""
    apart = list(apart)
    plain = [one for one in apart if one.state is State.SCHEDULED][:PLAIN_MOST]
    changed = [one for one in apart if one.state is not State.SCHEDULED][:CHANGED_MOST]
    return sorted([*plain, *changed], key=lambda one: one.starts)


def _part(told: Told, one: Occurrence) -> dict[str, Any]:
    """One date within its series."""
    page = told.page(one.starts.date())
    kept = {name: told.said[name] for name in ("@type", "name", "eventAttendanceMode") if name in told.said}
    where = {"location": {"@id": told.said["location"]["@id"]}} if "location" in told.said else {}
    return {"@id": page, **kept, **where, "url": page, **_date(told, one)}


def _status(told: Told, state: State) -> str:
    return f"https://schema.org/{STATUS[State.CANCELLED if told.off else state]}"


def moment(value: datetime, *, timed: bool) -> str:
    """A moment with its offset (``+09:00``), or the day alone where the hour is not known."""
    return value.isoformat() if timed else value.date().isoformat()
