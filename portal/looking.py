"""One place, post or group with everything that a reader may know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from portal import find, locate
from portal.errors import UnknownThingError
from portal.looking_group import GroupView, group
from portal.looking_post import PostView, Session, may_see_all, post
from portal.schedules.occurrences import next_occurrences

if TYPE_CHECKING:
    from datetime import date, datetime

    from portal.cards import PostCard
    from portal.model.batch import Batch
    from portal.model.district import District
    from portal.model.goal import Goal
    from portal.model.kind import Kind
    from portal.model.municipality import Layer, Municipality
    from portal.model.place import Contact, Place
    from portal.model.source import Source
    from portal.schedules.occurrences import Occurrence
    from portal.store import Reader

__all__ = [
    "COMING",
    "GroupView",
    "PlaceView",
    "PostView",
    "Session",
    "districts_of",
    "group",
    "is_stale",
    "may_see_all",
    "place",
    "post",
]

COMING: Final = 5


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place as its page shows it."""

    place: Place
    kind: Kind
    municipality: Municipality
    districts: tuple[tuple[Layer, District | None], ...]
    """Its district in every layer that has any; None is outside."""
    coming: tuple[Occurrence, ...]
    contacts: tuple[Contact, ...]
    """Only those that are public."""
    stale: bool
    """Whether nobody has made sure of it within the limit."""
    source: Source | None
    """Where it was imported from; None for samples and for what was typed in."""
    posts: tuple[PostCard, ...] = ()
    """What groups post about it, the next to take place first."""
    goals: tuple[Goal, ...] = ()
    """Of the municipality's plan, that it serves."""


def place(store: Reader, place_id: str, now: datetime, freshness_days: int) -> PlaceView:
    """The place of that id; raises UnknownThingError where there is none."""
    found = store.place(place_id)
    if found is None:
        raise UnknownThingError("looking.no_such_place", id=place_id)
    schedule = found.facts.schedule
    return PlaceView(
        place=found,
        kind=next(kind for kind in store.kinds(found.municipality) if kind.key == found.facts.kind),
        municipality=locate.municipality(store, found.municipality),
        districts=tuple(districts_of(store, found)),
        coming=tuple(next_occurrences(schedule, now, COMING)) if schedule else (),
        contacts=tuple(contact for contact in found.facts.contacts if contact.public),
        stale=is_stale(found, now.date(), freshness_days),
        source=_source(store, found),
        posts=find.at_place(store, place_id, now),
        goals=tuple(goal for goal in store.goals(found.municipality) if goal.key in found.facts.goals),
    )


def is_stale(of: Place, today: date, freshness_days: int) -> bool:
    """Whether a place was last verified longer ago than the limit; one that never was is not verified, not stale."""
    return of.verified_on is not None and of.verified_on < today - timedelta(days=freshness_days)


def districts_of(store: Reader, of: Place) -> list[tuple[Layer, District | None]]:
    """The place's district in every layer of its municipality that has districts."""
    inside = {item.layer: item.district for item in store.memberships(of.id)}
    pairs = []
    for layer in store.layers(of.municipality):
        districts = {item.id: item for item in store.districts(of.municipality, layer.key)}
        if districts:
            pairs.append((layer, districts.get(inside.get(layer.key) or "")))
    return pairs


def _source(store: Reader, of: Place) -> Source | None:
    batch: Batch | None = next((item for item in store.batches() if item.id == of.origin.batch), None)
    return batch.source if batch else None
