"""The days of a repetition in words, as far as there are true words for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal.model.recurrence import Frequency, Recurrence, parse_rrule
from portal.schedules.wording_times import long_date
from portal.words import say

if TYPE_CHECKING:
    from portal.model.schedule import Rule

_WEEK: Final = tuple(range(7))
_LAST: Final = -1
_FIFTH: Final = 5
_SPAN: Final = 3
"""A run of weekdays or months is said as 「月〜金」 from three on."""


def join_words(words: list[str], language: str) -> str:
    """「月・水・金」, "Monday, Wednesday and Friday"."""
    if len(words) < 2:  # noqa: PLR2004  # nothing to join
        return "".join(words)
    head = say("schedule.list_separator", language).join(words[:-1])
    return head + say("schedule.list_last", language) + words[-1]


def is_every_day(parts: Recurrence) -> bool:
    """Whether a rule is 毎日 and nothing else."""
    return parts.frequency is Frequency.DAILY and parts.interval == 1 and not (parts.picks_days or parts.by_month)


def tells_holidays(parts: Recurrence) -> bool:
    """Whether the words for a rule can name public holidays beside weekdays."""
    counted = any(which for which, _ in parts.by_day)
    weekly = parts.frequency is Frequency.WEEKLY or bool(parts.by_day)
    return weekly and not counted and parts.interval == 1 and len(set(parts.by_day)) < len(_WEEK)


def describe_days(rule: Rule, language: str, *, and_holidays: bool = False) -> str | None:
    """The days of a repeating rule; None for a repetition that no short phrase tells truly."""
    parts = parse_rrule(rule.rrule or "")
    if parts.by_position or parts.by_year_day or parts.by_week:
        return None
    if parts.frequency is Frequency.YEARLY:
        return _yearly(parts, rule, language)
    if parts.by_month_day and parts.by_day:
        return None
    days = _repeated(parts, rule, language, and_holidays=and_holidays)
    if days is None or not parts.by_month:
        return days
    # 「隔週」 within some months leaves open which weeks are counted.
    return _in_months(parts.by_month, days, language) if parts.interval == 1 else None


def _repeated(parts: Recurrence, rule: Rule, language: str, *, and_holidays: bool) -> str | None:
    counted = any(which for which, _ in parts.by_day)
    if parts.by_day and not counted and (parts.interval == 1 or parts.frequency is Frequency.WEEKLY):
        return _weekly([day for _, day in parts.by_day], parts, language, and_holidays=and_holidays)
    match parts.frequency:
        case Frequency.DAILY:
            return None if parts.by_day or parts.by_month_day else _daily(parts, rule, language)
        case Frequency.WEEKLY:
            return _weekly([rule.start.weekday()], parts, language, and_holidays=and_holidays)
    if counted:
        nths = _nth_weekdays(parts.by_day, language)
        return nths and _with_interval("monthly_nth", parts.interval, nths, language)
    if parts.by_day:
        return None
    return _month_days(parts.by_month_day or (rule.start.day,), parts.interval, language)


def _daily(parts: Recurrence, rule: Rule, language: str) -> str:
    if parts.until and is_every_day(parts):
        first, last = long_date(rule.start.date(), language), long_date(parts.until, language)
        return say("schedule.every_day_from_to", language, first=first, last=last)
    if parts.interval == 1:
        return say("schedule.every_day", language)
    return say("schedule.daily_n", language, interval=parts.interval)


def _with_interval(key: str, interval: int, days: str, language: str) -> str:
    ending = {1: "", 2: "_2"}.get(interval, "_n")
    return say(f"schedule.{key}{ending}", language, days=days, interval=interval)


def _weekly(weekdays: list[int], parts: Recurrence, language: str, *, and_holidays: bool) -> str | None:
    # On which day a week begins decides what 「隔週」 means, and is commonly Monday.
    if parts.interval > 1 and parts.week_start != 0:
        return None
    days = sorted(set(weekdays))
    if parts.interval == 1 and tuple(days) == _WEEK:
        return say("schedule.every_day", language)
    names = [say(f"schedule.weekday_{day}", language) for day in days]
    if parts.interval == 1 and and_holidays:
        return say("schedule.weekly_and_holidays", language, days=join_words(names, language))
    if parts.interval == 1 and len(days) >= _SPAN and days[-1] - days[0] == len(days) - 1:
        return say("schedule.weekly_from_to", language, first=names[0], last=names[-1])
    return _with_interval("weekly", parts.interval, join_words(names, language), language)


def _nth_weekdays(by_day: tuple[tuple[int, int], ...], language: str) -> str | None:
    """「第2・4火曜」, 「第1月曜・第3水曜」; None for weekdays counted from the end but for the last."""
    if any(not (_LAST <= which <= _FIFTH) for which, _ in by_day):
        return None
    by_weekday: dict[int, list[int]] = {}
    for which, weekday in sorted(set(by_day), key=lambda one: (one[1], one[0] % 10)):
        by_weekday.setdefault(weekday, []).append(which)
    same = len({tuple(whiches) for whiches in by_weekday.values()}) == 1
    groups = (
        [(next(iter(by_weekday.values())), list(by_weekday))]
        if same
        else [(whiches, [weekday]) for weekday, whiches in by_weekday.items()]
    )
    return join_words([_nth(whiches, weekdays, language) for whiches, weekdays in groups], language)


def _nth(whiches: list[int], weekdays: list[int], language: str) -> str:
    names = [say(f"schedule.nth_{'last' if which == _LAST else which}", language) for which in whiches]
    nth = join_words(names, language)
    days = join_words([say(f"schedule.weekday_{day}", language) for day in weekdays], language)
    # 「第2・第4火曜」 is written 「第2・4火曜」.
    if language.startswith("ja"):
        nth = nth.replace("・第", "・")
    return say("schedule.nth_weekday", language, nth=nth, days=days)


def _month_days(days: tuple[int, ...], interval: int, language: str) -> str | None:
    if min(days) < _LAST:
        return None
    ordered = sorted(set(days), key=lambda day: day % 100)
    words = [
        say("schedule.day_last", language) if day == _LAST else say("schedule.day_number", language, day=day)
        for day in ordered
    ]
    return _with_interval("month_days", interval, join_words(words, language), language)


def _in_months(months: tuple[int, ...], days: str, language: str) -> str:
    chosen = sorted(set(months))
    for key, every in (("odd_months", range(1, 13, 2)), ("even_months", range(2, 13, 2))):
        if chosen == list(every):
            return say(f"schedule.{key}", language, days=days)
    first, last = _run(chosen)
    names = {month: say(f"schedule.month_{month}", language) for month in chosen}
    if first:
        return say("schedule.from_month_to_month", language, first=names[first], last=names[last], days=days)
    return say("schedule.in_months", language, months=join_words(list(names.values()), language), days=days)


def _run(months: list[int]) -> tuple[int, int]:
    """The first and the last of months that follow each other, across the New Year too; else (0, 0)."""
    starts = [month for month in months if (month - 2) % 12 + 1 not in months]
    if len(starts) != 1 or len(months) < _SPAN:
        return 0, 0
    return starts[0], (starts[0] + len(months) - 2) % 12 + 1


def _yearly(parts: Recurrence, rule: Rule, language: str) -> str | None:
    """「毎年5月3日」, 「毎年5月の第2日曜」; None where it does not come every year or names no month."""
    months = sorted(set(parts.by_month or (() if parts.picks_days else (rule.start.month,))))
    if parts.interval > 1 or not months or (parts.by_day and parts.by_month_day):
        return None
    names = {month: say(f"schedule.month_{month}", language) for month in months}
    if parts.by_day:
        nths = _nth_weekdays(parts.by_day, language) if all(which for which, _ in parts.by_day) else None
        together = join_words(list(names.values()), language)
        return nths and say("schedule.yearly_nth", language, months=together, days=nths)
    days = sorted(set(parts.by_month_day or (rule.start.day,)))
    if days[0] < 1:
        return None
    dates = [say("schedule.yearly_date", language, month=name, day=day) for name in names.values() for day in days]
    return say("schedule.yearly_dates", language, dates=join_words(dates, language))
