"""The dates of an event, put together from the rows that tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from portal.model.recurrence import COUNT_MAX
from portal.model.schedule import RULES_MAX, HolidayPolicy, Rule, Schedule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.event_days import EventDays, Span
    from geodata.event_times import EventTimes, Session

DAY_MIN: Final = 24 * 60
WORKDAYS: Final = "MO,TU,WE,TH,FR"


class EndsBeforeStartError(ValueError):
    """Raised when an event ends before it begins."""


@dataclass(frozen=True, slots=True)
class When:
    """What one row says of the days and the hours."""

    days: EventDays
    times: EventTimes


def event_schedule(told: Sequence[When]) -> Schedule | None:
    """One schedule of all the dates: a rule for each, a daily rule for each span of days.

    平日のみ leaves out public holidays only where every row says it. Raises EndsBeforeStartError, and
    InvalidRecordError where there are more dates than a schedule holds.
    """
    rules = dict.fromkeys(rule for one in told for rule in _rules(one))
    if not rules:
        return None
    workdays = all(one.days.workdays for one in told)
    return Schedule(_fewer(tuple(rules)), holidays=HolidayPolicy.SKIPPED if workdays else HolidayPolicy.RUNS)


def _rules(one: When) -> Iterable[Rule]:
    sessions: Sequence[Session | None] = one.times.sessions or (None,)
    for span in one.days.spans:
        if span.last < span.first:
            raise EndsBeforeStartError
        for session in sessions:
            yield _rule(span, session, workdays=one.days.workdays)


def _rule(span: Span, session: Session | None, *, workdays: bool) -> Rule:
    last, minutes = span.last, None
    if session and session.ends is not None:
        last, minutes = _length(span, session.starts, session.ends)
    first = datetime.combine(span.first, time()) + timedelta(minutes=session.starts if session else 0)
    last += first.date() - span.first  # 24:30 begins on the day after
    rrule = None
    if workdays:
        rrule = f"FREQ=WEEKLY;BYDAY={WORKDAYS};UNTIL={last:%Y%m%d}"
    elif last > first.date():
        rrule = f"FREQ=DAILY;UNTIL={last:%Y%m%d}"
    return Rule(first, minutes, rrule, timed=session is not None)


def _length(span: Span, starts: int, ends: int) -> tuple[date, int | None]:
    """The last day that it begins on, and how long it lasts; a night of several days ends on the next morning."""
    if ends > starts:
        return span.last, ends - starts
    if ends == starts:
        return span.last, None
    if span.last == span.first:
        raise EndsBeforeStartError
    return span.last - timedelta(days=1), ends + DAY_MIN - starts


def _fewer(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Dates at equal distances as one rule, where there are more than a schedule holds (a weekly salon of a year)."""
    if len(rules) <= RULES_MAX:
        return rules
    kept = [rule for rule in rules if rule.rrule]
    alike: dict[tuple[time, int | None, bool], list[datetime]] = {}
    for rule in rules:
        if not rule.rrule:
            alike.setdefault((rule.start.time(), rule.minutes, rule.timed), []).append(rule.start)
    for (_, minutes, timed), starts in alike.items():
        kept += [_run_rule(run, minutes, timed=timed) for run in _runs(sorted(starts))]
    return tuple(kept)


def _runs(starts: list[datetime]) -> list[list[datetime]]:
    runs: list[list[datetime]] = []
    for start in starts:
        run = runs[-1] if runs else []
        if run and len(run) < COUNT_MAX and (len(run) == 1 or start - run[-1] == run[-1] - run[-2]):
            run.append(start)
        else:
            runs.append([start])
    return runs


def _run_rule(run: list[datetime], minutes: int | None, *, timed: bool) -> Rule:
    if len(run) == 1:
        return Rule(run[0], minutes, timed=timed)
    step = (run[1] - run[0]).days
    return Rule(run[0], minutes, f"FREQ=DAILY;INTERVAL={step};COUNT={len(run)}", timed=timed)
