"""The calendar: what a query finds, day by day, over a month or a week; weeks begin on Sunday, as is usual in Japan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError
from portal.expanding import expand
from portal.query import WEEKDAYS, day_span
from portal.schedules.holidays_jp import holiday_name

if TYPE_CHECKING:
    from datetime import datetime

    from portal.query import Query
    from portal.store import Happening, Reader

MONTHS: Final = 12
"""So many months back and ahead can be looked at."""
WEEK: Final = 7
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar."""

    day: date
    holiday: str | None
    """The public holiday's Japanese name; other languages from :func:`portal.schedules.holidays_jp.holiday_name`."""
    happenings: tuple[Happening, ...]
    """What has no hour first, then by the hour, name and id; what is cancelled is among it."""


@dataclass(frozen=True, slots=True)
class Week:
    """Sunday to Saturday; of :func:`coming`, as many days as were asked for."""

    days: tuple[Day, ...]
    complete: bool = True
    """False where the query finds more than is looked through for days that are not laid out."""


@dataclass(frozen=True, slots=True)
class Month:
    """The weeks that hold a month, with the days of its neighbours in the first and the last of them."""

    year: int
    month: int
    weeks: tuple[tuple[Day, ...], ...]
    complete: bool = True
    """As of :class:`Week`."""


def month(store: Reader, query: Query, year: int, number: int, now: datetime) -> Month:
    """What ``query`` finds in a month, 1 to 12.

    Raises InvalidRecordError for a month that is none, or more than a year back or ahead.
    """
    today = now.date()
    if not 1 <= number <= MONTHS or abs(year * 12 + number - today.year * 12 - today.month) > MONTHS:
        raise InvalidRecordError("agenda.too_far", months=MONTHS)
    following = date(year + number // 12, number % 12 + 1, 1)
    first, last = _sunday(date(year, number, 1)), _sunday(following - _DAY) + timedelta(days=WEEK - 1)
    days, complete = _days(store, query, (first, last), today)
    return Month(year, number, tuple(days[at : at + WEEK] for at in range(0, len(days), WEEK)), complete)


def week(store: Reader, query: Query, day: date, now: datetime) -> Week:
    """What ``query`` finds in the week that holds ``day``.

    Raises InvalidRecordError for a week more than a year back or ahead.
    """
    today = now.date()
    if abs(day.year * 12 + day.month - today.year * 12 - today.month) > MONTHS:
        raise InvalidRecordError("agenda.too_far", months=MONTHS)
    first = _sunday(day)
    return Week(*_days(store, query, (first, first + timedelta(days=WEEK - 1)), today))


def coming(store: Reader, query: Query, days: int, now: datetime) -> Week:
    """What ``query`` finds from today on, so many days."""
    today = now.date()
    return Week(*_days(store, query, (today, today + timedelta(days=days - 1)), today))


def _sunday(day: date) -> date:
    return day - timedelta(days=day.isoweekday() % WEEK)


def _days(store: Reader, query: Query, span: tuple[date, date], today: date) -> tuple[tuple[Day, ...], bool]:
    """The days of a span; of a query for one day or a weekend only that has anything."""
    happenings, complete = _happening(store, query, span, today)
    by_day: dict[date, list[Happening]] = {}
    for item in happenings:
        by_day.setdefault(item.day, []).append(item)
    first, last = span
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return tuple(Day(day, holiday_name(day), tuple(by_day.get(day, ()))) for day in days), complete


def _happening(store: Reader, query: Query, span: tuple[date, date], today: date) -> tuple[list[Happening], bool]:
    """Laid-out days from the store; days before today and after the last one laid out are expanded here and now."""
    first, last = span
    if query.day not in WEEKDAYS and (asked := day_span(query.day, today)):
        first, last, query = max(first, asked[0]), min(last, asked[1]), replace(query, day="")
    until = store.occurrences_until() or today - _DAY
    found: list[Happening] = []
    complete = True
    if max(first, today) <= min(last, until):
        found = store.happening(query, max(first, today), min(last, until))
    for begin, end in ((first, min(last, today - _DAY)), (max(first, today, until + _DAY), last)):
        if begin <= end:
            more, whole = expand(store, query, begin, end)
            found, complete = found + more, complete and whole
    return found, complete
