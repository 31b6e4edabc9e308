"""What a post is found by follows the post, its place and its group."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from portal import laying_out, listing
from portal.model.group import Group
from portal.model.membership import Membership
from portal.model.place import Access, Audience, Booking, Contact, ContactKind, Fee
from portal.model.position import Precision
from portal.model.post import Post, PostFacts, PostKind, PostState, Where, WhereKind
from portal.model.schedule import Rule, Schedule
from portal.post_districts import memberships
from portal.query import HORIZON_DAYS, Query
from portal.store import Put
from tests import town

EVENING = datetime(2026, 11, 23, 23, 30)  # local time
GROUP = Group("g1", town.CODE, "みなも体操会", "体操をします", name_kana="ミナモタイソウカイ")
WEEKLY = Schedule(
    (Rule(datetime(2026, 11, 3, 10), 60, "FREQ=WEEKLY;BYDAY=TU"),), cancelled=frozenset({date(2026, 12, 1)})
)
LAYERS = ("city", "elementary", "junior_high")


def post(post_id="post-1", kind=PostKind.SERIES, state=PostState.LIVE, **facts):
    """A post of the group that went live at the town's now."""
    said = PostFacts(kind, **{"title": "朝の体操"} | facts)
    return Post(post_id, town.CODE, "g1", said, state, live_at=town.NOW, changed_at=town.NOW)


def keep(store, *posts):
    """Write the posts with what they are found by, and lay them out."""
    for one in posts:
        store.apply([Put(one), *listing.changes(store, one, town.TODAY)])
    laying_out.lay_out_posts(store, posts, town.TODAY)


def found(store, **filters):
    """Ids of what the query finds."""
    return sorted(one.place for one in store.find(Query(town.CODE, **filters), town.TODAY, 99))


def inside(store, post_id="post-1"):
    """The district of each layer that a post counts in."""
    return {one.layer: one.district and one.district.rpartition("-")[2] for one in store.memberships(post_id)}


AT_PLACE = Where(WhereKind.PLACE, place="p1", name="2階会議室")
PIN = Where(WhereKind.PIN, position=town.spot(1.5, 1.5), name="第一公園", address="みなも町1-2")
NAMED = Where(WhereKind.DISTRICT, district=f"{town.CODE}-elementary-東小")
OUTSIDE = dict.fromkeys(LAYERS)


@pytest.mark.parametrize(
    ("where", "districts"),
    [
        (AT_PLACE, {"city": "みなも町", "elementary": "西小", "junior_high": "南中"}),
        (PIN, {"city": "みなも町", "elementary": "北東小", "junior_high": "北中"}),
        (replace(PIN, position=town.spot(9, 9)), OUTSIDE),
        (NAMED, {**OUTSIDE, "elementary": "東小"}),
        (Where(WhereKind.DISTRICT, district="nobody"), OUTSIDE),
        (Where(WhereKind.PLACE, place="nobody"), OUTSIDE),
        (Where(WhereKind.ONLINE), OUTSIDE),
        (Where(), OUTSIDE),
    ],
)
def test_a_post_counts_where_it_is(store, where, districts):
    """In the districts of its place or pin, in the one district that it names, else outside of every layer."""
    store.apply([Put(town.place("p1"))])
    keep(store, post(where=where))
    assert inside(store) == districts
    assert found(store) == ["p1", "post-1"]


def test_a_listing_says_what_the_questions_need(store):
    """Position, audience, cost and the rest are those of the post, and of the place that it names."""
    store.apply([Put(town.place("p1", precision=Precision.BLOCK)), Put(GROUP)])
    facts = {"audience": frozenset({Audience.OLDER}), "access": frozenset({Access.STEP_FREE}), "fee": Fee.FREE}
    keep(store, post(where=AT_PLACE, booking=Booking.NOT_NEEDED, activity="elderly_salon", **facts))
    filters = {"audience": Audience.OLDER, "free": True, "no_booking": True, "step_free": True, "group": "g1"}
    assert found(store, kinds=("elderly_salon",), **filters) == ["post-1"]
    assert found(store, audience=Audience.PARENTS) == []
    (put, *_) = listing.changes(store, post(where=AT_PLACE), town.TODAY)
    assert put.record.position == town.spot(0.5, 0.5)
    assert put.record.precision is Precision.BLOCK


