"""A schedule as calendars can hold it: series with one time of day, an RRULE or dates, and changes to single dates.

What happens on public holidays, at the turn of the year and in months off cannot be said by an RRULE. A rule that
depends on them is written from 1 January of last year to 31 December of next year, with the dates that it leaves
out (EXDATE) and those that it adds (RDATE); all others go on for ever.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from portal.model.recurrence import LAST_YEAR, parse_rrule
from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.schedules.matching import rule_dates
from portal.schedules.occurrences import LOOK_BACK, SEARCH_YEARS, State, occurrences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one date of a series."""

    original: datetime
    to: datetime
    timed: bool
    cancelled: bool = False


@dataclass(slots=True)
class Series:
    """Dates with one time of day and one length; local times of Tokyo without a zone."""

    start: datetime
    minutes: int | None
    timed: bool
    rrule: str | None = None
    """An RRULE as ``portal.model.recurrence`` admits it: its UNTIL is a day."""
    excluded: list[datetime] = field(default_factory=list)
    added: list[datetime] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def series_of(schedule: Schedule, today: date) -> list[Series]:
    """The series that together say what a schedule says; none where nothing ever happens."""
    owners = _owners(schedule)
    found: list[Series] = []
    first: Series | None = None
    for group in _groups(schedule.rules):
        mine = {day: to for day, (rule, to) in owners.items() if rule in group}
        lasting = len(group) == 1 and group[0].rrule is not None and _says_all(schedule)
        made = _lasting(schedule, group[0], mine) if lasting else _bounded(schedule, group, mine, today)
        if made is not None:
            found.append(made)
        if not lasting:
            found.extend(_met(schedule, group, mine, today))
        if schedule.rules[0] in group:
            first = made
    _add_extras(schedule, first, found)
    return found


def _groups(rules: tuple[Rule, ...]) -> list[tuple[Rule, ...]]:
    """Each repeating rule alone, single dates with those of the same time and length."""
    alike: dict[object, list[Rule]] = {}
    for number, rule in enumerate(dict.fromkeys(rules)):
        key = number if rule.rrule else (rule.start.time(), rule.minutes, rule.timed)
        alike.setdefault(key, []).append(rule)
    return [tuple(group) for group in alike.values()]


def _says_all(schedule: Schedule) -> bool:
    """Whether the rules alone say when it happens."""
    return schedule.holidays is HolidayPolicy.RUNS and not schedule.closed_year_end and not schedule.months_off


def _owners(schedule: Schedule) -> dict[date, tuple[Rule, datetime]]:
    """For each date that was moved: the rule whose date it is, and where it was moved to."""
    found: dict[date, tuple[Rule, datetime]] = {}
    for day, to in schedule.moved:
        for rule in schedule.rules:
            alone = replace(schedule, rules=(rule,), moved=((day, to),), extra=(), cancelled=frozenset(), until=None)
            shown = occurrences(alone, to.date(), to.date())
            if any(one.original == day and one.starts.replace(tzinfo=None) == to for one in shown) or (
                to.date() == day and rule_dates(rule, day, day) and shown
            ):
                found[day] = (rule, to)
                break
    if schedule.until is not None:
        return {day: (rule, to) for day, (rule, to) in found.items() if to.date() <= schedule.until}
    return found


def _lasting(schedule: Schedule, rule: Rule, mine: dict[date, datetime]) -> Series | None:
    """A rule that an RRULE says in full."""
    days = _first_dates(rule)
    if days is None or (schedule.until is not None and days > schedule.until):
        return None
    clock = rule.start.time()
    series = Series(datetime.combine(days, clock), rule.minutes, rule.timed, _until(rule, schedule.until))
    moved = {day for day, _ in schedule.moved}
    gone = [day for day in sorted(moved - mine.keys()) if rule_dates(rule, day, day)]
    series.excluded = [datetime.combine(day, clock) for day in gone]
    off = [day for day in sorted(schedule.cancelled - moved) if rule_dates(rule, day, day)]
    series.changes = [*_called_off(off, clock, timed=rule.timed), *_moved(schedule, rule, mine)]
    return series


def _first_dates(rule: Rule) -> date | None:
    """The first date of a rule; looked for over 30 years."""
    first, span = rule.start.date(), _DAY * 62
    end = date(min(first.year + SEARCH_YEARS, LAST_YEAR), 12, 31)
    while first <= end:
        days = rule_dates(rule, first, min(first + span, end))
        if days:
            return days[0]
        first, span = first + span + _DAY, span * 4
    return None


def _until(rule: Rule, until: date | None) -> str | None:
    """The RRULE, ended by the schedule's last day where that comes first."""
    text = rule.rrule or ""
    parts = parse_rrule(text)
    if until is None or (parts.until is not None and parts.until <= until):
        return text
    if parts.count is not None:
        days = rule_dates(rule, rule.start.date(), until)
        return _ended(text, days[-1] if days else until) if len(days) < parts.count else text
    return _ended(text, until)


