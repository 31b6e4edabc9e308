"""What the page of a read flyer shows: for each field the proposals, each beside the pieces it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pages.forms.write_telling import teller
from portal.flyer import BookingTerms, Box, Cost, Spot
from portal.model.schedule import Schedule
from portal.posts import from_flyer
from portal.schedules.wording_times import long_date
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.flyers import Flyer
    from pages.forms.flyer_reading import Read
    from pages.forms.reading import Form
    from pages.forms.write_desk import Desk
    from pages.forms.write_telling import Teller
    from portal.flyer import Candidate
    from portal.store import Store

FIELDS: Final = (
    "title",
    "schedule",
    "place",
    "address",
    "audience",
    "cost",
    "booking",
    "capacity",
    "contact",
    "phone",
    "fax",
)
"""In the order of a post's fields; each is one of ``Proposals``."""
SHOWN: Final = 3
"""Proposals of one field."""
PIECES: Final = 3
"""Pieces of the picture beside one proposal."""
APART: Final = 2.5
"""Lines are shown as one piece where it is not larger than so many times the lines themselves."""
OWN: Final = "own"
NONE: Final = "none"
OWN_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Option:
    """One proposal."""

    number: int
    words: str
    usable: bool
    """Whether it has a value; without one it only says what was read, and why it is not taken."""
    remarks: tuple[str, ...]
    pieces: tuple[bool, ...]
    """For each piece of the picture whether it is a column (縦書き), to be shown tall."""
    place: str = ""
    """Name of the portal's place that it is taken for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One field with its proposals."""

    name: str
    options: tuple[Option, ...]
    chosen: str
    own: str
    """What stands in the field in which one mends it."""

    @property
    def usable(self) -> bool:
        """Whether any of the proposals can be chosen."""
        return any(option.usable for option in self.options)


def candidates(read: Read, name: str) -> Sequence[Candidate[Any]]:
    """The proposals of one field that are shown."""
    found: Sequence[Candidate[Any]] = getattr(read.proposals, name)
    return found[:SHOWN]


def pieces(candidate: Candidate[Any]) -> list[Spot]:
    """The pieces of the pages that a proposal was read from, lines close to each other as one."""
    merged: list[Spot] = []
    for spot in candidate.spots:
        near = next((number for number, one in enumerate(merged) if _close(one, spot)), None)
        if near is None:
            merged.append(spot)
        else:
            merged[near] = Spot(spot.page, merged[near].box.joined(spot.box))
    return merged[:PIECES]


def values(store: Store, desk: Desk, read: Read, sent: Form | None, language: str) -> dict[str, Any]:
    """What the template shows; ``sent`` is the form as it came, where it has to be shown again."""
    by = teller(store, desk.town.code, language)
    asked = [_asked(by, desk, read, name, sent) for name in FIELDS if candidates(read, name) or name == "title"]
    missing = [say(f"flyer_page.field_{name}", language) for name in FIELDS if not candidates(read, name)]
    return {
        "desk": desk,
        "asked": asked,
        "missing": say("flyer_page.and", language).join(missing),
        "pages": range(len(read.flyer.pages)),
        "blank": not any(read.flyer.lines),
    }


def whole(flyer: Flyer, page: int) -> Spot:
    """The whole of a page."""
    return Spot(page, Box(0, 0, flyer.pages[page].width, flyer.pages[page].height))


def _asked(by: Teller, desk: Desk, read: Read, name: str, sent: Form | None) -> Asked:
    found = candidates(read, name)
    options = tuple(_option(by, desk, name, number, one) for number, one in enumerate(found))
    first = next((str(option.number) for option in options if option.usable), "")
    chosen = first or (NONE if name != "title" else OWN)
    own = _mendable(found[0]) if found else ""
    if sent is not None:
        chosen, own = sent.text(name, chosen), sent.text(f"{name}_{OWN}", own)
    return Asked(name, options, chosen, own)


def _option(by: Teller, desk: Desk, name: str, number: int, one: Candidate[Any]) -> Option:
    place = from_flyer.named_in(by.store, desk.group, one.value) if name == "place" and one.value else None
    return Option(
        number,
        _words(by, one) if one.value is not None else one.text,
        one.value is not None,
        tuple(say(remark.key, by.language, **dict(remark.values)) for remark in one.remarks),
        tuple(spot.box.height > spot.box.width for spot in pieces(one)),
        place.facts.name if place else "",
    )


def _words(by: Teller, one: Candidate[Any]) -> str:
    value = one.value
    if isinstance(value, Schedule):
        return by.schedule(value)
    if isinstance(value, Cost):
        return _lines(by.field("fee", value.fee), value.note)
    if isinstance(value, BookingTerms):
        until = long_date(value.by, by.language) if value.by else ""
        by_when = say("flyer_page.until", by.language, day=until) if until else ""
        return _lines(by.field("booking", value.booking), by_when, value.note)
    if isinstance(value, frozenset):
        return say("flyer_page.and", by.language).join(by.field("audience", value).splitlines())
    return str(value)


def _lines(*parts: str) -> str:
    """Below each other, each once."""
    return "\n".join(dict.fromkeys(filter(None, parts)))


def _mendable(one: Candidate[Any]) -> str:
    """What one begins with when one mends a proposal: the value where it is plain text, else the flyer's words."""
    plain = one.value if isinstance(one.value, (str, int)) else one.text
    return " ".join(str(plain).split())[:OWN_LONGEST]


def _close(one: Spot, other: Spot) -> bool:
    if one.page != other.page:
        return False
    joined = one.box.joined(other.box)
    return _area(joined) <= APART * (_area(one.box) + _area(other.box))


def _area(box: Box) -> int:
    return box.width * box.height
