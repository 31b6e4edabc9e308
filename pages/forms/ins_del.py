"""Two texts side by side with what differs marked in each: removed words in the old one, new words in the new one."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup

from pages.forms import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORD: Final = re.compile(
    r"(?:[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+|[ァ-ヺー]+|.)[\u0300-\u036f\u3099\u309a\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]*",
    re.DOTALL,
)
"""A word in Latin letters or katakana, a number, else one sign, each with the marks that belong to it."""
SENTENCE: Final = re.compile(r"[^。\n]*[。\n]|[^。\n]+$")
WORDS_MOST: Final = 800
"""Texts with more words are compared sentence by sentence, with more sentences as a whole: comparing takes time."""
LONE: Final = 1
"""So short a piece that stayed, between two that changed, is read as changed with them."""


class _Piece(NamedTuple):
    before: str
    after: str
    same: bool


def marked(before: str, after: str) -> tuple[Markup, Markup]:
    """Both texts as HTML, escaped: ``<del>`` marks what only the first one says, ``<ins>`` what only the second one."""
    pieces = _pieces(before, after)
    old = (_shown(one.before, "" if one.same else "del") for one in pieces)
    new = (_shown(one.after, "" if one.same else "ins") for one in pieces)
    return Markup("").join(old), Markup("").join(new)


def _pieces(before: str, after: str) -> list[_Piece]:
    first, second = _cut(before, after)
    # The longer one second: SequenceMatcher passes over what is frequent there, which bounds its time.
    turned = len(first) > len(second)
    pair = (second, first) if turned else (first, second)
    found = []
    for tag, a_from, a_to, b_from, b_to in SequenceMatcher(None, *pair).get_opcodes():
        texts = ("".join(pair[0][a_from:a_to]), "".join(pair[1][b_from:b_to]))
        found.append(_Piece(*(texts[::-1] if turned else texts), tag == "equal"))
    return list(_joined(found))


def _cut(before: str, after: str) -> tuple[Sequence[str], Sequence[str]]:
    for unit in (WORD, SENTENCE):
        first, second = unit.findall(before), unit.findall(after)
        if max(len(first), len(second)) <= WORDS_MOST:
            return first, second
    return [before], [after]


def _joined(found: list[_Piece]) -> Iterator[_Piece]:
    """The pieces, without islands of one sign that stayed between two changes."""
    last = len(found) - 1
    bridged = [
        one._replace(same=one.same and (at in {0, last} or len(one.before) > LONE)) for at, one in enumerate(found)
    ]
    for same, some in groupby(bridged, key=lambda one: one.same):
        run = list(some)
        yield _Piece("".join(one.before for one in run), "".join(one.after for one in run), same)


def _shown(words: str, element: str) -> Markup:
    if not words:
        return Markup("")
    lines = Markup("<br>").join(text.plain(line) if line else Markup("") for line in words.split("\n"))
    return Markup("<{0}>{1}</{0}>").format(Markup(element), lines) if element else lines  # noqa: S704  # our own name
