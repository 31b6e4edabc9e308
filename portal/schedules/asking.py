"""What the fields of a schedule editor mean: once, every week, counted weekdays, single dates, or in words.

Fields can show only a part of what a schedule can say. What they cannot show is kept as it is, until somebody
replaces it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from portal.errors import InvalidRecordError
from portal.model.recurrence import Frequency, Recurrence, parse_rrule
from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.schedules.asking_rules import repeating_rule
from portal.schedules.occurrences import occurrences
from portal.schedules.reading import read_schedule

DAY_TEXT_MAX: Final = 60
TIME: Final = re.compile(r"(午前|午後)?\s*(\d{1,2})\s*(?::\s*(\d{2})|時\s*(?:(\d{1,2})\s*分|(半))?)(?::00)?")
NOON: Final = 12


class Way(StrEnum):
    """How somebody says when it is."""

    NONE = "none"  # 日時なし
    ONCE = "once"  # 1回
    WEEKLY = "weekly"  # 毎週
    MONTHLY = "monthly"  # 毎月 第2・4火曜
    DATES = "dates"  # 日を選ぶ
    WORDS = "words"  # 文章で
    KEPT = "kept"  # what the fields cannot show, as it is


REPEATED: Final = frozenset({Way.WEEKLY, Way.MONTHLY})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the fields hold."""

    way: Way = Way.NONE
    days: tuple[date, ...] = ()
    """The day, for ``ONCE``, or all of them, for ``DATES``."""
    weekdays: frozenset[int] = frozenset()
    """Monday is 0."""
    which: frozenset[int] = frozenset()
    """Which of the weekdays of a month, for ``MONTHLY``: 1 to 5, -1 is the last."""
    starts: time | None = None
    ends: time | None = None
    first: date | None = None
    """The day from which on it repeats; None is today."""
    until: date | None = None
    holidays: HolidayPolicy = HolidayPolicy.RUNS
    closed_year_end: bool = False
    cancelled: frozenset[date] = frozenset()
    words: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing was filled in for the way that is chosen."""
        return not (self.days or self.weekdays or self.which or self.starts or self.ends)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was there before: a schedule, and when as it was written in words."""

    schedule: Schedule | None = None
    text: str = ""


NOTHING: Final = Kept()


def schedule_of(asked: Asked, today: date, kept: Kept = NOTHING) -> Schedule | None:
    """The schedule that the fields mean; None where they mean none, or words that cannot be read.

    Raises InvalidRecordError, whose value ``field`` names what is to be mended.
    """
    if asked.way is Way.KEPT:
        return kept.schedule
    if asked.way is Way.WORDS:
        return _read(asked.words, today, kept)
    if asked.way is Way.NONE or asked.blank:
        return None
    schedule = _made(asked, _rules(asked, today))
    return replace(schedule, cancelled=_off(schedule, asked.cancelled, kept))


def fields_of(kept: Kept, today: date) -> Asked:
    """The fields that show a schedule, or ``KEPT`` where none do; words stay the words that were written."""
    if kept.text:
        return Asked(Way.WORDS, words=kept.text)
    if kept.schedule is None:
        return Asked()
    shown = _shown(kept.schedule)
    try:
        same = schedule_of(shown, today) == kept.schedule
    except InvalidRecordError:
        same = False
    return shown if same else Asked(Way.KEPT)


def read_day(text: str, today: date) -> date | None:
    """A day as a date field sends it (``2026-12-08``) or as people write it (12月8日, 令和8年12月8日), or None.

    Raises InvalidRecordError.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        read = read_schedule(text, today) if len(text) <= DAY_TEXT_MAX else None
    rules = read.schedule.rules if read and read.schedule and not read.not_understood else ()
    if len(rules) != 1 or rules[0].rrule or rules[0].timed:
        raise InvalidRecordError("asking.bad_day", text=text[:DAY_TEXT_MAX])
    return rules[0].start.date()


def read_time(text: str) -> time | None:
    """A time of day as a time field sends it (``10:00``) or as people write it (午後1時半); None for nothing.

    Raises InvalidRecordError.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        return None
    found = TIME.fullmatch(text)
    if found:
        half, hour, minutes, written, thirty = found.groups()
        later = NOON if half == "午後" and int(hour) < NOON else 0
        try:
            return time(int(hour) + later, 30 if thirty else int(minutes or written or 0))
        except ValueError:
            pass
    raise InvalidRecordError("asking.bad_time", text=text[:DAY_TEXT_MAX])