@pytest.mark.parametrize(
    "text", ["朝の体操", "ﾗｼﾞｵ", "みなも体操会", "みなもたいそうかい", "ひだまり", "鶴町", "会議室", "第2火曜", "車椅子"]
)
def test_words_are_looked_for_in_all_that_is_said(store, text):
    """Title, text, group, place, its address and the notes are searched, folded."""
    store.apply([Put(town.place("p1", address="みなも町鶴町1")), Put(GROUP)])
    keep(store, post(where=AT_PLACE, text="ラジオ体操", schedule_text="第２火曜", access_note="車椅子でどうぞ"))
    assert "post-1" in found(store, text=text)
    assert found(store, text=f"{text} 将棋") == []


def test_no_contact_is_searched(store):
    """A telephone number finds nothing, whether it is public or not."""
    contacts = tuple(Contact(ContactKind.PHONE, "000-1111", public=public) for public in (True, False))
    keep(store, post(contacts=contacts))
    assert found(store, text="000-1111") == []


def test_a_district_that_is_named_is_searched(store):
    """A post for one district is found by the district's name."""
    keep(store, post(where=NAMED))
    assert found(store, text="東小") == ["post-1"]


@pytest.mark.parametrize("state", [state for state in PostState if state not in (PostState.LIVE, PostState.CANCELLED)])
def test_what_not_everybody_sees_is_found_nowhere(store, state):
    """A post that is hidden, withdrawn or waiting leaves neither a listing, a membership nor a date."""
    keep(store, post(where=PIN, schedule=WEEKLY))
    assert found(store, day="tue") == ["post-1"]
    keep(store, post(where=PIN, schedule=WEEKLY, state=state))
    assert found(store) == []
    assert store.memberships("post-1") == []
    assert store.happening(Query(town.CODE), town.TODAY, town.TODAY + timedelta(days=60)) == []
    keep(store, post(where=PIN, schedule=WEEKLY))
    assert found(store, day="tue") == ["post-1"]


def test_posts_follow_their_place(store):
    """Where a place moves or is renamed, its posts are found at the new spot and by the new name, in one change."""
    store.apply([Put(town.place("p1")), Put(GROUP)])
    keep(store, post(where=AT_PLACE), post("post-2", where=PIN), post("post-3", where=AT_PLACE, state=PostState.DRAFT))
    moved = town.place("p1", "こもれび館", 1.5, 0.5)
    store.apply([Put(moved), *listing.follow_place(store, moved, town.TODAY)])
    assert inside(store) == {"city": "みなも町", "elementary": "東小", "junior_high": "南中"}
    assert found(store, text="こもれび") == ["p1", "post-1"]
    assert found(store, text="ひだまり") == []
    assert found(store, text="みなも体操会") == ["post-1", "post-2"]


def test_posts_follow_their_group(store):
    """Where a group is renamed, its public posts are found by the new name."""
    store.apply([Put(GROUP)])
    keep(store, post(), post("post-2", state=PostState.HIDDEN))
    renamed = replace(GROUP, name="うみかぜ会", name_kana="")
    store.apply([Put(renamed), *listing.follow_group(store, renamed, town.TODAY)])
    assert found(store, text="うみかぜ") == ["post-1"]
    assert found(store, text="みなも体操会") == []


def test_posts_follow_districts_that_are_about_to_come(store):
    """Memberships can be made against the outlines that are being written, for all posts at once."""
    coming = {"elementary": [town.district("新しい小", town.square(0, 0, 2, 2))]}
    posts = [post(where=PIN), post("post-2", where=NAMED), post("post-3")]
    found_in = [item for item in memberships(store, posts, town.TODAY, coming) if item.layer == "elementary"]
    assert found_in == [
        Membership("post-1", "elementary", f"{town.CODE}-elementary-新しい小"),
        Membership("post-2", "elementary", None),
        Membership("post-3", "elementary", None),
    ]


