"""Text of people on a chart: wrapped and cut to the room there is. The table beside the chart has all of it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

NEVER_SHOWN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What SVG cannot hold, and separators of lines that are not ours."""
CUT: Final = "…"
LONGEST: Final = 400
"""Characters that are looked at at all."""


def plain(text: str) -> str:
    """``text`` in one line, without what a picture cannot hold."""
    return " ".join(NEVER_SHOWN.sub("\ufffd", text[:LONGEST]).split())


def halves(text: str) -> int:
    """The width in half-width characters: a Japanese character counts double, a combining mark nothing."""
    return sum(_halves(sign) for sign in text)


def fitted(text: str, width: int, lines: int = 1) -> str:
    """``text`` in at most ``lines`` lines of ``width`` half-width characters, cut with an ellipsis where it is longer.

    Japanese may break anywhere, Latin text at blanks.
    """
    rest, done = plain(text), []
    while rest and len(done) < lines:
        head = _head(rest, width)
        done.append(head.strip())
        rest = rest[len(head) :].lstrip()
    if rest:
        done[-1] = _head(done[-1], width - 2, anywhere=True).rstrip() + CUT
    return "\n".join(done)


def _head(text: str, width: int, *, anywhere: bool = False) -> str:
    """As much of the beginning as fits, at least one character."""
    taken = used = 0
    for sign in text:
        used += _halves(sign)
        if used > width and taken:
            break
        taken += 1
    head = text[:taken]
    blank = head.rfind(" ")
    inside_word = taken < len(text) and text[taken].isascii() and text[taken] != " " and head[-1].isascii()
    return head[:blank] if inside_word and blank > 0 and not anywhere else head


def _halves(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Mn", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WFA" else 1
