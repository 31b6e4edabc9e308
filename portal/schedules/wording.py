"""A schedule in words.

「第2・4火曜 10:00–12:00、祝日は休み」, "2nd and 4th Tuesday 10:00–12:00, not on public holidays".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from portal.model.recurrence import Frequency, Recurrence, parse_rrule
from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.schedules.occurrences import TOKYO, Occurrence, State, next_occurrences
from portal.schedules.wording_days import describe_days, is_every_day, join_words, tells_holidays
from portal.schedules.wording_times import clock, long_date, short_date, time_span
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN_DATES: Final = 5
SHOWN_EXCEPTIONS: Final = 12
_WORKING: Final = frozenset((0, which) for which in range(5))


def describe(schedule: Schedule, language: str, today: date | None = None) -> str:
    """All that a schedule says, in one sentence, its note included verbatim.

    With ``today``, a rule that begins later says from when, and exceptions that are past are left out.
    A repetition too unusual for words is told by its next dates, never by its rule.
    """
    unsayable = any(_days(schedule, rule, language) is None for rule in schedule.rules)
    clauses = [_next_dates(schedule, language, today)] if unsayable else _clauses(schedule, language, today)
    text = say("schedule.clause_separator", language).join(clauses)
    text = text[:1].upper() + text[1:]
    return say("schedule.with_note", language, text=text, note=schedule.note) if schedule.note else text


def _clauses(schedule: Schedule, language: str, today: date | None) -> list[str]:
    return [
        *_rule_clauses(schedule, language, today),
        *_closures(schedule, language),
        *_exceptions(schedule, language, today),
        *([say("schedule.until_date", language, date=long_date(schedule.until, language))] if schedule.until else []),
    ]


def _bounds(rule: Rule, today: date | None) -> tuple[date | None, date | None, int | None]:
    """From when, until when and how often it happens, as far as that has to be said."""
    if rule.rrule is None:
        return None, None, None
    parts = parse_rrule(rule.rrule)
    start = rule.start.date()
    if parts.until and is_every_day(parts):
        return None, None, None  # its days are told from the first to the last
    telling = parts.interval > 1 or parts.count is not None or (today is not None and start > today)
    return (start if telling else None), parts.until, parts.count


def _rule_clauses(schedule: Schedule, language: str, today: date | None) -> Iterator[str]:
    """One clause for the rules of the same days, or for single dates of the same time."""
    together: dict[tuple[object, ...], list[Rule]] = {}
    for rule in schedule.rules:
        if rule.rrule is None:
            key: tuple[object, ...] = (rule.start.time(), rule.minutes, rule.timed)
        else:
            key = (_days(schedule, rule, language), *_bounds(rule, today))
        together.setdefault(key, []).append(rule)
    for rules in together.values():
        days = join_words(list(dict.fromkeys(_days(schedule, rule, language) or "" for rule in rules)), language)
        spans = list(dict.fromkeys(_span(rule, language) for rule in rules if rule.timed))
        times = join_words(spans, language)
        yield say("schedule.days_and_time", language, days=days, time=times) if times else days
        yield from _bound_clauses(rules[0], language, today)


def _bound_clauses(rule: Rule, language: str, today: date | None) -> Iterator[str]:
    first, until, count = _bounds(rule, today)
    if first is not None:
        yield say("schedule.from_date", language, date=long_date(first, language))
    if until is not None:
        yield say("schedule.until_date", language, date=long_date(until, language))
    if count is not None:
        yield say("schedule.times_in_all", language, count=count)


def _span(rule: Rule, language: str) -> str:
    return time_span(rule.start, rule.minutes, language) if rule.timed else ""


def _days(schedule: Schedule, rule: Rule, language: str) -> str | None:
    """The days of a rule in words; None where there are none for it."""
    if rule.rrule is None:
        return long_date(rule.start.date(), language)
    if _on_working_days(schedule, rule):
        return say("schedule.working_days", language)
    added = schedule.holidays is HolidayPolicy.ADDED
    days = describe_days(rule, language, and_holidays=added)
    # Only 「毎週土・日曜・祝日」 tells that public holidays come in addition.
    return None if added and not tells_holidays(parse_rrule(rule.rrule)) else days


def _on_working_days(schedule: Schedule, rule: Rule) -> bool:
    """Whether the rule is 平日: Monday to Friday but for public holidays."""
    parts = parse_rrule(rule.rrule or "")
    plain = replace(parts, until=None, count=None, by_day=(), week_start=0) == Recurrence(Frequency.WEEKLY)
    return plain and schedule.holidays is HolidayPolicy.SKIPPED and frozenset(parts.by_day) == _WORKING


def _closures(schedule: Schedule, language: str) -> Iterator[str]:
    told_by_days = all(rule.rrule is not None and _on_working_days(schedule, rule) for rule in schedule.rules)
    if schedule.holidays not in (HolidayPolicy.RUNS, HolidayPolicy.ADDED) and not told_by_days:
        yield say(f"schedule.holidays_{schedule.holidays}", language)
    if schedule.closed_year_end:
        yield say("schedule.year_end_closed", language)
    if schedule.months_off:
        months = [say(f"schedule.month_{month}", language) for month in sorted(schedule.months_off)]
        yield say("schedule.months_off", language, months=join_words(months, language))


def _exceptions(schedule: Schedule, language: str, today: date | None) -> Iterator[str]:
    begin = today or date.min
    cancelled = [long_date(day, language) for day in sorted(schedule.cancelled) if day >= begin]
    if cancelled:
        yield say("schedule.cancelled_on", language, dates=_some(cancelled, language))
    for day, to in sorted(schedule.moved)[-SHOWN_EXCEPTIONS:]:
        if max(day, to.date()) >= begin:
            target = _moment(to, schedule.rules[0], language)
            yield say("schedule.moved_to", language, date=long_date(day, language), to=target)
    extra = [_moment(one, schedule.rules[0], language) for one in sorted(schedule.extra) if one.date() >= begin]
    if extra:
        yield say("schedule.extra_on", language, dates=_some(extra, language))


def _some(words: list[str], language: str) -> str:
    """All of a list, or its beginning and the number of the others."""
    more = len(words) - SHOWN_EXCEPTIONS
    if more <= 0:
        return join_words(words, language)
    shown = join_words(words[:SHOWN_EXCEPTIONS], language)
    return say("schedule.and_more", language, dates=shown, count=more)


def _moment(moment: datetime, rule: Rule, language: str) -> str:
    """A date set by hand with the time at which it begins."""
    day = long_date(moment.date(), language)
    if not rule.timed and moment.time() == time(0):
        return day
    return say("schedule.days_and_time", language, days=day, time=clock(moment, language))


def _next_dates(schedule: Schedule, language: str, today: date | None) -> str:
    """The next dates, for a schedule that no short sentence tells truly."""
    begin = today or min(rule.start.date() for rule in schedule.rules)
    after = datetime.combine(begin, time(0), TOKYO) - timedelta(seconds=1)
    found = next_occurrences(schedule, after, SHOWN_DATES + 1)
    if not found:
        return say("schedule.no_dates", language)
    shown = join_words([describe_occurrence(one, language, long=True) for one in found[:SHOWN_DATES]], language)
    key = "schedule.some_dates" if len(found) > SHOWN_DATES else "schedule.on_dates"
    return say(key, language, dates=shown)


def describe_occurrence(occurrence: Occurrence, language: str, *, long: bool = False) -> str:
    """One date: 「12月8日（火）10:00–12:00」, "Tue 8 Dec 10:00–12:00"; ``long`` adds the year."""
    name_date = long_date if long else short_date
    text = name_date(occurrence.starts.date(), language)
    if occurrence.timed:
        minutes = None
        if occurrence.ends is not None:
            minutes = int((occurrence.ends - occurrence.starts).total_seconds() // 60)
        span = time_span(occurrence.starts, minutes, language)
        text = say("schedule.date_and_time", language, date=text, time=span)
    state = occurrence.state
    if state is State.MOVED and occurrence.original is not None:
        original = name_date(occurrence.original, language)
        return say("schedule.state_moved", language, text=text, original=original)
    return say(f"schedule.state_{state}", language, text=text)
