"""Times of day and dates as Japanese pages write them, at one place of a normalised text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from portal.model.recurrence import FIRST_YEAR, LAST_YEAR

WEEKDAYS: Final = "月火水木金土日"
DAY_MINUTES: Final = 24 * 60
NIGHT_ENDS: Final = 5 * 60
"""A time before 5:00 without 午前 is left unread: 「1時半から」 commonly means the afternoon."""
LATEST_END: Final = 30 * 60
_NOON: Final = 12
_ERAS: Final = {"令和": 2018, "R": 2018, "r": 2018, "平成": 1988, "H": 1988, "h": 1988, "昭和": 1925, "S": 1925}

_HALF: Final = r"(?P<{p}ap>午前|午後|[AaPp][Mm])?\s?(?:(?P<{p}noon>正午)|(?P<{p}h>\d{{1,2}}){tail})"
_TAIL: Final = r"(?::(?P<{p}m>\d{{2}})(?::00)?(?!\d)|時(?!間)(?:(?P<{p}half>半)|(?P<{p}n>\d{{1,2}})分|(?![半\d])))"


def _half(prefix: str, *, bare: bool = False) -> str:
    tail = _TAIL.format(p=prefix) + ("?" if bare else "")
    return _HALF.format(p=prefix, tail=tail)


_SPAN: Final = re.compile(
    rf"{_half('a', bare=True)}\s?(?:~|から|より)\s?(?P<next>翌日?の?)?{_half('b')}(?:頃|ごろ)?(?:まで)?(?!\d)"
)
_FROM: Final = re.compile(rf"{_half('a')}(?:~(?!\s?\d)|から(?!\s?\d)|より|開始|開演)?(?!まで|\d|~)")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, minutes after midnight, and how long it lasts where that is said."""

    start: int
    minutes: int | None = None


def _minutes(found: re.Match[str], prefix: str) -> int | None:
    """Minutes after midnight, up to 30:00; None for a time that does not exist."""
    half_day = (found[f"{prefix}ap"] or "").lower()
    if found[f"{prefix}noon"]:
        return _NOON * 60
    hour = int(found[f"{prefix}h"])
    minute = 30 if found[f"{prefix}half"] else int(found[f"{prefix}m"] or found[f"{prefix}n"] or 0)
    if half_day and hour > _NOON:
        return None
    if half_day in ("午後", "pm") and hour < _NOON:
        hour += _NOON
    elif half_day == "am" and hour == _NOON:
        hour = 0
    total = hour * 60 + minute
    return total if minute < 60 and total <= LATEST_END else None  # noqa: PLR2004  # minutes of an hour


def read_time(plain: str, position: int) -> tuple[Clock, int] | None:
    """「10:00~12:00」, 「午後1時半から3時まで」, 「10:00から」; None where no time stands or it cannot be."""
    if position and plain[position - 1].isdigit():
        return None
    found = _SPAN.match(plain, position)
    if found:
        clock = _span(found)
        return (clock, found.end()) if clock else None
    found = _FROM.match(plain, position)
    if not found:
        return None
    start = _minutes(found, "a")
    if start is None or _doubtful(found, start):
        return None
    return Clock(start), found.end()


def _doubtful(found: re.Match[str], start: int) -> bool:
    return start < NIGHT_ENDS and not found["aap"]


def _span(found: re.Match[str]) -> Clock | None:
    start, end = _minutes(found, "a"), _minutes(found, "b")
    if start is None or end is None or _doubtful(found, start):
        return None
    if found["next"]:
        end += DAY_MINUTES
    elif end <= start and not found["bap"] and (found["aap"] or "").lower() in ("午後", "pm"):
        end += _NOON * 60  # 「午後1時半から3時まで」: the end is in the same half of the day
    return Clock(start, end - start) if start < end <= start + DAY_MINUTES else None


_WEEKDAY: Final = rf"(?:\s?\((?P<{{p}}w>[{WEEKDAYS}])(?:曜日?)?(?:[・,/]?祝日?)?\)|(?P<{{p}}v>[{WEEKDAYS}])曜日?)?"
_YEAR: Final = (
    r"(?:(?P<{p}era>令和|平成|昭和|[RHSrh])\s?(?P<{p}ey>\d{{1,2}}|元)\s?[年./~]\s?|(?P<{p}y>\d{{4}})\s?[年./~]\s?)"
)
_FULL: Final = _YEAR + r"(?P<{p}mo>\d{{1,2}})\s?[月./~]\s?(?P<{p}d>\d{{1,2}})(?!\d|時|:)日?" + _WEEKDAY
_SHORT: Final = r"(?P<{p}mo>\d{{1,2}})(?:月\s?(?P<{p}d>\d{{1,2}})日|/(?P<{p}e>\d{{1,2}})(?=\s?\())" + _WEEKDAY
_DAY: Final = r"(?P<{p}d>\d{{1,2}})日" + _WEEKDAY

