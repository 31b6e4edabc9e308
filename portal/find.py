"""What a resident finds: the records that match, one page of them as cards, and all counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.model.position import walking_minutes
from portal.query import View
from portal.schedules.occurrences import next_occurrences

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from portal.model.district import District
    from portal.model.kind import Kind
    from portal.model.place import Place
    from portal.query import Found, Query
    from portal.schedules.occurrences import Occurrence
    from portal.store import Reader

PAGE: Final = 30
EVERYWHERE: Final = View(-180, -90, 180, 90, 0)


@dataclass(frozen=True, slots=True)
class Card:
    """One record as a list shows it."""

    place: Place
    kind: Kind
    next: Occurrence | None
    distance_m: float | None
    """Straight line in metres from where the reader is, None when that or the position is not known."""
    minutes: int | None
    """Walking minutes, see :func:`portal.model.position.walking_minutes`."""
    district: District | None
    """In the query's layer; None is outside, or no layer was asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of the answer and how much there is in all."""

    total: int
    without_position: int
    """Records of the total that are not on the map."""
    by_kind: Mapping[str, int]
    cards: tuple[Card, ...]


def activities(store: Reader, query: Query, now: datetime, limit: int = PAGE, offset: int = 0) -> Answer:
    """The records that match ``query`` from ``offset`` on: the nearest first, or the next to take place first."""
    today = now.date()
    found = store.find(query, now, limit, offset)
    total = store.count(query, today)
    return Answer(
        total=total,
        without_position=total - store.count_in_view(query, EVERYWHERE, today),
        by_kind=store.count_by_kind(query, today),
        cards=tuple(_cards(store, query, found, now)),
    )


def _cards(store: Reader, query: Query, found: list[Found], now: datetime) -> list[Card]:
    kinds = {kind.key: kind for kind in store.kinds(query.municipality)}
    districts = (
        {item.name: item for item in store.districts(query.municipality, query.layer) if item.exists_on(now.date())}
        if query.layer
        else {}
    )
    places = {place.id: place for place in store.places([item.place for item in found])}
    return [
        Card(
            place=places[item.place],
            kind=kinds[item.kind],
            next=next_of(places[item.place], now),
            distance_m=item.distance_m,
            minutes=None if item.distance_m is None else walking_minutes(item.distance_m),
            district=districts.get(item.district or ""),
        )
        for item in found
        if item.place in places
    ]


def next_of(place: Place, now: datetime) -> Occurrence | None:
    """The next occurrence of a place, None where it has no schedule or nothing is to come."""
    if place.facts.schedule is None:
        return None
    return next(iter(next_occurrences(place.facts.schedule, now, 1)), None)
