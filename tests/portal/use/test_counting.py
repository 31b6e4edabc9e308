"""What is posted, by whom and where, in the invented town."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal import moderation, posting
from portal.model.group import GroupState
from portal.model.indicator import Indicator, Measure
from portal.model.post import Outside, PostKind, PostState, Where, WhereKind
from portal.model.report_note import POST, ErrorNote
from portal.model.usage import UsageCount, Use
from portal.store import Put
from portal.use.approval import time_to_decision
from portal.use.counting import by_district, by_kind, by_month, by_year, local, looked_at
from portal.use.group_standing import counted, standings
from portal.use.participation import participation
from portal.use.published import in_year, published, registered
from portal.use.summary import as_json, summary
from portal.use.years import Month, fiscal_year, last_day, months_before, months_of
from tests import town
from tests.portal import people
from tests.portal.people import MEMBER, NOW, STAFF
from tests.portal.use.town_of_posts import moment, posted
from tests.town import CODE, TODAY


@pytest.fixture
def desk(store):
    """The town with its two groups, registered two years ago."""
    people.settle(store)
    since = moment(date(2024, 11, 1))
    store.apply([Put(replace(group, decided_at=since)) for group in store.groups(CODE)], people.SAID)
    return store


def test_fiscal_years_begin_in_april():
    """31 March is of the year before, a year begins in April, and three months before 31 May is the end of February."""
    assert (fiscal_year(date(2026, 3, 31)), fiscal_year(date(2026, 4, 1))) == (2025, 2026)
    assert (months_of(2026)[0], months_of(2026)[-1], last_day(2026)) == (Month(2026, 4), (2027, 3), date(2027, 3, 31))
    assert months_before(date(2026, 5, 31), 3) == date(2026, 2, 28)


def test_a_post_counts_from_its_first_day_whatever_became_of_it(desk):
    """What was hidden or taken back was posted all the same; a draft, and what comes later than today, was not."""
    posted(desk, date(2026, 4, 1))
    posted(desk, date(2026, 11, 22), state=PostState.HIDDEN)
    posted(desk, date(2026, 3, 31), state=PostState.WITHDRAWN)
    posted(desk, TODAY + timedelta(days=1))
    people.kept(desk)
    found = published(desk, CODE, TODAY)
    assert by_year(found) == {2025: 1, 2026: 2}
    assert [count for count in by_month(found, 2026).values() if count] == [1, 1]
    assert by_month(found, 2026)[Month(2026, 4)] == 1


def test_samples_count_only_where_asked_for(desk):
    """Neither a sample post nor one of a sample group counts, and a sample group is no registered one."""
    desk.apply([Put(people.group("mihon", sample=True))], people.SAID)
    posted(desk, TODAY, group="mihon")
    people.put(desk, replace(posted(desk, TODAY), outside=Outside("sample")))
    assert (published(desk, CODE, TODAY), len(registered(desk, CODE))) == ([], 2)
    assert len(published(desk, CODE, TODAY, samples=True)) == 2
    assert len(registered(desk, CODE, samples=True)) == 3


def test_sums_over_districts_and_outside_are_the_total(desk):
    """A pin in each of two districts, one in a district by name, one online, one beyond the town: none is lost."""
    posted(desk, TODAY, where=people.pin(0.5, 0.5))
    posted(desk, TODAY, where=people.pin(1.5, 0.5), state=PostState.WITHDRAWN)
    posted(desk, TODAY, where=Where(WhereKind.DISTRICT, district="99901-elementary-西小"))
    posted(desk, TODAY, where=Where(WhereKind.ONLINE))
    posted(desk, TODAY, where=people.pin(9, 9))
    items = published(desk, CODE, TODAY)
    found = by_district(desk, items, CODE, "elementary", TODAY)
    assert {district.name: count for district, count in found.counts} == {
        "西小": 2,
        "東小": 1,
        "北西小": 0,
        "北東小": 0,
    }
    assert found.outside == 2
    assert {district.name for district in found.silent} == {"北西小", "北東小"}
    for layer in ("city", "junior_high"):
        other = by_district(desk, items, CODE, layer, TODAY)
        assert sum(count for _, count in other.counts) + other.outside == len(items)


def test_local_is_what_happens_in_the_town(desk):
    """An event or a report in the town is local; news, what is online, and a pin beyond the town are the rest."""
    desk.apply([Put(town.place("hall"))], people.SAID)
    near = [
        posted(desk, TODAY, where=people.pin()),
        posted(desk, TODAY, kind=PostKind.REPORT, schedule=None, where=Where(WhereKind.PLACE, place="hall")),
    ]
    posted(desk, TODAY, kind=PostKind.NEWS, schedule=None, where=people.pin())
    posted(desk, TODAY, where=Where(WhereKind.ONLINE))
    posted(desk, TODAY, where=people.pin(9, 9))
    items = published(desk, CODE, TODAY)
    assert {one.post.id for one in local(desk, items, CODE, TODAY)} == {post.id for post in near}
    assert by_kind(items)[PostKind.EVENT] == 3


def test_silence_is_counted_from_the_last_post_or_the_registration(desk):
    """One active, one silent for six months, one registered a year ago and never heard of, one new, one closed."""
    posted(desk, date(2026, 8, 23))
    posted(desk, date(2026, 5, 22), group="tonari")
    new = people.group("new", decided_at=moment(date(2026, 11, 1)))
    never = people.group("never", decided_at=moment(date(2025, 11, 22)))
    desk.apply([Put(new), Put(never), Put(people.group("gone", state=GroupState.CLOSED))], people.SAID)
    items = published(desk, CODE, TODAY)
    found = counted(standings(registered(desk, CODE), items), TODAY)
    assert (found.registered, found.active, found.never) == (4, 1, 2)
    assert found.silent == {3: 2, 6: 2, 12: 1}


def test_the_time_to_a_decision_is_counted_each_time(desk):
    """Handed in and returned after a day, again and approved after three: two decisions, two days in the middle."""
    post = posting.create(desk, MEMBER, "group-hidamari", people.facts(), NOW)
    posting.submit(desk, MEMBER, post.id, NOW)
    number = desk.post(post.id).number
    moderation.return_(desk, STAFF, post.id, number, "日付がありません", people.later(days=1))
    posting.submit(desk, MEMBER, post.id, people.later(days=10))
    moderation.approve(desk, STAFF, post.id, desk.post(post.id).number, "", people.later(days=13))
    found = time_to_decision(desk, CODE, 2026, TODAY + timedelta(days=30))
    assert (found.decisions, found.median) == (2, timedelta(days=2))
    assert found.most == timedelta(days=2.8)
    assert time_to_decision(desk, CODE, 2026, TODAY + timedelta(days=5)).decisions == 1
    assert time_to_decision(desk, CODE, 2025, TODAY).median is None


def test_looks_and_reports_are_summed_within_the_year(desk):
    """Views of a post this year count, those of the last year do not; a report of another town's place does not."""
    post = posted(desk, TODAY)
    desk.apply(
        [
            Put(UsageCount(post.id, TODAY, Use.VIEWED, 5)),
            Put(UsageCount(post.id, date(2026, 3, 31), Use.VIEWED, 50)),
            Put(UsageCount(post.id, TODAY, Use.CALENDAR, 2)),
            Put(ErrorNote("n1", post.id, "wrong", "日が違う", NOW, POST)),
            Put(ErrorNote("n2", "elsewhere", "wrong", "", NOW)),
        ],
        people.SAID,
    )
    found = looked_at(desk, CODE, 2026, TODAY)
    assert (found.posts[Use.VIEWED], found.posts[Use.CALENDAR], found.posts[Use.ASKED], found.reports) == (5, 2, 0, 1)


