"""The dates on which something happens."""

from __future__ import annotations

import re
import time
from datetime import date, datetime, timedelta

import holidays
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.schedules.occurrences import TOKYO, State, next_occurrences, occurrences

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TUESDAY = datetime(2026, 12, 8, 10, 0)  # schedules keep local times
JAPAN = holidays.country_holidays("JP", years=range(2019, 2032))

starts = st.datetimes(datetime(2019, 1, 1), datetime(2027, 12, 31)).map(  # local times
    lambda moment: moment.replace(second=0, microsecond=0)
)
first_days = st.dates(date(2020, 1, 1), date(2028, 12, 31))
plain_days = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=4, unique=True).map(",".join)


def _counted(most):
    which = st.integers(-most, most).filter(bool)
    day = st.tuples(which, st.sampled_from(WEEKDAYS)).map(lambda one: f"{one[0]}{one[1]}")
    return st.lists(day, min_size=1, max_size=3, unique=True).map(",".join)


def _numbers(first, last):
    some = st.lists(st.integers(first, last).filter(bool), min_size=1, max_size=4, unique=True)
    return some.map(lambda numbers: ",".join(map(str, numbers)))


PARTS = {
    "DAILY": {"BYDAY": plain_days, "BYMONTH": _numbers(1, 12), "BYMONTHDAY": _numbers(-31, 31)},
    "WEEKLY": {"BYDAY": plain_days, "BYMONTH": _numbers(1, 12), "WKST": st.sampled_from(WEEKDAYS)},
    "MONTHLY": {
        "BYDAY": st.one_of(plain_days, _counted(5)),
        "BYMONTH": _numbers(1, 12),
        "BYMONTHDAY": _numbers(-31, 31),
    },
    "YEARLY": {
        "BYDAY": st.one_of(plain_days, _counted(5)),
        "BYMONTH": _numbers(1, 12),
        "BYMONTHDAY": _numbers(-31, 31),
        "BYYEARDAY": _numbers(-366, 366),
    },
}


@st.composite
def rrules(draw):
    """Repetitions of every kind that is admitted and that happens often enough to compare."""
    frequency = draw(st.sampled_from(sorted(PARTS)))
    names = draw(st.lists(st.sampled_from(sorted(PARTS[frequency])), max_size=2, unique=True))
    parts = [f"FREQ={frequency}", *(f"{name}={draw(PARTS[frequency][name])}" for name in names)]
    interval = draw(st.sampled_from([1, 1, 2, 3, 5]))
    parts += [f"INTERVAL={interval}"] if interval > 1 else []
    if frequency in ("MONTHLY", "YEARLY") and {"BYDAY", "BYMONTHDAY", "BYYEARDAY"} & set(names):
        parts += draw(st.sampled_from([[], ["BYSETPOS=1"], ["BYSETPOS=-1,2"]]))
    return ";".join(parts + draw(st.sampled_from([[], [], ["COUNT=7"], ["UNTIL=20281231"]])))


def _expected(rule, first, last):
    """What python-dateutil makes of a rule whose last day is a whole one."""
    whole = re.sub(r"UNTIL=(\d{8})", r"UNTIL=\1T235959", rule.rrule)
    found = rrulestr(whole, dtstart=rule.start)
    begin = datetime.combine(first, datetime.min.time())
    end = datetime.combine(last, datetime.max.time())
    return [moment for moment in found.between(begin, end, inc=True) if moment >= rule.start]


@settings(max_examples=120, deadline=None)
@given(start=starts, rrule=rrules(), first=first_days)
def test_dates_are_those_of_dateutil(start, rrule, first):
    """Without exceptions, a rule happens exactly when python-dateutil says."""
    rule = Rule(start, 60, rrule)
    last = first + timedelta(days=500)
    found = occurrences(Schedule((rule,)), first, last)
    assert [one.starts.replace(tzinfo=None) for one in found] == _expected(rule, first, last)
    assert all(one.ends - one.starts == timedelta(minutes=60) for one in found)


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=YEARLY;BYWEEKNO=1,20,-1;BYDAY=MO,SU",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3,10",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
        "FREQ=YEARLY;INTERVAL=4",
        "FREQ=MONTHLY",
    ],
)
def test_rules_of_the_standard_are_those_of_dateutil(rrule):
    """The less usual parts of RFC 5545, too, mean what python-dateutil takes them for."""
    rule = Rule(datetime(2016, 2, 29, 9, 0), None, rrule)  # local time
    first, last = date(2016, 1, 1), date(2040, 12, 31)
    found = occurrences(Schedule((rule,)), first, last)
    assert [one.starts.replace(tzinfo=None) for one in found] == _expected(rule, first, last)
    assert found


def _days(schedule, first=date(2026, 1, 1), last=date(2027, 12, 31)):
    return [one.starts.date() for one in occurrences(schedule, first, last)]


@settings(max_examples=40, deadline=None)
@given(days=plain_days, first=first_days)
def test_skipped_and_added_holidays_are_those_of_the_calendar(days, first):
    """祝日は休み leaves out exactly the public holidays, 土日祝 adds exactly these."""
    rule = Rule(datetime(2019, 1, 1, 10, 0), 60, f"FREQ=WEEKLY;BYDAY={days}")  # local time
    last = first + timedelta(days=400)
    plain = set(_days(Schedule((rule,)), first, last))
    closed = {day for day in JAPAN if first <= day <= last}
    assert set(_days(Schedule((rule,), HolidayPolicy.SKIPPED), first, last)) == plain - closed
    assert set(_days(Schedule((rule,), HolidayPolicy.ADDED), first, last)) == plain | closed