NOW_DAY = town.TODAY
ONE_NIGHT = Schedule((Rule(EVENING, 60),))
FOUR_TIMES = Schedule((Rule(datetime(2026, 11, 24, 10), 60, "FREQ=WEEKLY;COUNT=4"),))
CUT_SHORT = replace(WEEKLY, until=date(2026, 12, 12))
ALL_CANCELLED = replace(
    FOUR_TIMES, cancelled=frozenset(date(2026, 11, 24) + timedelta(weeks=week) for week in range(4))
)
MOVED_ON = replace(ONE_NIGHT, moved=((date(2026, 11, 23), datetime(2027, 2, 3, 10)),))
NEVER = Schedule(
    (Rule(datetime(2026, 11, 24), None, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20351231", timed=False),)
)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (ONE_NIGHT, date(2026, 11, 24)),
        (Schedule((Rule(datetime(2026, 11, 23, 23), 60),)), date(2026, 11, 23)),
        (FOUR_TIMES, date(2026, 12, 15)),
        (CUT_SHORT, date(2026, 12, 8)),
        (ALL_CANCELLED, date(2026, 12, 15)),
        (MOVED_ON, date(2027, 2, 3)),
        (replace(ONE_NIGHT, extra=(datetime(2028, 1, 1, 9),)), date(2028, 1, 1)),
        (WEEKLY, None),
        (NEVER, NOW_DAY + timedelta(days=listing.UNDATED_DAYS)),
        (None, NOW_DAY + timedelta(days=listing.UNDATED_DAYS)),
    ],
)
def test_a_dated_post_is_found_up_to_its_last_date(schedule, expected):
    """The end of the last occurrence counts, cancelled or moved; a rule without end is found for ever."""
    assert listing.last_day(post(schedule=schedule)) == expected
    assert listing.last_day(post(schedule=schedule, state=PostState.CANCELLED)) == expected
    assert listing.last_day(post(kind=PostKind.VOLUNTEERS, schedule=schedule)) == expected


@pytest.mark.parametrize("kind", [PostKind.NEWS, PostKind.REPORT])
def test_news_grow_old(kind):
    """News and reports are found for ninety days from the day that they went live, whatever dates they name."""
    assert listing.last_day(post(kind=kind)) == NOW_DAY + timedelta(days=90)
    assert listing.last_day(post(kind=kind, schedule=WEEKLY)) == NOW_DAY + timedelta(days=90)


def test_what_has_no_date_grows_old_from_its_last_change():
    """Somebody who changes an undated call for help keeps it found."""
    changed = replace(post(kind=PostKind.HELP_WANTED), changed_at=town.NOW + timedelta(days=30))
    assert listing.last_day(changed) == NOW_DAY + timedelta(days=30 + listing.UNDATED_DAYS)


def test_cancelled_dates_are_laid_out_as_such(store):
    """One cancelled date of a post or a place stands as cancelled; of a cancelled post every date does."""
    place = town.place("p1", schedule=WEEKLY)
    store.apply([Put(place)])
    keep(store, post(schedule=WEEKLY), post("post-2", schedule=WEEKLY, state=PostState.CANCELLED))
    last = town.TODAY + timedelta(days=HORIZON_DAYS)
    for again in (False, True):
        if again:
            laying_out.lay_out_all(store, town.TODAY)
        else:
            laying_out.lay_out(store, [place], town.TODAY)
        seen = store.happening(Query(town.CODE), town.TODAY, last)
        cancelled = {(one.id, one.day) for one in seen if one.cancelled and one.id != "post-2"}
        assert cancelled == {("p1", date(2026, 12, 1)), ("post-1", date(2026, 12, 1))}
        assert {one.cancelled for one in seen if one.id == "post-2"} == {True}
        assert sum(one.id == "p1" for one in seen) == 9
        assert found(store, day="2026-12-08") == ["p1", "post-1"]
        assert found(store, day="2026-12-01") == []