def test_only_sessions_that_were_held_have_participants(desk):
    """Two sessions were held; one was called off, one is to come, one was in March: 30 people in two sessions."""
    schedule = replace(people.tuesdays(), cancelled=frozenset({date(2026, 11, 10)}))
    course = posted(desk, date(2026, 3, 1), kind=PostKind.COURSE, schedule=schedule)
    taken = {"2026-03-20": 99, "2026-10-13": 10, "2026-10-27": 20, "2026-11-10": 7, "2026-11-24": 40}
    people.put(desk, replace(course, places_taken=taken))
    people.put(desk, replace(posted(desk, TODAY), places_taken={"2026-11-01": 1000}))
    items = published(desk, CODE, TODAY)
    found = participation(desk, items, CODE, 2026, TODAY)
    assert (found.people, len(found.sessions), found.target) == (30, 2, None)
    assert found.by_month()[Month(2026, 10)] == (2, 30)
    assert found.by_kind() == {PostKind.COURSE: 30, PostKind.CONSULTATION: 0}


def test_the_summary_holds_what_the_report_prints(desk):
    """Posts, target, groups, top share, Gini and silence of the fiscal year, against figures worked out by hand."""
    wanted = Indicator(CODE, "posts", "投稿", "Posts", "件", targets={"2025": 12}, measure=Measure.POSTS)
    desk.apply([Put(wanted)], people.SAID)
    for day in (date(2026, 5, 1), date(2026, 10, 1), date(2026, 11, 1)):
        posted(desk, day, where=people.pin())
    use = summary(desk, CODE, TODAY)
    assert as_json(use) == {
        "posts": 3,
        "target": 12,
        "groups": 2,
        "top_ten_share": 1.0,
        "gini": 0.5,
        "silent": {"3": 1, "6": 1, "12": 1},
    }
    assert (use.target.year, use.local, use.forecast.reached) == (2025, 3, 3)
    assert use.forecast.low >= 3
    assert len(in_year(published(desk, CODE, TODAY), 2026)) == 3
