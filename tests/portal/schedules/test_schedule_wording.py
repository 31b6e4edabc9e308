"""Schedules in words, and read back from them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.schedules.matching import rule_dates
from portal.schedules.occurrences import TOKYO, Occurrence, State
from portal.schedules.reading import read_schedule
from portal.schedules.wording import describe, describe_occurrence

START = datetime(2026, 12, 4, 10, 0)  # a Friday, local time
TODAY = date(2026, 11, 22)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _one(rrule, holidays=HolidayPolicy.RUNS, **fields):
    return Schedule((Rule(START, 120, rrule),), holidays, **fields)


@pytest.mark.parametrize(
    ("schedule", "japanese", "english"),
    [
        (
            _one("FREQ=MONTHLY;BYDAY=2TU,4TU", HolidayPolicy.SKIPPED),
            "第2・4火曜 10:00–12:00、祝日は休み",
            "2nd and 4th Tuesday 10:00–12:00, not on public holidays",
        ),
        (
            _one("FREQ=WEEKLY;BYDAY=MO,WE,FR"),
            "毎週月・水・金曜 10:00–12:00",
            "Every Monday, Wednesday and Friday 10:00–12:00",
        ),
        (
            _one("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
            "隔週金曜 10:00–12:00、2026年12月4日（金）から",
            "Every other Friday 10:00–12:00, from Fri 4 Dec 2026",
        ),
        (
            _one("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", HolidayPolicy.SKIPPED),
            "平日 10:00–12:00",
            "Monday to Friday except public holidays 10:00–12:00",
        ),
        (_one("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"), "毎週月〜金曜 10:00–12:00", "Monday to Friday 10:00–12:00"),
        (
            _one("FREQ=WEEKLY;BYDAY=SA,SU", HolidayPolicy.ADDED),
            "毎週土・日曜・祝日 10:00–12:00",
            "Every Saturday and Sunday, and every public holiday 10:00–12:00",
        ),
        (_one("FREQ=WEEKLY"), "毎週金曜 10:00–12:00", "Every Friday 10:00–12:00"),
        (_one("FREQ=MONTHLY"), "毎月4日 10:00–12:00", "Day 4 of each month 10:00–12:00"),
        (_one("FREQ=YEARLY"), "毎年12月4日 10:00–12:00", "Every year on 4 December 10:00–12:00"),
        (
            _one("FREQ=YEARLY;BYMONTH=5;BYDAY=2SU"),
            "毎年5月の第2日曜 10:00–12:00",
            "2nd Sunday of May every year 10:00–12:00",
        ),
        (
            _one("FREQ=MONTHLY;BYMONTH=11,12,1;BYDAY=-1SA"),
            "11月から1月の最終土曜 10:00–12:00",
            "Last Saturday from November to January 10:00–12:00",
        ),
        (
            _one("FREQ=DAILY", months_off=frozenset({8}), closed_year_end=True, until=date(2027, 3, 31), note="{x}"),
            "毎日 10:00–12:00、年末年始は休み、8月は休み、2027年3月31日（水）まで（{x}）",
            (
                "Every day 10:00–12:00, closed over the New Year (29 December to 3 January), not in August, "
                "until Wed 31 Mar 2027 ({x})"
            ),
        ),
        (
            Schedule((Rule(datetime(2026, 12, 8), timed=False),)),  # local time
            "2026年12月8日（火）",
            "Tue 8 Dec 2026",
        ),
        (
            Schedule((Rule(START.replace(hour=22), 180),)),
            "2026年12月4日（金） 22:00–翌1:00",
            "Fri 4 Dec 2026 22:00–1:00 the next day",
        ),
    ],
)
def test_schedules_are_said_as_people_say_them(schedule, japanese, english):
    """Usual schedules are told in one short sentence in each language."""
    assert describe(schedule, "ja") == japanese
    assert describe(schedule, "en") == english


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
        "FREQ=YEARLY;BYYEARDAY=100",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=MONTHLY;BYDAY=-2FR",
        "FREQ=MONTHLY;BYMONTHDAY=-3",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
        "FREQ=DAILY;INTERVAL=2;BYDAY=MO",
        "FREQ=YEARLY;INTERVAL=4",
    ],
)
def test_an_unusual_rule_is_told_by_its_next_dates(rrule):
    """A repetition that has no short words is told by its next dates, and never as a rule."""
    for language in ("ja", "en"):
        text = describe(_one(rrule), language, TODAY)
        assert text.count("20") >= 5
        assert "FREQ" not in text


def test_a_rule_without_dates_says_so():
    """A repetition that never happens is not passed off as one that does."""
    rule = Rule(START, None, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYDAY=MO;BYSETPOS=1")
    assert describe(Schedule((rule,)), "ja") == "日程なし"


def test_a_later_start_is_said_when_today_is_known():
    """With today's date, a weekly rule that begins later says from when."""
    assert describe(_one("FREQ=WEEKLY"), "ja", TODAY) == "毎週金曜 10:00–12:00、2026年12月4日（金）から"


