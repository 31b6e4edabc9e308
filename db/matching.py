"""The values that ``queries/matching.sql`` and ``queries/in_view.sql`` are asked with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from portal.parts_of_day import MINUTES
from portal.query import HORIZON_DAYS, MOST_WORDS, WEEKDAYS, day_span

if TYPE_CHECKING:
    from datetime import date

    from portal.query import Query, View

OUTSIDE: Final = "outside"
CELL_POINTS: Final = 60
"""Width of a cluster's cell in screen points."""
TILE_POINTS: Final = 256
LATITUDE_STRETCH: Final = 1.23
"""1 / cos 35°: a degree of latitude is drawn that much longer than one of longitude in Japan's middle."""


def matching(query: Query, today: date) -> list[object]:
    """The values $1 to $27 of ``matching.sql``; a filter that is not set is None."""
    day = day_of(today)
    return _values(query, _days(query, day), day)


def happening(query: Query, first: date, last: date) -> list[object]:
    """The values of ``happening.sql``: days and hours are those of the occurrences, and what has ended counts too.

    The name of a day is meant as seen from ``first``; a weekday is every one of the span.
    """
    weekday = WEEKDAYS.index(query.day) + 1 if query.day in WEEKDAYS else None
    span = None if weekday else day_span(query.day, first)
    if span:
        first, last = max(first, span[0]), min(last, span[1])
    return [*_values(query, [None, None, weekday, *_minutes(query)], None), first, last]


def _values(query: Query, days: list[object], today: date | None) -> list[object]:
    patterns = [contains(word) for word in query.words]
    return [
        query.municipality,
        query.evacuation,
        list(query.kinds) or None,
        *_districts(query),
        *days,
        f"|{query.audience}|" if query.audience else None,
        query.free or None,
        query.no_booking or None,
        query.step_free or None,
        f"|{query.hazard}|" if query.hazard else None,
        *patterns,
        *[None] * (MOST_WORDS - len(patterns)),
        query.show.value if query.show else None,
        query.group or None,
        today,
    ]


def day_of(moment: date) -> date:
    """The day of a moment that may be more than a day."""
    return moment.date() if isinstance(moment, datetime) else moment


def in_view(view: View) -> list[object]:
    """The values $28 to $31 of ``in_view.sql``: degrees."""
    return [view.west, view.south, view.east, view.north]


def cells(view: View) -> list[object]:
    """Cells a degree of longitude and of latitude at the view's zoom."""
    per_degree = TILE_POINTS * 2**view.zoom / 360 / CELL_POINTS
    return [per_degree, per_degree * LATITUDE_STRETCH]


def contains(word: str) -> str:
    """A LIKE pattern for texts that hold ``word``; its own ``%``, ``_`` and backslash are plain signs."""
    return f"%{literal(word)}%"


def begins(text: str) -> str:
    """A LIKE pattern for texts that begin with ``text``."""
    return f"{literal(text)}%"


def literal(text: str) -> str:
    """``text`` with the signs that LIKE reads escaped by a backslash."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _districts(query: Query) -> list[object]:
    if not query.districts:
        return [query.layer, None, None]
    ids = [district for district in query.districts if district != OUTSIDE]
    return [query.layer, ids, True if OUTSIDE in query.districts else None]


def _days(query: Query, today: date) -> list[object]:
    span = day_span(query.day, today)
    if span is None and query.time:
        span = today, today + timedelta(days=HORIZON_DAYS), None
    return [*(span or (None, None, None)), *_minutes(query)]


def _minutes(query: Query) -> tuple[int | None, int | None]:
    return MINUTES[query.time] if query.time else (None, None)
