"""The hours of an event as programmes write them: 「①13:00 ②14:45」, 「17:00(金、土は19:00まで)」."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from geodata.decode import clean, read_time

LONGEST: Final = 300
"""Characters of a cell that names hours; a longer one is a story."""
MOST_SESSIONS: Final = 12
NOTHING: Final = frozenset({"", "-", "－", "ー", "―", "なし", "無し", "無", "未定"})
SESSION: Final = re.compile(r"\n|(?=[①-⑳])")
NUMBER: Final = re.compile(r"^[①-⑳]\s*|^\(\d+\)\s*|^[・]\s*")
REMARK: Final = re.compile(r"[※(（].*$", re.DOTALL)
FROM_TO: Final = re.compile(r"\s*[～〜~\-–—−から]+\s*")


@dataclass(frozen=True, slots=True)
class Session:
    """Minutes after midnight; more than 1,440 is the next day (24:30)."""

    starts: int
    ends: int | None


@dataclass(frozen=True, slots=True)
class EventTimes:
    """When an event begins and ends on each of its days."""

    sessions: tuple[Session, ...] = ()
    left: tuple[str, ...] = ()
    """What was not understood."""


def read_times(starts: str, ends: str) -> EventTimes:
    """The sessions that two cells name; none where no start is understood.

    Several lines, or ①②, are several sessions, each with the end that stands in the same place. A remark after
    a time (※, brackets) is left over. An event without a known end has None.
    """
    first, left = _times(starts)
    last, left_too = _times(ends)
    if len(last) > 1 and len(last) != len(first):
        last, left_too = [], [*left_too, ends]
    if len(last) == 1 and len(first) > 1:
        last, left_too = [], [*left_too, ends]
    closing: list[int | None] = [end for end, _ in last] or [own for _, own in first]
    sessions = tuple(Session(begin, end) for (begin, _), end in zip(first, closing, strict=True)) if first else ()
    return EventTimes(sessions, tuple(dict.fromkeys([*left, *left_too])))


def _times(cell: str) -> tuple[list[tuple[int, int | None]], list[str]]:
    """Each time of a cell with the end that may follow it (9:00～12:00), and what is left over."""
    text = clean(cell)
    if text in NOTHING:
        return [], []
    if len(text) > LONGEST:
        return [], [text]
    found: list[tuple[int, int | None]] = []
    left: list[str] = []
    for part in filter(None, map(str.strip, SESSION.split(text))):
        plain = NUMBER.sub("", part)
        remark = REMARK.search(plain)
        if remark:
            left.append(remark[0])
            plain = plain[: remark.start()]
        _add(plain.strip(), found, left)
    if len(found) > MOST_SESSIONS:
        return [], [text]
    return found, left


def _add(part: str, found: list[tuple[int, int | None]], left: list[str]) -> None:
    if not part:
        return
    pieces = FROM_TO.split(part, maxsplit=1)
    try:
        times = [read_time(piece) for piece in pieces]
    except ValueError:
        left.append(part)
        return
    if times[0] is None or (len(times) > 1 and times[1] is not None and times[1] < times[0]):
        left.append(part)
        return
    found.append((times[0], times[1] if len(times) > 1 else None))
