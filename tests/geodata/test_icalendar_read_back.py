"""Calendars that go out, read by two programs that share no code: recurring-ical-events (icalendar) and ical."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import Path

import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from geodata.icalendar_file import write
from portal.clock import TOKYO
from portal.model.feed import CalendarAbout, CalendarEvent
from portal.model.position import Point
from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.schedules.occurrences import State, occurrences
from tests.geodata.calendar_rules import faults

GOLDEN = Path(__file__).parent / "golden" / "calendars"
TODAY = date(2026, 11, 22)
FIRST, LAST = date(2026, 6, 1), date(2027, 11, 30)
CHANGED = datetime(2026, 11, 1, 12, 0, tzinfo=TOKYO)
ABOUT = CalendarAbout(
    "みなも町の予定", "変更や中止は自動で届きます。", "https://a.example/ja/", "https://a.example/a.ics", 1
)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def event(schedule, uid="salon@example.jp", **values):
    """An event with this schedule."""
    return CalendarEvent(uid, "ひだまりサロン", schedule, CHANGED, called_off="【中止】ひだまりサロン", **values)


def expected(schedule):
    """(day and time, whether it is called off) of everything that happens in the span."""
    return {
        (one.starts.replace(tzinfo=None), one.state is State.CANCELLED) for one in occurrences(schedule, FIRST, LAST)
    }


def local(value):
    """A date or a time as local time of Tokyo."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value.astimezone(TOKYO).replace(tzinfo=None)


def by_icalendar(data):
    """What recurring-ical-events makes of a file."""
    shown = recurring_ical_events.of(Calendar.from_ical(data)).between(FIRST, date(2027, 12, 1))
    return {
        (local(one["DTSTART"].dt), one.get("STATUS") == "CANCELLED")
        for one in shown
        if local(one["DTSTART"].dt).date() >= FIRST
    }


def by_ical(data):
    """What ical makes of a file."""
    timeline = IcsCalendarStream.calendar_from_ics(data.decode()).timeline_tz(TOKYO)
    shown = timeline.overlapping(datetime.combine(FIRST, time(), TOKYO), datetime(2027, 12, 1, tzinfo=TOKYO))
    return {
        (local(one.dtstart), one.status is not None and one.status.value == "CANCELLED")
        for one in shown
        if local(one.dtstart).date() >= FIRST
    }


RRULES = st.one_of(
    st.builds("FREQ=WEEKLY;BYDAY={},{}".format, st.sampled_from(DAYS[:3]), st.sampled_from(DAYS[3:])),
    st.builds("FREQ=WEEKLY;INTERVAL=2;BYDAY={};UNTIL=20270630".format, st.sampled_from(DAYS)),
    st.builds("FREQ=MONTHLY;BYDAY={}{},-1{}".format, st.integers(1, 4), st.sampled_from(DAYS), st.sampled_from(DAYS)),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={};COUNT={}".format, st.sampled_from((1, 15, -1)), st.integers(2, 12)),
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(2, 9)),
)
NEAR = st.datetimes(datetime(2026, 7, 1), datetime(2027, 6, 30)).map(
    lambda at: at.replace(minute=0, second=0, microsecond=0)
)


@st.composite
def schedules(draw):
    """One rule or two of different times, with dates moved, called off and added."""
    rules = []
    for hour in draw(st.sampled_from(((10,), (10, 14)))):
        timed, first = (
            draw(st.booleans()),
            datetime.combine(draw(st.dates(date(2026, 5, 1), date(2026, 12, 1))), time()),
        )
        start = first.replace(hour=hour) if timed else first
        rules.append(Rule(start, 90 if timed else None, draw(st.none() | RRULES), timed=timed))
    dates = [one.starts.date() for one in occurrences(Schedule(tuple(rules)), FIRST, date(2027, 6, 1))]
    some = st.sampled_from(dates) if dates else st.nothing()
    return Schedule(
        tuple(rules),
        holidays=draw(st.sampled_from(HolidayPolicy)),
        cancelled=frozenset(draw(st.lists(some, max_size=2)) if dates else ()),
        moved=tuple((draw(st.dictionaries(some, NEAR, max_size=2)) if dates else {}).items()),
        extra=tuple(draw(st.lists(NEAR, max_size=1))),
        closed_year_end=draw(st.booleans()),
    )


