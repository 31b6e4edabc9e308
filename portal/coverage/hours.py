"""When something is on: weekdays by hours over the coming four weeks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from portal.coverage.ground import SESSION_DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.query import Query
    from portal.store import Happening, Reader

DAY_HOURS: Final = 24
WEEK_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Hours:
    """Sessions by the weekday and the hour in which they begin."""

    first: date
    last: date
    counts: tuple[tuple[int, ...], ...]
    """Seven weekdays, Monday first, by 24 hours."""
    unknown: tuple[int, ...]
    """By weekday those of which the hour is not known."""
    complete: bool
    """False where not all of these days are laid out yet: later ones look empty then."""

    def by_weekday(self) -> tuple[int, ...]:
        """All sessions of each weekday, Monday first."""
        return tuple(sum(row) + some for row, some in zip(self.counts, self.unknown, strict=True))

    @property
    def total(self) -> int:
        """All sessions."""
        return sum(self.by_weekday())


def hours(store: Reader, query: Query, today: date, *, samples: bool = False) -> Hours:
    """What ``query`` (a municipality, districts, kinds) finds that takes place from today on, over 28 days.

    Each weekday lies four times in them. What is cancelled is left out, samples too unless ``samples``.
    """
    last = last_day(today)
    until = store.occurrences_until()
    counts = [[0] * DAY_HOURS for _ in range(WEEK_DAYS)]
    unknown = [0] * WEEK_DAYS
    for one in held(store, query, today, samples=samples):
        hour = hour_of(one)
        if hour is None:
            unknown[one.day.weekday()] += 1
        else:
            counts[one.day.weekday()][hour] += 1
    return Hours(today, last, tuple(map(tuple, counts)), tuple(unknown), until is not None and until >= last)


def last_day(today: date) -> date:
    """The last of the 28 days."""
    return today + timedelta(days=SESSION_DAYS - 1)


def held(store: Reader, query: Query, today: date, *, samples: bool = False) -> list[Happening]:
    """The sessions that :func:`hours` counts, one by one, by day and hour."""
    found = [one for one in store.happening(replace(query, day=""), today, last_day(today)) if not one.cancelled]
    if samples:
        return found
    made_up = invented(store, sorted({one.id for one in found}))
    return [one for one in found if one.id not in made_up]


def hour_of(session: Happening) -> int | None:
    """The hour in which a session begins; None where it is not known."""
    return None if session.starts_minute is None else session.starts_minute // 60 % DAY_HOURS


def invented(store: Reader, ids: Sequence[str]) -> set[str]:
    """The ids among these of places and posts that are samples (見本)."""
    places = {one.id for one in store.places(ids) if one.sample}
    return places | {one.id for one in store.posts(ids) if one.sample}
