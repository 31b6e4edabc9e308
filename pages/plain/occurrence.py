"""One date (開催日) of a place or a post: that it takes place, was moved or is called off, and the dates around it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from pages.plain import dates
from portal.errors import UnknownThingError
from portal.schedules import one_day
from portal.schedules.occurrences import State
from portal.schedules.wording import describe_occurrence
from portal.schedules.wording_times import long_date
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from pages.plain.dates import Dated
    from pages.plain.ways import Ways
    from portal.model.schedule import Schedule
    from portal.schedules.occurrences import Occurrence
    from portal.schedules.one_day import OneDay


class Link(NamedTuple):
    """Another date, and its page."""

    text: str
    href: str


class Held(NamedTuple):
    """Something that takes place on the date, or is called off."""

    line: Dated
    moved_from: Link | None
    extra: bool


class Moved(NamedTuple):
    """Something that was moved from the date to another."""

    planned: str
    to: Link


class About(NamedTuple):
    """The date of a page, and what it is a date of."""

    name: str
    """``place_day`` or ``post_day``."""
    record: str
    schedule: Schedule
    day: date
    found: OneDay
    kept: Sequence[date]
    """The dates whose pages are files of the static twin, too."""


def about(name: str, keys: Mapping[str, str], schedule: Schedule | None, today: date) -> About:
    """The date that stands in an address; raises UnknownThingError for one on which there is nothing."""
    day = dates.read(keys["day"])
    found = one_day.one_day(schedule, day) if schedule else None
    if schedule is None or found is None or not (found.held or found.away):
        raise UnknownThingError("server.not_found_text")
    return About(name, keys["id"], schedule, day, found, dates.days(schedule, today))


def title(of: str, day: date, tongue: str) -> str:
    """「もちつき大会 2026年12月6日（日）」."""
    return say("plain_day.title", tongue, name=of, day=long_date(day, tongue))


def told(its: About, tongue: str, *, off: bool) -> list[str]:
    """What became of the date, for a list of results or a preview."""
    held = [dates.dated(one, tongue, off=off).text for one in its.found.held]
    moved = [say("plain_day.moved_to", tongue, day=_text(one.to, tongue)) for one in its.found.away]
    return [*held, *moved]


def values(ways: Ways, its: About, dated: Callable[[Occurrence], Dated]) -> dict[str, Any]:
    """What the template shows of the date."""
    tongue = ways.keys["lang"]
    return {
        "day": long_date(its.day, tongue),
        "past": its.day < ways.here.today,
        "held": [_held(ways, its, one, dated(one)) for one in its.found.held],
        "away": [
            Moved(_text(one.planned, tongue), Link(_text(one.to, tongue), _page(ways, its, one.to.starts.date())))
            for one in its.found.away
        ],
        "before": _link(ways, its, _before(its)),
        "after": _link(ways, its, _after(its)),
    }


def robots(its: About) -> str:
    """Search engines are told of the coming dates alone: a weekly salon has thousands of others."""
    return "" if its.day in its.kept else "noindex"


def happening(its: About) -> Sequence[Occurrence]:
    """What takes place on the date or was moved from it, as it is now."""
    return [*its.found.held, *(one.to for one in its.found.away)]


def _held(ways: Ways, its: About, one: Occurrence, line: Dated) -> Held:
    start = one.original if one.state is State.MOVED and one.original != its.day else None
    if start and not line.off:
        line = line._replace(text=_text(one, ways.keys["lang"]))
    return Held(line, _link(ways, its, start), one.state is State.EXTRA)


def _before(its: About) -> date | None:
    """The date before; of a coming date among the coming ones, for these alone are files of the static twin."""
    if its.day in its.kept:
        return max((day for day in its.kept if day < its.day), default=None)
    return one_day.before(its.schedule, its.day)


def _after(its: About) -> date | None:
    if its.day in its.kept:
        return min((day for day in its.kept if day > its.day), default=None)
    return one_day.after(its.schedule, its.day)


def _link(ways: Ways, its: About, day: date | None) -> Link | None:
    return Link(long_date(day, ways.keys["lang"]), _page(ways, its, day)) if day else None


def _page(ways: Ways, its: About, day: date) -> str:
    return ways.to(its.name, id=its.record, day=day.isoformat())


def _text(one: Occurrence, tongue: str) -> str:
    """A date and its time alone: what became of it is said beside it."""
    return describe_occurrence(replace(one, state=State.SCHEDULED), tongue, long=True)
