"""What a resident finds: the places and posts that match, one page of them as cards, and all counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from portal import cards, listing
from portal.cards import Card, PostCard
from portal.query import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from portal.query import Query
    from portal.store import Reader

__all__ = ["EVERYWHERE", "PAGE", "Answer", "Card", "PostCard", "activities", "at_place"]

PAGE: Final = 30
EVERYWHERE: Final = View(-180, -90, 180, 90, 0)


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of the answer and how much there is in all."""

    total: int
    without_position: int
    """Records of the total that are not on the map."""
    by_kind: Mapping[str, int]
    cards: tuple[Card | PostCard, ...]


def activities(store: Reader, query: Query, now: datetime, limit: int = PAGE, offset: int = 0) -> Answer:
    """The records that match ``query`` from ``offset`` on: the nearest first, or the next to take place first."""
    today = now.date()
    found = store.find(query, now, limit, offset)
    total = store.count(query, today)
    return Answer(
        total=total,
        without_position=total - store.count_in_view(query, EVERYWHERE, today),
        by_kind=store.count_by_kind(query, today),
        cards=cards.of_found(store, query, found, now),
    )


def at_place(store: Reader, place_id: str, now: datetime) -> tuple[PostCard, ...]:
    """The posts at a place that are still found, the next to take place first, what has no date last."""
    found = [post for post in store.posts_at(place_id) if (listing.last_day(post) or now.date()) >= now.date()]
    return tuple(sorted(cards.of_posts(store, found, now), key=_order))


def _order(card: PostCard) -> tuple[date, str, str]:
    dates = [item.starts.date() for item in (card.next, *card.off) if item]
    return min(dates, default=date.max), card.post.facts.title, card.post.id
