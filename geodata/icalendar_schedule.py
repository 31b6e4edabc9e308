"""An event of a calendar, with the changes to single dates of it, as a schedule (日程)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from geodata.icalendar_rule import rrule_of
from geodata.icalendar_times import Moment, UntakenError, listed, moment, moments
from portal.errors import InvalidRecordError
from portal.model.recurrence import COUNT_MAX
from portal.model.schedule import MINUTES_MAX, Rule, Schedule
from portal.schedules.matching import rule_dates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import timezone

CHANGES_MAX: Final = 3_000
"""Changed dates of one event that are looked at; most of a long list are of years ago, or of no date of the rule."""
_MINUTE: Final = timedelta(minutes=1)


@dataclass(slots=True)
class _Changes:
    """What becomes of single dates."""

    excluded: set[date] = field(default_factory=set)
    """Dates of the rules on which it does not happen."""
    moved: dict[date, datetime] = field(default_factory=dict)
    extra: list[datetime] = field(default_factory=list)


def schedule_of(
    event: Mapping[str, Any], overrides: Sequence[Mapping[str, Any]], zones: Mapping[str, timezone]
) -> tuple[Schedule, list[str]]:
    """The schedule of an event, and the keys of what was taken with a doubt.

    ``overrides`` are the events of the same UID that have a RECURRENCE-ID.
    Raises UntakenError for what no schedule can say.
    """
    doubts: list[str] = []
    start = start_of(event, zones)
    days, minutes = _length(event, start, zones, doubts)
    rules = _rules(event, start, days, minutes)
    changes = _Changes({one.at.date() for one in moments(event.get("EXDATE"), zones)})
    changes.extra = [one.at for one in moments(event.get("RDATE"), zones) if one.at not in _starts(rules)]
    if max(len(changes.excluded), len(changes.extra), len(overrides)) > CHANGES_MAX:
        raise UntakenError("feeds.bad_schedule")
    for override in overrides:
        _override(override, start, changes, zones, doubts)
        if minutes and _length(override, start_of(override, zones, start), zones, [])[1] not in (minutes, None):
            doubts.append("feeds.length_changed")
    return _schedule(rules, changes), list(dict.fromkeys(doubts))


def start_of(event: Mapping[str, Any], zones: Mapping[str, timezone], instead: Moment | None = None) -> Moment:
    """When an event begins; raises UntakenError where it does not say, or says what is none."""
    value = event.get("DTSTART")
    if value is None:
        if instead is not None:
            return instead
        raise UntakenError("feeds.no_start")
    return _moment(value, zones)


def _moment(value: object, zones: Mapping[str, timezone]) -> Moment:
    value = listed(value)[0]
    return moment(getattr(value, "dt", None), getattr(value, "params", {}), zones)


def _length(
    event: Mapping[str, Any], start: Moment, zones: Mapping[str, timezone], doubts: list[str]
) -> tuple[int, int | None]:
    """(days, minutes): how many whole days it lasts, or how many minutes where it has a time."""
    try:
        lasts = _lasts(event, start, zones)
    except UntakenError:
        lasts = timedelta(minutes=-1)
    if not start.timed:
        days = lasts.days if lasts else 1
        if 1 <= days <= COUNT_MAX:
            return days, None
    elif not lasts:
        return 1, None
    elif _MINUTE <= lasts <= MINUTES_MAX * _MINUTE:
        return 1, -(-lasts // _MINUTE)
    doubts.append("feeds.bad_end")
    return 1, None


def _lasts(event: Mapping[str, Any], start: Moment, zones: Mapping[str, timezone]) -> timedelta:
    if event.get("DTEND") is not None:
        return _moment(event["DTEND"], zones).at - start.at
    duration = listed(event.get("DURATION"))
    lasts = getattr(duration[0], "dt", None) if duration else timedelta()
    return lasts if isinstance(lasts, timedelta) else timedelta(minutes=-1)


def _rules(event: Mapping[str, Any], start: Moment, days: int, minutes: int | None) -> tuple[Rule, ...]:
    """A rule for each RRULE, and one for the first date where no RRULE falls on it (RFC 5545, 3.8.5.3)."""
    try:
        if not listed(event.get("RRULE")):
            whole_days = f"FREQ=DAILY;COUNT={days}" if days > 1 else None
            return (Rule(start.at, minutes, whole_days, timed=start.timed),)
        if days > 1:
            raise UntakenError("feeds.bad_schedule")
        rrules = [rrule_of(one.to_ical().decode(), start) for one in listed(event["RRULE"])]
        rules = tuple(Rule(start.at, minutes, rrule, timed=start.timed) for rrule in rrules)
        first = start.at.date()
        met = any(rule_dates(rule, first, first) for rule in rules)
        return rules if met else (*rules, Rule(start.at, minutes, timed=start.timed))
    except (InvalidRecordError, ValueError, AttributeError):
        raise UntakenError("feeds.bad_schedule") from None


def _override(
    override: Mapping[str, Any], start: Moment, changes: _Changes, zones: Mapping[str, timezone], doubts: list[str]
) -> None:
    """Note what an event with a RECURRENCE-ID says about one date."""
    if "THISANDFUTURE" in str(getattr(override["RECURRENCE-ID"], "params", {}).get("RANGE", "")).upper():
        doubts.append("feeds.later_dates_changed")
        return
    original = _moment(override["RECURRENCE-ID"], zones)
    if original.at in changes.extra:
        changes.extra.remove(original.at)
    day = original.at.date()
    if str(override.get("STATUS", "")).upper() == "CANCELLED":
        changes.excluded.add(day)
        return
    to = start_of(override, zones, original)
    usual = datetime.combine(day, start.at.time())
    if to.at != usual:
        changes.moved[day] = to.at


def _starts(rules: tuple[Rule, ...]) -> set[datetime]:
    return {rule.start for rule in rules}


def _schedule(rules: tuple[Rule, ...], changes: _Changes) -> Schedule:
    """The rules with their changes; raises UntakenError where there are too many of them or they are too far off."""
    _separate(rules, changes)
    try:
        return Schedule(
            rules,
            cancelled=frozenset(changes.excluded),
            moved=tuple(sorted(changes.moved.items())),
            extra=tuple(sorted(set(changes.extra))),
        )
    except InvalidRecordError:
        raise UntakenError("feeds.bad_schedule") from None


def _separate(rules: tuple[Rule, ...], changes: _Changes) -> None:
    """Tell an excluded date from another time on the same date: a schedule calls off whole dates.

    "Not on the 8th at ten, but on the 8th at two" is said as the 8th moved to two o'clock; where what happens on
    the 8th was moved there from the 1st, the 1st is the date that is called off.
    """
    for day, to in list(changes.moved.items()):
        if not _happens(rules, day):
            del changes.moved[day]
            changes.extra.append(to)
    waiting = sorted(changes.excluded)
    while waiting:
        day = waiting.pop()
        there = next((one for one in changes.extra if one.date() == day), None)
        since = next((one for one, to in changes.moved.items() if to.date() == day), None)
        if not _happens(rules, day):
            changes.excluded.discard(day)
        elif there is not None:
            changes.extra.remove(there)
            changes.moved[day] = there
            changes.excluded.discard(day)
        elif since is not None:
            changes.moved[day] = changes.moved.pop(since)
            changes.excluded.discard(day)
            changes.excluded.add(since)
            waiting.append(since)


def _happens(rules: tuple[Rule, ...], day: date) -> bool:
    return any(rule_dates(rule, day, day) for rule in rules)
