"""Occurrences laid out for the coming weeks, so that filters by day are a plain join."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from portal.query import HORIZON_DAYS
from portal.schedules.occurrences import State, occurrences
from portal.store import Occurring

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from portal.model.place import Place
    from portal.store import Store

MARGIN_DAYS = 7
"""Laid out this much further than filters look, so that it is done anew once a week."""


def lay_out_all(store: Store, today: date) -> None:
    """Lay out every scheduled place of every municipality."""
    places = [place for item in store.municipalities() for place in store.places_of(item.code)]
    last = _last(today)
    store.lay_out(_occurring(places, today, last), today, last, None)


def lay_out(store: Store, places: Sequence[Place], today: date) -> None:
    """Lay out these places anew."""
    last = store.occurrences_until() or _last(today)
    store.lay_out(_occurring(places, today, last), today, last, [place.id for place in places])


def keep_up(store: Store, today: date) -> bool:
    """Lay out everything anew where the last time no longer covers what filters ask for; says whether it did."""
    until = store.occurrences_until()
    if until is not None and until >= today + timedelta(days=HORIZON_DAYS):
        return False
    lay_out_all(store, today)
    return True


def _last(today: date) -> date:
    return today + timedelta(days=HORIZON_DAYS + MARGIN_DAYS)


def _occurring(places: Iterable[Place], first: date, last: date) -> Iterator[Occurring]:
    """What takes place; what is cancelled is not found by its day."""
    for place in places:
        if place.facts.schedule and place.gone_on is None:
            for item in occurrences(place.facts.schedule, first, last):
                if item.state is not State.CANCELLED:
                    starts = item.starts
                    minute = starts.hour * 60 + starts.minute if item.timed else None
                    yield Occurring(place.id, starts.date(), minute)
