"""Japanese text read into schedules."""

from __future__ import annotations

import time
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.model.schedule import HolidayPolicy
from portal.schedules.reading import read_schedule

TODAY = date(2026, 11, 22)  # a Sunday
SIGNS = "第1234月火水木金土日曜祝毎週隔年末始は休み除く、・~（）() :0時半午前後からまで翌の中止も変更"


def _rules(text, default_start=None):
    read = read_schedule(text, TODAY, default_start)
    assert read.schedule is not None, text
    return [
        (one.rrule or f"{one.start:%Y-%m-%d}", f"{one.start:%H:%M}" if one.timed else "", one.minutes)
        for one in read.schedule.rules
    ]


@pytest.mark.parametrize(
    ("text", "rrule", "start", "minutes"),
    [
        ("第2・4火曜 10:00–12:00", "FREQ=MONTHLY;BYDAY=2TU,4TU", "10:00", 120),
        ("毎週月・水・金曜日 13時半〜15時", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "13:30", 90),
        ("毎月第２火曜日 午後1時半から3時まで", "FREQ=MONTHLY;BYDAY=2TU", "13:30", 90),
        ("第1、3水曜 10時～", "FREQ=MONTHLY;BYDAY=1WE,3WE", "10:00", None),
        ("第一・第三水曜日 午前１０時－正午", "FREQ=MONTHLY;BYDAY=1WE,3WE", "10:00", 120),
        ("毎月第2火曜・第4木曜 13:30‐15:30", "FREQ=MONTHLY;BYDAY=2TU,4TH", "13:30", 120),
        ("最終土曜", "FREQ=MONTHLY;BYDAY=-1SA", "", None),
        ("第1土曜13時から", "FREQ=MONTHLY;BYDAY=1SA", "13:00", None),
        ("毎日 9:00～17:00", "FREQ=DAILY", "09:00", 480),
        ("月〜金", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "", None),
        ("土～月曜", "FREQ=WEEKLY;BYDAY=MO,SA,SU", "", None),
        ("火・木10:00−11:30", "FREQ=WEEKLY;BYDAY=TU,TH", "10:00", 90),
        ("10〜12時 毎週木曜", "FREQ=WEEKLY;BYDAY=TH", "10:00", 120),
        ("毎週金曜 22:00～翌1:00", "FREQ=WEEKLY;BYDAY=FR", "22:00", 180),
        ("毎週金曜 22:00～25:00", "FREQ=WEEKLY;BYDAY=FR", "22:00", 180),
        ("毎月15日", "FREQ=MONTHLY;BYMONTHDAY=15", "", None),
        ("毎月5日・20日", "FREQ=MONTHLY;BYMONTHDAY=5,20", "", None),
        ("毎月末日 10時", "FREQ=MONTHLY;BYMONTHDAY=-1", "10:00", None),
        ("4月から7月の第1月曜", "FREQ=MONTHLY;BYMONTH=4,5,6,7;BYDAY=1MO", "", None),
        ("奇数月の第3木曜", "FREQ=MONTHLY;BYMONTH=1,3,5,7,9,11;BYDAY=3TH", "", None),
        ("火曜（第5を除く）", "FREQ=MONTHLY;BYDAY=1TU,2TU,3TU,4TU", "", None),
        ("毎日 9:00～17:00（月曜を除く）", "FREQ=WEEKLY;BYDAY=TU,WE,TH,FR,SA,SU", "09:00", 480),
        ("【開館時間】9:00～21：30 【休館日】月曜日", "FREQ=WEEKLY;BYDAY=TU,WE,TH,FR,SA,SU", "09:00", 750),
        ("隔週金曜、2026年12月4日から", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "", None),
        ("全10回 毎週火曜 2026年12月8日から", "FREQ=WEEKLY;BYDAY=TU;COUNT=10", "", None),
        ("8月5日（水）～8月16日（日） 9:00～17:00", "FREQ=DAILY;UNTIL=20260816", "09:00", 480),
        ("令和8年3月2日 10:00", "2026-03-02", "10:00", None),
        ("R8.3.2", "2026-03-02", "", None),
        ("令和元年5月1日", "2019-05-01", "", None),
        ("2026/12/8(火) 14:00-16:00", "2026-12-08", "14:00", 120),
        ("２０２６年１２月８日（火）１４：００－１６：００", "2026-12-08", "14:00", 120),
        ("2026-12-08 14:00", "2026-12-08", "14:00", None),
        ("8月11日(火・祝) 10時", "2026-08-11", "10:00", None),
        ("2026/12/8 24:30", "2026-12-09", "00:30", None),
    ],
)
def test_common_ways_of_writing_are_read(text, rrule, start, minutes):
    """Each usual way of writing days and hours gives the rule that it means, whatever its widths and dashes."""
    assert _rules(text) == [(rrule, start, minutes)]
    assert read_schedule(text, TODAY).not_understood == ()


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("第2・4火曜 10:00–12:00、祝日は休み", HolidayPolicy.SKIPPED),
        ("毎週火曜、祝日は休み", HolidayPolicy.SKIPPED),
        ("毎週火曜（祝日を除く）", HolidayPolicy.SKIPPED),
        ("平日", HolidayPolicy.SKIPPED),
        ("月～金 9:00～17:00、土・日・祝は休み", HolidayPolicy.SKIPPED),
        ("第1・第3水曜日(祝日の場合は翌日)", HolidayPolicy.MOVES_NEXT_DAY),
        ("第1水曜日 祝日の場合は翌平日に振替", HolidayPolicy.MOVES_NEXT_DAY),
        ("第1水曜日（祝日の場合は翌週）", HolidayPolicy.MOVES_NEXT_WEEK),
        ("第1水曜日（祝日の場合は休み）", HolidayPolicy.SKIPPED),
        ("毎週水曜日（祝日も開催）", HolidayPolicy.RUNS),
        ("毎週水曜日", HolidayPolicy.RUNS),
        ("土日祝", HolidayPolicy.ADDED),
        ("土・日曜・祝日 10:00～12:00", HolidayPolicy.ADDED),
    ],
)
def test_what_happens_on_public_holidays_is_read(text, policy):
    """The sentence about public holidays decides the policy, and 平日 is not on them."""
    read = read_schedule(text, TODAY)
    assert read.schedule is not None
    assert read.schedule.holidays is policy
    assert read.not_understood == ()


