"""Schedules as plain data."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from portal.errors import InvalidRecordError
from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.schedules.data import schedule_from_data, schedule_to_data

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
    assert schedule_from_data(json.loads(json.dumps(schedule_to_data(FULL)))) == FULL


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"rules": []},
        {"rules": None},
        {"rules": [{"start": "8 Dec"}]},
        {"rules": [{"start": 5}]},
        {"rules": ["x"]},
        {"rules": [{"start": "2026-12-08T10:00:00", "rrule": "FREQ=SECONDLY"}]},
        {"rules": [{"start": "2026-12-08T10:00:00", "minutes": "soon"}]},
        {"rules": [{"start": "2026-12-08T10:00:00"}], "holidays": "perhaps"},
        {"rules": [{"start": "2026-12-08T10:00:00"}], "moved": [["2026-12-08"]]},
    ],
)
def test_data_that_is_no_schedule_is_refused(data):
    """Data that is not a schedule raises the error of a wrong record, whatever it is."""
    with pytest.raises(InvalidRecordError):
        schedule_from_data(data)
