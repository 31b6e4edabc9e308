"""What the words of a schedule say, gathered: groups of days with their times, and what limits them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, cast

from portal.model.schedule import HolidayPolicy
from portal.schedules.closing import UnclearError, closed_words
from portal.schedules.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from portal.schedules.token_dates import Clock
    from portal.schedules.token_days import Weekdays
    from portal.schedules.tokens import Token

_WORKING_DAYS: Final = frozenset(range(5))


@dataclass(slots=True)
class Group:
    """Days that share their times: 「第2・4火曜 10:00–12:00」."""

    weekdays: set[int] = field(default_factory=set)
    nths: set[tuple[int, int]] = field(default_factory=set)
    month_days: list[int] = field(default_factory=list)
    dates: list[date] = field(default_factory=list)
    ranges: list[tuple[date, date]] = field(default_factory=list)
    every_day: bool = False
    months: frozenset[int] = frozenset()
    interval: tuple[str, int] | None = None
    times: list[Clock] = field(default_factory=list)
    times_first: bool = False

    @property
    def repeats(self) -> bool:
        """Whether it names days that come again."""
        return bool(self.weekdays or self.nths or self.month_days or self.every_day or self.interval)

    @property
    def has_days(self) -> bool:
        """Whether it names any days."""
        return self.repeats or bool(self.dates or self.ranges)


@dataclass(slots=True)
class Draft:
    """A schedule as far as its text has been read."""

    groups: list[Group] = field(default_factory=list)
    policies: set[HolidayPolicy] = field(default_factory=set)
    closed_weekdays: set[int] = field(default_factory=set)
    closed_nths: set[tuple[int, int]] = field(default_factory=set)
    closed_weeks: set[int] = field(default_factory=set)
    closed_year_end: bool = False
    months_off: set[int] = field(default_factory=set)
    cancelled: set[date] = field(default_factory=set)
    moved: list[tuple[date, datetime]] = field(default_factory=list)
    extra: list[datetime] = field(default_factory=list)
    begins: set[date] = field(default_factory=set)
    untils: set[date] = field(default_factory=set)
    counts: set[int] = field(default_factory=set)
    working_days: bool = False
    closing_days_listed: bool = False
    """Whether closing days stand under a heading of their own (【休館日】)."""
    unread: list[Token] = field(default_factory=list)

    def group_for_days(self) -> Group:
        """The group that further days belong to: a new one where the last has both days and times."""
        if not self.groups or (self.groups[-1].times and self.groups[-1].has_days):
            self.groups.append(Group())
        return self.groups[-1]

    def group_for_time(self) -> Group:
        """The group that a time belongs to."""
        last = self.groups[-1] if self.groups else None
        if last is None or (last.times_first and last.has_days):
            self.groups.append(Group(times_first=True))
        return self.groups[-1]


def gather(words: Sequence[Token]) -> Draft:
    """The draft of a list of words; UnclearError where they contradict each other."""
    closed, draft = closed_words(words), Draft()
    taken = _take_changes(words, draft)
    draft.closing_days_listed = any(word.kind is Kind.CLOSED_HEAD for word in words)
    for place, word in enumerate(words):
        if place in taken:
            continue
        if place in closed:
            _CLOSING[word.kind](draft, word.value)
        elif word.kind in _OPENING:
            _OPENING[word.kind](draft, word.value)
        elif word.kind is Kind.HOLIDAY and _beside_weekdays(words, closed, place):
            draft.policies.add(HolidayPolicy.ADDED)
        elif word.kind not in _SILENT:
            draft.unread.append(word)
    return draft


_SILENT: Final = frozenset({Kind.FILLER, Kind.PARTICLE, Kind.CLOSED, Kind.CLOSED_HEAD, Kind.CANCELLED})


def _beside_weekdays(words: Sequence[Token], closed: frozenset[int], place: int) -> bool:
    """Whether 祝日 continues a list of open weekdays: 「土・日曜・祝日」."""
    before = place - 1
    if before > 0 and words[before].kind is Kind.PARTICLE:
        before -= 1
    joint = words[place].joint.strip()
    return before >= 0 and words[before].kind is Kind.WEEKDAYS and before not in closed and joint in ("", "・", ",")


def _take_changes(words: Sequence[Token], draft: Draft) -> set[int]:
    """Dates moved (「…は…に変更」) and added (「…も臨時開催」), and the places of their words."""
    taken: set[int] = set()
    for place, word in enumerate(words):
        if word.kind not in (Kind.MOVED, Kind.EXTRA):
            continue
        begin = _begin_of_change(words, place)
        days = [(one.kind, one.value) for one in words[begin:place] if one.kind in (Kind.DATE, Kind.TIME)]
        if word.kind is Kind.MOVED:
            draft.moved.append(_moved(days))
        else:
            draft.extra.extend(_moments(days))
        taken |= set(range(begin, place + 1))
    return taken


def _begin_of_change(words: Sequence[Token], place: int) -> int:
    """Where the dates of a change begin: after a comma, a bracket or a line's end."""
    begin = place - 1
    while begin > 0 and words[begin].joint.strip(" ") in ("", "・"):
        if words[begin - 1].kind not in (Kind.DATE, Kind.TIME, Kind.PARTICLE):
            break
        begin -= 1
    return begin