def _ended(rrule: str, last: date) -> str:
    kept = [part for part in rrule.split(";") if not part.startswith(("UNTIL=", "COUNT="))]
    return ";".join((*kept, f"UNTIL={last:%Y%m%d}"))


def _bounded(schedule: Schedule, group: tuple[Rule, ...], mine: dict[date, datetime], today: date) -> Series | None:
    """Rules whose dates depend on holidays, or single dates: each date of the span looked up."""
    rule, clock = group[0], group[0].start.time()
    first, last = _span(group, today)
    alone = replace(schedule, rules=group, extra=(), moved=schedule.moved)
    moved = {day for day, _ in schedule.moved}
    shown = [one for one in occurrences(alone, first, last) if one.original not in moved]
    days = {one.starts.date() for one in shown if one.starts.time() == clock} | mine.keys()
    base = set(rule_dates(rule, first, last)) if rule.rrule else set()
    base = {day for day in base if day >= min(days & base, default=date.max)}
    if not days:
        return None
    if len(base - days) > len(days):
        base = set()
    series = Series(datetime.combine(min(base or days), clock), rule.minutes, rule.timed)
    if base:
        series.rrule = _ended(rule.rrule or "", max(base))
    series.excluded = [datetime.combine(day, clock) for day in sorted(base - days)]
    series.added = [datetime.combine(day, clock) for day in sorted(days - base - {series.start.date()})]
    off = [one.starts.date() for one in shown if one.state is State.CANCELLED]
    series.changes = [*_called_off(off, clock, timed=rule.timed), *_moved(schedule, rule, mine)]
    return series


def _met(schedule: Schedule, group: tuple[Rule, ...], mine: dict[date, datetime], today: date) -> Iterator[Series]:
    """Dates that a holiday moved onto a day which was moved away by hand: a series cannot have that day twice."""
    rule, moved = group[0], {day for day, _ in schedule.moved}
    for one in occurrences(replace(schedule, rules=group, extra=()), *_span(group, today)) if mine else ():
        moment = one.starts.replace(tzinfo=None)
        if moment.date() in mine and moment.time() == rule.start.time() and one.original not in {None, *moved}:
            alone = Series(moment, rule.minutes, rule.timed)
            off = [moment.date()] if one.state is State.CANCELLED else []
            alone.changes = list(_called_off(off, moment.time(), timed=rule.timed))
            yield alone


def _span(group: tuple[Rule, ...], today: date) -> tuple[date, date]:
    """From when to when the dates of rules are written one by one."""
    begin, end = min(rule.start.date() for rule in group), max(rule.start.date() for rule in group)
    if group[0].rrule is None:
        return begin, end + LOOK_BACK
    last = min(max(today.year, begin.year) + 1, LAST_YEAR)
    return max(begin, date(today.year - 1, 1, 1)), date(last, 12, 31)


def _called_off(days: Iterable[date], clock: time, *, timed: bool) -> Iterator[Change]:
    for day in days:
        at = datetime.combine(day, clock)
        yield Change(at, at, timed, cancelled=True)


def _moved(schedule: Schedule, rule: Rule, mine: dict[date, datetime]) -> Iterator[Change]:
    for day, to in sorted(mine.items()):
        timed = rule.timed or to.time() != time()
        yield Change(datetime.combine(day, rule.start.time()), to, timed, cancelled=to.date() in schedule.cancelled)


def _add_extras(schedule: Schedule, first: Series | None, found: list[Series]) -> None:
    """Further dates, which last as long as the first rule does: with its series, or in one of their own."""
    rule = schedule.rules[0]
    own: dict[bool, Series] = {}
    for moment in sorted(set(schedule.extra)):
        if schedule.until is not None and moment.date() > schedule.until:
            continue
        timed = rule.timed or moment.time() != time()
        if first is not None and first.timed is timed and not _moved_away(first, moment):
            series = first
        elif timed in own:
            series = own[timed]
        else:
            series = own[timed] = Series(moment, rule.minutes, timed)
        _add(series, moment)
        if moment.date() in schedule.cancelled and all(one.original != moment for one in series.changes):
            series.changes.append(Change(moment, moment, timed, cancelled=True))
    found.extend(own.values())


def _moved_away(series: Series, moment: datetime) -> bool:
    """Whether the series has that moment, but as one that was moved: it could not be said twice."""
    return any(one.original == moment != one.to for one in series.changes)


def _add(series: Series, moment: datetime) -> None:
    """Let the series have a moment, unless it has it; one that it leaves out is left out no more."""
    if moment in series.excluded:
        series.excluded.remove(moment)
    elif not _has(series, moment):
        series.added.append(moment)


def _has(series: Series, moment: datetime) -> bool:
    if moment == series.start or moment in series.added:
        return True
    if series.rrule is None or moment.time() != series.start.time():
        return False
    return bool(rule_dates(Rule(series.start, rrule=series.rrule), moment.date(), moment.date()))
