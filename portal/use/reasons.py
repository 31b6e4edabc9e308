"""Why the office should turn to a group: what is seen of it, each with the figures that say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from portal import freshness
from portal.model.post import PostState
from portal.next_steps import is_returned
from portal.use.group_standing import SPANS, GroupStanding
from portal.use.published import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from portal.model.district import District
    from portal.model.place import Place
    from portal.model.post import Post

LEFT_AFTER: Final = timedelta(days=30)
"""What was begun or handed back and not touched for so long is taken for left."""
NEW_FOR: Final = timedelta(days=30)
"""A group that registered less long ago is given time to begin."""


class Why(StrEnum):
    """Reasons, the weightiest first; kept with :class:`portal.model.outreach.Outreach`."""

    NEVER_POSTED = "never_posted"
    SILENT_12 = "silent_12"
    SILENT_6 = "silent_6"
    SILENT_3 = "silent_3"
    RETURNED = "returned"  # handed back, and not handed in again
    DRAFT_LEFT = "draft_left"  # begun, and left
    PLACE_LATE = "place_late"  # nobody made sure of its place for too long
    DISTRICT_EMPTY = "district_empty"  # nothing came from its district this year
    OTHER = "other"  # staff had a reason of their own


RANK: Final = {why: number for number, why in enumerate(Why)}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with its figures, for the phrase ``outreach.reason_<why>``."""

    why: Why
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known beside a group: of the places and districts of its municipality."""

    places: Mapping[str, Place]
    imported: Mapping[str, date]
    """The day of each import by its id."""
    empty: Mapping[str, District]
    """The districts from which nothing came this fiscal year, by id."""
    limit_days: int
    """So long a place stays verified."""


def reasons(standing: GroupStanding, posts: Sequence[Post], around: Around, today: date) -> tuple[Reason, ...]:
    """Everything that speaks for turning to a group, the weightiest first; empty where nothing does."""
    return (
        *_silent(standing, today),
        *_left(posts, today),
        *_places(standing, around, today),
        *_district(standing, around),
    )


def _silent(standing: GroupStanding, today: date) -> Iterator[Reason]:
    if standing.last is None:
        if standing.since is None or standing.since <= today - NEW_FOR:
            yield Reason(Why.NEVER_POSTED, {"days": (today - standing.since).days} if standing.since else {})
        return
    for months in sorted(SPANS, reverse=True):
        if standing.silent_for(months, today):
            yield Reason(Why(f"silent_{months}"), {"title": standing.last.post.facts.title, "day": standing.last.day})
            return


def _left(posts: Sequence[Post], today: date) -> Iterator[Reason]:
    """The one that was touched last of those handed back, and of the drafts."""
    left = [post for post in posts if (day := day_of(post.changed_at or post.made_at)) and day <= today - LEFT_AFTER]
    returned = [post for post in left if is_returned(post)]
    drafts = [post for post in left if post.state is PostState.DRAFT]
    for why, found in ((Why.RETURNED, returned), (Why.DRAFT_LEFT, drafts)):
        if found:
            day = day_of(found[0].changed_at or found[0].made_at)
            yield Reason(why, {"title": found[0].facts.title, "day": day, "count": len(found)})


def _places(standing: GroupStanding, around: Around, today: date) -> Iterator[Reason]:
    late = [
        place
        for place_id in standing.group.places
        if (place := around.places.get(place_id)) is not None
        and freshness.is_asked(place)
        and freshness.past_limit(place, around.imported, today, around.limit_days)
    ]
    if late:
        yield Reason(Why.PLACE_LATE, {"name": late[0].facts.name, "count": len(late)})


def _district(standing: GroupStanding, around: Around) -> Iterator[Reason]:
    district = around.empty.get(standing.group.district)
    if district is not None:
        yield Reason(Why.DISTRICT_EMPTY, {"name": district.name})
