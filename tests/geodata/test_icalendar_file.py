"""Calendars that go out say what the schedule says: read back by us, and worked out by python-dateutil."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rruleset, rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from geodata.icalendar_feed import read
from geodata.icalendar_file import write
from portal.clock import TOKYO
from portal.errors import InvalidRecordError
from portal.model.feed import CalendarAbout, CalendarEvent
from portal.model.position import Point
from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.schedules.occurrences import State, occurrences

TODAY = date(2026, 11, 22)
FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)
"""The span within which dates that depend on holidays are written."""
ABOUT = CalendarAbout("みなも町")
CHANGED = datetime(2026, 11, 1, 12, 0, tzinfo=TOKYO)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def event(schedule: Schedule, **values) -> CalendarEvent:
    """An event of the town with this schedule."""
    return CalendarEvent("salon@example.jp", "ひだまりサロン", schedule, CHANGED, **values)


def written(schedule: Schedule, **values) -> str:
    """The file of one event, unfolded."""
    return write([event(schedule, **values)], ABOUT, TODAY).decode().replace("\r\n ", "")


def happening(schedules: list[Schedule]) -> set[tuple]:
    """(starts, ends, timed) of what happens in the span and is not called off."""
    return {
        (one.starts, one.ends, one.timed)
        for schedule in schedules
        for one in occurrences(schedule, FIRST, LAST)
        if one.state is not State.CANCELLED
    }


def read_back(data: bytes) -> list[Schedule]:
    """The schedules of a file, as our own reader takes them; nothing may be left out."""
    found = read(data, date(1999, 1, 1))
    assert found.findings == ()
    return [item.schedule for item in found.items]


def worked_out(data: bytes) -> set[tuple]:
    """(starts, ends, timed) as another program would have it: RRULE by dateutil, EXDATE, RDATE and overrides."""
    masters, overrides = {}, {}
    for found in Calendar.from_ical(data).walk("VEVENT"):
        if "RECURRENCE-ID" in found:
            overrides[found["UID"], _moment(found["RECURRENCE-ID"].dt)] = found
        else:
            masters[found["UID"]] = found
    shown = set()
    for uid, master in masters.items():
        for moment in _dates(master):
            one = overrides.pop((uid, moment), None)
            if one is None:
                shown.add(_shown(master, moment))
            elif one.get("STATUS") != "CANCELLED":
                shown.add(_shown(one, _moment(one["DTSTART"].dt)))
    assert overrides == {}
    return {one for one in shown if FIRST <= one[0].date() <= LAST}


def _moment(value: date) -> datetime:
    local = value if isinstance(value, datetime) else datetime.combine(value, time(), TOKYO)
    return local.replace(tzinfo=None)


def _dates(master) -> list[datetime]:
    start = _moment(master["DTSTART"].dt)
    dates = rruleset()
    dates.rdate(start)
    if "RRULE" in master:
        text = master["RRULE"].to_ical().decode()
        until = master["RRULE"].get("UNTIL")
        if until and isinstance(until[0], datetime):
            text = text.replace(f"{until[0]:%Y%m%dT%H%M%SZ}", f"{until[0].astimezone(TOKYO):%Y%m%dT%H%M%S}")
        dates.rrule(rrulestr(text, dtstart=start))
    for key, note in (("RDATE", dates.rdate), ("EXDATE", dates.exdate)):
        for entry in master[key].dts if key in master else ():
            note(_moment(entry.dt))
    return dates.between(datetime(1999, 1, 1), datetime(2029, 1, 1))


def _shown(component, moment: datetime) -> tuple:
    timed = isinstance(component["DTSTART"].dt, datetime)
    ends = component["DTEND"].dt - component["DTSTART"].dt if "DTEND" in component else None
    starts = moment.replace(tzinfo=TOKYO)
    return starts, starts + ends if ends else None, timed


starts = st.datetimes(datetime(2024, 1, 1), datetime(2027, 6, 30)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
days = st.dates(date(2026, 1, 1), date(2027, 6, 30))
rrules = st.one_of(
    st.builds(
        "FREQ=WEEKLY;BYDAY={}".format,
        st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True).map(",".join),
    ),
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={};WKST={}".format,
        st.integers(2, 3),
        st.sampled_from(WEEKDAYS),
        st.sampled_from(WEEKDAYS),
    ),
    st.builds(
        "FREQ=MONTHLY;BYDAY={}{},{}{}".format,
        st.integers(1, 5),
        st.sampled_from(WEEKDAYS),
        st.sampled_from((-1, 2)),
        st.sampled_from(WEEKDAYS),
    ),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYMONTHDAY={}".format, st.integers(1, 3), st.sampled_from((1, 15, 31, -1))),
    st.builds("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={}".format, st.sampled_from((1, -1))),
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 10)),
    st.sampled_from(["FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY"]),
)
ended = st.one_of(
    rrules,
    st.builds("{};COUNT={}".format, rrules, st.integers(1, 80)),
    st.builds("{};UNTIL={}".format, rrules, st.dates(date(2027, 7, 1), date(2028, 1, 1)).map("{:%Y%m%d}".format)),
)


@st.composite
def rules(draw):
    """A repeating rule or a single date, with or without a time."""
    start, timed = draw(starts), draw(st.booleans())
    minutes = draw(st.sampled_from((None, 60, 90))) if timed else None
    return Rule(start if timed else datetime.combine(start, time()), minutes, draw(st.none() | ended), timed=timed)


@st.composite
def schedules(draw):
    """Schedules of every sort: several rules, holidays, exceptions on dates that exist and on others."""
    kept = tuple(draw(st.lists(rules(), min_size=1, max_size=3)))
    bare = Schedule(kept)
    happens = [one.starts.date() for one in occurrences(bare, date(2026, 6, 1), date(2027, 3, 1))][:60]
    some = st.sampled_from(happens) | days if happens else days
    to = st.datetimes(datetime(2026, 6, 1), datetime(2027, 3, 1)).map(
        lambda moment: moment.replace(minute=0, second=0, microsecond=0)
    )
    changes = {
        "cancelled": frozenset(draw(st.lists(some, max_size=3))),
        "moved": tuple(draw(st.dictionaries(some, to, max_size=2)).items()),
        "extra": tuple(draw(st.lists(to, max_size=2))),
        "until": draw(st.none() | st.dates(date(2027, 7, 1), date(2027, 12, 1))),
        "holidays": draw(st.sampled_from(HolidayPolicy)),
        "months_off": frozenset(draw(st.lists(st.integers(1, 12), max_size=2))),
        "closed_year_end": draw(st.booleans()),
    }
    return Schedule(kept, **changes)


@settings(max_examples=150, deadline=None)
@given(schedules())
def test_what_is_written_is_what_happens(schedule):
    """Every date, time and length that goes out is one of the schedule, and none is missing, to other programs too."""
    data = write([event(schedule)], ABOUT, TODAY)
    expected = happening([schedule])
    for found in (worked_out(data), happening(read_back(data))):
        # Of two rules that fall on one moment a schedule shows one; calendars have both.
        assert {starts for starts, _, _ in found} == {starts for starts, _, _ in expected}
        assert expected <= found


@settings(max_examples=60, deadline=None)
@given(rules(), st.lists(st.integers(0, 20), max_size=3, unique=True))
def test_a_date_called_off_stays_to_be_seen(rule, which):
    """A date that is called off is in the file, marked as such, and is read back as called off."""
    happens = [one.starts.date() for one in occurrences(Schedule((rule,)), date(2026, 6, 1), LAST)]
    off = {happens[number] for number in which if number < len(happens)}
    schedule = Schedule((rule,), cancelled=frozenset(off))
    data = write([event(schedule)], ABOUT, TODAY)
    assert data.count(b"STATUS:CANCELLED") == len(off)
    assert {day for one in read_back(data) for day in one.cancelled} == off


def test_a_weekly_salon_is_a_rule_for_ever():
    """What an RRULE can say is said by one, without an end that nobody set."""
    text = written(Schedule((Rule(datetime(2026, 12, 1, 10, 0), 90, "FREQ=MONTHLY;BYDAY=2TU,4TU"),)))
    assert "RRULE:FREQ=MONTHLY;BYDAY=2TU,4TU\r\n" in text
    assert "DTSTART;TZID=Asia/Tokyo:20261208T100000\r\nDTEND;TZID=Asia/Tokyo:20261208T113000\r\n" in text
    assert "UNTIL" not in text


def test_the_schedules_last_day_is_the_rules_last_day():
    """The last day counts in Tokyo's time, and is written in UTC as the RFC wants it."""
    schedule = Schedule((Rule(datetime(2026, 12, 1, 10, 0), 90, "FREQ=WEEKLY;BYDAY=TU"),), until=date(2027, 3, 31))
    assert "UNTIL=20270331T145959Z" in written(schedule)


