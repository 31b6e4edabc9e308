"""A town whose places lie in districts and whose groups hold events, kept by the portal and as tables of SQLite."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import shapely

from db import open_store
from portal import clock, listing
from portal.assigning import memberships
from portal.laying_out import lay_out_all
from portal.model.district import District
from portal.model.group import Group, GroupState
from portal.model.place import Fee
from portal.model.position import Point
from portal.model.post import Post, PostFacts, PostKind, PostState, Where, WhereKind
from portal.model.schedule import Rule, Schedule
from portal.model.source import Source
from portal.store import Put
from tests.bench import made_places
from tests.bench.made_places import FILE, JOURNAL, TOWN, WARD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from portal.model.place import Place
    from portal.store import Store

LAYER: Final = "elementary"
OF_A_GROUP: Final = 100
AT_A_TIME: Final = 500
DAYS: Final = 56
"""The events begin on one of so many days."""
RULES: Final = ("", "FREQ=WEEKLY;BYDAY={day}", "", "FREQ=MONTHLY;BYDAY=2{day}")
"""In turn: half of them on one date, half of them again and again."""
NAMES_OF_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TEXT: Final = (
    "どなたでも参加できます。飲み物をお持ちください。雨の日は集会所で行います。くわしくは会までお問い合わせください。"
)
PLACE: Final = "id TEXT PRIMARY KEY, name TEXT, kind TEXT, address TEXT, lon REAL, lat REAL, free INTEGER"
EVENT: Final = (
    "id TEXT PRIMARY KEY, title TEXT, text TEXT, held_by TEXT, start TEXT, minutes INTEGER, rrule TEXT, venue TEXT, "
    "lon REAL, lat REAL, posted TEXT"
)


@dataclass(frozen=True, slots=True)
class Size:
    """How many places and events."""

    places: int
    events: int
    side: int = 4
    """So many districts from west to east, and from south to north."""


def settle(home: Path, size: Size) -> None:
    """A store in ``home`` with the town, its districts, places, groups and events."""
    made_places.settle(home, WARD, size.places)
    store = open_store(f"duckdb://{home / FILE}", home / JOURNAL)
    try:
        today = clock.today()
        store.apply(map(Put, _districts(size.side)))
        places = store.places_of(TOWN)
        store.apply(map(Put, memberships(store, places, today)))
        store.apply(map(Put, _groups(size)))
        _post(store, list(events(size)))
        lay_out_all(store, today)
    finally:
        store.close()


def table(file: Path, size: Size) -> Path:
    """The same as two tables with indexes on what is asked for."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"CREATE TABLE place ({PLACE})")
        connection.execute(f"CREATE TABLE event ({EVENT})")
        connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?)", map(_row_of_place, _places(size)))
        connection.executemany("INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?,?,?)", map(_row_of_event, events(size)))
        for column in ("place (lon)", "place (lat)", "event (posted)"):
            connection.execute(f"CREATE INDEX i_{column[:5]}_{column[7:-1]} ON {column}")
        connection.execute("ANALYZE")
    return file


def event_id(number: int) -> str:
    """The id of an event."""
    return f"post-{number:016x}"


def events(size: Size) -> Iterator[Post]:
    """The events, each in the name of a group and at a spot of its own."""
    posted = datetime.combine(clock.today() - timedelta(days=1), time(9), clock.TOKYO)
    for number, (lon, lat) in enumerate(WARD.positions(size.events).tolist()):
        day = clock.today() + timedelta(days=1 + number % DAYS)
        rule = RULES[number % len(RULES)].format(day=NAMES_OF_DAYS[day.weekday()])
        facts = PostFacts(
            PostKind.SERIES if rule else PostKind.EVENT,
            f"{made_places.name(number)}の集まり",
            TEXT,
            schedule=Schedule(
                (Rule(datetime.combine(day, time(9 + number % 9)), 90, rule or None),)
            ),  # local, as rules are
            where=Where(WhereKind.PIN, position=Point(lon, lat), name=f"第{number % 50}集会所"),
        )
        at = posted - timedelta(seconds=number)
        yield Post(event_id(number), TOWN, _group_id(number), facts, PostState.LIVE, made_at=at, live_at=at)


def _post(store: Store, posts: Sequence[Post]) -> None:
    for first in range(0, len(posts), AT_A_TIME):
        some = posts[first : first + AT_A_TIME]
        found_by = (change for post in some for change in listing.changes(store, post, clock.today()))
        store.apply([*map(Put, some), *found_by])


def _group_id(number: int) -> str:
    return f"group-{number // OF_A_GROUP}"


def _groups(size: Size) -> Iterator[Group]:
    for number in range(0, size.events, OF_A_GROUP):
        name = f"第{number // OF_A_GROUP}ひだまりの会"
        yield Group(_group_id(number), TOWN, state=GroupState.ACTIVE, name=name, about=TEXT)


def _districts(side: int) -> Iterator[District]:
    """The ward as a chessboard."""
    width, height = (WARD.east - WARD.west) / side, (WARD.north - WARD.south) / side
    for number in range(side * side):
        west, south = WARD.west + number % side * width, WARD.south + number // side * height
        area = shapely.box(west, south, west + width, south + height)
        yield District(f"{TOWN}-{LAYER}-{number}", TOWN, LAYER, f"架空第{number}小", area, Source("架空の小学校区"))


def _places(size: Size) -> Iterator[Place]:
    return made_places.places(WARD, size.places)


def _row_of_place(place: Place) -> tuple[object, ...]:
    facts = place.facts
    spot = (facts.position.lon, facts.position.lat) if facts.position else (None, None)
    return place.id, facts.name, facts.kind, facts.address, *spot, facts.fee is Fee.FREE


def _row_of_event(post: Post) -> tuple[object, ...]:
    facts, where = post.facts, post.facts.where
    rule = facts.schedule.rules[0] if facts.schedule else None
    when = (rule.start.isoformat(), rule.minutes, rule.rrule) if rule else (None, None, None)
    spot = (where.position.lon, where.position.lat) if where.position else (None, None)
    posted = post.live_at.isoformat() if post.live_at else None
    return post.id, facts.title, facts.text, post.group, *when, where.name, *spot, posted
