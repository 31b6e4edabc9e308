"""The paper (A4) of a district's sheet: how much room its parts have, and how much a text takes.

Heights are millimetres, widths are ems of the sheet's type; the style sheet ``plain_sheet.css`` has the same sizes.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar
from unicodedata import combining, east_asian_width

from pages.charts.labels import CUT, plain
from pages.plain.frame import says_sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pages.plain.sheet_rows import Row, Spot
    from portal.model.municipality import Municipality

T = TypeVar("T")
N = TypeVar("N", "Row", "Spot")
MARK: Final = 4.3
"""Width of a mark (見本, Cancelled)."""
NO_START: Final = frozenset(
    "、。，．・：；？！」』）］｝〕〉》】〟’”,.:;?!)]}…‥–—〜～ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶゝゞ々／%％"
)
NO_END: Final = frozenset("「『（［｛〔〈《【〝‘“([{")
"""Signs that begin no line and end none (禁則, JIS X 4051)."""
WIDE: Final = frozenset("MWmw@%")
NARROW: Final = frozenset(" ijlIft.,:;!'|()[]")


class Paper(NamedTuple):
    """One size of type."""

    large: bool
    line: float
    gap: float
    """What a row or an entry takes beside its lines."""
    table: float
    """What the caption and the head of a table take."""
    dates: float
    """Room for what is on; in large type on two sides."""
    names: int
    """Lines of a name in the table, and of where it is."""
    date: float
    time: float
    rule: float
    what: float
    where: float
    cost: float
    """Width of the table's columns; a rule has the width of date and time together."""
    sites: float
    """Room for evacuation sites with their headings."""
    warning: float
    """Lines that the sentence takes of who can go to a welfare evacuation site."""
    site: float
    """Width of a site's line."""
    places: float
    """Height of the list of places."""
    columns: int
    """Columns of it."""
    place: float
    """Width of a place's line."""
    name: float
    """Width of the district's name at the top."""
    map_width: float
    map_height: float
    mark: int
    """Size of the type on the map, of 2,000 units across."""


USUAL: Final = Paper(
    large=False,
    line=5.3,
    gap=2.3,
    table=14.5,
    dates=238,
    names=2,
    date=7.2,
    time=5.8,
    rule=13.5,
    what=13,
    where=10.5,
    cost=7.5,
    sites=99,
    warning=2.9,
    site=17.6,
    places=92,
    columns=2,
    place=20.6,
    name=22,
    map_width=100,
    map_height=92,
    mark=62,
)
"""Type of 11 points."""
LARGE: Final = Paper(
    large=True,
    line=7.7,
    gap=2.6,
    table=25,
    dates=455,
    names=3,
    date=7.3,
    time=7.3,
    rule=7.3,
    what=9.8,
    where=7.9,
    cost=5.4,
    sites=131,
    warning=2.1,
    site=29,
    places=178,
    columns=1,
    place=29.5,
    name=20,
    map_width=186,
    map_height=100,
    mark=78,
)
"""Type of 16 points."""


def cut(text: str, width: float, most: int = 1, after: float = 0, before: float = 0) -> str:
    """The text, or as much of it as has room in so many lines, with an ellipsis; the rest as of :func:`lines`."""
    text = plain(text)
    if lines(text, width, after, before) <= most:
        return text
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        tried = (fits + too_long) // 2
        has_room = lines(text[:tried] + CUT, width, after, before) <= most
        fits, too_long = (tried, too_long) if has_room else (fits, tried)
    return text[:fits].rstrip() + CUT


def lines(text: str, width: float, after: float = 0, before: float = 0) -> int:
    """How many lines it takes, at least one; before it and behind it may stand things that are never broken."""
    done, used = 1, before
    for long in [*map(wide, _pieces(plain(text))), *([after] if after else [])]:
        if used and used + long > width:
            done, used = done + 1, 0.0
        # What is wider than a line is broken anywhere.
        broken = max(0, math.ceil(long / width) - 1)
        done, used = done + broken, used + long - broken * width
    return done


def wide(text: str) -> float:
    """The width in ems, of bold type."""
    return sum(map(_wide, text))


def within(address: str, town: Municipality) -> str:
    """An address of the town without the names that are the same for all of it; one elsewhere stays whole."""
    return address.removeprefix(town.prefecture).removeprefix(town.name).strip() or address


def named(item: N, width: float, most: int, after: float = 0) -> N:
    """A row or a spot with its name cut, and marked as a sample only where the name that is left does not say so."""
    name = cut(item.name, width, most, after)
    if not item.sample or says_sample(name):
        return item._replace(name=name, sample=False)
    return item._replace(name=cut(item.name, width, most, after + MARK))


def first(items: Sequence[T], room: float, height: Callable[[T], float]) -> list[T]:
    """As many from the beginning as have room."""
    taken: list[T] = []
    for item in items:
        room -= height(item)
        if room < 0:
            break
        taken.append(item)
    return taken


def _pieces(text: str) -> Iterator[str]:
    """What a line break leaves together: words of Latin letters, a Japanese character with its signs."""
    piece = ""
    for sign in text:
        if piece and _may_break(piece[-1], sign):
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in NO_START or before in NO_END or combining(after):
        return False
    return before == " " or not (_latin(before) and _latin(after))


def _latin(sign: str) -> bool:
    return east_asian_width(sign) not in "WF"


def _wide(sign: str) -> float:
    if combining(sign):
        return 0
    if not _latin(sign):
        return 1
    if sign in NARROW:
        return 0.32
    if sign.isdigit() or sign in "–-":
        return 0.57
    return 0.95 if sign in WIDE or not sign.isascii() else 0.66 if sign.isupper() else 0.57
