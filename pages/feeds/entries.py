"""The public records of a municipality as open data tells of them: places as they are, posts in the same form.

Between residents (手助け) nobody is named and nothing is located: such a post has no group, no way to get in touch and
no place. Of all others only what is public is taken, from :mod:`portal.public.shown`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.open_entry import Entry
from pages.plain.ways import Ways
from portal import cards, locate
from portal.model.place import PlaceFacts
from portal.model.position import Precision
from portal.model.post import HELP, PostState, WhereKind
from portal.public import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pages.plain.here import Here
    from portal.model.batch import Batch
    from portal.model.group import Group
    from portal.model.kind import Kind
    from portal.model.municipality import Municipality
    from portal.model.place import Place
    from portal.model.position import Point
    from portal.model.post import Post


@dataclass(frozen=True, slots=True)
class _Known:
    """What belongs to the records of one municipality."""

    here: Here
    town: Municipality
    kinds: Mapping[str, Kind]
    places: Mapping[str, Place]
    groups: Mapping[str, Group]
    batches: Mapping[str, Batch]


def of_town(here: Here, code: str) -> dict[str, Entry]:
    """Every place and post of a municipality that everybody sees, by id; raises UnknownThingError for none."""
    known = _Known(
        here,
        locate.municipality(here.store, code),
        {kind.key: kind for kind in here.store.kinds(code)},
        {place.id: place for place in shown.places(here.store, code)},
        {group.id: group for group in shown.groups(here.store, code)},
        {batch.id: batch for batch in here.store.batches()},
    )
    found = [_place(known, place) for place in known.places.values()]
    found += [_post(known, post) for post in shown.posts(here.store, code)]
    return {one.id: one for one in found}


def _place(known: _Known, place: Place) -> Entry:
    batch = known.batches.get(place.origin.batch)
    return Entry(
        id=place.id,
        town=known.town,
        kind=cards.kind_of(known.kinds, place.facts.kind),
        facts=place.facts,
        page=_page(known.here, "place", place.municipality, place.id),
        sample=place.sample,
        verified_on=place.verified_on,
        record=place.origin.record,
        source=batch.source if batch else None,
        modified=batch.done_at if batch else None,
        changed_on=_latest(place.edited_on, place.verified_on),
    )


def _post(known: _Known, post: Post) -> Entry:
    facts, where = post.facts, post.facts.where
    hidden = facts.kind in HELP
    place = known.places.get(where.place)
    group = None if hidden else known.groups.get(post.group)
    district = known.here.store.district(where.district) if where.kind is WhereKind.DISTRICT and not hidden else None
    moments = [moment for moment in (post.changed_at, post.decided_at, post.live_at) if moment]
    return Entry(
        id=post.id,
        town=known.town,
        kind=cards.kind_of(known.kinds, facts.kind),
        facts=_facts(post, place, group),
        page=_page(known.here, "post", post.municipality, post.id),
        post=True,
        sample=post.sample,
        cancelled=post.state is PostState.CANCELLED,
        reason=post.reason if post.state is PostState.CANCELLED else "",
        group=group,
        place=None if hidden else place,
        venue="" if hidden else " ".join(filter(None, (place.facts.name if place else "", where.name))),
        online=where.kind is WhereKind.ONLINE and not hidden,
        online_url="" if hidden else where.url,
        area=district.name if district else "",
        seats=facts.seats,
        booking_until=facts.booking_until,
        languages=facts.languages,
        modified=max(moments, default=None),
    )


def _facts(post: Post, place: Place | None, group: Group | None) -> PlaceFacts:
    """What a post says, in the fields of a place."""
    facts = post.facts
    hidden = facts.kind in HELP
    position, precision = (None, Precision.NONE) if hidden else _position(post, place)
    return PlaceFacts(
        kind=facts.kind,
        name=facts.title,
        description=facts.text,
        address="" if hidden else place.facts.address if place else facts.where.address,
        position=position,
        precision=precision,
        audience=facts.audience,
        audience_note=facts.audience_note,
        access=facts.access,
        access_note=facts.access_note,
        fee=facts.fee,
        fee_note=facts.fee_note,
        booking=facts.booking,
        booking_note=facts.booking_note,
        contacts=() if hidden else tuple(one for one in facts.contacts if one.public),
        group=group.name if group else "",
        schedule=facts.schedule,
        schedule_note=facts.schedule_text,
        goals=facts.goals,
    )


def _position(post: Post, place: Place | None) -> tuple[Point | None, Precision]:
    if place is not None:
        return place.facts.position, place.facts.precision
    at = post.facts.where.position if post.facts.where.kind is WhereKind.PIN else None
    return (at, Precision.EXACT) if at else (None, Precision.NONE)


def _page(here: Here, name: str, code: str, record: str) -> str:
    return Ways(here, "").whole(name, lang="ja", code=code, id=record)


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)
