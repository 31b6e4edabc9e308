"""Schedules and repetitions as records."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from portal.errors import InvalidRecordError
from portal.model.recurrence import Frequency, parse_rrule
from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.words import LANGUAGES, phrases, say_error

START = datetime(2026, 12, 8, 10, 0)  # schedules keep local times
WEEKLY = Rule(START, 120, "FREQ=WEEKLY;BYDAY=TU")


def test_rrule_is_taken_apart():
    """The parts of an RRULE are given as numbers, counted weekdays with their count."""
    rule = parse_rrule("FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU,-1FR;BYMONTH=4,5;UNTIL=20270331")
    assert rule.frequency is Frequency.MONTHLY
    assert (rule.interval, rule.by_day, rule.by_month) == (2, ((2, 1), (-1, 4)), (4, 5))
    assert rule.until == date(2027, 3, 31)


@pytest.mark.parametrize(
    "rrule",
    [
        "",
        "BYDAY=TU",
        "FREQ=SECONDLY",
        "FREQ=HOURLY",
        "FREQ=weekly",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;BYSECOND=1",
        "FREQ=DAILY;BYHOUR=10",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=1001",
        "FREQ=DAILY;COUNT=100000",
        "FREQ=DAILY;COUNT=5;UNTIL=20270101",
        "FREQ=DAILY;UNTIL=20270230",
        "FREQ=DAILY;UNTIL=99991231",
        "FREQ=DAILY;UNTIL=20270101T000000Z",
        "FREQ=WEEKLY;BYDAY=2TU",
        "FREQ=MONTHLY;BYDAY=2TU,MO",
        "FREQ=MONTHLY;BYDAY=0TU",
        "FREQ=MONTHLY;BYDAY=",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=MONTHLY;BYMONTH=-1",
        "FREQ=MONTHLY;BYYEARDAY=3",
        "FREQ=DAILY;BYSETPOS=1",
        "FREQ=DAILY;BYMONTH=１",
        "FREQ=YEARLY;BYEASTER=1",
        "RRULE:FREQ=DAILY",
        "FREQ=DAILY\nX=1",
        "FREQ=DAILY;BYMONTH=" + ",".join(["1"] * 300),
    ],
)
def test_rrule_that_is_not_admitted_is_refused_in_words(rrule):
    """A repetition that could hang, or that is read in two ways, is refused with a sentence in each language."""
    with pytest.raises(InvalidRecordError) as refusal:
        Rule(START, None, rrule)
    assert all(say_error(refusal.value, language) for language in LANGUAGES)


def _schedule(**fields):
    return lambda: Schedule((WEEKLY,), **fields)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Rule(datetime(2026, 12, 8, tzinfo=UTC)),
        lambda: Rule(START.replace(second=1)),
        lambda: Rule(START.replace(year=1)),
        lambda: Rule(START.replace(year=9999)),
        lambda: Rule(START, 0),
        lambda: Rule(START, 60 * 24 * 15),
        lambda: Rule(START, timed=False),
        lambda: Rule(START, None, "FREQ=DAILY;UNTIL=20261207"),
        lambda: Schedule(()),
        lambda: Schedule((WEEKLY,) * 51),
        _schedule(until=date(2026, 12, 7)),
        _schedule(months_off=frozenset({13})),
        _schedule(months_off=frozenset(range(1, 13))),
        _schedule(note="あ" * 2001),
        _schedule(cancelled=frozenset({date(1, 1, 1)})),
        _schedule(extra=(datetime(2026, 12, 9, tzinfo=UTC),)),
        _schedule(extra=(START,) * 1001),
        _schedule(moved=((date(2026, 12, 8), START), (date(2026, 12, 8), START))),
    ],
)
def test_schedule_that_cannot_be_is_refused_in_words(make):
    """A start with a zone, a far year, an end before the start and the like are refused with a sentence."""
    with pytest.raises(InvalidRecordError) as refusal:
        make()
    assert all(say_error(refusal.value, language) for language in LANGUAGES)


def test_schedule_phrases_are_the_same_in_every_language():
    """Each phrase about schedules exists in every language."""
    keys = [{key for key in phrases(language) if key.startswith("schedule.")} for language in LANGUAGES]
    assert all(one == keys[0] for one in keys)


def test_schedules_are_compared_by_what_they_say():
    """Two schedules made of the same values are equal and can be put in a set."""
    assert len({Schedule((WEEKLY,), HolidayPolicy.SKIPPED), Schedule((WEEKLY,), HolidayPolicy.SKIPPED)}) == 1