_FULL_DATE: Final = re.compile(_FULL.format(p=""))
_SHORT_DATE: Final = re.compile(_SHORT.format(p=""))
_DAY_ONLY: Final = re.compile(_DAY.format(p=""))
_TO: Final = re.compile(r"\s?(?:~|から)\s?")


def read_date(plain: str, position: int, today: date, *, before: date | None = None) -> tuple[date, int] | None:
    """「令和8年3月2日」, 「2026/12/8(火)」, 「8月5日(水)」, and 「22日」 after a date of the same month.

    Without a year the weekday decides which year nearest to today is meant, and without a weekday the
    nearest day. None for a date that does not exist or has another weekday than it says.
    """
    if position and plain[position - 1].isdigit():
        return None
    for pattern, dated in ((_FULL_DATE, _full), (_SHORT_DATE, _short)):
        found = pattern.match(plain, position)
        if found and dated is _short and plain[max(position - 1, 0)] in "年./":
            return None  # what stands before is a year that was not understood
        if found:
            day = dated(found, today)
            return (day, found.end()) if day else None
    found = _DAY_ONLY.match(plain, position) if before else None
    if not found or before is None:
        return None
    day = _checked(before.year, before.month, int(found["d"]), _weekday(found))
    return (day, found.end()) if day and day > before else None


def shape_end(plain: str, position: int) -> int | None:
    """Where something ends that looks like a date or a time of day but is none (2月30日, 15:00~13:00)."""
    if position and plain[position - 1].isdigit():
        return None
    patterns = (_SPAN, _FROM, _FULL_DATE, _SHORT_DATE)
    return max((found.end() for pattern in patterns if (found := pattern.match(plain, position))), default=None)


def read_date_range(plain: str, position: int, today: date) -> tuple[tuple[date, date], int] | None:
    """「8月5日(水)~8月16日(日)」, 「2026年8月5日から16日まで毎日」: every day of a span of dates."""
    first = read_date(plain, position, today)
    to = _TO.match(plain, first[1]) if first else None
    if not first or not to:
        return None
    last = _last_of_range(plain, to.end(), first[0])
    if not last or not first[0] < last[0]:
        return None
    tail = re.compile(r"(?:まで)?の?\s?(?:毎日)?").match(plain, last[1])
    return (first[0], last[0]), tail.end() if tail else last[1]


def _last_of_range(plain: str, position: int, first: date) -> tuple[date, int] | None:
    last = read_date(plain, position, first, before=first)
    if last and last[0] < first and not _FULL_DATE.match(plain, position):
        # 「12月20日~1月10日」: the nearest 10 January may be the one before.
        return read_date(plain, position, first + timedelta(days=180), before=first)
    return last


def _weekday(found: re.Match[str]) -> int | None:
    sign = found["w"] or found["v"]
    return WEEKDAYS.index(sign) if sign else None


def _checked(year: int, month: int, day: int, weekday: int | None) -> date | None:
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    fits = weekday is None or made.weekday() == weekday
    return made if fits and FIRST_YEAR <= year <= LAST_YEAR else None


def _full(found: re.Match[str], _today: date) -> date | None:
    of_era = 1 if found["ey"] == "元" else int(found["ey"] or 0)
    year = int(found["y"]) if found["y"] else _ERAS[found["era"]] + of_era
    return _checked(year, int(found["mo"]), int(found["d"]), _weekday(found))


def _short(found: re.Match[str], today: date) -> date | None:
    """The date of a year near today: a weekday comes back after 5, 6 or 11 years, on 29 February later."""
    month, day, weekday = int(found["mo"]), int(found["d"] or found["e"]), _weekday(found)
    reach = 1 if weekday is None else 6
    years = range(today.year - reach, today.year + reach + 1)
    days = [made for year in years if (made := _checked(year, month, day, weekday))]
    return min(days, key=lambda made: abs(made - today), default=None)
