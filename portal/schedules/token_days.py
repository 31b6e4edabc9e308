"""Weekdays, counted weekdays, days of the month and months, at one place of a normalised text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

WEEKDAYS: Final = "月火水木金土日"
LAST: Final = -1
_KANJI_DIGITS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}

_ONE: Final = r"[月火水木金土日](?:曜日?)?"
_JOIN: Final = r"(?:\s?(?:[・/と~]|から|及び|および)\s?)?"
_LIST: Final = rf"{_ONE}(?:{_JOIN}(?:{_ONE}|祝(?:祭日|休日|日)?)){{0,12}}"
_BODY: Final = re.compile(rf"(?P<pre>毎週の?\s?)?(?P<list>{_LIST})(?:のみ)?")
_AFTER: Final = re.compile(r"[^\w]|$|[のはをにとで]|から|午[前後]|以外|お?休|定休|除|毎|第|AM|PM")
_COUNTERS: Final = "0123456789週回目"
_COUNT: Final = r"第\s?[1-5一二三四五]|最終"
_NTH: Final = re.compile(
    rf"(?:毎月|月の|各月)?\s?の?(?P<nth>(?:{_COUNT})(?:\s?(?:[・,/と~]|及び)?\s?"
    rf"(?:{_COUNT}|[1-5](?=\s?[・,/月火水木金土日週最~第]))){{0,5}})"
    rf"週?の?\s?(?P<days>{_ONE}(?:{_JOIN}{_ONE}){{0,6}})"
)
_MONTH_DAYS: Final = re.compile(
    r"毎月の?\s?(?P<days>(?:(?:\d{1,2}日?|末日?)[・,と](?:毎月)?){0,30}(?:\d{1,2}日|末日?|月末))(?![\d:時間])"
)
_MONTH: Final = r"(?:1[0-2]|0?[1-9])"
_MONTHS: Final = re.compile(
    rf"(?:毎年)?(?:(?P<odd>奇数月)|(?P<even>偶数月)|(?P<a>{_MONTH})月?(?:から|~)(?P<b>{_MONTH})月(?:まで)?"
    rf"|(?P<list>(?:{_MONTH}月?[・,と]){{0,11}}{_MONTH}月))(?=の|はお?休|は開|を除|以外|を?のぞ|[・,)\s]|$|第|毎|お?休)の?"
)


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Weekdays (0 is Monday), and whether public holidays are named with them (土日祝)."""

    days: frozenset[int]
    holidays: bool = False
    every_week: bool = False
    """Whether 毎週 is said."""


def _weekday_set(text: str) -> frozenset[int]:
    """The weekdays of a list, the days between included where 「~」 or 「から」 stands."""
    days: list[int] = []
    for dash, sign in re.findall(r"(~|から)?\s?([月火水木金土日])(?:曜日?)?", text):
        day = WEEKDAYS.index(sign)
        if dash and days:
            while days[-1] != day:
                days.append((days[-1] + 1) % 7)
        days.append(day)
    return frozenset(days)


def read_weekdays(plain: str, position: int, *, inside: bool) -> tuple[Weekdays, int] | None:
    """「月・水・金曜日」, 「月~金」, 「土日祝」, 「毎週火」; a bare sign must stand alone (not 「火気」)."""
    found = _BODY.match(plain, position)
    if not found:
        return None
    text = found["list"]
    if inside and plain[position - 1] in _COUNTERS:
        return None  # 「第6火曜」 is not every Tuesday
    named = "曜" in text or bool(found["pre"])
    if not named and (inside or not _stands_alone(plain, found, text)):
        return None
    return Weekdays(_weekday_set(text), "祝" in text, bool(found["pre"])), found.end()


def _stands_alone(plain: str, found: re.Match[str], text: str) -> bool:
    several = len(re.findall("[月火水木金土日]", text)) > 1
    return bool(_AFTER.match(plain, found.end())) or (several and plain[found.end()].isdigit())


def read_nth(plain: str, position: int) -> tuple[frozenset[tuple[int, int]], int] | None:
    """「第2・4火曜」, 「第1・第3水曜日」, 「最終土曜」: pairs of which and weekday."""
    found = _NTH.match(plain, position)
    if not found:
        return None
    which: list[int] = []
    for dash, sign in re.findall(r"(~)?\s?第?\s?([1-5一二三四五]|最終)", found["nth"]):
        number = LAST if sign == "最終" else _KANJI_DIGITS.get(sign) or int(sign)
        if dash and which:
            which.extend(range(which[-1] + 1, number))
        which.append(number)
    days = _weekday_set(found["days"])
    return frozenset((one, day) for one in which for day in days), found.end()


def read_month_days(plain: str, position: int) -> tuple[tuple[int, ...], int] | None:
    """「毎月5日・20日」, 「毎月末日」: days of the month, the last as -1; None for a day that no month has."""
    found = _MONTH_DAYS.match(plain, position)
    if not found:
        return None
    days = [int(one) if one.isdigit() else LAST for one in re.findall(r"\d{1,2}|末", found["days"])]
    if any(day == 0 or day > 31 for day in days):  # noqa: PLR2004  # days of the longest month
        return None
    return tuple(dict.fromkeys(days)), found.end()


def read_months(plain: str, position: int, *, inside: bool) -> tuple[frozenset[int], int] | None:
    """「奇数月の」, 「4月から7月の」, 「8月・12月」."""
    found = None if inside else _MONTHS.match(plain, position)
    if not found:
        return None
    if found["odd"] or found["even"]:
        return frozenset(range(1 if found["odd"] else 2, 13, 2)), found.end()
    if found["a"]:
        first, last = int(found["a"]), int(found["b"])
        return frozenset((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)), found.end()
    return frozenset(int(one) for one in re.findall(r"\d{1,2}", found["list"])), found.end()
