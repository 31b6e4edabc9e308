"""Places and posts are found together, narrowed down by the same filters."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from db import open_store
from portal.model.listing import Show
from portal.model.membership import Membership
from portal.model.place import Access, Audience
from portal.model.position import Point, Precision
from portal.query import Query, TimeOfDay, View
from portal.store import Happening, Occurring, Put, Spot
from tests.db.records import NOON, TODAY, TOWN, make_district, make_listing, make_place, marked

JAPAN = View(122, 20, 154, 46, 5)
DAY = timedelta(days=1)
HERE = {"position": Point(135.5, 34.7), "precision": Precision.BLOCK}


def found(store, **filters):
    """Ids of what the query finds, in order of name."""
    return sorted(one.place for one in store.find(Query(TOWN, **filters), TODAY, 100))


def test_places_and_posts_are_found_together_or_apart(store):
    """Without a switch all are found; a place of the kind event is a date, every other one a place."""
    shown = [make_listing(f"post-{show}", show=show, kind="news") for show in (Show.DATES, Show.WANTED, Show.NEWS)]
    store.apply(map(Put, [*shown, make_place("salon"), make_place("fair", kind="event")]))
    assert found(store) == ["fair", "post-dates", "post-news", "post-wanted", "salon"]
    assert found(store, show=Show.PLACES) == ["salon"]
    assert found(store, show=Show.DATES) == ["fair", "post-dates"]
    assert found(store, show=Show.WANTED) == ["post-wanted"]
    assert found(store, show=Show.NEWS) == ["post-news"]
    assert store.count_by_kind(Query(TOWN), TODAY) == {"event": 1, "ibasho": 1, "news": 3}


def test_a_post_is_found_by_its_kind_and_by_its_activity(store):
    """A salon's series is found among the series and among the salons; a place only by its kind."""
    store.apply([Put(make_listing(activity="ibasho")), Put(make_listing("post-2")), Put(make_place())])
    assert found(store, kinds=("ibasho",)) == ["p1", "post-1"]
    assert found(store, kinds=("series",)) == ["post-1", "post-2"]
    assert found(store, kinds=("", "nothing")) == []


def test_a_group_is_asked_for_its_posts_alone(store):
    """Neither another group's posts nor any place is among them, not even one that it runs by name."""
    store.apply([Put(make_listing()), Put(make_listing("post-2", group="g2")), Put(make_place(group="g1"))])
    assert found(store, group="g1") == ["post-1"]


def test_a_post_is_found_up_to_its_last_day(store):
    """On the last day it is still found, on the next it is not, by any question; what has none stays."""
    days = {"post-1": TODAY - DAY, "post-2": TODAY, "post-3": None}
    store.apply(Put(make_listing(post, last_day=day, **HERE)) for post, day in days.items())
    assert found(store) == ["post-2", "post-3"]
    assert store.count(Query(TOWN), datetime.combine(TODAY, NOON.time(), NOON.tzinfo)) == 2
    assert store.count_in_view(Query(TOWN), JAPAN, TODAY) == 2
    assert store.count_by_district(Query(TOWN), TODAY + DAY, "city") == {None: 1}


def test_posts_are_on_the_map_among_the_places(store):
    """A post with a position is a spot like a place, one without is counted and not drawn."""
    store.apply([Put(make_listing(sample=True, **HERE)), Put(make_place(lon=135.6)), Put(make_listing("post-2"))])
    assert store.spots(Query(TOWN), JAPAN, TODAY, 9) == [
        Spot("p1", 135.6, 34.65, "ibasho", "つどい p1", sample=False, precision="exact"),
        Spot("post-1", 135.5, 34.7, "series", "投稿 post-1", sample=True, precision="block"),
    ]
    assert sum(cluster.count for cluster in store.clusters(Query(TOWN), JAPAN, TODAY)) == 2
    assert store.count(Query(TOWN), TODAY) == 3


def test_posts_are_no_evacuation_sites(store):
    """Posts belong to daily life, and no hazard finds them."""
    store.apply([Put(make_listing())])
    assert found(store, evacuation=False) == ["post-1"]
    assert found(store, evacuation=True) == []
    assert found(store, hazard="flood") == []


def test_a_cancelled_date_is_no_date(store):
    """What is cancelled is neither found by its day nor the next date, yet stands in the calendar as cancelled."""
    store.apply([Put(make_listing()), Put(make_place())])
    laid = [Occurring("post-1", TODAY, 600, cancelled=True), Occurring("post-1", TODAY + DAY, 600)]
    store.lay_out([*laid, Occurring("p1", TODAY, None, cancelled=True)], TODAY, TODAY, None)
    assert found(store, day="today") == []
    assert found(store, day="tomorrow") == ["post-1"]
    assert {one.place: one.next_day for one in store.find(Query(TOWN), TODAY, 9)} == {
        "post-1": TODAY + DAY,
        "p1": None,
    }
    assert [(one.id, one.cancelled) for one in store.happening(Query(TOWN), TODAY, TODAY + DAY)] == [
        ("p1", True),
        ("post-1", True),
        ("post-1", False),
    ]


