"""The columns of open data on days and hours."""

from __future__ import annotations

from datetime import date

import pytest

from portal.model.schedule import HolidayPolicy
from portal.schedules.opening import weekly_from_opening
from portal.schedules.wording import describe

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "starts", "ends", "text"),
    [
        ("月火水木金", "9:00", "17:00", "毎週月〜金曜 9:00–17:00"),
        ("月・水", "09:00:00", "12:30:00", "毎週月・水曜 9:00–12:30"),
        ("月;水;金", "９時", "１２時半", "毎週月・水・金曜 9:00–12:30"),
        ("平日", "0900", "1715", "平日 9:00–17:15"),
        ("毎日", "", "", "毎日"),
        ("土日", "10:00", "", "毎週土・日曜 10:00から"),
        ("土日祝", "10:00", "16:00", "毎週土・日曜・祝日 10:00–16:00"),
    ],
)
def test_columns_are_read(days, starts, ends, text):
    """Days and hours from their columns give the opening hours."""
    assert describe(weekly_from_opening(days, starts, ends, "", TODAY), "ja") == text


def test_closing_days_in_the_note_are_heeded():
    """What the note says of closing days comes in; what is not understood stays as a note."""
    schedule = weekly_from_opening("月火水木金", "9:00", "17:00", "【休館日】祝日、年末年始　※要予約", TODAY)
    assert schedule.holidays is HolidayPolicy.SKIPPED
    assert schedule.closed_year_end
    assert schedule.note == "要予約"


def test_a_note_that_says_other_hours_stays_a_note():
    """The columns hold; a note that would change the hours is shown as it is written."""
    schedule = weekly_from_opening("月火水木金", "9:00", "17:00", "土曜 9:00～12:00", TODAY)
    assert describe(schedule, "ja") == "毎週月〜金曜 9:00–17:00（土曜 9:00～12:00）"


def test_the_note_alone_is_read_where_the_columns_are_empty():
    """Many cities leave the columns empty and write all into the note."""
    schedule = weekly_from_opening("", "", "", "【開館時間】8:00～16:30 【休館日】土曜日、日曜日、祝日", TODAY)
    assert describe(schedule, "ja") == "平日 8:00–16:30"


@pytest.mark.parametrize(
    ("days", "starts", "ends", "note"),
    [
        ("", "9:00", "17:00", ""),
        ("", "", "", ""),
        ("随時", "9:00", "17:00", ""),
        ("月火", "17:00", "9:00", ""),
        ("月火", "", "17:00", ""),
        ("月火", "25:00", "", ""),
    ],
)
def test_columns_that_say_no_days_or_wrong_hours_give_nothing(days, starts, ends, note):
    """Without readable days, or with hours that cannot be, there is no schedule."""
    assert weekly_from_opening(days, starts, ends, note, TODAY) is None
