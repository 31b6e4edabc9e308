"""The calendar shows every date of a month or a week, laid out or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from portal import agenda, expanding, laying_out, listing
from portal.assigning import memberships
from portal.errors import InvalidRecordError
from portal.model.post import Post, PostFacts, PostKind, PostState, Where, WhereKind
from portal.model.schedule import Rule, Schedule
from portal.query import Query, TimeOfDay
from portal.schedules.holidays_jp import holiday_name
from portal.store import Put
from portal.words import LANGUAGES, say_error
from tests import town

TUESDAYS = Schedule((Rule(datetime(2026, 1, 6, 10), 60, "FREQ=WEEKLY"),), cancelled=frozenset({date(2026, 11, 10)}))
ONCE = Schedule((Rule(datetime(2026, 11, 3, 18), 60),))
ALL_DAY = Schedule((Rule(datetime(2027, 6, 1), timed=False),))
QUERY = Query(town.CODE, layer="elementary")


@pytest.fixture
def busy(store):
    """The town with a salon every Tuesday, a post that was on 3 November, and one that is on 1 June."""
    salon = town.place("p1", schedule=TUESDAYS)
    where = Where(WhereKind.PIN, position=town.spot(1.5, 0.5))
    posts = [
        Post(
            "post-past", town.CODE, "g1", PostFacts(PostKind.EVENT, "月見", schedule=ONCE, where=where), PostState.LIVE
        ),
        Post("post-far", town.CODE, "g1", PostFacts(PostKind.EVENT, "潮干狩り", schedule=ALL_DAY), PostState.CANCELLED),
        Post("post-draft", town.CODE, "g1", PostFacts(PostKind.EVENT, "下書き", schedule=TUESDAYS)),
    ]
    store.apply([Put(salon), *map(Put, memberships(store, [salon], town.TODAY)), *map(Put, posts)])
    for post in posts:
        store.apply(listing.changes(store, post, town.TODAY))
    laying_out.lay_out_all(store, town.TODAY)
    return store


def shown(month):
    """Each happening of a month as its day, id, minute, whether it is cancelled, and its district."""
    days = [day for week in month.weeks for day in week]
    return [
        (f"{day.day:%m-%d}", one.id, one.starts_minute, one.cancelled, one.district)
        for day in days
        for one in day.happenings
    ]


def test_a_month_holds_whole_weeks_from_sunday(busy):
    """Weeks run from Sunday to Saturday, the neighbours' days among them, each public holiday by its name."""
    month = agenda.month(busy, QUERY, 2026, 11, town.NOW)
    assert (month.year, month.month, month.complete) == (2026, 11, True)
    assert [week[0].day for week in month.weeks] == [date(2026, 11, 1) + timedelta(weeks=week) for week in range(5)]
    assert {len(week) for week in month.weeks} == {7}
    holidays = {f"{day.day:%m-%d}": day.holiday for week in month.weeks for day in week if day.holiday}
    assert holidays == {"11-03": "文化の日", "11-23": "勤労感謝の日"}


@pytest.mark.parametrize(("year", "number", "weeks"), [(2026, 2, 4), (2026, 8, 6), (2026, 12, 5), (2027, 1, 6)])
def test_every_month_fits_into_its_weeks(store, year, number, weeks):
    """A month has four to six weeks, its first day in the first and its last day in the last, no day twice."""
    month = agenda.month(store, QUERY, year, number, town.NOW)
    days = [day.day for week in month.weeks for day in week]
    assert len(month.weeks) == weeks
    assert days == sorted(set(days))
    assert date(year, number, 1) in days[:7]
    assert sum(day.month == number for day in days) in (28, 30, 31)


def test_past_days_and_coming_days_are_both_there(busy):
    """Of the present month, what is past is expanded, what is to come is laid out; drafts are in neither."""
    expected = [
        ("11-03", "p1", 600, False, "西小"),
        ("11-03", "post-past", 1080, False, "東小"),
        ("11-10", "p1", 600, True, "西小"),
        ("11-17", "p1", 600, False, "西小"),
        ("11-24", "p1", 600, False, "西小"),
        ("12-01", "p1", 600, False, "西小"),
    ]
    assert shown(agenda.month(busy, QUERY, 2026, 11, town.NOW)) == expected


def test_months_far_ahead_and_back_are_expanded(busy):
    """Half a year ahead and a year back, beyond what is laid out, the schedules themselves are asked."""
    june = shown(agenda.month(busy, QUERY, 2027, 6, town.NOW))
    assert june[0] == ("06-01", "post-far", None, True, None)
    assert [one[0] for one in june[1:]] == ["06-01", "06-08", "06-15", "06-22", "06-29"]
    assert len(shown(agenda.month(busy, QUERY, 2025, 12, town.NOW))) == 0
    assert [one[0] for one in shown(agenda.month(busy, QUERY, 2026, 1, town.NOW))] == [
        "01-06",
        "01-13",
        "01-20",
        "01-27",
    ]