def test_closing_days_are_read():
    """年末年始, months off and cancelled dates each come into their own field."""
    read = read_schedule("毎週火曜 10時～11時、年末年始を除く、8月・12月は休み、2027年1月12日（火）は中止", TODAY)
    assert read.not_understood == ()
    assert read.schedule.closed_year_end
    assert read.schedule.months_off == {8, 12}
    assert read.schedule.cancelled == {date(2027, 1, 12)}


def test_several_hours_and_closing_days_of_a_public_hall_are_read():
    """Hours in two parts and closing days under a heading give the open days, each with both parts."""
    text = "【開館時間】9:30～12:00、13:30～16:00【休館日】土日祝、年末年始"
    weekdays = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    assert _rules(text) == [(weekdays, "09:30", 150), (weekdays, "13:30", 150)]
    assert read_schedule(text, TODAY).schedule.closed_year_end


def test_a_closed_third_sunday_is_left_out():
    """「第3日曜日」 under 休館日 leaves the other Sundays open."""
    rules = _rules("【開館時間】9：00～21：30 【休館日】月の第3日曜日、祝日")
    assert [rule for rule, _, _ in rules] == [
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA",
        "FREQ=MONTHLY;BYDAY=1SU,2SU,4SU,5SU",
    ]


def test_different_days_keep_their_own_hours():
    """Days followed by hours, twice, give two rules."""
    assert _rules("水曜 10:00～12:00、金曜 13:00～15:00") == [
        ("FREQ=WEEKLY;BYDAY=WE", "10:00", 120),
        ("FREQ=WEEKLY;BYDAY=FR", "13:00", 120),
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("8月5日（水）", "2026-08-05"),
        ("8月5日（木）", "2027-08-05"),
        ("8月5日（土）", "2028-08-05"),
        ("1月10日", "2027-01-10"),
    ],
)
def test_the_weekday_decides_the_year(text, day):
    """A date without a year is the nearest one to today that has the weekday it says."""
    assert _rules(text)[0][0] == day


def test_a_date_left_out_of_a_span_is_cancelled():
    """「※10日（月）以外」 after a span of dates within a month leaves that day out."""
    read = read_schedule("8月5日（水）～8月16日（日）\n※10日（月）以外", TODAY)
    assert read.schedule.cancelled == {date(2026, 8, 10)}


