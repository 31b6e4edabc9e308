"""What is on, as the front of a district's sheet lists it: the regular things with their rule, then date by date."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from pages.plain import cards, happenings, sheet_fit
from pages.plain.sheet_fit import MARK
from pages.plain.sheet_rows import Row
from portal import agenda
from portal.model.place import Booking, Fee
from portal.model.post import HELP, PostState, WhereKind
from portal.schedules import one_day
from portal.schedules.holidays_jp import holiday_name
from portal.schedules.wording import describe
from portal.schedules.wording_times import short_date, time_span
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pages.plain.here import Here
    from pages.plain.sheet_fit import Paper
    from pages.plain.ways import Ways
    from portal.agenda import Day
    from portal.model.municipality import Municipality
    from portal.model.place import Place
    from portal.model.post import Post, Where
    from portal.query import Query
    from portal.store import Happening

AHEAD_DAYS: Final = 28
"""The sheet goes to the end of the month, and at least so far."""
OFTEN: Final = (11, 3)
"""What is on more often is told once, with its rule; where that is too much for the paper, the second holds."""
REGULAR: Final = 0.45
"""Of the room, at most, for what is told once where there is more than fits."""
MOST: Final = 60
"""So many are looked at closely: more than have room on any paper."""
RULE_LINES: Final = 6
NUMBER: Final = 2.1
"""Width of the number on the map."""


class Dates(NamedTuple):
    """What is on from the first day to the last."""

    first: date
    last: date
    regular: Sequence[Row]
    dated: Sequence[Row]
    more: int
    """So many are on that the paper has no room for."""
    complete: bool
    """Whether everything was looked through."""
    ids: frozenset[str]
    """Of what is told, and of where it is."""


class Found(NamedTuple):
    """What is on, the regular things by the first of their dates."""

    regular: Sequence[Happening]
    dated: Sequence[Happening]


class Records(NamedTuple):
    """What the rows are of, and where posts are."""

    places: Mapping[str, Place]
    posts: Mapping[str, Post]
    pins: Mapping[Where, str]
    """Each point with the first of the posts that are there: it has one number, whatever is on."""
    town: Municipality


def dates(here: Here, ways: Ways, town: Municipality, query: Query, paper: Paper) -> Dates:
    """What the query finds, as much as the paper has room for: the regular, then the soonest."""
    first, last = span(here.today)
    coming = agenda.coming(here.store, query, (last - first).days + 1, here.now)
    known = _records(here, town, coming.days)
    for often in OFTEN:
        found = _found(coming.days, often)
        regular = [_cut(_regular(here, ways, known, item), paper) for item in found.regular[:MOST]]
        dated = [_cut(_dated(ways, known, item), paper) for item in found.dated[:MOST]]
        if _height(regular, paper) + _height(dated, paper) <= paper.dates:
            break
    once, single = _fitting(regular, dated, paper)
    more = len(found.regular) + len(found.dated) - len(once) - len(single)
    ids = frozenset({key for row in (*once, *single) for key in (row.id, row.spot) if key})
    return Dates(first, last, once, single, more, coming.complete, ids)


def span(today: date) -> tuple[date, date]:
    """From today to the end of the month, and at least four weeks."""
    next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return today, max(next_month - timedelta(days=1), today + timedelta(days=AHEAD_DAYS - 1))


def _fitting(regular: Sequence[Row], dated: Sequence[Row], paper: Paper) -> tuple[list[Row], list[Row]]:
    """Both where there is room; else of the regular at most their part, and the soonest in the rest."""

    def height(row: Row) -> float:
        return _lines(row, paper) * paper.line + paper.gap

    room = paper.dates - paper.table if regular else paper.dates
    once = sheet_fit.first(regular, max(room - _height(dated, paper), paper.dates * REGULAR), height)
    room -= sum(map(height, once)) + paper.table
    return once, sheet_fit.first(dated, room, height)


def _height(rows: Sequence[Row], paper: Paper) -> float:
    """Millimetres that a table of the rows takes."""
    return sum(_lines(row, paper) * paper.line + paper.gap for row in rows) + (paper.table if rows else 0)


def _lines(row: Row, paper: Paper) -> int:
    what = sheet_fit.lines(row.name, paper.what, MARK * (row.off + row.sample))
    where = sheet_fit.lines(row.where, paper.where, before=NUMBER if row.spot else 0)
    return max(_when(row, paper), what, where, sheet_fit.lines(row.cost, paper.cost))


def _when(row: Row, paper: Paper) -> int:
    """In large type the time stands below the date, else beside it."""
    if not row.time:
        return sheet_fit.lines(row.date, paper.rule)
    date, time = sheet_fit.lines(row.date, paper.date), sheet_fit.lines(row.time, paper.time)
    return date + time if paper.large else max(date, time)


def _cut(row: Row, paper: Paper) -> Row:
    """The row with no cell of it longer than paper has room for; what is cut can be read on the record's page."""
    row = sheet_fit.named(row, paper.what, paper.names, MARK * row.off)
    return row._replace(
        date=sheet_fit.cut(row.date, paper.rule, RULE_LINES),
        where=sheet_fit.cut(row.where, paper.where, paper.names, before=NUMBER if row.spot else 0),
    )