def test_a_month_across_the_end_of_what_is_laid_out_has_each_date_once(busy):
    """Where the laid-out days end within a month, dates before and after are there, none twice."""
    until = busy.occurrences_until()
    seen = [one[0] for one in shown(agenda.month(busy, QUERY, until.year, until.month, town.NOW))]
    assert seen == ["12-29", "01-05", "01-12", "01-19", "01-26", "02-02"]
    assert until == date(2027, 1, 30)


def test_nothing_laid_out_is_nothing_lost(store):
    """Before the first laying out the calendar is expanded as a whole."""
    store.apply([Put(town.place("p1", schedule=TUESDAYS))])
    assert store.occurrences_until() is None
    assert [one[0] for one in shown(agenda.month(store, QUERY, 2026, 12, town.NOW))] == [
        "12-01",
        "12-08",
        "12-15",
        "12-22",
        "12-29",
    ]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"day": "tue"}, 6),
        ({"day": "wed"}, 0),
        ({"day": "2026-11-17"}, 1),
        ({"day": "today"}, 0),
        ({"day": "week"}, 1),
        ({"time": TimeOfDay.EVENING}, 1),
        ({"time": TimeOfDay.MORNING}, 5),
        ({"kinds": ("event",)}, 1),
        ({"districts": (f"{town.CODE}-elementary-東小",)}, 1),
        ({"text": "ひだまり"}, 5),
    ],
)
def test_filters_hold_for_past_and_coming_days_alike(busy, filters, expected):
    """Days and hours narrow down the dates themselves, the other filters what they are of."""
    assert len(shown(agenda.month(busy, replace(QUERY, **filters), 2026, 11, town.NOW))) == expected


def test_expanding_answers_as_the_store_does(busy):
    """Over laid-out days the schedules give what the table gives, in the same order."""
    first, last = town.TODAY, town.TODAY + timedelta(days=60)
    for query in (QUERY, replace(QUERY, day="tue"), replace(QUERY, time=TimeOfDay.AFTERNOON)):
        assert expanding.expand(busy, query, first, last) == (busy.happening(query, first, last), True)


def test_a_week_is_that_of_the_day(busy):
    """Sunday to Saturday around any day of it."""
    for day in (date(2026, 11, 22), date(2026, 11, 24), date(2026, 11, 28)):
        week = agenda.week(busy, QUERY, day, town.NOW)
        assert [one.day.isoweekday() for one in week.days] == [7, 1, 2, 3, 4, 5, 6]
        assert week.days[0].day == date(2026, 11, 22)
        assert [len(one.happenings) for one in week.days] == [0, 0, 1, 0, 0, 0, 0]


@pytest.mark.parametrize(("year", "number"), [(2025, 10), (2027, 12), (2026, 13), (2026, 0), (9999, 12), (-5, 1)])
def test_more_than_a_year_away_is_refused(store, year, number):
    """A month more than twelve back or ahead, or none at all, ends in a sentence."""
    with pytest.raises(InvalidRecordError, match=r"agenda\.too_far") as caught:
        agenda.month(store, QUERY, year, number, town.NOW)
    assert all("12" in say_error(caught.value, language) for language in LANGUAGES)


@pytest.mark.parametrize("day", [date.min, date.max, date(2025, 10, 31)])
def test_a_week_far_away_is_refused(store, day):
    """So is a week, the first and the last that a date can name too."""
    with pytest.raises(InvalidRecordError, match=r"agenda\.too_far"):
        agenda.week(store, QUERY, day, town.NOW)


def test_what_is_not_looked_through_is_said(store, monkeypatch):
    """Where the query finds more than is expanded, the month says that it is not complete."""
    monkeypatch.setattr(expanding, "MOST", 2)
    store.apply(Put(town.place(f"p{number}", schedule=TUESDAYS)) for number in range(3))
    laying_out.lay_out_all(store, town.TODAY)
    assert not agenda.month(store, QUERY, 2027, 6, town.NOW).complete
    assert agenda.week(store, QUERY, date(2026, 12, 1), town.NOW).complete


def test_holidays_have_names_in_both_languages():
    """Japanese as the law calls them, English for those who do not read it; other days have none."""
    assert holiday_name(date(2026, 11, 23)) == "勤労感謝の日"
    assert holiday_name(date(2026, 11, 23), "en") == "Labor Thanksgiving Day"
    assert holiday_name(date(2026, 11, 24)) is None
    assert holiday_name(date(2027, 3, 22)) == "振替休日"
