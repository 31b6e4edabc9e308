"""What takes place day by day, as public pages list it: each entry leads to its date's page or to its place or post."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from pages.parts import agenda_table
from pages.plain import cards
from pages.plain.records import by_id
from portal.cards import kind_of
from portal.schedules.holidays_jp import holiday_name
from portal.schedules.wording import describe
from portal.schedules.wording_times import short_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from pages.plain.here import Here
    from pages.plain.records import Named
    from pages.plain.ways import Ways
    from portal.agenda import Day
    from portal.model.kind import Kind
    from portal.model.place import Place
    from portal.model.post import Post
    from portal.store import Happening

OF_A_POST: Final = "post-"
SUNDAY, SATURDAY = 7, 6


class Entry(NamedTuple):
    """One thing that takes place on a day."""

    hour: str
    """``10:00``; empty where it is not known."""
    name: str
    japanese: bool
    """Whether the name is Japanese on a page in another language."""
    kind: str
    address: str
    off: bool
    sample: bool


class Listed(NamedTuple):
    """One day with its entries."""

    day: date
    number: str
    """``22``, ``12/1`` on the first of a month."""
    text: str
    holiday: str
    colour: str
    """``sun``, also for holidays, ``sat`` or nothing, as calendars in Japan have them."""
    weekday_colour: str
    """The same without holidays."""
    entries: Sequence[Entry]
    more: int
    """So many are not listed."""


@dataclass(frozen=True)
class Records:
    """What the entries of some days are of."""

    places: Mapping[str, Place]
    posts: Mapping[str, Post]
    kinds: Mapping[str, Kind]
    dated: frozenset[tuple[str, date]]
    """Record and day that have a page of their own in the static twin, too."""


def records(here: Here, code: str, days: Iterable[Day], dated: frozenset[tuple[str, date]]) -> Records:
    """The places, posts and kinds of the entries, each read once."""
    ids = sorted({item.id for day in days for item in day.happenings})
    return Records(
        {place.id: place for place in here.store.places([key for key in ids if not key.startswith(OF_A_POST)])},
        {post.id: post for post in here.store.posts(ids) if post.public},
        {kind.key: kind for kind in here.store.kinds(code)},
        dated,
    )


class Open(NamedTuple):
    """A place that is open on so many days that it is told once, with its rule, and not day by day."""

    record: Named
    when: str


def apart(days: Sequence[Day], most: int) -> tuple[list[Day], list[str]]:
    """The days without what is on more than ``most`` of them, and the ids of that; what is called off stays."""
    often = Counter(item.id for day in days for item in day.happenings if not item.cancelled)
    ids = [key for key, count in often.items() if count > most]
    kept = [
        replace(day, happenings=tuple(one for one in day.happenings if one.cancelled or one.id not in ids))
        for day in days
    ]
    return kept, ids


def often_open(here: Here, ways: Ways, ids: Sequence[str]) -> list[Open]:
    """What is on nearly every day, with its rule in words, by name."""
    tongue = ways.keys["lang"]
    found = {item.id: item.facts.schedule for item in (*here.store.places(ids), *here.store.posts(ids))}
    pairs = by_id(here, ways, ids).items()
    shown = [Open(one, describe(its, tongue, here.today)) for key, one in pairs if (its := found.get(key))]
    return sorted(shown, key=lambda one: (one.record.name, one.record.address))


def listed(ways: Ways, known: Records, days: Sequence[Day], budget: int) -> list[Listed]:
    """The days, with at most about ``budget`` entries on all of them together: of a full day the rarest stay."""
    often = Counter(item.id for day in days for item in day.happenings)
    most = _most([len(day.happenings) for day in days], budget)
    return [_listed(ways, known, day, agenda_table.rarest(day, often, most)) for day in days]


def _most(lengths: Sequence[int], budget: int) -> int:
    """So many a day that all days together hold no more than the budget; one at least."""
    most = max(lengths, default=1)
    while most > 1 and sum(min(length, most) for length in lengths) > budget:
        most -= 1
    return most


def _listed(ways: Ways, known: Records, day: Day, chosen: Sequence[int]) -> Listed:
    tongue = ways.keys["lang"]
    at = day.day
    of_week = {SUNDAY: "sun", SATURDAY: "sat"}.get(at.isoweekday(), "")
    entries = [_entry(ways, known, item, tongue) for item in (day.happenings[one] for one in chosen)]
    return Listed(
        at,
        f"{at.month}/{at.day}" if at.day == 1 else str(at.day),
        short_date(at, tongue),
        (holiday_name(at, tongue) or "") if day.holiday else "",
        "sun" if day.holiday else of_week,
        of_week,
        entries,
        len(day.happenings) - len(entries),
    )


def _entry(ways: Ways, known: Records, item: Happening, tongue: str) -> Entry:
    place = known.places.get(item.id)
    record = place or known.posts.get(item.id)
    name = cards.named(place, tongue) if place else item.name
    kind = kind_of(known.kinds, item.kind)
    return Entry(
        hour="" if item.starts_minute is None else f"{item.starts_minute // 60}:{item.starts_minute % 60:02d}",
        name=name,
        japanese=tongue != "ja" and name == item.name,
        kind=kind.en if tongue == "en" else kind.ja,
        address=_address(ways, known, item, "place" if place else "post"),
        off=item.cancelled,
        sample=record.sample if record else False,
    )


def _address(ways: Ways, known: Records, item: Happening, sort: str) -> str:
    if (item.id, item.day) in known.dated:
        return ways.to(f"{sort}_day", id=item.id, day=item.day.isoformat())
    return ways.to(sort, id=item.id)
