"""The title, the place, the address and whom to ask."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from portal.flyer.candidates import made
from portal.flyer.labels import labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.flyer.candidates import Candidate
    from portal.flyer.sections import Part, Section

_LETTERS: Final = re.compile(r"[ぁ-んァ-ヶ一-龠A-Za-z]")
_ADDRESS: Final = re.compile(
    r"(?:〒?\d{3}-\d{4}\s?)?((?:[^\s\d()、。]{1,12}[都道府県市区町村郡]){1,4}[^\s\d()、。]{0,12}\s?\d{1,4}"
    r"(?:(?:丁目|番地?|号|-|の)\d{0,4}){1,6})"
)
_OTHER: Final = re.compile(rf"{_ADDRESS.pattern}|無料|\d円|\d名|\d時|\d:\d|申込|どなたでも|電話")
"""What stands under a place and is none: the value of a label that was not read."""
_NO_NAME: Final = re.compile(r"\(?(?:電話|(?i:tel)|FAX|☎).*|\(?0\d{1,4}[-)(].*")
TITLE_SURE: Final = 25.0
FEW: Final = 3
FEW_SURE: Final = 85.0
"""A title of two or three signs is rare, and what is no writing is read as two or three."""
SURE_BASE: Final = 40.0
FULL_LENGTH: Final = 4
SAME_TYPE: Final = 1.3
MOST_TITLES: Final = 5


def titles(parts: Sequence[Part]) -> list[Candidate[str]]:
    """The lines in the largest type, parts of one title put together."""
    likely = [part for part in parts if _like_a_title(part)]
    read: list[Candidate[str]] = []
    taken: set[int] = set()
    for largest in sorted(likely, key=_prominence, reverse=True):
        if id(largest) not in taken:
            group = _of_one_title(largest, likely)
            taken |= {id(part) for part in group}
            text = " ".join(part.text for part in group)
            read.append(made(text.strip(" 　・.,、*"), group))
    return read[:MOST_TITLES]


def _like_a_title(part: Part) -> bool:
    letters = len(_LETTERS.findall(part.text))
    named = any(piece.field for piece in labelled(part.text))
    sure = TITLE_SURE if letters > FEW else FEW_SURE
    return letters >= max(2, len(part.text) * 0.6) and part.line.confidence >= sure and not named


def _prominence(part: Part) -> float:
    """How much a line looks like the title: its type, how surely it was read, and that it is not a sign or two."""
    return part.size * (part.line.confidence + SURE_BASE) * min(len(part.text), FULL_LENGTH)


def _of_one_title(largest: Part, likely: Sequence[Part]) -> list[Part]:
    """Parts of like size beside it or directly below it, in reading order."""
    group = [largest]
    for part in likely:
        same = part.line.page == largest.line.page and part.line.vertical is largest.line.vertical
        if part is largest or not same or not 1 / SAME_TYPE < part.size / largest.size < SAME_TYPE:
            continue
        across = max(part.top, largest.top) - min(part.bottom, largest.bottom)
        along = max(part.begin, largest.begin) - min(part.end, largest.end)
        if across < largest.size and along < 2 * largest.size:
            group.append(part)
    return sorted(group, key=lambda part: (round((part.top - largest.top) / largest.size), part.begin))


def places(found: Sequence[Section]) -> list[Candidate[str]]:
    """What stands under 場所 on its first row, and what goes on below it."""
    read = []
    for section in found:
        if section.field == "place" and section.parts:
            used = [part for part in section.parts if not _OTHER.search(part.text)] or section.parts[:1]
            text = " ".join(part.text for part in used)
            read.append(made(text, used))
    return read


def addresses(found: Sequence[Section], parts: Sequence[Part]) -> list[Candidate[str]]:
    """What stands under 住所, then whatever is written like an address."""
    read = [
        made(" ".join(part.text for part in section.parts), section.parts)
        for section in found
        if section.field == "address" and section.parts
    ]
    known = {id(part.line) for section in found if section.field == "address" for part in section.parts}
    for part in parts:
        written = _ADDRESS.search(part.text)
        if written and id(part.line) not in known:
            read.append(made(written[1], [part], 0.7))
    return read


def contacts(found: Sequence[Section]) -> list[Candidate[str]]:
    """Whom to ask (問合せ), then who holds it (主催), without the number behind it."""
    read = []
    for field, factor in (("contact", 1.0), ("host", 0.9)):
        for section in found:
            named = [part for part in section.parts if _NO_NAME.sub("", part.text).strip()]
            if section.field == field and named:
                name = " ".join(_NO_NAME.sub("", part.text).strip() for part in named[:1])
                read.append(made(name, named[:1], factor))
    return read
