"""Schedules as plain data."""

from __future__ import annotations

from datetime import date, datetime

from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.records import from_text, to_text

FULL = Schedule(
    (
        Rule(datetime(2026, 12, 8, 10, 30), 90, "FREQ=WEEKLY;BYDAY=TU"),  # local time
        Rule(datetime(2026, 12, 9), timed=False),  # local time
    ),
    HolidayPolicy.MOVES_NEXT_DAY,
    frozenset({date(2026, 12, 15), date(2027, 1, 5)}),
    ((date(2026, 12, 22), datetime(2026, 12, 23, 13, 0)),),  # local time
    (datetime(2026, 12, 26, 9, 0),),  # local time
    date(2027, 3, 31),
    frozenset({8, 2}),
    closed_year_end=True,
    note="雨天中止 ${x} </script>",
)


def test_a_schedule_survives_being_kept_as_json():
    """A schedule written as JSON and read again is the same, with every field."""
    assert from_text(Schedule, to_text(FULL)) == FULL