def _records(here: Here, town: Municipality, days: Sequence[Day]) -> Records:
    """Everything that the rows may be of, read once."""
    ids = sorted({item.id for day in days for item in day.happenings})
    posts = {post.id: post for post in here.store.posts(ids) if post.public}
    named = [post.facts.where.place for post in posts.values() if post.facts.where.kind is WhereKind.PLACE]
    places = {place.id: place for place in here.store.places([*ids, *named]) if place.gone_on is None}
    pins: dict[Where, str] = {}
    for post in posts.values():
        if post.facts.where.kind is WhereKind.PIN and post.facts.kind not in HELP:
            pins.setdefault(post.facts.where, post.id)
    return Records(places, posts, pins, town)


def _found(days: Sequence[Day], often: int) -> Found:
    """Apart what is on more often than that, the most frequent first; the rest by date and hour."""
    single, ids = happenings.apart(days, often)
    begins = {item.id: item for day in reversed(days) for item in reversed(day.happenings) if not item.cancelled}
    count = Counter(item.id for day in days for item in day.happenings)
    regular = [begins[key] for key in sorted(ids, key=lambda key: -count[key])]
    return Found(regular, [item for day in single for item in day.happenings])


def _regular(here: Here, ways: Ways, known: Records, item: Happening) -> Row:
    record = known.places.get(item.id) or known.posts.get(item.id)
    schedule = record.facts.schedule if record else None
    rule = describe(schedule, ways.keys["lang"], here.today) if schedule else ""
    return _dated(ways, known, item)._replace(date=rule, red=False, time="", off=False)


def _dated(ways: Ways, known: Records, item: Happening) -> Row:
    tongue = ways.keys["lang"]
    place, post = known.places.get(item.id), known.posts.get(item.id)
    record = place or post
    name = cards.named(place, tongue) if place else item.name
    where, spot = _where(known, place, post, tongue)
    cancelled = item.cancelled or (post is not None and post.state is PostState.CANCELLED)
    return Row(
        id=item.id,
        date=short_date(item.day, tongue),
        red=item.day.isoweekday() == happenings.SUNDAY or bool(holiday_name(item.day)),
        time=_time(record, item, tongue),
        name=name,
        japanese=tongue != "ja" and name == item.name,
        address=ways.to("place" if place else "post", id=item.id),
        off=cancelled,
        sample=record.sample if record else False,
        where=where,
        spot=spot,
        cost=_cost(record, tongue),
    )


def _time(record: Place | Post | None, item: Happening, tongue: str) -> str:
    """From when to when; the hour alone where no end is known."""
    if item.starts_minute is None:
        return say("plain_sheet.hour_unknown", tongue)
    schedule = record.facts.schedule if record else None
    held = one_day.one_day(schedule, item.day).held if schedule else ()
    for one in held:
        if one.timed and one.starts.hour * 60 + one.starts.minute == item.starts_minute:
            minutes = int((one.ends - one.starts).total_seconds() // 60) if one.ends else None
            return time_span(one.starts, minutes, tongue)
    return f"{item.starts_minute // 60}:{item.starts_minute % 60:02d}"


def _where(known: Records, place: Place | None, post: Post | None, tongue: str) -> tuple[str, str]:
    """Where it is in words, and what of it is on the map; a spot of help between residents is told to nobody."""
    if place:
        return sheet_fit.within(place.facts.address, known.town), place.id
    if post is None:
        return "", ""
    where = post.facts.where
    if its := known.places.get(where.place):
        return " ".join(filter(None, (cards.named(its, tongue), where.name))), its.id
    if where.kind is WhereKind.ONLINE:
        return say("card.online", tongue), ""
    if post.facts.kind in HELP:
        return "", ""
    return where.name or sheet_fit.within(where.address, known.town), known.pins.get(where, "")


def _cost(record: Place | Post | None, tongue: str) -> str:
    """What it costs and whether one has to book; nothing where nobody has said."""
    if record is None:
        return ""
    fee, booking = record.facts.fee, record.facts.booking
    told = [
        "" if fee is Fee.UNKNOWN else say(f"plain_sheet.fee_{fee}", tongue),
        "" if booking is Booking.UNKNOWN else say(f"plain_sheet.booking_{booking}", tongue),
    ]
    return say("plain_sheet.comma", tongue).join(filter(None, told))
