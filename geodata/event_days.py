"""The days of an event as programmes write them: 「8月5日（水）～8月16日（日）※10日（月）以外」."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from geodata.cells.dates import ERAS

if TYPE_CHECKING:
    from collections.abc import Iterator

DASHES: Final = str.maketrans("～〜∼~‐‑‒–—−―ー", "~~~~--------")
WEEKDAYS: Final = "月火水木金土日"
NEAR_YEARS: Final = 2
"""A weekday names the year among five: the same date falls on the same weekday after five years at the earliest."""
DAY: Final = re.compile(
    r"(?<!\d)(?:(?:(令和|平成|R|H)\.?\s*(\d{1,2}|元)|(\d{4}))\s*[-年./]\s*)?"
    r"(?:(\d{1,2})\s*[-月./]\s*)?(?<![\d:])(\d{1,2})(?:\s*日(?!間)|(?![\d:時分名人回]))"
    r"(?:\s*\(?\s*([月火水木金土日])(?:曜日?)?(?:[・,]?[祝休]日?)?\s*\)?(?![曜程])|\s*\([祝休]日?\))?"
    r"(?:[t\s]+0?0:00(?::00)?)?",
    re.IGNORECASE,
)
RUN: Final = re.compile(r"(?<!\d)((?:19|20|21)\d{2})(\d{2})(\d{2})(?!\d)")
UNTIL: Final = re.compile(r"\s*まで")
TO: Final = re.compile(r"\s*(?:~|から|より|-)\s*")
BUT: Final = re.compile(r"\s*(?:以外|を?除く|を?のぞく|は?休み|は?休館|は?休業)")
WORKDAYS: Final = re.compile(r"平日のみ|平日だけ|土日祝?を?除く")
FIRST_YEAR, LAST_YEAR = 1900, 2200  # what a schedule can hold
LONGEST: Final = 500
"""Characters of a cell that names days; a longer one is a story."""
FILLING: Final = re.compile(r"[\s、,・/※()~\-]|及び|および|と")


class NoSuchDayError(ValueError):
    """Raised when a date is written that the calendar does not have (2月30日)."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class EventDays:
    """When an event takes place, as far as its text says so."""

    spans: tuple[Span, ...]
    workdays: bool = False
    """平日のみ: Monday to Friday, not on public holidays."""
    guessed: bool = False
    """Whether a year was taken that no weekday confirms."""
    open_start: bool = False
    """Only the last day is said (「9月25日まで」); it is the only span."""
    left: str = ""
    """What was not understood."""


@dataclass(slots=True)
class _Token:
    """One date in the text with its place there."""

    begin: int
    end: int
    day: date
    guessed: bool


def read_days(text: str, today: date) -> EventDays | None:
    """The days that a text names; None where it names none (随時, 日程調整し決定).

    Without a year the one is taken in which the weekday fits, nearest to ``today``; without a weekday, too,
    the date nearest to ``today``. A day without a month is in the month before it.
    Raises NoSuchDayError for a date that does not exist.
    """
    if len(text) > LONGEST:
        return None
    narrow = unicodedata.normalize("NFKC", text).translate(DASHES)
    narrow = RUN.sub(r"\1-\2-\3", narrow)
    tokens = _tokens(narrow, today)
    if not tokens:
        return None
    spans, used = _spans(narrow, tokens)
    rest = "".join(narrow[begin:end] for begin, end in _gaps(used, len(narrow)))
    workdays = bool(WORKDAYS.search(rest))
    rest = WORKDAYS.sub("", rest)
    left = rest.strip(" 、,・/\n") if FILLING.sub("", rest) else ""
    open_start = len(tokens) == 1 and _is_end(narrow, tokens[0])
    guessed = any(token.guessed for token in tokens)
    return EventDays(tuple(spans), workdays=workdays, guessed=guessed, open_start=open_start, left=left)


