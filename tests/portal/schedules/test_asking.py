"""The fields of a schedule editor and the schedules that they mean."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.errors import InvalidRecordError
from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.schedules.asking import REPEATED, Asked, Kept, Way, fields_of, read_day, read_time, schedule_of
from portal.schedules.occurrences import occurrences
from portal.schedules.reading import read_schedule
from portal.schedules.wording import describe
from portal.words import LANGUAGES, say_error

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1)
SPAN = st.sampled_from([(None, None), (time(10), None), (time(10), time(11, 30)), (time(0), time(23, 59))])


@st.composite
def filled_in(draw):
    """Fields as a person fills them in, whatever the way."""
    way = draw(st.sampled_from([Way.ONCE, Way.DATES, Way.WEEKLY, Way.MONTHLY]))
    starts, ends = draw(SPAN)
    if way in REPEATED:
        first = draw(DAYS)
        return Asked(
            way,
            weekdays=draw(WEEKDAYS),
            which=draw(st.frozensets(st.sampled_from([1, 2, 3, 4, 5, -1]), min_size=1))
            if way is Way.MONTHLY
            else frozenset(),
            starts=starts,
            ends=ends,
            first=first,
            until=draw(st.none() | st.just(date(first.year + 2, 3, 31))),
            holidays=draw(st.sampled_from([HolidayPolicy.RUNS, HolidayPolicy.SKIPPED])),
            closed_year_end=draw(st.booleans()),
        )
    days = draw(st.lists(DAYS, min_size=1 if way is Way.ONCE else 2, max_size=1 if way is Way.ONCE else 6, unique=True))
    return Asked(way, days=tuple(sorted(days)), starts=starts, ends=ends)


@given(filled_in())
@settings(max_examples=60, deadline=None)
def test_fields_to_schedule_and_back(asked):
    """What fields mean is shown by the same fields again, and means the same again."""
    schedule = schedule_of(asked, TODAY)
    shown = fields_of(Kept(schedule), TODAY)
    assert shown.way is asked.way
    assert (shown.days, shown.weekdays, shown.which) == (asked.days, asked.weekdays, asked.which)
    assert (shown.starts, shown.ends, shown.until) == (asked.starts, asked.ends, asked.until)
    assert shown.first == (schedule.rules[0].start.date() if asked.way in REPEATED else None)
    assert schedule_of(shown, TODAY) == schedule


@given(filled_in())
@settings(max_examples=40, deadline=None)
def test_what_fields_mean_can_be_said_and_read(asked):
    """The words that stand beside the fields are read back as the very same dates."""
    schedule = schedule_of(asked, TODAY)
    words = describe(schedule, "ja", date(2025, 1, 1))
    first = schedule.rules[0].start.date()
    read = read_schedule(words, date(2025, 1, 1), default_start=first).schedule
    last = first + timedelta(days=400)
    assert occurrences(read, first, last) == occurrences(schedule, first, last)


@pytest.mark.parametrize(
    "schedule",
    [
        Schedule((Rule(datetime(2026, 12, 8, 10), 60, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),)),
        Schedule((Rule(datetime(2026, 12, 8, 10), 60, "FREQ=WEEKLY;BYDAY=TU;COUNT=5"),)),
        Schedule((Rule(datetime(2026, 12, 8, 10), 60, "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270331"),)),
        Schedule((Rule(datetime(2026, 12, 8, 10), 60, "FREQ=MONTHLY;BYMONTHDAY=8"),)),
        Schedule((Rule(datetime(2026, 12, 8, 10), 60, "FREQ=MONTHLY;BYDAY=1MO,2TU"),)),
        Schedule((Rule(datetime(2026, 12, 8, 10), 60), Rule(datetime(2026, 12, 9, 14), 60))),
        Schedule((Rule(datetime(2026, 12, 8, 22), 240),)),
        Schedule((Rule(datetime(2026, 12, 8, 10), 60),), note="雨天中止"),
        Schedule((Rule(datetime(2026, 12, 8, 10), 60),), extra=(datetime(2026, 12, 10, 9),)),
        Schedule((Rule(datetime(2026, 12, 8, 10), 60, "FREQ=WEEKLY;BYDAY=TU"),), months_off=frozenset({8})),
        Schedule((Rule(datetime(2026, 12, 8, 10), 60, "FREQ=WEEKLY;BYDAY=TU"),), cancelled=frozenset({TODAY})),
    ],
    ids=str,
)
def test_what_fields_cannot_show_is_kept(schedule):
    """A schedule that is more than the fields can say comes back untouched."""
    kept = Kept(schedule)
    shown = fields_of(kept, TODAY)
    assert shown.way is Way.KEPT
    assert schedule_of(shown, TODAY, kept) is schedule


def test_days_off_are_shown_and_taken_back():
    """A day that is called off stands in the fields, and taking it out there brings it back."""
    schedule = Schedule(
        (Rule(datetime(2026, 12, 8, 10), 60, "FREQ=WEEKLY;BYDAY=TU"),), cancelled=frozenset({date(2026, 12, 15)})
    )
    shown = fields_of(Kept(schedule), TODAY)
    assert shown.cancelled == {date(2026, 12, 15)}
    assert schedule_of(shown, TODAY, Kept(schedule)) == schedule


def test_a_day_off_that_is_none_is_a_slip_unless_it_was_there_before():
    """Another weekday is not called off silently; what was called off before another day was chosen is dropped."""
    off = frozenset({date(2026, 12, 16)})
    asked = Asked(Way.WEEKLY, weekdays=frozenset({1}), first=TODAY, cancelled=off)
    with pytest.raises(InvalidRecordError) as error:
        schedule_of(asked, TODAY)
    assert error.value.values["field"] == "off"
    before = Schedule((Rule(datetime(2026, 12, 2, 10), 60, "FREQ=WEEKLY;BYDAY=WE"),), cancelled=off)
    assert schedule_of(asked, TODAY, Kept(before)).cancelled == frozenset()


def test_words_that_stay_the_same_mean_the_same_on_another_day():
    """Saving a post again weeks later does not move the beginning of what was written in words."""
    text = "毎週火曜 10:00〜11:30"
    kept = Kept(read_schedule(text, TODAY).schedule, text)
    shown = fields_of(kept, TODAY)
    assert (shown.way, shown.words) == (Way.WORDS, text)
    assert schedule_of(shown, date(2027, 3, 1), kept) == kept.schedule


def test_a_called_off_day_stays_so_when_the_words_are_mended():
    """Writing the hours anew does not bring a cancelled date back by accident."""
    before = read_schedule("毎週火曜 10:00〜11:30", TODAY).schedule
    off = frozenset({date(2026, 12, 8)})
    kept = Kept(Schedule(before.rules, cancelled=off), "毎週火曜 10:00〜11:30")
    mended = schedule_of(Asked(Way.WORDS, words="毎週火曜 10:00〜12:00"), TODAY, kept)
    assert mended.cancelled == off


def test_words_that_cannot_be_read_mean_no_schedule():
    """Nothing is made up of words that say no day."""
    assert schedule_of(Asked(Way.WORDS, words="晴れた日に"), TODAY) is None


@pytest.mark.parametrize("way", [Way.NONE, Way.ONCE, Way.WEEKLY, Way.MONTHLY, Way.DATES])
def test_nothing_filled_in_is_no_schedule(way):
    """A draft can be kept before its day is known."""
    assert schedule_of(Asked(way), TODAY) is None


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Asked(Way.ONCE, starts=time(10)), "day"),
        (Asked(Way.ONCE, (date(1, 1, 1),)), "day"),
        (Asked(Way.ONCE, (date(9999, 1, 1),)), "day"),
        (Asked(Way.DATES, starts=time(10)), "date"),
        (Asked(Way.ONCE, (TODAY,), starts=time(10), ends=time(9)), "ends"),
        (Asked(Way.ONCE, (TODAY,), starts=time(10), ends=time(10)), "ends"),
        (Asked(Way.ONCE, (TODAY,), ends=time(9)), "starts"),
        (Asked(Way.WEEKLY, starts=time(10)), "weekday"),
        (Asked(Way.MONTHLY, weekdays=frozenset({1})), "which"),
        (Asked(Way.WEEKLY, weekdays=frozenset({1}), first=date(9999, 12, 31)), "first"),
        (Asked(Way.WEEKLY, weekdays=frozenset({1}), first=date(1, 1, 1)), "first"),
        (Asked(Way.WEEKLY, weekdays=frozenset({1}), first=TODAY, until=date(2026, 1, 1)), "until"),
    ],
    ids=str,
)
def test_what_cannot_be_is_said_at_its_field(asked, field):
    """Each slip names the field to mend, in a sentence of every language."""
    with pytest.raises(InvalidRecordError) as error:
        schedule_of(asked, TODAY)
    assert error.value.values["field"] == field
    assert all(say_error(error.value, language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-08", date(2026, 12, 8)),
        ("２０２６-１２-０８", date(2026, 12, 8)),
        ("12月8日", date(2026, 12, 8)),
        ("令和8年12月8日", date(2026, 12, 8)),
        ("2026/12/8", date(2026, 12, 8)),
        ("", None),
    ],
)
def test_days_are_read_as_fields_send_and_people_write_them(text, day):
    """Browsers without a date field send what was typed."""
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["令和6年2月30日", "2026-13-01", "毎週火曜", "12月8日 10:00", "あした来て", "9" * 5000, "<b>"]
)
def test_what_is_no_day_is_said(text):
    """A day that does not exist is never guessed at."""
    with pytest.raises(InvalidRecordError):
        read_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("10:00", time(10)),
        ("１０：３０", time(10, 30)),
        ("午後1時半", time(13, 30)),
        ("9時", time(9)),
        ("14時15分", time(14, 15)),
        ("10:00:00", time(10)),
        ("", None),
    ],
)
def test_times_are_read_as_fields_send_and_people_write_them(text, at):
    """Browsers without a time field send what was typed."""
    assert read_time(text) == at


@pytest.mark.parametrize("text", ["24:30", "25時", "10:60", "午後", "9" * 5000])
def test_what_is_no_time_is_said(text):
    """A time that no clock shows is never guessed at."""
    with pytest.raises(InvalidRecordError):
        read_time(text)
