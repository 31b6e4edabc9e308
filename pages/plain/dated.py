"""Which dates of a municipality's places and posts have a page of their own among the files of the static twin."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from portal import agenda
from portal.query import HORIZON_DAYS, Query

if TYPE_CHECKING:
    from datetime import date, datetime

    from pages.plain.here import Here
    from portal.store import Reader

MOST: Final = 8
"""So many coming dates of a record are laid out as pages; its own page says the others."""
KEPT: Final = 8


def pages(here: Here, code: str) -> frozenset[tuple[str, date]]:
    """Record and day of each."""
    midnight = here.now.replace(hour=0, minute=0, second=0, microsecond=0)
    return _pages(here.store, here.store.data_version(), code, midnight)


@lru_cache(maxsize=KEPT)
def _pages(store: Reader, version: str, code: str, now: datetime) -> frozenset[tuple[str, date]]:  # noqa: ARG001  # kept as long as nothing changes
    """The same for all pages of a municipality, which are many: looked up once."""
    days: defaultdict[str, set[date]] = defaultdict(set)
    for day in agenda.coming(store, Query(code), HORIZON_DAYS, now).days:
        for item in day.happenings:
            days[item.id].add(day.day)
    return frozenset((key, day) for key, its in days.items() for day in sorted(its)[:MOST])