def _tokens(text: str, today: date) -> list[_Token]:
    tokens: list[_Token] = []
    for found in DAY.finditer(text):
        before = tokens[-1].day if tokens else None
        if found[4] is None and (before is None or "日" not in found[0]):
            continue
        day = _day(found, before, today)
        said = found[1] or found[3] or (found[6] and found[6] == WEEKDAYS[day.weekday()])
        follows = before is not None and not tokens[-1].guessed and not found[6]
        tokens.append(_Token(found.start(), found.end(), day, guessed=not (said or follows)))
    return tokens


def _day(found: re.Match[str], before: date | None, today: date) -> date:
    era, era_year, year, month, day = (found[group] for group in range(1, 6))
    number = int(month) if month else before.month if before else 0
    if era or year:
        known = int(year) if year else ERAS[era.casefold()] + (1 if era_year == "元" else int(era_year))
        return _date(known, number, int(day), found[0])
    if before is None or found[6]:
        return _near(number, int(day), found[6], before or today, found[0])
    return _date(before.year + (number < before.month), number, int(day), found[0])


def _near(month: int, day: int, weekday: str | None, around: date, written: str) -> date:
    """The date nearest to ``around`` with that weekday; where none fits, the weekday is taken for a slip."""
    years = range(around.year - NEAR_YEARS, around.year + NEAR_YEARS + 1)
    days = [found for year in years if (found := _date_or_none(year, month, day))]
    if not days:
        raise NoSuchDayError(written)
    fitting = [found for found in days if weekday and WEEKDAYS[found.weekday()] == weekday]
    return min(fitting or days, key=lambda found: abs(found - around))


def _date(year: int, month: int, day: int, written: str) -> date:
    found = _date_or_none(year, month, day)
    if found is None:
        raise NoSuchDayError(written)
    return found


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _spans(text: str, tokens: list[_Token]) -> tuple[list[Span], list[tuple[int, int]]]:
    """The spans, and the parts of the text that they were read from."""
    spans: list[Span] = []
    used: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if spans and (but := _but(text, tokens, index)):
            last, end = but
            excluded = Span(token.day, tokens[last].day)
            spans = [part for span in spans for part in _without(span, excluded)]
            used.append((token.begin, end))
            index = last + 1
            continue
        last = _range_end(text, tokens, index)
        spans.append(Span(token.day, tokens[last].day))
        end = tokens[last].end
        used.append((token.begin, end + (len(found[0]) if (found := UNTIL.match(text, end)) else 0)))
        index = last + 1
    return spans, used


def _range_end(text: str, tokens: list[_Token], index: int) -> int:
    """The token that a range ends with; the token itself where it is no range."""
    following = index + 1
    joined = following < len(tokens) and TO.fullmatch(text, tokens[index].end, tokens[following].begin)
    return following if joined else index


def _but(text: str, tokens: list[_Token], index: int) -> tuple[int, int] | None:
    """Where days are left out (10日以外, 8日、10日を除く): the last token of it and the end of the words."""
    last = _range_end(text, tokens, index)
    if found := BUT.match(text, tokens[last].end):
        return last, found.end()
    following = last + 1
    if following < len(tokens) and re.fullmatch(r"[、,・\s]+", text[tokens[last].end : tokens[following].begin]):
        further = _but(text, tokens, following)
        if further and last == index and text[tokens[index].begin - 1 : tokens[index].begin] in {"※", "("}:
            return last, tokens[last].end
    return None


def _without(span: Span, excluded: Span) -> Iterator[Span]:
    step = timedelta(days=1)
    if excluded.last < span.first or span.last < excluded.first:
        yield span
        return
    if span.first < excluded.first:
        yield replace(span, last=excluded.first - step)
    if excluded.last < span.last:
        yield replace(span, first=excluded.last + step)


def _is_end(text: str, token: _Token) -> bool:
    """Whether a lone date is only the last day: 「8月16日まで」, 「～9月25日」."""
    return bool(UNTIL.match(text, token.end)) or text[: token.begin].rstrip().endswith("~")


def _gaps(used: list[tuple[int, int]], size: int) -> Iterator[tuple[int, int]]:
    at = 0
    for begin, end in used:
        yield at, begin
        at = end
    yield at, size