def test_the_calendar_is_ordered_and_bears_the_district(store):
    """By day, what has no hour first, then by hour, name and id; the district is that of the query's layer."""
    store.apply([Put(make_listing(last_day=TODAY - DAY)), Put(make_place()), Put(make_district("d1", "平尾"))])
    store.apply([Put(Membership("post-1", "elementary", "d1")), Put(marked(make_place("gone"), gone_on=TODAY))])
    laid = [("post-1", 1, 540), ("p1", 1, 540), ("p1", 1, None), ("gone", 0, 600), ("p1", 3, 600)]
    store.lay_out([Occurring(of, TODAY + days * DAY, minute) for of, days, minute in laid], TODAY, TODAY, None)
    query = Query(TOWN, layer="elementary")
    assert store.happening(query, TODAY, TODAY + 2 * DAY) == [
        Happening("p1", "つどい p1", "ibasho", TODAY + DAY, None, cancelled=False, district=None),
        Happening("p1", "つどい p1", "ibasho", TODAY + DAY, 540, cancelled=False, district=None),
        Happening("post-1", "投稿 post-1", "series", TODAY + DAY, 540, cancelled=False, district="平尾"),
    ]
    in_district = replace(query, districts=("d1",))
    assert [one.id for one in store.happening(in_district, TODAY, TODAY + 9 * DAY)] == ["post-1"]


def test_days_and_hours_are_those_of_the_occurrences(store):
    """A weekday is every one of the span, however long; a day or a part of the day leaves out the other dates."""
    store.apply([Put(make_place())])
    laid = [(0, 600), (1, 600), (1, 800), (70, 600), (71, 600)]
    store.lay_out([Occurring("p1", TODAY + days * DAY, minute) for days, minute in laid], TODAY, TODAY, None)

    def days(**filters):
        return [(one.day - TODAY).days for one in store.happening(Query(TOWN, **filters), TODAY, TODAY + 99 * DAY)]

    assert days() == [0, 1, 1, 70, 71]
    assert days(day="sun") == [0, 70]
    assert days(day="mon", time=TimeOfDay.AFTERNOON) == [1]
    assert days(day=(TODAY + DAY).isoformat()) == [1, 1]
    assert days(day="today") == [0]
    assert days(time=TimeOfDay.EVENING) == []


LISTINGS = st.builds(
    make_listing,
    kind=st.sampled_from(["series", "news"]),
    activity=st.sampled_from(["", "ibasho"]),
    show=st.sampled_from([Show.DATES, Show.WANTED, Show.NEWS]),
    group=st.sampled_from(["g1", "g2"]),
    municipality=st.sampled_from([TOWN, TOWN, "13103"]),
    search=st.sampled_from(["体操\nさろん", "将棋"]),
    position=st.none() | st.just(Point(135.5, 34.7)),
    audience=st.frozensets(st.sampled_from([Audience.EVERYONE, Audience.OLDER, Audience.PARENTS])),
    access=st.frozensets(st.sampled_from([Access.STEP_FREE, Access.WIFI])),
    free=st.booleans(),
    no_booking=st.booleans(),
    last_day=st.none() | st.sampled_from([TODAY - DAY, TODAY, TODAY + DAY]),
)
QUERIES = st.builds(
    Query,
    st.just(TOWN),
    kinds=st.sampled_from([(), (), ("ibasho",), ("series", "ibasho"), ("news",)]),
    audience=st.none() | st.just(Audience.OLDER),
    free=st.sampled_from([False, True]),
    no_booking=st.sampled_from([False, True]),
    step_free=st.sampled_from([False, True]),
    text=st.sampled_from(["", "", "サロン", "体操 将棋"]),
    show=st.none() | st.sampled_from(Show),
    group=st.sampled_from(["", "", "g1"]),
)


def wanted(query, listing):
    """Whether the query finds the post, in plain Python: the filters once more, to hold the SQL against."""
    return all(
        (
            listing.municipality == TOWN,
            not query.kinds or {listing.kind, listing.activity} & set(query.kinds),
            query.audience is None or {query.audience, Audience.EVERYONE} & listing.audience,
            not query.free or listing.free,
            not query.no_booking or listing.no_booking,
            not query.step_free or Access.STEP_FREE in listing.access,
            all(word in listing.search for word in query.words),
            query.show in (None, listing.show),
            query.group in ("", listing.group),
            listing.last_day is None or listing.last_day >= TODAY,
        )
    )


@settings(max_examples=15, deadline=None)
@given(st.lists(LISTINGS, max_size=10), st.lists(QUERIES, min_size=3, max_size=5))
def test_every_question_agrees_with_the_filters_of_posts(listings, queries):
    """List, counts, spots and clusters all answer for exactly the posts that the filters let through."""
    listings = [replace(listing, post=f"post-{number}") for number, listing in enumerate(listings)]
    store = open_store(":memory:")
    store.apply(map(Put, listings))
    for query in queries:
        hits = [listing for listing in listings if wanted(query, listing)]
        on_map = [listing.post for listing in hits if listing.position]
        assert sorted(one.place for one in store.find(query, TODAY, 99)) == sorted(one.post for one in hits)
        assert store.count(query, TODAY) == len(hits)
        assert sum(store.count_by_kind(query, TODAY).values()) == len(hits)
        assert store.count_in_view(query, JAPAN, TODAY) == len(on_map)
        assert [spot.id for spot in store.spots(query, JAPAN, TODAY, 99)] == sorted(on_map)
    store.close()