@settings(max_examples=40, deadline=None)
@given(days=plain_days, first=first_days, weekly=st.booleans())
def test_nothing_that_moves_stays_on_a_holiday(days, first, weekly):
    """振替 moves what falls on a public holiday to a free day, marks it and keeps its first date."""
    policy = HolidayPolicy.MOVES_NEXT_WEEK if weekly else HolidayPolicy.MOVES_NEXT_DAY
    rule = Rule(datetime(2019, 1, 1, 10, 0), 60, f"FREQ=WEEKLY;BYDAY={days}")  # local time
    for one in occurrences(Schedule((rule,), policy), first, first + timedelta(days=400)):
        day = one.starts.date()
        assert day not in JAPAN
        if one.state is State.MOVED:
            assert one.original in JAPAN
            assert day.weekday() == one.original.weekday() if weekly else day.weekday() < 5


def test_holiday_moves_to_the_next_working_day_past_a_whole_week():
    """In the Golden Week of 2026, Monday 4 May moves past 5 and 6 May, the substitute holiday, to the 7th."""
    monday = datetime(2026, 4, 27, 10, 0)  # local time
    mondays = Schedule((Rule(monday, 60, "FREQ=WEEKLY;BYDAY=MO"),), HolidayPolicy.MOVES_NEXT_DAY)
    found = occurrences(mondays, date(2026, 5, 1), date(2026, 5, 10))
    assert [(one.starts.date(), one.original, one.state) for one in found] == [
        (date(2026, 5, 7), date(2026, 5, 4), State.MOVED)
    ]


def test_cancelled_moved_and_extra_dates_stay_visible():
    """A cancelled date is shown as such, a moved one at its new time with the old date, an extra one is marked."""
    schedule = Schedule(
        (Rule(TUESDAY, 120, "FREQ=WEEKLY;BYDAY=TU"),),
        cancelled=frozenset({date(2026, 12, 15)}),
        moved=((date(2026, 12, 22), datetime(2026, 12, 23, 13, 0)),),  # local time
        extra=(datetime(2026, 12, 26, 9, 0),),  # local time
    )
    found = occurrences(schedule, date(2026, 12, 8), date(2026, 12, 29))
    assert [(one.starts.day, one.starts.hour, one.state, one.original) for one in found] == [
        (8, 10, State.SCHEDULED, None),
        (15, 10, State.CANCELLED, None),
        (23, 13, State.MOVED, date(2026, 12, 22)),
        (26, 9, State.EXTRA, None),
        (29, 10, State.SCHEDULED, None),
    ]


def test_a_date_that_never_was_cannot_be_moved():
    """A change of a date on which nothing was to happen adds nothing."""
    moved = ((date(2026, 12, 9), datetime(2026, 12, 10, 13, 0)),)  # local time
    assert _days(Schedule((Rule(TUESDAY),), moved=moved)) == [date(2026, 12, 8)]


def test_year_end_and_months_off_are_left_out():
    """年末年始は休み and 8月は休み leave these days out, and nothing else."""
    rule = Rule(datetime(2026, 1, 1), None, "FREQ=DAILY", timed=False)  # local time
    days = _days(Schedule((rule,), months_off=frozenset({8}), closed_year_end=True), last=date(2026, 12, 31))
    assert len(days) == 365 - 31 - 3 - 3
    assert days[0] == date(2026, 1, 4)
    assert days[-1] == date(2026, 12, 28)


@settings(max_examples=40, deadline=None)
@given(
    start=starts,
    rrule=rrules(),
    policy=st.sampled_from(list(HolidayPolicy)),
    length=st.integers(0, 900),
    after=st.datetimes(datetime(2019, 1, 1), datetime(2029, 1, 1)),  # made aware below
)
def test_next_dates_are_in_order_and_within_bounds(start, rrule, policy, length, after):
    """The next dates are sorted, unique, after the moment asked for and never later than the last valid day."""
    until = start.date() + timedelta(days=length)
    rule = Rule(start, None, rrule)
    found = next_occurrences(Schedule((rule,), policy, until=until), after.replace(tzinfo=TOKYO), 6)
    moments = [one.starts for one in found]
    assert moments == sorted(set(moments))
    assert all(after.replace(tzinfo=TOKYO) < moment and moment.date() <= until for moment in moments)


def test_what_has_no_time_still_counts_today():
    """An event without a time of day is among the next ones until its day is over."""
    schedule = Schedule((Rule(datetime(2026, 12, 8), timed=False),))  # local time
    evening = datetime(2026, 12, 8, 20, 0, tzinfo=TOKYO)
    assert len(next_occurrences(schedule, evening)) == 1
    assert next_occurrences(schedule, evening + timedelta(hours=4)) == []


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2",
        "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31;COUNT=1000",
        "FREQ=DAILY;INTERVAL=7;BYDAY=SU",
    ],
)
def test_a_rule_that_never_happens_ends_at_once(rrule):
    """A repetition without any date gives none, well within a second."""
    begun = time.perf_counter()
    schedule = Schedule((Rule(datetime(1900, 1, 1), None, rrule, timed=False),))  # local time
    assert next_occurrences(schedule, datetime(2026, 11, 22, tzinfo=TOKYO)) == []
    assert time.perf_counter() - begun < 1


def test_a_span_beyond_all_years_is_bounded():
    """Asked for all of time, a rule gives its dates up to the year 2200."""
    schedule = Schedule((Rule(datetime(2190, 1, 1), None, "FREQ=YEARLY", timed=False),))  # local time
    assert len(_days(schedule, date.min, date.max)) == 11
