"""Lists of events, whose dates are written as programmes write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import events
from geodata.event_days import EventDays, NoSuchDayError, Span, read_days
from geodata.event_schedule import When, event_schedule
from geodata.event_times import EventTimes, Session, read_times
from portal.model.finding import Severity
from portal.model.place import Audience, Booking, Fee
from portal.model.schedule import RULES_MAX, HolidayPolicy
from portal.schedules.occurrences import occurrences
from portal.words import LANGUAGES, say
from tests.real_data import REAL, needs_real_data

GOLDEN = Path(__file__).parent / "golden" / "intake"
TODAY = date(2026, 11, 22)
APRIL = GOLDEN / "events_202604.csv"


def read(*files):
    """The intake of files."""
    return events.read(files, today=TODAY)


def by_name(intake):
    """Facts by name."""
    return {row.facts.name: row.facts for row in intake.rows}


def spans(text):
    """First and last days that a text names, as month and day."""
    found = read_days(text, TODAY)
    return [(f"{span.first:%m%d}", f"{span.last:%m%d}") for span in found.spans]


def test_a_weekly_salon_is_one_record():
    """Three rows of the same name, place, organiser and hours are one record with three dates."""
    facts = by_name(read(APRIL))["高齢者サロン ひなたぼっこ"]
    assert [rule.start for rule in facts.schedule.rules] == [datetime(2026, 4, day, 10) for day in (7, 14, 21)]
    assert {rule.minutes for rule in facts.schedule.rules} == {90}
    assert (facts.kind, facts.fee, facts.booking) == ("elderly_salon", Fee.FREE, Booking.NOT_NEEDED)
    assert (facts.audience, facts.audience_note) == ({Audience.OLDER}, "高齢者とその家族")
    assert facts.address == "兵庫県見本市見本町1-1 見本会館"
    assert facts.contacts[0].public


def test_a_festival_of_days_is_a_daily_rule():
    """開始日 to 終了日 is every day between them at the same hours."""
    facts = by_name(read(APRIL))["見本まつり"]
    assert facts.schedule.rules[0].rrule == "FREQ=DAILY;UNTIL=20260505"
    assert (facts.booking, facts.extra["カテゴリー"]) == (Booking.NEEDED, "まつり")
    assert facts.description == "場所名称: 見本公園"


def test_a_night_and_its_remark():
    """22:00 to 24:30 lasts two hours and a half; the remark on the day stays verbatim."""
    facts = by_name(read(APRIL))["夜の観察会"]
    assert (facts.schedule.rules[0].minutes, facts.schedule_note) == (150, "雨天中止")


def test_rows_that_cannot_be_are_refused_with_their_line():
    """Ends before starts, a day that does not exist, the same row twice, no name."""
    intake = read(APRIL)
    refused = [(one.line, one.key) for one in intake.findings if one.severity is Severity.REFUSED]
    assert refused == [
        (8, "intake.ends_before_start"),
        (9, "intake.ends_before_start_time"),
        (10, "intake.no_such_day"),
        (11, "intake.event_twice"),
        (15, "model.no_name"),
    ]
    assert intake.read == 13


def test_what_is_no_date_is_read_as_a_repetition_or_kept():
    """毎月第2火曜 in a column of dates is a repetition, 随時 stays as it is written, 3/1 is doubtful."""
    found = by_name(read(APRIL))
    assert found["だし汁教室"].schedule.rules[0].rrule == "FREQ=MONTHLY;BYDAY=2TU"
    assert (found["いつでも相談会"].schedule, found["いつでも相談会"].schedule_note) == (None, "随時")
    assert (14, "intake.year_guessed") in [(one.line, one.key) for one in read(APRIL).findings]


def test_nothing_of_a_row_is_lost():
    """Columns that no field takes are listed and kept, and so are the numbers of rows that were folded."""
    intake = read(APRIL)
    assert intake.unknown_columns == ("備考", "公開日")
    assert by_name(intake)["高齢者サロン ひなたぼっこ"].extra["NO"].split("\n") == ["101", "102", "103"]


def test_every_finding_is_a_sentence():
    """What the reader says exists in every language and its gaps are filled."""
    assert all(say(one.key, language, **one.values) for one in read(APRIL).findings for language in LANGUAGES)


def test_numbers_of_rows_are_no_ids(tmp_path):
    """№ 1, 2, 3 name other events next month, so the record is made of name and place; real ids are kept."""
    for name, ids in (("running", (1, 2)), ("own", (71, 93))):
        rows = "\n".join(f"{number},会{number},2026-04-0{order}" for order, number in enumerate(ids, start=1))
        (tmp_path / f"{name}.csv").write_text(f"NO,イベント名,開始日\n{rows}\n", encoding="utf-8")
    assert [row.record for row in read(tmp_path / "own.csv").rows] == ["71", "93"]
    assert all(len(row.record) == 32 for row in read(tmp_path / "running.csv").rows)


def test_a_day_of_a_weekly_year_fits_into_a_schedule(tmp_path):
    """More dates than a schedule has rules become runs of equal steps; not one date is lost."""
    days = [date(2026, 4, 1) + timedelta(days=7 * week + (week > 30)) for week in range(70)]
    rows = "\n".join(f"会,{day},10:00,11:00" for day in days)
    (tmp_path / "e.csv").write_text(f"イベント名,開始日,開始時間,終了時間\n{rows}\n", encoding="utf-8")
    (row,) = read(tmp_path / "e.csv").rows
    assert len(row.facts.schedule.rules) <= RULES_MAX
    assert [one.starts.date() for one in occurrences(row.facts.schedule, days[0], days[-1])] == days


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8月5日（水）～8月16日（日）\n※10日（月）以外", [("0805", "0809"), ("0811", "0816")]),
        ("8月11日(火・祝)～9月23日(水・祝）", [("0811", "0923")]),
        ("9月4日、18日、10月2日、16日 (第1週、3週の金曜日)", [(day, day) for day in ("0904", "0918", "1002", "1016")]),
        ("～9月25日(金)\nまで", [("0925", "0925")]),
        ("令和8年4月1日(水)", [("0401", "0401")]),
        ("20260401", [("0401", "0401")]),
        ("2026/4/1-4/3", [("0401", "0403")]),
        ("2026-12-28～1月3日", [("1228", "0103")]),
        ("2026年8月1日～31日（8日、10日を除く）", [("0801", "0807"), ("0809", "0809"), ("0811", "0831")]),
    ],
)
def test_days_as_programmes_write_them(text, expected):
    """Spans, lists, exceptions, eras and missing months are read."""
    assert spans(text) == expected


@pytest.mark.parametrize("text", ["随時（要調整）", "8・9月の試合日程", "毎月第2火曜", "10:00", "", "あ" * 10_000])
def test_what_names_no_day_is_none(text):
    """A text without dates gives none."""
    assert read_days(text, TODAY) is None


@pytest.mark.parametrize("text", ["令和6年2月30日", "2月30日", "0001-01-01", "9999-12-31", "2026/13/1"])
def test_days_that_do_not_exist(text):
    """A date that the calendar does not have is an error, never another date."""
    with pytest.raises(NoSuchDayError):
        read_days(text, TODAY)


@given(day=st.dates(date(2024, 11, 30), date(2028, 11, 1)))
def test_a_weekday_tells_the_year(day):
    """A date without a year, but with its weekday, is read as the one that it was, within two years either way."""
    found = read_days(f"{day.month}月{day.day}日（{'月火水木金土日'[day.weekday()]}）", TODAY)
    assert found.spans == (Span(day, day),)
    assert not found.guessed


@pytest.mark.parametrize(
    ("starts", "ends", "sessions"),
    [
        ("9：00", "17:00(金、土は19:00まで)", [(540, 1020)]),
        ("②14:00\n③18:30", "②16:00\n③20:30", [(840, 960), (1110, 1230)]),
        ("10:00\n13:30", "-", [(600, None), (810, None)]),
        ("9:00～12:00", "", [(540, 720)]),
        ("正午から", "", [(720, None)]),
        ("-", "-", []),
    ],
)
def test_hours_as_programmes_write_them(starts, ends, sessions):
    """Sessions, remarks, spans in one cell and dashes are read."""
    assert [(one.starts, one.ends) for one in read_times(starts, ends).sessions] == sessions


def test_weekdays_only_leaves_out_holidays():
    """平日のみ is Monday to Friday without public holidays, and without any Saturday."""
    days = read_days("7月1日（水）～8月31日（月）※平日のみ", TODAY)
    schedule = event_schedule([When(days, EventTimes((Session(540, 1020),)))])
    assert schedule.holidays is HolidayPolicy.SKIPPED
    dates = [one.starts.date() for one in occurrences(schedule, date(2026, 7, 1), date(2026, 9, 30))]
    assert date(2026, 7, 20) not in dates  # 海の日
    assert all(day.weekday() < 5 for day in dates)
    assert (dates[0], dates[-1]) == (date(2026, 7, 1), date(2026, 8, 31))


@settings(max_examples=50, deadline=None)
@given(
    first=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    length=st.integers(0, 40),
    starts=st.integers(0, 1500),
    minutes=st.none() | st.integers(1, 300),
)
def test_every_day_of_a_span_has_its_occurrence(first, length, starts, minutes):
    """A span of days has one occurrence a day, at its hour, as long as was said; after 24:00 on the day after."""
    span = Span(first, first + timedelta(days=length))
    times = EventTimes((Session(starts, None if minutes is None else starts + minutes),))
    schedule = event_schedule([When(EventDays((span,)), times)])
    found = occurrences(schedule, first, span.last + timedelta(days=2))
    midnight = [datetime.combine(first + timedelta(days=day), datetime.min.time()) for day in range(length + 1)]
    assert [one.starts.replace(tzinfo=None) for one in found] == [day + timedelta(minutes=starts) for day in midnight]
    assert {one.ends and one.ends - one.starts for one in found} == {minutes and timedelta(minutes=minutes)}


@settings(max_examples=100, deadline=None)
@given(text=st.text("0123456789月日年(（)）~～-/.: 火水以外、まで令和※\n", max_size=60))
def test_any_text_is_days_none_or_no_such_day(text):
    """Whatever stands in a column of dates, the answer is days, none, or that there is no such day."""
    try:
        found = read_days(text, TODAY)
    except NoSuchDayError:
        return
    assert found is None or all(isinstance(span.first, date) for span in found.spans)


@needs_real_data
def test_a_real_programme_is_read_whole():
    """All 51 rows of a city's workbook go in as 49 events, 45 of them with dates, nobody refused."""
    intake = read(REAL / "events" / "takamatsu_events.xlsx")
    assert (intake.read, len(intake.rows)) == (51, 49)
    assert not [one for one in intake.findings if one.severity is Severity.REFUSED]
    without = [row.line - 1 for row in intake.rows if row.facts.schedule is None]
    assert without == [30, 31, 50, 51]
    dates = [rule.start.year for row in intake.rows if row.facts.schedule for rule in row.facts.schedule.rules]
    assert set(dates) == {2026}
    assert all(row.facts.position for row in intake.rows)
    fees = [row.facts.fee for row in intake.rows]
    assert (fees.count(Fee.FREE), fees.count(Fee.PAID)) == (21, 20)


@needs_real_data
def test_a_real_series_is_one_record():
    """The health lectures of three Sundays are one event with three dates and the text of each."""
    intake = read(REAL / "events" / "takamatsu_events.xlsx")
    row = next(row for row in intake.rows if "【65歳以上" in row.facts.name)
    assert sorted({rule.start.date() for rule in row.facts.schedule.rules}) == [
        date(2026, 9, 27),
        date(2026, 10, 11),
        date(2026, 10, 25),
    ]
    assert len(row.facts.schedule.rules) == 6
    assert row.facts.audience == {Audience.OLDER}
    assert row.facts.description.count("2026-") == 3