def test_occurrences_are_said_with_what_became_of_them():
    """A date is short; a cancelled one says 中止, a moved one from which day."""
    starts = datetime(2026, 12, 8, 10, 0, tzinfo=TOKYO)
    ends = starts + timedelta(hours=2)
    for state, original, japanese, english in [
        (State.SCHEDULED, None, "12月8日（火）10:00–12:00", "Tue 8 Dec 10:00–12:00"),
        (State.CANCELLED, None, "12月8日（火）10:00–12:00 中止", "Tue 8 Dec 10:00–12:00, cancelled"),
        (
            State.MOVED,
            date(2026, 12, 7),
            "12月7日（月）は12月8日（火）10:00–12:00に変更",
            "Tue 8 Dec 10:00–12:00 (moved from Mon 7 Dec)",
        ),
        (State.EXTRA, None, "12月8日（火）10:00–12:00 臨時開催", "Tue 8 Dec 10:00–12:00, additional date"),
    ]:
        occurrence = Occurrence(starts, ends, state=state, original=original)
        assert describe_occurrence(occurrence, "ja") == japanese
        assert describe_occurrence(occurrence, "en") == english
    assert describe_occurrence(Occurrence(starts.replace(hour=0), None, timed=False), "en") == "Tue 8 Dec"


def _list(values, most):
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True).map(
        lambda chosen: [one for one in values if one in chosen]
    )


weekly = _list(WEEKDAYS, 6).map(lambda days: f"BYDAY={','.join(days)}")
nth = st.tuples(_list((1, 2, 3, 4, 5, -1), 3), st.sampled_from(WEEKDAYS)).map(
    lambda one: "BYDAY=" + ",".join(f"{which}{one[1]}" for which in one[0])
)
month_days = _list((*range(1, 32), -1), 3).map(lambda days: f"BYMONTHDAY={','.join(map(str, days))}")
months = _list(tuple(range(1, 13)), 11).map(lambda chosen: f"BYMONTH={','.join(map(str, chosen))};")


@st.composite
def common_rules(draw):
    """The days of schedules as groups commonly have them."""
    kind = draw(st.sampled_from(["weekly", "monthly", "dates", "daily"]))
    if kind == "daily":
        return "FREQ=DAILY"
    if kind == "dates":
        return f"FREQ=MONTHLY;{draw(month_days)}"
    limits = draw(st.one_of(st.just(""), st.just("INTERVAL=2;"), st.just("INTERVAL=3;"), months))
    return f"FREQ=WEEKLY;{limits}{draw(weekly)}" if kind == "weekly" else f"FREQ=MONTHLY;{limits}{draw(nth)}"


@st.composite
def common_schedules(draw):
    """Schedules in the common shapes, beginning on their first date."""
    rrule = draw(common_rules())
    free = ";".join(part for part in rrule.split(";") if not part.startswith("INTERVAL="))
    hour, minutes = draw(st.integers(5, 20)), draw(st.one_of(st.none(), st.integers(5, 600)))
    timed = draw(st.booleans())
    first = datetime(2026, 12, 1, hour if timed else 0, draw(st.integers(0, 59)) if timed else 0)  # local
    dates = rule_dates(Rule(first, None, free, timed=timed), first.date(), date(2032, 1, 1))
    start = datetime.combine(dates[0], first.time())
    policies = [policy for policy in HolidayPolicy if policy is not HolidayPolicy.ADDED]
    off = draw(st.one_of(st.just(frozenset()), st.frozensets(st.integers(1, 12), max_size=3)))
    return Schedule(
        (Rule(start, minutes if timed else None, rrule, timed=timed),),
        draw(st.sampled_from(policies)),
        cancelled=draw(st.frozensets(st.dates(date(2026, 12, 1), date(2028, 1, 1)), max_size=2)),
        months_off=off,
        closed_year_end=draw(st.booleans()),
        until=draw(st.one_of(st.none(), st.dates(date(2032, 1, 1), date(2034, 1, 1)))),
    )


@settings(max_examples=120, deadline=None)
@given(common_schedules())
def test_japanese_words_are_read_back(schedule):
    """What is said of a common schedule in Japanese is read back as the same schedule."""
    text = describe(schedule, "ja")
    read = read_schedule(text, TODAY, date(2026, 12, 1))
    assert read.not_understood == (), text
    assert read.schedule == schedule, text


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.dates(date(2026, 1, 1), date(2027, 12, 31)), min_size=1, max_size=4, unique=True),
    st.integers(0, 23),
    st.one_of(st.none(), st.integers(1, 1000)),
)
def test_single_dates_are_read_back(days, hour, minutes):
    """Single dates, changes and notes are read back as they were said."""
    rules = tuple(Rule(datetime(day.year, day.month, day.day, hour, 15), minutes) for day in days)  # local
    moved = ((days[0], rules[0].start + timedelta(days=3)),)
    schedule = Schedule(rules, moved=moved, extra=(rules[0].start + timedelta(days=1),), note="雨天中止")
    text = describe(schedule, "ja")
    assert read_schedule(text, TODAY).schedule == schedule, text