def _read(words: str, today: date, kept: Kept) -> Schedule | None:
    """What words say. The same words as before mean the same; dates that were called off stay so."""
    words = words.strip()
    if words and words == kept.text:
        return kept.schedule
    schedule = read_schedule(words, today).schedule
    off = kept.schedule.cancelled if kept.schedule else frozenset[date]()
    still = frozenset(day for day in off if schedule and occurrences(schedule, day, day))
    return replace(schedule, cancelled=schedule.cancelled | still) if schedule else None


def _rules(asked: Asked, today: date) -> tuple[Rule, ...]:
    minutes = _minutes(asked.starts, asked.ends)
    if asked.way not in REPEATED:
        if not asked.days:
            raise InvalidRecordError("asking.no_day", field="day" if asked.way is Way.ONCE else "date")
        days = asked.days[:1] if asked.way is Way.ONCE else sorted(set(asked.days))
        return tuple(_rule(day, asked.starts, minutes) for day in days)
    if asked.way is Way.MONTHLY and not asked.which:
        raise InvalidRecordError("asking.no_which", field="which")
    if not asked.weekdays:
        raise InvalidRecordError("asking.no_weekday", field="weekday")
    which = asked.which if asked.way is Way.MONTHLY else frozenset[int]()
    try:
        return (repeating_rule(asked.weekdays, which, asked.first or today, asked.starts, minutes),)
    except InvalidRecordError as error:
        raise InvalidRecordError(error.key, **{**error.values, "field": "first"}) from None


def _rule(day: date, starts: time | None, minutes: int | None) -> Rule:
    try:
        return Rule(datetime.combine(day, starts or time()), minutes, timed=starts is not None)
    except InvalidRecordError as error:
        raise InvalidRecordError(error.key, **{**error.values, "field": "day"}) from None


def _minutes(starts: time | None, ends: time | None) -> int | None:
    if ends is None:
        return None
    if starts is None:
        raise InvalidRecordError("asking.no_start", field="starts")
    minutes = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
    if minutes <= 0:
        raise InvalidRecordError("asking.end_before_start", field="ends")
    return minutes


def _made(asked: Asked, rules: tuple[Rule, ...]) -> Schedule:
    if asked.way not in REPEATED:
        return Schedule(rules)
    try:
        return Schedule(rules, asked.holidays, until=asked.until, closed_year_end=asked.closed_year_end)
    except InvalidRecordError as error:
        raise InvalidRecordError(error.key, **{**error.values, "field": "until"}) from None


def _off(schedule: Schedule, wanted: frozenset[date], kept: Kept) -> frozenset[date]:
    """The days that are called off; one on which nothing takes place is a slip, unless it was there before."""
    known = kept.schedule.cancelled if kept.schedule else frozenset[date]()
    off = frozenset(day for day in wanted if occurrences(schedule, day, day))
    if slips := wanted - off - known:
        raise InvalidRecordError("asking.not_a_date", day=min(slips).isoformat(), field="off")
    return off


def _shown(schedule: Schedule) -> Asked:
    """Fields that may show a schedule: whether they do is for whoever reads them back to find out."""
    rule = schedule.rules[0]
    ends = (rule.start + timedelta(minutes=rule.minutes)).time() if rule.minutes else None
    times = Asked(starts=rule.start.time() if rule.timed else None, ends=ends, cancelled=schedule.cancelled)
    if rule.rrule is None:
        days = tuple(one.start.date() for one in schedule.rules)
        return replace(times, way=Way.DATES if len(days) > 1 else Way.ONCE, days=days)
    parts = parse_rrule(rule.rrule)
    return replace(
        times,
        way=Way.MONTHLY if _counted(parts) else Way.WEEKLY,
        weekdays=frozenset(day for _, day in parts.by_day),
        which=frozenset(which for which, _ in parts.by_day if which),
        first=rule.start.date(),
        until=schedule.until,
        holidays=schedule.holidays,
        closed_year_end=schedule.closed_year_end,
    )


def _counted(parts: Recurrence) -> bool:
    return parts.frequency is Frequency.MONTHLY
