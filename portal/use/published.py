"""What groups posted, and which groups there are: what every figure of the portal's use is made of.

A post counts from the day on which it first went live. What was cancelled, hidden or taken back later was posted all
the same and still counts: the office wants to know who writes, not only what stands there now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.clock import TOKYO
from portal.model.group import GroupState
from portal.use.years import fiscal_year

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from portal.model.group import Group
    from portal.model.post import Post
    from portal.store import Reader


@dataclass(frozen=True, slots=True)
class Published:
    """A post with the day, in Japan, on which it first went live."""

    post: Post
    day: date


def published(store: Reader, municipality: str, today: date, *, samples: bool = False) -> list[Published]:
    """Every post of a municipality that went live up to ``today``, the first first; of samples only where asked for.

    A post of a sample group is a sample, too.
    """
    invented = set() if samples else {group.id for group in store.groups(municipality) if group.sample}
    found = [
        Published(post, day)
        for post in store.posts_of(municipality)
        if (samples or not post.sample)
        and post.group not in invented
        and (day := day_of(post.live_at)) is not None
        and day <= today
    ]
    return sorted(found, key=lambda one: (one.day, one.post.id))


def registered(store: Reader, municipality: str, *, samples: bool = False) -> list[Group]:
    """The registered groups (登録団体) of a municipality: not applying, suspended or closed; by name."""
    return [
        group
        for group in store.groups(municipality)
        if group.state is GroupState.ACTIVE and (samples or not group.sample)
    ]


def in_year(items: Iterable[Published], year: int) -> list[Published]:
    """Those of one fiscal year."""
    return [one for one in items if fiscal_year(one.day) == year]


def day_of(moment: datetime | None) -> date | None:
    """The day of a moment in Japan."""
    return moment.astimezone(TOKYO).date() if moment else None