@pytest.mark.parametrize("holidays", sorted(set(HolidayPolicy) - {HolidayPolicy.RUNS}))
def test_what_depends_on_holidays_is_written_to_the_end_of_next_year(holidays):
    """No calendar knows Japan's holidays: the dates are exact up to a stated day, and none is promised beyond it."""
    schedule = Schedule((Rule(datetime(2026, 1, 5, 10, 0), 60, "FREQ=WEEKLY;BYDAY=MO"),), holidays)
    data = write([event(schedule)], ABOUT, TODAY)
    dates = [one[0].date() for one in worked_out(data)]
    assert max(dates) <= LAST
    assert max(dates) >= date(2027, 12, 27)
    assert len(data) < 10_000


def test_a_moved_date_says_from_when():
    """A date that was moved replaces the one that it was to be."""
    schedule = Schedule(
        (Rule(datetime(2026, 12, 1, 10, 0), 90, "FREQ=WEEKLY;BYDAY=TU"),),
        moved=((date(2026, 12, 22), datetime(2026, 12, 23, 13, 0)),),
    )
    text = written(schedule)
    assert "RECURRENCE-ID;TZID=Asia/Tokyo:20261222T100000\r\n" in text
    assert "DTSTART;TZID=Asia/Tokyo:20261223T130000\r\nDTEND;TZID=Asia/Tokyo:20261223T143000\r\n" in text


