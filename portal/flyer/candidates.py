"""A proposal for one field, with what it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.flyer.lines import Box
    from portal.flyer.sections import Part
    from portal.model.place import Booking, Fee

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Remark:
    """A phrase that a person should read before accepting: its key, and the values in its gaps."""

    key: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece of a page."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T_co]):
    """One proposal; ``value`` is None where something was read that must not be taken over (a remark says why)."""

    value: T_co | None
    text: str
    """What it was read from."""
    spots: tuple[Spot, ...]
    confidence: float
    """0 to 100."""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """What it costs (参加費), and the words of the flyer."""

    fee: Fee
    note: str


@dataclass(frozen=True, slots=True)
class BookingTerms:
    """Whether one has to book (申込), by when, and the words of the flyer."""

    booking: Booking
    by: date | None
    note: str


def made(value: T_co | None, parts: Sequence[Part], factor: float = 1.0, *remarks: Remark) -> Candidate[T_co]:
    """A candidate read from some parts, as sure as the least sure of them."""
    spots = tuple(dict.fromkeys(Spot(part.line.page, part.line.box) for part in parts))
    text = "\n".join(dict.fromkeys(part.text for part in parts))
    confidence = min((part.line.confidence for part in parts), default=0.0) * factor
    return Candidate(value, text, spots, round(confidence, 1), remarks)
