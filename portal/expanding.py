"""What happens on days for which occurrences are not laid out: past ones, and those months ahead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from portal.laying_out import of_places, of_posts
from portal.parts_of_day import MINUTES
from portal.query import WEEKDAYS
from portal.store import Happening

if TYPE_CHECKING:
    from datetime import date

    from portal.query import Query
    from portal.store import Occurring, Reader

MOST: Final = 3_000
"""So many of the places and posts that a query finds are looked through, those with coming dates first."""


def expand(store: Reader, query: Query, first: date, last: date) -> tuple[list[Happening], bool]:
    """What :meth:`portal.store.Reader.happening` would answer, made from the schedules themselves.

    Also whether that is all: of what the query finds, the first :data:`MOST` are looked through.
    """
    found = store.find(replace(query, day="", time=None, near=None), first, MOST + 1)
    known = {item.place: item for item in found[:MOST]}
    occurring = [
        *of_places(store.places(list(known)), first, last),
        *of_posts(store.posts(list(known)), first, last),
    ]
    happenings = [
        Happening(one.place, of.name, of.kind, one.day, one.starts_minute, one.cancelled, of.district)
        for one in occurring
        if _asked_for(query, one) and (of := known[one.place])
    ]
    return sorted(happenings, key=_order), len(found) <= MOST


def _asked_for(query: Query, one: Occurring) -> bool:
    """Whether the weekday and the part of the day are those of the query."""
    if query.day in WEEKDAYS and one.day.weekday() != WEEKDAYS.index(query.day):
        return False
    if query.time is None:
        return True
    first, last = MINUTES[query.time]
    return one.starts_minute is not None and first <= one.starts_minute <= last


def _order(item: Happening) -> tuple[date, int, str, str]:
    return item.day, -1 if item.starts_minute is None else item.starts_minute, item.name, item.id