def test_a_rule_begins_on_its_first_date():
    """The start is the first date from the stated day on, else from the default, else from today."""
    for text, default, start in [
        ("毎週火曜", None, datetime(2026, 11, 24)),  # local time
        ("毎週火曜", date(2026, 12, 1), datetime(2026, 12, 1)),  # local time
        ("毎週火曜 2027年4月1日から", date(2026, 12, 1), datetime(2027, 4, 6)),  # local time
    ]:
        assert read_schedule(text, TODAY, default).schedule.rules[0].start == start


def test_every_other_week_needs_a_first_date():
    """隔週 is read only where it is known from which week on."""
    assert read_schedule("隔週金曜", TODAY).schedule is None
    assert _rules("隔週金曜", date(2026, 12, 1)) == [("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "", None)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("第2火曜 10:00～12:00（雨天中止）", ("雨天中止",)),
        ("はじめての方も歓迎　第1土曜13時から", ("はじめての方も歓迎",)),
        ("毎週火曜 ＊要予約㈱", ("＊要予約", "㈱")),
        ("第2・第4火曜日（8月は第4のみ）", ("8月は第4のみ",)),
        ("毎週水曜 ※祝日の前日は休み", ("祝日の前日は休み",)),
        ("9:00～17:00【休館日】月曜日（月曜日が祝日の場合は翌日休）", ("月曜日が祝日の場合は翌日休",)),
        ("毎日 15:00-13:00", ("15:00-13:00",)),
        ("毎週火曜 1時半～3時", ("1時半～3時",)),
        ("毎週火曜 10時半まで", ("10時半まで",)),
        ("毎週火曜 開場：車いす可", ("開場：車いす可",)),
    ],
)
def test_what_is_not_understood_is_handed_back(text, parts):
    """A part that is not understood comes back as it was written, and stands in the schedule's note."""
    read = read_schedule(text, TODAY)
    assert read.not_understood == parts
    assert read.schedule is not None
    assert read.schedule.note == "、".join(parts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "雨天中止 火気厳禁",
        "水筒持参、土足禁止",
        "月1回開催",
        "毎月8のつく日",
        "随時",
        "25時",
        "10:00～12:00",
        "月曜定休",
        "毎週火曜日は休み",
        "月曜、祝日は休み",
        "土曜、日曜、祝日は休み",
        "毎週火曜 24:30",
        "2026/12/8(水) 14:00-16:00",
        "令和6年2月30日 10:00",
        "令和100年1月1日",
        "9999年1月1日",
        "13月5日",
        "毎月32日",
        "毎年5月3日",
        "隔週第2火曜、2026年12月1日から",
        "2026年12月8日まで毎週火曜、2026年12月1日まで",
        "第6火曜",
        "祝日のみ",
        "月に一度どこかで",
        "<script>alert(1)</script>",
        "${x} {0} {text}",
        "\x00\u202e\ud800",
        "毎週火曜" + "あ" * 2000,
    ],
)
def test_what_cannot_be_read_gives_no_schedule(text):
    """A text without days, with a wrong date, or with two meanings gives no schedule and is kept whole."""
    read = read_schedule(text, TODAY)
    assert read.schedule is None
    assert "".join(read.not_understood).strip() == text.strip()


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=SIGNS, max_size=60))
def test_any_mixture_of_its_words_is_survived(text):
    """Whatever the words are mixed into, reading ends with a schedule or the text itself."""
    read = read_schedule(text, TODAY, TODAY)
    assert read.schedule is not None or "".join(read.not_understood) == text.strip()
    assert all(part in text for part in read.not_understood)


@pytest.mark.parametrize(
    "piece",
    ["火", "第2・", "8月5日", "1、", "祝日の場合", "10:00~", "月・", "が", "2026年", "毎月1日・", "午後", "12/29~"],
)
def test_long_repetitive_text_is_read_quickly(piece):
    """2,000 signs of the same word take less than a second."""
    begun = time.perf_counter()
    text = (piece * 2000)[:2000]
    read = read_schedule(text, TODAY)
    assert read.schedule is not None or read.not_understood == (text.strip(),)
    assert time.perf_counter() - begun < 1
