"""From the lines of a flyer to proposals for every field of a post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.flyer import names, people, phones, when
from portal.flyer.sections import parts_of, sections

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from portal.flyer.candidates import BookingTerms, Candidate, Cost
    from portal.flyer.lines import Line
    from portal.model.place import Audience
    from portal.model.schedule import Schedule

MOST_LINES: Final = 1000
LONGEST_LINE: Final = 400


@dataclass(frozen=True, slots=True)
class Proposals:
    """For each field what may be meant, best first; empty where the flyer says nothing that was understood."""

    title: tuple[Candidate[str], ...]
    schedule: tuple[Candidate[Schedule], ...]
    place: tuple[Candidate[str], ...]
    address: tuple[Candidate[str], ...]
    cost: tuple[Candidate[Cost], ...]
    phone: tuple[Candidate[str], ...]
    fax: tuple[Candidate[str], ...]
    contact: tuple[Candidate[str], ...]
    booking: tuple[Candidate[BookingTerms], ...]
    audience: tuple[Candidate[frozenset[Audience]], ...]
    capacity: tuple[Candidate[int], ...]


def propose(lines: Iterable[Line], today: date) -> Proposals:
    """What the lines of a flyer propose; ``today`` decides the year of dates without one.

    Nothing is made up: what is not understood gives no candidate, and what contradicts itself gives one
    without a value, with a remark that says so.
    """
    read = [line for line in list(lines)[:MOST_LINES] if len(line.text) <= LONGEST_LINE]
    parts = parts_of(read)
    found, rest = sections(parts)
    telephones, faxes = phones.numbers(found, parts)
    return Proposals(
        title=tuple(names.titles(rest)),
        schedule=tuple(when.schedules(found, rest, today)),
        place=tuple(names.places(found)),
        address=tuple(names.addresses(found, parts)),
        cost=tuple(people.costs(found, rest)),
        phone=tuple(telephones),
        fax=tuple(faxes),
        contact=tuple(names.contacts(found)),
        booking=tuple(people.bookings(found, rest, today)),
        audience=tuple(people.audiences(found)),
        capacity=tuple(people.capacities(found, rest)),
    )
