"""Where one goes in an evacuation: shelters and sites by distance, welfare evacuation sites by their own rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from portal import find
from portal.cards import Card, PostCard
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
    ones come first, by distance; all others are listed without one. While the municipality is in disaster response
    (災害対応) the open ones come first everywhere, then those that are full.
    """
    if WELFARE_SHELTER not in query.kinds:
        return find.activities(store, query, now, limit=limit)
    if query.near is None or not municipality.direct_welfare:
        return _listed(store, municipality, replace(query, near=None), now, limit)
    answer = find.activities(store, query, now, limit=ALL_OF_A_TOWN)
    places = [card for card in answer.cards if isinstance(card, Card)]
    ready = [card for card in places if _may_go(card)]
    rest = [replace(card, distance_m=None, minutes=None) for card in places if not _may_go(card)]
    rest.sort(key=lambda card: (card.place.facts.name, card.place.id))
    return replace(answer, cards=tuple([*ready, *rest][:limit]))


def _listed(store: Reader, municipality: Municipality, query: Query, now: datetime, limit: int) -> Answer:
    """Welfare sites without a distance; in a disaster by how they stand."""
    if municipality.disaster_since is None:
        return find.activities(store, query, now, limit=limit)
    answer = find.activities(store, query, now, limit=ALL_OF_A_TOWN)
    return replace(answer, cards=tuple(sorted(answer.cards, key=_standing)[:limit]))


def _standing(card: Card | PostCard) -> int:
    """0 for what is open, 1 for what is full, 2 for all else."""
    shelter = card.place.facts.shelter if isinstance(card, Card) else None
    return {Opening.OPEN: 0, Opening.FULL: 1}.get(shelter.opening, 2) if shelter else 2


def _may_go(card: Card) -> bool:
    """Whether a site may be offered as near: what is no welfare site, or one that is open."""
    shelter = card.place.facts.shelter
    return card.kind.key != WELFARE_SHELTER or (shelter is not None and shelter.opening is Opening.OPEN)
