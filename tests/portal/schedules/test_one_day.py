"""One date of a schedule: what became of it, and the dates around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.schedules import one_day
from portal.schedules.occurrences import State, occurrences

TODAY = date(2026, 11, 22)
TUESDAYS = Schedule((Rule(datetime(2026, 11, 10, 10), 120, "FREQ=MONTHLY;BYDAY=2TU,4TU"),))
MOVED = replace(
    TUESDAYS, moved=((date(2026, 12, 8), datetime(2026, 12, 10, 14)),), cancelled=frozenset({date(2026, 12, 22)})
)
MONDAYS = Schedule((Rule(datetime(2026, 1, 5, 10), 60, "FREQ=WEEKLY"),), HolidayPolicy.MOVES_NEXT_DAY)


def test_a_date_is_held_called_off_or_nothing():
    """A date of the rule is held, one that is called off says so, any other has nothing."""
    assert [one.state for one in one_day.one_day(MOVED, date(2026, 11, 24)).held] == [State.SCHEDULED]
    assert [one.state for one in one_day.one_day(MOVED, date(2026, 12, 22)).held] == [State.CANCELLED]
    assert one_day.one_day(MOVED, date(2026, 12, 9)) == one_day.OneDay((), ())


def test_a_date_that_was_moved_knows_where_to():
    """From the old date one finds the new one with its hour, from the new one the old."""
    (away,) = one_day.one_day(MOVED, date(2026, 12, 8)).away
    assert away.planned.starts.replace(tzinfo=None) == datetime(2026, 12, 8, 10)
    assert away.to.starts.replace(tzinfo=None) == datetime(2026, 12, 10, 14)
    (held,) = one_day.one_day(MOVED, date(2026, 12, 10)).held
    assert (held.state, held.original) == (State.MOVED, date(2026, 12, 8))


def test_an_hour_that_was_moved_stays_on_its_date():
    """A date that was given another hour is held on it, and moved away from nothing."""
    schedule = replace(TUESDAYS, moved=((date(2026, 12, 8), datetime(2026, 12, 8, 14)),))
    found = one_day.one_day(schedule, date(2026, 12, 8))
    assert ([one.state for one in found.held], found.away) == ([State.MOVED], ())


def test_a_holiday_moves_a_date_as_a_hand_does():
    """What a holiday moves leaves its own date, and is found again from there."""
    holiday = date(2026, 11, 23)
    (away,) = one_day.one_day(MONDAYS, holiday).away
    assert (away.planned.starts.date(), away.to.starts.date()) == (holiday, date(2026, 11, 24))


@pytest.mark.parametrize("most", [1, 3, 8])
def test_coming_days_are_days_and_not_hours(most):
    """Three hours on one day are one day; today counts whatever the hour is."""
    rules = tuple(Rule(datetime(2026, 11, 22, hour), 60, "FREQ=DAILY") for hour in (0, 9, 14))
    days = one_day.coming_days(Schedule(rules), TODAY, most)
    assert days == [TODAY + timedelta(days=number) for number in range(most)]


def test_the_date_that_something_was_moved_from_has_a_page_too():
    """Among the coming days are those that they were moved from, since their pages lead there."""
    assert one_day.coming_days(MOVED, TODAY, 3) == [
        date(2026, 11, 24),
        date(2026, 12, 8),
        date(2026, 12, 10),
        date(2026, 12, 22),
    ]


def test_a_day_without_an_hour_counts_on_its_day_alone():
    """What has no hour is coming on its day, and is not on the next."""
    schedule = Schedule((Rule(datetime(2026, 11, 21), timed=False), Rule(datetime(2026, 11, 22), timed=False)))
    assert one_day.coming_days(schedule, TODAY, 8) == [TODAY]


def test_only_a_single_date_is_the_only_one():
    """One date is one, moved or not; a rule and two dates are none."""
    single = Schedule((Rule(datetime(2026, 12, 6, 10), 90),))
    moved = replace(single, moved=((date(2026, 12, 6), datetime(2026, 12, 13, 10)),))
    assert [one.starts.day for one in map(one_day.only, (single, moved)) if one] == [6, 13]
    assert one_day.only(TUESDAYS) is None
    assert one_day.only(replace(single, extra=(datetime(2026, 12, 7, 10),))) is None


def test_the_dates_before_and_after_are_looked_for_within_a_year():
    """The neighbours of any date are the next ones that there are; at the ends there is none."""
    assert one_day.before(TUESDAYS, date(2026, 11, 24)) == date(2026, 11, 10)
    assert one_day.before(TUESDAYS, date(2026, 11, 10)) is None
    assert one_day.after(TUESDAYS, date(2026, 11, 24)) == date(2026, 12, 8)
    assert one_day.after(TUESDAYS, date(2200, 12, 24)) is None
    assert one_day.before(TUESDAYS, date.min) is None


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=3", "FREQ=MONTHLY;BYDAY=2TU,4TU"]),
    st.sampled_from(HolidayPolicy),
    st.dictionaries(st.dates(date(2026, 11, 1), date(2027, 1, 31)), st.integers(-20, 40), max_size=4),
    st.frozensets(st.dates(date(2026, 11, 1), date(2027, 1, 31)), max_size=4),
)
def test_every_date_that_is_coming_has_something_on_it(rrule, policy, moves, cancelled):
    """Whatever was moved or called off: no coming day is empty, and what was moved is held where it was moved to."""
    moved = tuple((day, datetime.combine(day + timedelta(days=by), datetime.min.time())) for day, by in moves.items())
    schedule = Schedule((Rule(datetime(2026, 11, 3, 10), 60, rrule),), policy, moved=moved, cancelled=cancelled)
    for day in one_day.coming_days(schedule, TODAY, 8):
        found = one_day.one_day(schedule, day)
        assert found.held or found.away
        assert all(
            away.to in occurrences(schedule, away.to.starts.date(), away.to.starts.date()) for away in found.away
        )
