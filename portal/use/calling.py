"""Whom the office should turn to, and what came of the last time (声かけ)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from portal import freshness
from portal.use.counting import by_district
from portal.use.group_standing import GroupStanding, standings
from portal.use.published import Published, day_of, in_year, published, registered
from portal.use.reasons import RANK, Around, Reason, reasons
from portal.use.turning import Written, letter, note_outreach
from portal.use.years import fiscal_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.model.district import District
    from portal.model.outreach import Outreach
    from portal.store import Reader

__all__ = ["Call", "Followed", "Written", "calls", "followed", "letter", "note_outreach"]

LIMIT_DAYS: Final = 365
REST: Final = timedelta(days=30)
"""Whoever was turned to less long ago comes last: nobody is rung up twice while others wait."""
SPANS: Final = (30, 90)


@dataclass(frozen=True, slots=True)
class Followed:
    """One time that a group was turned to, and what came of it."""

    outreach: Outreach
    first: Published | None
    """The first post that went live on that day or later."""
    within: dict[int, bool | None]
    """By days, 30 and 90: whether something went live by then; None while it still may."""


@dataclass(frozen=True, slots=True)
class Call:
    """One group to turn to."""

    standing: GroupStanding
    reasons: tuple[Reason, ...]
    """At least one, the weightiest first."""
    last: Followed | None
    """The last time that it was turned to."""

    def rests(self, today: date) -> bool:
        """Whether it was turned to a short while ago."""
        day = day_of(self.last.outreach.at) if self.last else None
        return day is not None and day > today - REST


def calls(
    store: Reader, municipality: str, today: date, *, samples: bool = False, limit_days: int = LIMIT_DAYS
) -> list[Call]:
    """The registered groups for which something speaks, in the order in which to turn to them.

    Those that were turned to within 30 days come last; else by the weightiest reason, and of the same reason the one
    of which nothing was heard for longest. ``limit_days`` is how long a place stays verified.
    """
    items = published(store, municipality, today, samples=samples)
    around = _around(store, municipality, items, today, limit_days)
    turned = _last_turns(store.outreaches(municipality))
    found = []
    for standing in standings(registered(store, municipality, samples=samples), items):
        group = standing.group
        if its := reasons(standing, store.posts_of_group(group.id), around, today):
            last = turned.get(group.id)
            own = [one for one in items if one.post.group == group.id]
            found.append(Call(standing, its, followed(last, own, today) if last else None))
    return sorted(found, key=lambda call: _order(call, today))


def followed(outreach: Outreach, own: Sequence[Published], today: date) -> Followed:
    """What came of one time; ``own`` are the group's posts that went live, the first first."""
    day = day_of(outreach.at) or today
    first = next((one for one in own if one.day >= day), None)
    after = (first.day - day).days if first else None
    within = {
        span: True if after is not None and after <= span else False if today > day + timedelta(days=span) else None
        for span in SPANS
    }
    return Followed(outreach, first, within)


def _around(store: Reader, municipality: str, items: Sequence[Published], today: date, limit_days: int) -> Around:
    places = {place.id: place for place in store.places_of(municipality)}
    empty = _empty_districts(store, municipality, in_year(items, fiscal_year(today)), today)
    return Around(places, freshness.import_days(store), empty, limit_days)


def _empty_districts(store: Reader, municipality: str, items: Sequence[Published], today: date) -> dict[str, District]:
    """Of every layer the districts without a post, by id."""
    found = (by_district(store, items, municipality, layer.key, today) for layer in store.layers(municipality))
    return {district.id: district for one in found for district in one.silent}


def _last_turns(outreaches: Sequence[Outreach]) -> dict[str, Outreach]:
    """By group; ``outreaches`` are the newest first."""
    return {one.group: one for one in reversed(outreaches)}


def _order(call: Call, today: date) -> tuple[bool, int, date, str]:
    since = call.standing.since or date.min
    return call.rests(today), RANK[call.reasons[0].why], since, call.standing.group.id