def _moments(days: Sequence[tuple[Kind, object]]) -> list[datetime]:
    """Each date with the time behind it, or midnight."""
    moments: list[datetime] = []
    for kind, value in days:
        if kind is Kind.DATE:
            day = cast("date", value)
            moments.append(datetime(day.year, day.month, day.day))  # noqa: DTZ001  # schedules keep local times
        elif moments:
            moments[-1] += timedelta(minutes=cast("Clock", value).start)
    return moments


def _moved(days: Sequence[tuple[Kind, object]]) -> tuple[date, datetime]:
    moments = _moments(days)
    if len(moments) != 2:  # noqa: PLR2004  # from one date to another
        raise UnclearError
    return moments[0].date(), moments[1]


def _add_weekdays(draft: Draft, value: object) -> None:
    weekdays = cast("Weekdays", value)
    draft.group_for_days().weekdays |= weekdays.days
    if weekdays.holidays:
        draft.policies.add(HolidayPolicy.ADDED)


def _add_working_days(draft: Draft, _: object) -> None:
    draft.group_for_days().weekdays |= _WORKING_DAYS
    draft.working_days = True


def _add_nths(draft: Draft, value: object) -> None:
    draft.group_for_days().nths |= cast("frozenset[tuple[int, int]]", value)


def _add_every_day(draft: Draft, _: object) -> None:
    draft.group_for_days().every_day = True


def _set_months(draft: Draft, value: object) -> None:
    draft.group_for_days().months |= cast("frozenset[int]", value)


def _set_interval(draft: Draft, value: object) -> None:
    draft.group_for_days().interval = cast("tuple[str, int]", value)


def _add_time(draft: Draft, value: object) -> None:
    draft.group_for_time().times.append(cast("Clock", value))


def _close_weekdays(draft: Draft, value: object) -> None:
    weekdays = cast("Weekdays", value)
    draft.closed_weekdays |= weekdays.days
    if weekdays.holidays:
        draft.policies.add(HolidayPolicy.SKIPPED)


def _close_year_end(draft: Draft, _: object) -> None:
    draft.closed_year_end = True


def _unclear(_: Draft, __: object) -> None:
    raise UnclearError


_OPENING: Final[Mapping[Kind, Callable[[Draft, object], None]]] = {
    Kind.WEEKDAYS: _add_weekdays,
    Kind.WORKING_DAYS: _add_working_days,
    Kind.NTH: _add_nths,
    Kind.EVERY_DAY: _add_every_day,
    Kind.MONTH_DAYS: lambda draft, value: draft.group_for_days().month_days.extend(cast("tuple[int, ...]", value)),
    Kind.DATE: lambda draft, value: draft.group_for_days().dates.append(cast("date", value)),
    Kind.DATE_RANGE: lambda draft, value: draft.group_for_days().ranges.append(cast("tuple[date, date]", value)),
    Kind.MONTHS: _set_months,
    Kind.INTERVAL: _set_interval,
    Kind.TIME: _add_time,
    Kind.POLICY: lambda draft, value: draft.policies.add(HolidayPolicy(cast("str", value))),
    Kind.FROM: lambda draft, value: draft.begins.add(cast("date", value)),
    Kind.UNTIL: lambda draft, value: draft.untils.add(cast("date", value)),
    Kind.TIMES: lambda draft, value: draft.counts.add(cast("int", value)),
}
_CLOSING: Final[Mapping[Kind, Callable[[Draft, object], None]]] = {
    Kind.WEEKDAYS: _close_weekdays,
    Kind.NTH: lambda draft, value: draft.closed_nths.update(cast("frozenset[tuple[int, int]]", value)),
    Kind.NTH_WEEK: lambda draft, value: draft.closed_weeks.update(cast("frozenset[int]", value)),
    Kind.HOLIDAY: lambda draft, _: draft.policies.add(HolidayPolicy.SKIPPED),
    Kind.YEAR_END: _close_year_end,
    Kind.MONTHS: lambda draft, value: draft.months_off.update(cast("frozenset[int]", value)),
    Kind.DATE: lambda draft, value: draft.cancelled.add(cast("date", value)),
    Kind.MONTH_DAYS: _unclear,
}