def test_everything_that_is_known_goes_out():
    """Title, text, place, position, address, categories and revision reach the calendar, and come back."""
    schedule = Schedule((Rule(datetime(2026, 12, 8, 10, 0), 90),))
    facts = {
        "text": "一行目; $${x}, \\n ではない\n二行目",
        "url": "https://example.jp/post/1",
        "place_text": "みなも集会所、2階",
        "position": Point(135.5, 34.5),
        "cancelled": True,
        "sequence": 3,
        "categories": ("高齢者", "体操,歌"),
    }
    item = read(write([event(schedule, **facts)], ABOUT, TODAY), TODAY).items[0]
    assert {name: getattr(item, name) for name in facts} == facts
    assert (item.uid, item.title, item.changed_at) == ("salon@example.jp", "ひだまりサロン", CHANGED)
    assert item.schedule == schedule


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=200))
def test_no_text_breaks_out_of_its_line(title, text):
    """Whatever a title or a text holds, it begins no line of its own and adds no event."""
    schedule = Schedule((Rule(datetime(2026, 12, 8, 10, 0), 90),))
    made = CalendarEvent("a@b", f"題{title}", schedule, CHANGED, f"文{text}\r\nEND:VEVENT\nBEGIN:VEVENT\u2028ATTACH:x")
    data = write([made], CalendarAbout(title, text), TODAY)
    assert data.count(b"\r\nBEGIN:VEVENT") == 1
    assert b"\nATTACH" not in data
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert [item.uid for item in read(data, TODAY).items] == ["a@b"]


def test_rules_of_two_times_become_two_related_events():
    """Tuesdays at ten and Fridays at two are two events with names of their own that last."""
    schedule = Schedule(
        (
            Rule(datetime(2026, 12, 1, 10, 0), 60, "FREQ=WEEKLY;BYDAY=TU"),
            Rule(datetime(2026, 12, 4, 14, 0), 60, "FREQ=WEEKLY;BYDAY=FR"),
        )
    )
    text = written(schedule)
    assert "UID:salon@example.jp\r\n" in text
    assert "UID:salon-2@example.jp\r\n" in text
    assert "RELATED-TO;RELTYPE=SIBLING:salon@example.jp\r\n" in text


def test_the_file_is_the_same_for_the_same_events():
    """Nothing of the moment of writing is in the file, so a reader's program sees no change where there is none."""
    schedule = Schedule((Rule(datetime(2026, 12, 8, 10, 0), 90),))
    assert written(schedule) == written(schedule)
    assert f"DTSTAMP:{CHANGED.astimezone(UTC):%Y%m%dT%H%M%SZ}" in written(schedule)


def test_many_events_and_none_are_a_calendar():
    """A calendar of a thousand events and one of none are read by the field's own library."""
    schedule = Schedule((Rule(datetime(2026, 12, 8, 10, 0), 90, "FREQ=WEEKLY;BYDAY=TU"),))
    many = [CalendarEvent(f"{number}@example.jp", "会", schedule, CHANGED) for number in range(1000)]
    assert len(Calendar.from_ical(write(many, ABOUT, TODAY)).events) == 1000
    assert Calendar.from_ical(write([], ABOUT, TODAY)).events == []


@pytest.mark.parametrize(
    "values",
    [
        {"uid": " "},
        {"uid": "x" * 501},
        {"title": ""},
        {"title": "x" * 101},
        {"url": "javascript:alert(1)"},
        {"changed_at": datetime(2026, 11, 1) + timedelta(0)},
    ],
)
def test_an_event_that_no_calendar_could_hold_is_refused(values):
    """An event without a name to find it by, without a title, or with a time of no zone is not made."""
    facts = {"uid": "a@b", "title": "会", "changed_at": CHANGED, **values}
    schedule = Schedule((Rule(datetime(2026, 12, 8, 10, 0)),))
    with pytest.raises(InvalidRecordError):
        CalendarEvent(facts["uid"], facts["title"], schedule, facts["changed_at"], url=facts.get("url", ""))
