"""The last day of a schedule is that of its last occurrence."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.schedules.ending import endless, last_date
from portal.schedules.occurrences import occurrences

SCHEDULES = st.builds(
    lambda rrule, minutes, until, cancelled, extra, policy: Schedule(
        (Rule(datetime(2026, 4, 7, 22), minutes, rrule),),
        policy,
        cancelled=cancelled,
        extra=extra,
        until=until,
    ),
    st.sampled_from(
        [None, "FREQ=WEEKLY;COUNT=7", "FREQ=MONTHLY;BYDAY=-1TU;UNTIL=20280501", "FREQ=WEEKLY", "FREQ=DAILY"]
    ),
    st.none() | st.sampled_from([60, 180]),
    st.none() | st.sampled_from([date(2026, 5, 6), date(2030, 1, 1)]),
    st.frozensets(st.just(date(2026, 4, 7))),
    st.sampled_from([(), (datetime(2029, 12, 31, 9),)]),
    st.sampled_from(HolidayPolicy),
)


@settings(max_examples=40, deadline=None)
@given(SCHEDULES)
def test_the_last_date_is_that_of_the_last_occurrence(schedule):
    """Beside a plain walk through all occurrences; an endless schedule has occurrences in any later year."""
    every = occurrences(schedule, date(2026, 1, 1), date(2040, 12, 31))
    if endless(schedule):
        assert every[-1].starts.year == 2040
        return
    ends = [((one.ends or one.starts) - timedelta(seconds=bool(one.ends))).date() for one in every]
    assert last_date(schedule) == max(ends, default=None)
