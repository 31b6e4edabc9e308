"""Which words of a schedule say when it is closed: what 「は休み」 closes before it, and 「休館日」 after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal.schedules.token_days import Weekdays
from portal.schedules.vocabulary import CLOSABLE, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.schedules.tokens import Token

_DAYS: Final = frozenset({Kind.WEEKDAYS, Kind.NTH, Kind.MONTH_DAYS})
_LINKS: Final = frozenset({Kind.FILLER, Kind.PARTICLE})


class UnclearError(Exception):
    """Raised when a text can be read in two ways, or says something that no schedule can hold."""


def closed_words(words: Sequence[Token]) -> frozenset[int]:
    """The places, in the list, of the words that name closed days.

    Raises UnclearError where it is not clear what is closed: 「月曜、祝日は休み」 with nothing before it.
    """
    closed: set[int] = set()
    for place, word in enumerate(words):
        if word.kind in (Kind.CLOSED, Kind.CANCELLED):
            closed |= _before(words, place)
        elif word.kind is Kind.CLOSED_HEAD:
            after = _after(words, place)
            if not after:
                raise UnclearError
            closed |= after
    return frozenset(closed)


def _after(words: Sequence[Token], head: int) -> set[int]:
    found: set[int] = set()
    for place in range(head + 1, len(words)):
        word = words[place]
        ended = "\n" in word.joint or "。" in word.joint or (found and "(" in word.joint)
        if ended or word.kind not in CLOSABLE | _LINKS | {Kind.CLOSED}:
            break
        if word.kind in CLOSABLE:
            found.add(place)
    return found


def _before(words: Sequence[Token], closing: int) -> set[int]:
    """The words that a 「は休み」 closes: the one before it and those joined to that one."""
    found: set[int] = set()
    place = closing - 1
    while place >= 0 and words[place].kind in CLOSABLE:
        found.add(place)
        previous = place - 1
        linked = previous > 0 and words[previous].kind is Kind.PARTICLE and not words[place].joint
        previous -= linked
        joint = "・" if linked else words[place].joint.strip(" ")
        if previous < 0 or not _joined(words, found, previous, joint):
            break
        place = previous
    return found


def _joined(words: Sequence[Token], found: set[int], previous: int, joint: str) -> bool:
    word = words[previous]
    if joint == "・":
        return True
    if joint not in (",", ""):
        return False
    if word.kind not in _DAYS:
        return joint == ","
    return joint == "," and _closed_across_comma(words, found, previous)


def _closed_across_comma(words: Sequence[Token], found: set[int], previous: int) -> bool:
    """Whether weekdays before a comma are closed too: only where the hours were said before them."""
    begin = previous
    while begin > 0 and words[begin].kind in CLOSABLE | _LINKS:
        begin -= 1
    word = words[previous]
    if isinstance(word.value, Weekdays) and word.value.every_week:
        return False
    if words[begin].kind is Kind.TIME:
        return True
    if word.kind is Kind.WEEKDAYS and not any(words[one].kind in _DAYS for one in found):
        raise UnclearError
    return False
