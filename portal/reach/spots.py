"""The spots that a question about reach is about: places and regular activities, with their positions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from portal.errors import InvalidRecordError, UnknownThingError
from portal.find import EVERYWHERE
from portal.model.kind import EVENT
from portal.model.position import Precision
from portal.model.post import DATED, PostKind
from portal.query import WEEKDAYS, Query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from portal.store import Reader, Spot

DAYS: Final = 28
"""A weekday counts where there is a session on it in so many days from today: four of each."""
POST: Final = "post-"
"""What ids of posts begin with."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about reach."""

    municipality: str
    kinds: tuple[str, ...] = ()
    """Keys of kinds; none stands for every kind of place of daily life."""
    weekday: str = ""
    """``mon`` … ``sun``: only what has a session on that weekday in the coming 28 days."""
    step_free: bool = False
    """Only what is known to be reached without steps (段差なし)."""
    samples: bool = False

    def __post_init__(self) -> None:
        """Refuse a weekday that there is not."""
        if self.weekday and self.weekday not in WEEKDAYS:
            raise InvalidRecordError("query.no_such_day", day=self.weekday)


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Positions of m places."""

    lon: NDArray[np.float64]
    """Degrees, JGD2011 (EPSG:6668)."""
    lat: NDArray[np.float64]
    approximate: int = 0
    """How many of them are known by the block or the part of town only."""

    def __len__(self) -> int:
        """How many."""
        return len(self.lon)


def kinds_asked(store: Reader, question: Question) -> list[str]:
    """The kinds of the question in their order; without a weekday single events (行事) are no place to reach.

    Raises UnknownThingError for a kind that there is not: it would look as if it reached nobody.
    """
    known = store.kinds(question.municipality)
    for key in set(question.kinds) - {kind.key for kind in known}:
        raise UnknownThingError("reach.no_such_kind", kind=key)
    if question.kinds:
        return [kind.key for kind in known if kind.key in question.kinds]
    daily = [kind.key for kind in known if not kind.evacuation and not kind.post]
    return daily if question.weekday else [key for key in daily if key != EVENT]


def spots_by_kind(store: Reader, question: Question, today: date) -> list[tuple[str, list[Spot]]]:
    """For each kind of the question what counts as it; one may count as several kinds."""
    return [(kind, spots_of(store, question, kind, today)) for kind in kinds_asked(store, question)]


def spots_of(store: Reader, question: Question, kind: str, today: date) -> list[Spot]:
    """The places of a kind and the regular activities of that kind, as far as they have a position, by id.

    Without a weekday a post counts only where it is held regularly (定例の活動). What is known by its district only is
    near to nobody.
    """
    query = Query(question.municipality, kinds=(kind,), step_free=question.step_free)
    found = store.spots(query, EVERYWHERE, today, store.count(query, today))
    posts = DATED if question.weekday else {PostKind.SERIES}
    held = _held(store, query, question.weekday, today)
    return [
        spot
        for spot in found
        if (spot.kind in posts or not spot.id.startswith(POST))
        and (question.samples or not spot.sample)
        and spot.precision != Precision.DISTRICT
        and (held is None or spot.id in held)
    ]


def _held(store: Reader, query: Query, weekday: str, today: date) -> set[str] | None:
    """Ids of what is held on that weekday; None where no weekday is asked for."""
    if not weekday:
        return None
    on = Query(query.municipality, kinds=query.kinds, step_free=query.step_free, day=weekday)
    happening = store.happening(on, today, today + timedelta(days=DAYS - 1))
    return {item.id for item in happening if not item.cancelled}


def positions(spots: Sequence[Spot]) -> Spots:
    """Where these are."""
    lon = np.array([spot.lon for spot in spots], dtype=np.float64)
    lat = np.array([spot.lat for spot in spots], dtype=np.float64)
    return Spots(lon, lat, sum(spot.precision != Precision.EXACT for spot in spots))
