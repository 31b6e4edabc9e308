"""Answering queries: the filters are the same in every question, see ``queries/matching.sql``."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from db.answers import Answers
from db.matching import cells, day_of, happening, in_view, matching
from portal.query import Found
from portal.store import Cluster, Happening, Spot

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.decoding import Asked
    from portal.query import Query, View


class Finder:
    """The half of :class:`portal.store.Reader` that answers queries. What is gone from its source is never found."""

    def __init__(self, engine: Asked, version: Callable[[], str]) -> None:
        """Ask ``engine`` what was not asked before of this ``version`` of the data."""
        self._answers = Answers(engine, version)

    def find(self, query: Query, today: date, limit: int, offset: int = 0) -> list[Found]:
        """One page of the answer: the nearest first where ``near`` is set, else the next to take place first.

        Then by reading or name, then by id, so that pages neither overlap nor leave anything out.
        """
        near = (query.near.lon, query.near.lat) if query.near else (None, None)
        minute = today.hour * 60 + today.minute if isinstance(today, datetime) else -1
        values = [*matching(query, today), day_of(today), *near, limit, offset, minute]
        return [Found(*row) for row in self._answers.rows("find", values)]

    def count(self, query: Query, today: date) -> int:
        """How many records the query finds in all, those without a position too."""
        ((count,),) = self._answers.rows("count", matching(query, today))
        return int(count)

    def count_by_kind(self, query: Query, today: date) -> dict[str, int]:
        """The same, by kind."""
        return dict(self._answers.rows("count_by_kind", matching(query, today)))

    def count_by_district(self, query: Query, today: date, layer: str) -> dict[str | None, int]:
        """The same, by district id of ``layer``; None is outside, places that are not assigned yet too."""
        return dict(self._answers.rows("count_by_district", [*matching(query, today), layer]))

    def count_in_view(self, query: Query, view: View, today: date) -> int:
        """How many lie in the rectangle."""
        ((count,),) = self._answers.rows("count_in_view", [*matching(query, today), *in_view(view)])
        return int(count)

    def spots(self, query: Query, view: View, today: date, limit: int) -> list[Spot]:
        """The places in the rectangle, at most ``limit``, by id."""
        values = [*matching(query, today), *in_view(view), limit]
        return [Spot(*row) for row in self._answers.rows("spots", values)]

    def clusters(self, query: Query, view: View, today: date) -> list[Cluster]:
        """The places in the rectangle gathered in cells of about 60 screen points, south to north."""
        values = [*matching(query, today), *in_view(view), *cells(view)]
        rows = self._answers.rows("clusters", values)
        # Sums of floating-point numbers depend on the order of the threads in their last digits.
        return [Cluster(round(lon, 6), round(lat, 6), count) for lon, lat, count in rows]

    def happening(self, query: Query, first: date, last: date) -> list[Happening]:
        """What the query finds that is laid out on these days, both included, by day, minute, name and id.

        What has no hour stands before the hours of its day. What is cancelled and posts that have ended are among it;
        the name of a day counts from ``first``.
        """
        return [Happening(*row) for row in self._answers.rows("happening", happening(query, first, last))]

    def occurrences_until(self) -> date | None:
        """The last day that occurrences are laid out to, None when they never were."""
        rows = self._answers.rows("derived", ["occurrences_until"])
        return next((date.fromisoformat(value) for (value,) in rows), None)
