"""Days and hours of a flyer; a date that cannot be made sure of is none."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from portal.flyer.candidates import Remark, made
from portal.schedules.occurrences import occurrences
from portal.schedules.plain_text import plain_text
from portal.schedules.reading import read_schedule
from portal.schedules.token_dates import WEEKDAYS, read_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.flyer.candidates import Candidate
    from portal.flyer.sections import Part, Section
    from portal.model.schedule import Schedule
    from portal.schedules.reading import ReadSchedule

BACK: Final = timedelta(days=31)
AHEAD: Final = timedelta(days=330)
"""A flyer without a year is about the year to come; its weekday then proves the date."""
MOST_LINES: Final = 6
SURE: Final = 40.0
"""Lines of figures read less surely than this give no date."""
_DAY: Final = re.compile(r"(\d{1,2})月\s?(\d{1,2})日\s?\(([月火水木金土日])")
_YEAR: Final = re.compile(r"(?:令和|平成|R)\s?(?:\d{1,2}|元)\s?[年./]|\d{4}\s?[年./]")
_DATED: Final = re.compile(
    r"\d{1,2}月\s?\d{1,2}日|\d{4}[/.]\d{1,2}[/.]\d{1,2}|(?:第\s?[1-5一二三四五]|毎週|隔週|最終).{0,8}曜|毎日"
)
_HOURS: Final = re.compile(r"\d{1,2}:\d{2}|\d{1,2}時|正午")
_BY: Final = re.compile(r"まで|締切|〆切|受付|申込|予約")
_TELLING: Final = re.compile(r"\d|[月火水木金土日]曜|午前|午後|正午|[一二三四五六七八九十]{1,3}[月日時分]")
"""What a schedule that leaves it out would be wrong without."""
_REPEATING: Final = re.compile(r"曜|毎週|隔週|毎月|平日|土日")
SHORT: Final = 2
"""Signs of what is not understood: so short, it may be a dash or a figure that was misread."""
_PRINTED_ON: Final = re.compile(r"発行|現在|更新")


def schedules(found: Sequence[Section], rest: Sequence[Part], today: date) -> list[Candidate[Schedule]]:
    """Candidates: what stands under 日時 and the like, then whatever else is dated."""
    hours = [part for one in found if one.field == "time" for part in one.parts]
    ways: list[tuple[list[Part], float]] = []
    for section in found:
        if section.field == "when" and section.parts:
            own = section.parts[:MOST_LINES]
            timed = any(_HOURS.search(part.text) for part in own)
            ways.append((own if timed else [*own, *hours], 1.0))
    for place, part in enumerate(rest):
        if _DATED.search(part.text) and not _BY.search(part.text) and not _PRINTED_ON.search(part.text):
            more = [] if _HOURS.search(part.text) else _hours_near(part, [*rest[place + 1 :], *hours])
            ways.append(([part, *more], 0.7))
    read = [one for parts, factor in ways if (one := _candidate(parts, factor, today)) is not None]
    read.sort(key=lambda one: (one.value is None, -one.confidence))
    return read


def _hours_near(part: Part, others: Sequence[Part]) -> list[Part]:
    near = [one for one in others if _HOURS.search(one.text) and one.top - part.bottom < 3 * part.size]
    return near[:1]


def _candidate(parts: list[Part], factor: float, today: date) -> Candidate[Schedule] | None:
    """What the parts say, with as many of them as make a schedule."""
    if not any(_DATED.search(part.text) for part in parts) and len(parts) == 1:
        return _unread(parts, factor)
    for count in range(len(parts), 0, -1):
        used = parts[:count]
        text = " ".join(part.text for part in used)
        remark = contradiction(text, today)
        if remark:
            return made(None, used, factor, remark)
        read = read_schedule(text, today)
        whole = not any(_TELLING.search(part.text) for part in parts[count:])
        if read.schedule and whole and _is_whole(read, text, used):
            return _checked(read.schedule, used, factor, today, bool(read.not_understood))
    return _unread(parts, factor)


def _is_whole(read: ReadSchedule, text: str, used: list[Part]) -> bool:
    """Whether nothing that tells days or hours was left out of what was read, and weekdays are named as such."""
    if read.schedule is None or min(part.line.confidence for part in used) < SURE:
        return False
    if any(_TELLING.search(left) or len(left) <= SHORT for left in read.not_understood):
        return False
    repeats = any(rule.rrule and "BYDAY" in rule.rrule for rule in read.schedule.rules)
    if repeats and (not _REPEATING.search(text) or re.search(r"\d日(?!曜)|月.{1,3}日\(", text)):
        return False
    told = {rule.start.hour * 60 + rule.start.minute for rule in read.schedule.rules if rule.timed}
    ends = {begin for rule in read.schedule.rules if rule.minutes for begin in (rule.minutes,)}
    return len(told) + len(ends) >= min(2, len(_HOURS.findall(text)))


def _unread(parts: list[Part], factor: float) -> Candidate[Schedule] | None:
    text = " ".join(part.text for part in parts)
    return made(None, parts, factor, Remark("flyer.date_not_read")) if re.search(r"\d", text) else None


def _checked(
    schedule: Schedule,
    used: list[Part],
    factor: float,
    today: date,
    left_over: bool,  # noqa: FBT001  # one more remark
) -> Candidate[Schedule] | None:
    """The schedule with what has to be said of it; none where it lies behind and the year is a guess."""
    remarks = [Remark("flyer.partly_read", (("text", schedule.note),))] if left_over and schedule.note else []
    days = [
        one.starts.date() for one in occurrences(schedule, today - timedelta(days=3660), today + timedelta(days=800))
    ]
    if not days:
        return made(None, used, factor, Remark("flyer.date_not_read"))
    if days[-1] < today:
        remarks.append(Remark("flyer.past"))
        if not _YEAR.search(" ".join(part.text for part in used)):
            return made(None, used, factor, *remarks)
        factor *= 0.5
    return made(schedule, used, factor * (0.8 if remarks else 1), *remarks)


def contradiction(text: str, today: date) -> Remark | None:
    """That a date has another weekday than the flyer says, where the year is known or the coming one."""
    years = _YEAR.findall(text)
    for found in _DAY.finditer(text):
        month, day, said = int(found[1]), int(found[2]), WEEKDAYS.index(found[3])
        meant = _meant(text, found, today) if years else _coming(month, day, today)
        if meant is None or meant.weekday() != said:
            values = (("date", found[0].partition("(")[0]), ("weekday", found[3]))
            return Remark("flyer.weekday_contradicts", values)
    return None


def _meant(text: str, found: re.Match[str], today: date) -> date | None:
    """The date in the last year that stands before it."""
    before = [one for one in _YEAR.finditer(text) if one.end() <= found.start() + 1]
    if not before:
        return _coming(int(found[1]), int(found[2]), today)
    year = before[-1][0]
    plain = plain_text(f"{year}{found[1]}月{found[2]}日").plain
    read = read_date(plain, 0, today)
    return read[0] if read else None


def _coming(month: int, day: int, today: date) -> date | None:
    """The date of this name that lies nearest ahead, or not more than a month back."""
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            made_day = date(year, month, day)
        except ValueError:
            continue
        if today - BACK <= made_day <= today + AHEAD + BACK:
            return made_day
    return None


def last_day(text: str, today: date) -> tuple[date | None, Remark | None]:
    """「12月9日(水)までに」: the day, or why it is none."""
    found = re.search(
        r"(?:(?:令和|R)?\s?\d{1,4}年)?\s?\d{1,2}月\s?\d{1,2}日(?:\([月火水木金土日]\))?(?=.{0,6}(?:まで|締切|必着))",
        text,
    )
    if not found:
        return None, None
    remark = contradiction(found[0], today)
    if remark:
        return None, remark
    read = read_date(plain_text(found[0].strip()).plain, 0, today)
    day = read[0] if read else None
    if day and not _YEAR.search(found[0]):
        day = _coming(day.month, day.day, today)
    return day, None if day else Remark("flyer.date_not_read")
