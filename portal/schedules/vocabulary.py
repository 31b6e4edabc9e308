"""The words that schedules are written with, as patterns, each with what it says.

Every pattern is bounded in length, so that no text takes long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_HOLIDAY: Final = r"(?:国民の)?祝(?:祭日|休日|日)(?:・?振替休日)?"
_EARLY_CLOSE: Final = r"(?:は|を|も|の日は|が)?\s?"


class Kind(StrEnum):
    """What a word of a schedule is about."""

    TIME = "time"
    DATE = "date"
    DATE_RANGE = "date_range"
    WEEKDAYS = "weekdays"
    NTH = "nth"
    NTH_WEEK = "nth_week"
    MONTH_DAYS = "month_days"
    MONTHS = "months"
    EVERY_DAY = "every_day"
    WORKING_DAYS = "working_days"
    INTERVAL = "interval"
    HOLIDAY = "holiday"
    YEAR_END = "year_end"
    POLICY = "policy"
    CLOSED = "closed"
    CLOSED_HEAD = "closed_head"
    CANCELLED = "cancelled"
    MOVED = "moved"
    EXTRA = "extra"
    FROM = "from"
    UNTIL = "until"
    TIMES = "times"
    FILLER = "filler"
    PARTICLE = "particle"
    UNKNOWN = "unknown"


CLOSABLE: Final = frozenset(
    {Kind.WEEKDAYS, Kind.NTH, Kind.NTH_WEEK, Kind.HOLIDAY, Kind.YEAR_END, Kind.MONTHS, Kind.DATE, Kind.MONTH_DAYS}
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a schedule: how it is written and what it is about."""

    kind: Kind
    pattern: re.Pattern[str]
    value: Callable[[re.Match[str]], object]
    strong: bool = True
    """Whether it may begin inside a word that is not understood."""


def _word(kind: Kind, pattern: str, value: object = None, *, strong: bool = True) -> Word:
    read = value if callable(value) else lambda _: value
    return Word(kind, re.compile(pattern), read, strong)


_ON_HOLIDAY: Final = (
    rf"(?:[月火水木金土日]曜?日?が)?(?:{_HOLIDAY}|祝)"
    r"(?:の場合|の時|のとき|と重な[^\s,。()]{0,6}|に[あ当]た[^\s,。()]{0,6}|なら)[は,]{0,2}\s?(?:その)?"
)
# What must be kept whole, because a part of it would say something else.
_TRAPS: Final = (
    rf"{_ON_HOLIDAY}(?:翌|次|前|直)[^\s,。()]{{0,10}}休[^\s,。()]{{0,6}}",
    r"祝(?:日|休日|祭日)の(?:前日|翌日)[^\s,。()]{0,20}",
    r"(?:受付|開場|集合|申込|申し込み|締切|締め切り|電話|電車|バス)[^,。()\n]{0,40}",
    r"~\s?\d{1,2}(?::\d{2}|時)[^\s,。()]{0,10}",
    r"\d{1,2}(?::\d{2}|時(?:半|\d{1,2}分)?)まで",
    r"\d{1,3}(?:時間|分間|か月間|ヶ月間|週間(?!ごと|毎|に))[^\s,。()]{0,10}",
)
_NEXT: Final = r"(?:に|へ)?(?:振替|振り替え|変更|順延|延期|開催|実施|開館)?(?:(?:に|と)?(?:します|する|なります))?"
_SHUT: Final = (
    r"(?:お?休(?:みと(?:します|する)|みです|み|館日?|業日?|止|室日?|所日?|園日?(?!児)|(?![日憩暇]))|定休日?"
    r"|除(?:く|き(?:ます)?|いて)|のぞく|以外|閉館日?|閉室|閉所|なし|開催しません|行いません|ありません)"
)


# Tried first, since a date stands in it.
DATED_WORDS: Final = (
    _word(Kind.YEAR_END, r"(?:年末年始|12(?:月|/)29日?(?:から|~)(?:翌年?の?)?(?:1|0?1)(?:月|/)0?3日?(?:まで)?)"),
    # How often, not when: 「月に一度」 is no Monday.
    _word(Kind.UNKNOWN, r"(?:月|週|年)に(?:\d{1,2}|[一二三四五数])[度回]程?度?"),
    _word(Kind.UNKNOWN, r"毎年\d{1,2}月\d{1,2}日[^\s,。()]{0,20}"),
)
WORDS: Final = (
    *(_word(Kind.UNKNOWN, trap) for trap in _TRAPS),
    _word(Kind.POLICY, rf"{_ON_HOLIDAY}翌週(?:の?同じ?曜日)?{_NEXT}(?![の月火水木金土日])", "moves_next_week"),
    _word(Kind.POLICY, rf"{_ON_HOLIDAY}(?:翌(?:平日|営業日|開館日|日)|次の平日){_NEXT}(?![のが])", "moves_next_day"),
    _word(Kind.POLICY, rf"{_ON_HOLIDAY}{_SHUT}", "skipped"),
    _word(Kind.POLICY, rf"{_HOLIDAY}も(?:開催|実施|開館|営業|行います|やります|あり)(?:します|する)?", "runs"),
    _word(Kind.TIMES, r"全(\d{1,3})回", lambda found: int(found[1])),
    _word(Kind.EVERY_DAY, r"毎日|年中無休|無休"),
    _word(Kind.WORKING_DAYS, r"(?:毎週)?平日(?!以外)(?:のみ)?"),
    _word(Kind.INTERVAL, r"隔週の?", ("week", 2)),
    _word(Kind.INTERVAL, r"隔月の?", ("month", 2)),
    _word(Kind.INTERVAL, r"隔日", ("day", 2)),
    _word(
        Kind.INTERVAL,
        r"(\d{1,2})(週間?|[かヶカヵケ]月|日)(?:ごと|毎)の?",
        lambda found: ({"週": "week", "日": "day"}.get(found[2][0], "month"), int(found[1])),
    ),
    _word(Kind.HOLIDAY, _HOLIDAY),
    _word(
        Kind.NTH_WEEK,
        rf"(?:毎月)?第?([1-5](?:[・,]第?[1-5]){{0,4}})週?(?={_EARLY_CLOSE}{_SHUT})",
        lambda found: frozenset(int(one) for one in re.findall(r"[1-5]", found[1])),
        strong=False,
    ),
    _word(
        Kind.CLOSED_HEAD,
        r"(?:休(?:館|業|室|所|園|止)日|定休日|閉館日|お?休み)\s?[):はが]{0,2}\s?",
        strong=False,
    ),
    _word(Kind.CANCELLED, r"(?:は|を)?\s?中止"),
    _word(Kind.MOVED, r"(?:に|へ)(?:変更|延期|順延)"),
    _word(Kind.EXTRA, r"(?:も|は|に)?臨時開催"),
    _word(Kind.CLOSED, rf"{_EARLY_CLOSE}{_SHUT}(?:です|と?します|となります)?"),
)

# Tried last, since a longer word may begin with one of these.
FILLERS: Final = (
    _word(
        Kind.FILLER,
        r"開催日時?|開催|実施日?|開館(?:日|時間)?|開室(?:日|時間)?|営業(?:日|時間)?|日時|日程|時間|曜日|利用可能(?:曜日|時間|日)"
        r"|毎[週月年]の?|月の|ただし|但し|及び|または",
        strong=False,
    ),
    _word(Kind.PARTICLE, r"のみ|まで|から|および|[にのはでもをがとや~]|です|行います|します", strong=False),
)
