"""A schedule as schema.org says it names the same dates as the schedule itself."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.plain.linked_schedule import AHEAD, NAMES, repeated
from portal.model.recurrence import WEEKDAYS
from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.schedules.occurrences import State, occurrences

TODAY = date(2026, 11, 22)
PERIODS = {"D": DAILY, "W": WEEKLY, "M": MONTHLY, "Y": YEARLY}
RULES = (
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;BYDAY=MO,TH",
    "FREQ=WEEKLY;INTERVAL=2",
    "FREQ=WEEKLY;COUNT=30",
    "FREQ=WEEKLY;BYDAY=SA;BYMONTH=4,5,12",
    "FREQ=DAILY;INTERVAL=5;UNTIL=20270131",
    "FREQ=MONTHLY;BYDAY=2TU,4TU",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYMONTHDAY=10,25",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
    "FREQ=MONTHLY",
    "FREQ=YEARLY",
    "FREQ=YEARLY;BYMONTH=1;BYDAY=2MO",
)
DAYS = st.dates(date(2026, 11, 1), date(2027, 5, 31))


def read(said: dict) -> set[datetime]:
    """The dates of a Schedule, read by a library that knows nothing of ours."""
    days = [_weekday(day) for day in said.get("byDay", [])]
    start = datetime.combine(date.fromisoformat(said["startDate"]), time.fromisoformat(said["startTime"]))
    found = rrule(
        PERIODS[said["repeatFrequency"][-1]],
        start,
        int(said["repeatFrequency"][1:-1]),
        byweekday=days or None,
        bymonth=said.get("byMonth"),
        bymonthday=said.get("byMonthDay"),
        count=said.get("repeatCount"),
    )
    last = date.fromisoformat(said.get("endDate", "9999-12-31"))
    ahead = found.between(datetime.combine(TODAY, time()), datetime.combine(TODAY + AHEAD, time.max), inc=True)
    return {one for one in ahead if one.date() <= last and one.date().isoformat() not in said.get("exceptDate", [])}


def _weekday(text: str) -> weekday:
    """``https://schema.org/Tuesday`` or, counted, ``2TU``."""
    if "/" in text:
        return weekday(NAMES.index(text.rpartition("/")[2]))
    return weekday(WEEKDAYS.index(text[-2:]), int(text[:-2]))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(RULES), st.integers(9, 12)), min_size=1, max_size=2, unique_by=lambda one: one[1]
    ),
    st.sampled_from(HolidayPolicy),
    st.frozensets(DAYS, max_size=3),
    st.dictionaries(DAYS, st.integers(-9, 30), max_size=3),
    st.none() | DAYS,
    st.sampled_from([frozenset(), frozenset({1, 8})]),
)
def test_what_it_names_is_when_it_takes_place(rules, policy, cancelled, moves, until, months_off):  # noqa: PLR0913, PLR0917  # all that a schedule can have
    """The repeated dates, less those that are excepted, with those told apart, are those on which it takes place."""
    moved = tuple((day, datetime.combine(day + timedelta(days=by), time(15))) for day, by in moves.items())
    schedule = Schedule(
        tuple(Rule(datetime(2026, 10, 6, hour), 60, text) for text, hour in rules),
        policy,
        cancelled=cancelled,
        moved=moved,
        until=until,
        months_off=months_off,
    )
    told = repeated(schedule, TODAY)
    apart = {one.starts.replace(tzinfo=None) for one in told.apart if one.state is not State.CANCELLED}
    every = occurrences(schedule, TODAY, TODAY + AHEAD)
    held = {one.starts.replace(tzinfo=None) for one in every if one.state is not State.CANCELLED}
    assert set().union(*map(read, told.schedules)) | apart == held
    assert {one for one in told.apart if one.state is State.CANCELLED} == {
        one for one in every if one.state is State.CANCELLED
    }


@pytest.mark.parametrize("text", ["FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1"])
def test_what_it_cannot_say_it_does_not_say(text):
    """A rule for which there are no properties is told by its dates alone."""
    told = repeated(Schedule((Rule(datetime(2026, 10, 6, 10), 60, text),)), TODAY)
    assert told.schedules == ()
    assert len(told.apart) == 12


def test_what_ends_on_the_next_day_is_told_by_how_long_it_lasts():
    """An end before its beginning would be read as an error."""
    (said,) = repeated(Schedule((Rule(datetime(2026, 10, 6, 22), 180, "FREQ=WEEKLY"),)), TODAY).schedules
    assert ("endTime" in said, said["duration"]) == (False, "PT180M")


def test_a_day_without_an_hour_has_none():
    """Where the hour is not known none is said."""
    (said,) = repeated(Schedule((Rule(datetime(2026, 10, 6), timed=False, rrule="FREQ=WEEKLY"),)), TODAY).schedules
    assert not {"startTime", "endTime", "duration"} & said.keys()
