"""イベント一覧: one row a date, read again as the same events."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import events
from geodata.events_writing import events as write
from portal.model.place import Audience, Booking, ContactKind, Fee, PlaceFacts
from portal.model.position import Point, Precision
from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.schedules.occurrences import State, occurrences
from tests import town
from tests.geodata.open_entries import entry, put, shown
from tests.geodata.test_standard_lists_writing import differing

FAIR = PlaceFacts(
    kind="event",
    name="もちつき大会",
    name_kana="モチツキタイカイ",
    name_en="Rice cake fair",
    description="つきたてを配ります。\n雨の日は中です。",
    address="大阪府みなも町東1-2-3 東公民館",
    position=Point(135.123457, 34.654321),
    precision=Precision.EXACT,
    audience=frozenset({Audience.CHILDREN}),
    audience_note="子ども",
    fee=Fee.FREE,
    fee_note="無料",
    booking=Booking.NEEDED,
    booking_note="定員: 30人\n参加申込方法: 要申込（電話）",
    contacts=(shown(ContactKind.PERSON, "町民課"), shown(ContactKind.PHONE, "06-0000-0000", "9")),
    group="ひだまりの会",
    schedule=Schedule((Rule(datetime(2026, 12, 6, 10), 90), Rule(datetime(2026, 12, 13, 10), 90))),
    extra={"備考": "駐車場なし"},
)
WEEKLY = Rule(datetime(2026, 11, 3, 13, 30), 90, "FREQ=WEEKLY;BYDAY=TU")


def read(folder, *entries):
    """The records that the reader of events makes of what is written."""
    return events.read([put(folder, "events.csv", write(entries, town.TODAY))], today=town.TODAY).rows


def rows(*entries):
    """What is written, by header."""
    return list(csv.DictReader(io.StringIO(write(entries, town.TODAY).decode("utf-8-sig"))))


def held(schedule, last=date(2027, 1, 23)):
    """Start and end of what takes place, from today on."""
    found = occurrences(schedule, town.TODAY, last)
    return [(one.starts, one.ends, one.timed) for one in found if one.state is not State.CANCELLED]


def test_an_event_of_two_dates_comes_back_the_same(tmp_path):
    """Two dates are two rows of one number, and every field is read again as it was, the number kept beside."""
    assert [row["開始日"] for row in rows(entry(FAIR))] == ["2026-12-06", "2026-12-13"]
    (row,) = read(tmp_path, entry(FAIR))
    assert differing(row.facts, FAIR, "extra") == set()
    assert (row.record, row.facts.extra) == ("p1", {**FAIR.extra, "NO": "p1"})


@pytest.mark.parametrize(
    "rule",
    [
        Rule(datetime(2026, 12, 6), timed=False),
        Rule(datetime(2026, 12, 6, 9, 30), None),
        Rule(datetime(2026, 12, 6, 22), 600),
        Rule(datetime(2026, 12, 1, 10), 120, "FREQ=DAILY;UNTIL=20261205"),
        Rule(datetime(2026, 12, 1), rrule="FREQ=DAILY;UNTIL=20261205", timed=False),
        Rule(datetime(2026, 12, 1, 20), 720, "FREQ=DAILY;UNTIL=20261203"),
        Rule(datetime(2020, 12, 1, 10), 60),
    ],
)
def test_days_hours_nights_and_spans_come_back(tmp_path, rule):
    """A day without hours, an hour without an end, a night, a span of days and what is past are each one row."""
    known = replace(FAIR, schedule=Schedule((rule,)))
    assert len(rows(entry(known))) == 1
    (row,) = read(tmp_path, entry(known))
    assert row.facts.schedule == known.schedule


def test_a_series_is_one_row_a_date_and_what_is_called_off_is_none(tmp_path):
    """A weekly series is its coming dates, without those called off or on holidays, moved ones where they now are."""
    series = Schedule(
        (WEEKLY,),
        holidays=HolidayPolicy.SKIPPED,
        cancelled=frozenset({date(2026, 12, 8)}),
        moved=((date(2026, 12, 15), datetime(2026, 12, 16, 10)),),
    )
    found = read(tmp_path, entry(replace(FAIR, schedule=series)))
    told = sorted(one for row in found for one in held(row.facts.schedule))
    assert told == held(series)
    assert date(2026, 12, 8) not in {starts.date() for starts, _, _ in told}
    assert len(found) == 2  # the reader takes another hour for another event


@given(
    st.lists(
        st.builds(
            lambda day, minute, length: Rule(
                datetime.combine(town.TODAY, datetime.min.time()) + timedelta(days=day, minutes=15 * minute), length
            ),
            st.integers(0, 60),
            st.integers(0, 95),
            st.one_of(st.none(), st.integers(1, 1439)),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda rule: rule.start,
    )
)
@settings(max_examples=25, deadline=None)
def test_whatever_dates_an_event_has_they_come_back(tmp_path_factory, rules):
    """Any single dates are read again with the same beginnings and ends, whichever rows they were."""
    schedule = Schedule(tuple(rules))
    found = read(tmp_path_factory.mktemp("events"), entry(replace(FAIR, schedule=schedule)))
    told = sorted(rule for row in found for rule in held(row.facts.schedule))
    assert [(starts, ends) for starts, ends, _ in told] == [(starts, ends) for starts, ends, _ in held(schedule)]


def test_a_post_that_is_called_off_is_in_no_list():
    """The list cannot say 中止, so what is called off is not in it."""
    assert rows(entry(FAIR, cancelled=True)) == []


def test_seats_and_the_last_day_to_apply_stand_in_their_columns():
    """A course's seats and the day until which one applies stand where the layout has them."""
    (first, _) = rows(entry(replace(FAIR, booking_note=""), seats=12, booking_until=date(2026, 12, 1)))
    assert (first["定員"], first["参加申込終了日"], first["参加申込方法"]) == ("12", "2026-12-01", "要申込")