@settings(max_examples=40, deadline=None)
@given(schedules())
def test_two_programs_read_the_same_dates(schedule):
    """Both find every date at its hour, and of each whether it is called off; and the file keeps the RFC's rules."""
    data = write([event(schedule)], ABOUT, TODAY)
    assert faults(data) == []
    wanted = expected(schedule)
    for found in (by_icalendar(data), by_ical(data)):
        assert {at for at, _ in found} == {at for at, _ in wanted}
        # Where two rules meet at one moment, a schedule shows one of them and calendars have both.
        assert wanted <= found


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=120), st.text(max_size=300))
def test_both_read_the_same_text(title, text):
    """Whatever letters a text has, the file keeps the rules, and both programs read it alike."""
    made = CalendarEvent(
        "a@b", f"題{title}"[:100], Schedule((Rule(datetime(2026, 12, 8, 10), 60),)), CHANGED, text=f"文{text}"
    )
    data = write([made], ABOUT, TODAY)
    assert faults(data) == []
    ((one,), (other,)) = (Calendar.from_ical(data).events, IcsCalendarStream.calendar_from_ics(data.decode()).events)
    assert str(one["SUMMARY"]) == other.summary
    assert str(one["DESCRIPTION"]) == other.description


def golden_events():
    """Events of every sort, as they stand in the golden file."""
    weekly = Rule(datetime(2026, 11, 10, 10), 90, "FREQ=MONTHLY;BYDAY=2TU,4TU")
    changed = {
        "cancelled": frozenset({date(2026, 12, 8)}),
        "moved": ((date(2026, 12, 22), datetime(2026, 12, 23, 13)),),
        "until": date(2027, 3, 31),
    }
    place = {"place_text": "みなも集会所、2階", "position": Point(135.005, 34.005), "categories": ("高齢者サロン",)}
    text = "https://ibasho.example/ja/99901/place/p1/\n\nお茶を飲み、歌います; どなたでも。\\o/"
    return [
        event(
            Schedule((weekly,), **changed),
            text=text,
            url="https://ibasho.example/ja/99901/place/p1/",
            sequence=4,
            **place,
        ),
        event(Schedule((Rule(datetime(2026, 12, 6), timed=False),)), "festival@example.jp", cancelled=True, sequence=2),
        event(
            Schedule((Rule(datetime(2026, 12, 7, 9), 60, "FREQ=WEEKLY;BYDAY=MO;COUNT=8"),), HolidayPolicy.SKIPPED),
            "b@example.jp",
        ),
    ]


def test_what_is_written_is_the_golden_file():
    """The file is, byte by byte, the one that was looked through by hand."""
    assert write(golden_events(), ABOUT, TODAY) == (GOLDEN / "valid" / "written.ics").read_bytes()


@pytest.mark.parametrize("path", sorted((GOLDEN / "valid").glob("*.ics")), ids=lambda path: path.stem)
def test_a_good_file_has_no_fault(path):
    """Both programs read what is good, and no rule is found broken."""
    data = path.read_bytes()
    assert faults(data) == []
    assert by_icalendar(data) == by_ical(data) != set()


@pytest.mark.parametrize("path", sorted((GOLDEN / "invalid").glob("*.ics")), ids=lambda path: path.stem)
def test_a_broken_file_is_found_to_be(path):
    """The rules are no formality: each file that breaks one is told by that one (its name says which)."""
    said = re.sub(r"[^a-z0-9]+", "_", " ".join(faults(path.read_bytes())).lower())
    assert path.stem in said
