"""A text taken apart into the words of a schedule, one place after another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.schedules.token_dates import read_date, read_date_range, read_time, shape_end
from portal.schedules.token_days import read_month_days, read_months, read_nth, read_weekdays
from portal.schedules.vocabulary import CLOSABLE, DATED_WORDS, FILLERS, WORDS, Kind, Word

_SEPARATOR: Final = re.compile(r"[\s,。.・()「」『』※◆●■○◇□★<>&:/|]")
_BOUND: Final = re.compile(r"(から|以降|より)|(まで)")
_WORD: Final = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a schedule, where it stands, and what joins it to the one before."""

    kind: Kind
    value: object
    start: int
    end: int
    joint: str = ""
    """The separators before it; empty where it follows directly."""


def tokens(plain: str, today: date) -> list[Token]:
    """The words of a normalised text; what is not understood stands between them as UNKNOWN."""
    found: list[Token] = []
    position, joint = 0, ""
    while position < len(plain):
        separator = _SEPARATOR.match(plain, position)
        token = None if separator else _next(plain, position, found, joint, today)
        if separator:
            joint += separator[0]
        elif token is None:
            _unknown(found, plain, position, joint)
            joint = ""
        else:
            found.append(token)
            joint = ""
        position = separator.end() if separator else (token.end if token else position + 1)
    return found


def _unknown(found: list[Token], plain: str, position: int, joint: str) -> None:
    """One more sign that is not understood; it lengthens the word before if that was not either."""
    last = found[-1] if found else None
    if last and last.kind is Kind.UNKNOWN and last.end == position:
        found[-1] = Token(Kind.UNKNOWN, None, last.start, position + 1, last.joint)
    else:
        found.append(Token(Kind.UNKNOWN, plain[position], position, position + 1, joint))


def _next(plain: str, position: int, found: list[Token], joint: str, today: date) -> Token | None:
    last = found[-1] if found else None
    inside = _inside(plain, position, last, joint)
    if inside and plain[position].isdigit() and plain[position - 1].isdigit():
        return None
    return (
        _listed(DATED_WORDS, plain, position, found, joint)
        or _dated(plain, position, found, joint, today)
        or _listed(WORDS, plain, position, found, joint)
        or _days(plain, position, joint, inside=inside)
        or _listed(FILLERS, plain, position, found, joint)
    )


def _inside(plain: str, position: int, last: Token | None, joint: str) -> bool:
    """Whether a place is in the middle of a word that is not understood."""
    return bool(last and last.kind is Kind.UNKNOWN and not joint and _WORD.match(plain, position - 1))


def _listed(words: tuple[Word, ...], plain: str, position: int, found: list[Token], joint: str) -> Token | None:
    last = found[-1] if found else None
    inside = _inside(plain, position, last, joint)
    for word in words:
        match = word.pattern.match(plain, position) if word.strong or not inside else None
        if match and match.end() > position and _applies(word.kind, last, joint):
            return Token(word.kind, word.value(match), position, match.end(), joint)
    return None


def _days(plain: str, position: int, joint: str, *, inside: bool) -> Token | None:
    """Weekdays, counted weekdays, days of the month or months at this place."""
    readers: tuple[tuple[Kind, tuple[object, int] | None], ...] = (
        (Kind.NTH, read_nth(plain, position)),
        (Kind.MONTH_DAYS, read_month_days(plain, position)),
        (Kind.MONTHS, read_months(plain, position, inside=inside)),
        (Kind.WEEKDAYS, read_weekdays(plain, position, inside=inside)),
    )
    for kind, one in readers:
        if one:
            return Token(kind, one[0], position, one[1], joint)
    return None


def _applies(kind: Kind, last: Token | None, joint: str) -> bool:
    """Whether a word can stand where it stands: 「休館日」 closes what follows, 「は休館日」 what is before."""
    follows = last is not None and last.kind in CLOSABLE and not joint.strip()
    if kind is Kind.CLOSED_HEAD:
        return not (follows and not joint)
    if kind is Kind.CLOSED:
        return follows
    if kind is Kind.CANCELLED:
        return follows and last is not None and last.kind is Kind.DATE
    if kind is Kind.PARTICLE:
        return last is not None and not joint and last.kind is not Kind.UNKNOWN
    if kind in (Kind.MOVED, Kind.EXTRA):
        return last is not None and not joint and last.kind in (Kind.DATE, Kind.TIME)
    return True


def _dated(plain: str, position: int, found: list[Token], joint: str, today: date) -> Token | None:
    """A time of day, a date or a span of dates at this place; UNKNOWN for one that cannot be."""
    clock = read_time(plain, position)
    if clock:
        return Token(Kind.TIME, clock[0], position, clock[1], joint)
    span = read_date_range(plain, position, today)
    if span:
        return Token(Kind.DATE_RANGE, span[0], position, span[1], joint)
    one = read_date(plain, position, today, before=_known_date(found))
    if one is None:
        # Whole, so that what is left of a wrong date or time is not read as another one.
        end = shape_end(plain, position)
        return Token(Kind.UNKNOWN, None, position, end, joint) if end else None
    day, end = one
    bound = _BOUND.match(plain, end)
    if bound:
        return Token(Kind.FROM if bound[1] else Kind.UNTIL, day, position, bound.end(), joint)
    return Token(Kind.DATE, day, position, end, joint)


def _known_date(found: list[Token]) -> date | None:
    """The date whose month a day without one belongs to: 「12月8日・22日」, 「8月5日~16日 ※10日以外」."""
    value = found[-1].value if found else None
    if isinstance(value, date):
        return value
    if found and found[-1].kind is Kind.DATE_RANGE and isinstance(value, tuple):
        first, last = value
        return first if isinstance(first, date) and (first.year, first.month) == (last.year, last.month) else None
    return None
