"""How many sessions take place in every district in the coming four weeks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from portal.coverage.counting import district_of
from portal.coverage.tagged import counts, kind_of, of_places, of_posts, tagged
from portal.query import Query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.coverage.ground import Ground
    from portal.coverage.tagged import Record
    from portal.model.standard import Standard


def sessions(ground: Ground, standard: Standard, *, verified: bool = False) -> Mapping[str | None, int]:
    """Sessions by district id; None is outside. With ``verified`` those alone that were verified within the limit.

    What is cancelled is not held. Days that are not laid out are not counted.
    """
    if standard.goal or verified:
        return _of_records(ground, standard, verified=verified)
    return {one.district: one.sessions for one in ground.held(standard.layer).get(standard.kind, ())}


def _of_records(ground: Ground, standard: Standard, *, verified: bool) -> Counter[str | None]:
    """The same, record by record: whether it counts is not kept beside the laid-out days."""
    days = days_of(ground, standard)
    found: Counter[str | None] = Counter()
    for one in _records(ground, standard, days):
        if one.id in days and (one.verified or not verified):
            found[district_of(ground, one.id, standard.layer)] += days[one.id]
    return found


def days_of(ground: Ground, standard: Standard) -> Counter[str]:
    """How often each place or post takes place in the coming four weeks."""
    query = Query(ground.municipality, kinds=(standard.kind,) if standard.kind else ())
    held = ground.store.happening(query, ground.today, ground.last_session)
    return Counter(one.id for one in held if not one.cancelled)


def _records(ground: Ground, standard: Standard, days: Counter[str]) -> list[Record]:
    if standard.goal:
        return tagged(ground, standard.goal, standard.verified_days)
    ids = sorted(days)
    places = [item for item in ground.store.places(ids) if counts(ground, item)]
    posts = [item for item in ground.store.posts(ids) if counts(ground, item) and kind_of(item) == standard.kind]
    return [
        *of_places(places, ground.today, standard.verified_days),
        *of_posts(ground, posts, standard.verified_days),
    ]
