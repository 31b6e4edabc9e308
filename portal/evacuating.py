"""Where one goes in an evacuation: shelters and sites by distance, welfare evacuation sites by their own rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from portal import find
from portal.cards import Card
from portal.model.kind import WELFARE_SHELTER
from portal.model.shelter import Opening

if TYPE_CHECKING:
    from datetime import datetime

    from portal.find import Answer
    from portal.model.municipality import Municipality
    from portal.query import Query
    from portal.store import Reader

ALL_OF_A_TOWN: Final = 5_000


def by_distance(municipality: Municipality, kind: str) -> bool:
    """Whether places of this kind may be looked for by how near they are."""
    return kind != WELFARE_SHELTER or municipality.direct_welfare


def sites(store: Reader, municipality: Municipality, query: Query, now: datetime, limit: int) -> Answer:
    """What the query finds, as :func:`portal.find.activities` answers.

    A welfare evacuation site (福祉避難所) is never the answer to "the nearest": it takes people in whom the
    municipality sends there, once it is open. Only where the municipality allows going there directly do the open
    ones come first, by distance; all others are listed without one.
    """
    if query.near is None or WELFARE_SHELTER not in query.kinds:
        return find.activities(store, query, now, limit=limit)
    if not municipality.direct_welfare:
        return find.activities(store, replace(query, near=None), now, limit=limit)
    answer = find.activities(store, query, now, limit=ALL_OF_A_TOWN)
    places = [card for card in answer.cards if isinstance(card, Card)]
    ready = [card for card in places if _may_go(card)]
    rest = [replace(card, distance_m=None, minutes=None) for card in places if not _may_go(card)]
    rest.sort(key=lambda card: (card.place.facts.name, card.place.id))
    return replace(answer, cards=tuple([*ready, *rest][:limit]))


def _may_go(card: Card) -> bool:
    """Whether a site may be offered as near: what is no welfare site, or one that is open."""
    shelter = card.place.facts.shelter
    return card.kind.key != WELFARE_SHELTER or (shelter is not None and shelter.opening is Opening.OPEN)
