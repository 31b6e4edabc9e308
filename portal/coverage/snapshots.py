"""Coverage kept as it stands on a day, so that it can be compared with a year ago."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal import permissions
from portal.coverage.assess import assess
from portal.model.mark import PORTAL, Mark
from portal.model.snapshot import CoverageSnapshot
from portal.permissions import Action
from portal.store import Drop, Put, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from portal.coverage.standing import Assessed, Standing
    from portal.permissions import Actor
    from portal.store import Change, Reader, Store

YEAR_DAYS: Final = 365
EARLIEST_DAYS, LATEST_DAYS = 400, 330
"""What lies so many days back is "a year ago"; of several the nearest to a year."""
LEAST_DAYS: Final = 28
"""Where nothing is a year old, the oldest is taken if it is at least so many days old."""


@dataclass(frozen=True, slots=True)
class Since:
    """One district against one standard, then and now."""

    assessed: Assessed
    standing: Standing
    before: CoverageSnapshot | None
    """None where the standard or the district was not there then."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What has changed since an earlier day."""

    day: date
    """The day that is compared with."""
    a_year_ago: bool
    """Whether that is about a year ago; if not, it is the oldest that there is."""
    rows: tuple[Since, ...]


def keep(store: Store, actor: Actor | None, municipality: str, now: datetime) -> int:
    """Keep how every district stands today, samples left out; says how many rows. What was kept today is replaced.

    ``actor`` None is the portal itself. Raises NotSignedInError and ForbiddenError.
    """
    if actor is not None:
        permissions.require(actor, Action.SNAPSHOT_KEEP, municipality)
    today = now.date()
    rows = [_snapshot(item, one, today) for item in assess(store, municipality, today) for one in item.standings]
    kept = {key_of(row) for row in rows}
    old = [row for row in store.coverage_snapshots(municipality) if row.day == today and key_of(row) not in kept]
    changes: list[Change] = [*(Drop(CoverageSnapshot, key_of(row)) for row in old), *map(Put, rows)]
    if changes:
        store.apply(changes, Mark(now, actor.id if actor else PORTAL, Action.SNAPSHOT_KEEP))
    return len(rows)


def _snapshot(assessed: Assessed, standing: Standing, day: date) -> CoverageSnapshot:
    standard = assessed.standard
    return CoverageSnapshot(
        standard.municipality,
        day,
        standard.key,
        standing.district.name,
        standing.state,
        standing.figure,
        standing.people,
        standing.records,
    )


def due(store: Reader, municipality: str, today: date) -> bool:
    """Whether coverage is to be kept: on the first day of a month, or later where that month has none yet.

    Never where there is no standard that could be kept.
    """
    if all(item.off for item in store.standards(municipality)):
        return False
    days = {(row.day.year, row.day.month) for row in store.coverage_snapshots(municipality)}
    return (today.year, today.month) not in days


def compare(store: Reader, assessed: Sequence[Assessed], today: date) -> Compared | None:
    """What has changed since about a year ago, else since the oldest day that is four weeks back; None without any.

    Of the days 330 to 400 days ago the nearest to a year is taken.
    """
    if not assessed:
        return None
    kept = store.coverage_snapshots(assessed[0].standard.municipality)
    day = _day_to_compare({row.day for row in kept}, today)
    if day is None:
        return None
    before = {(row.standard, row.district): row for row in kept if row.day == day}
    rows = (
        Since(item, one, before.get((item.standard.key, one.district.name)))
        for item in assessed
        for one in item.standings
    )
    return Compared(day, LATEST_DAYS <= (today - day).days <= EARLIEST_DAYS, tuple(rows))


def _day_to_compare(days: Iterable[date], today: date) -> date | None:
    old = [day for day in days if (today - day).days >= LEAST_DAYS]
    near = [day for day in old if LATEST_DAYS <= (today - day).days <= EARLIEST_DAYS]
    nearest = min(near, key=lambda day: (abs((today - day).days - YEAR_DAYS), day), default=None)
    return nearest or min(old, default=None)
