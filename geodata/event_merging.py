"""Several rows of one event as one: what they share stays, what differs is kept with its dates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from portal.model.place import TEXT_MAX, Booking, Fee, PlaceFacts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.event_rows import EventRow

T = TypeVar("T")


def merged(rows: Sequence[EventRow]) -> PlaceFacts:
    """The facts of all rows; texts that differ stand under the date of their row."""
    first = rows[0].facts
    if len(rows) == 1:
        return first
    facts = [row.facts for row in rows]
    return replace(
        first,
        description=_dated(rows, [one.description for one in facts]),
        position=next((one.position for one in facts if one.position), None),
        precision=next((one.precision for one in facts if one.position), first.precision),
        audience=_same([one.audience for one in facts], frozenset()),
        audience_note=_joined([one.audience_note for one in facts]),
        access=frozenset().union(*(one.access for one in facts)),
        access_note=_joined([one.access_note for one in facts]),
        fee=_same([one.fee for one in facts], Fee.UNKNOWN),
        fee_note=_dated(rows, [one.fee_note for one in facts]),
        booking=_same([one.booking for one in facts], Booking.UNKNOWN),
        booking_note=_dated(rows, [one.booking_note for one in facts]),
        contacts=tuple(dict.fromkeys(contact for one in facts for contact in one.contacts)),
        schedule_note=_joined([one.schedule_note for one in facts]),
        extra=_extras([one.extra for one in facts]),
    )


def _same(values: Sequence[T], otherwise: T) -> T:
    return values[0] if all(value == values[0] for value in values) else otherwise


def _joined(texts: Sequence[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, texts)))[:TEXT_MAX]


def _dated(rows: Sequence[EventRow], texts: Sequence[str]) -> str:
    """The text of all rows if it is one, else each with the days that it is for."""
    if len(set(texts)) == 1:
        return texts[0]
    days: dict[str, list[str]] = {}
    for row, text in zip(rows, texts, strict=True):
        if text:
            days.setdefault(text, []).extend(_days(row))
    return "\n\n".join(f"{'、'.join(said)}\n{text}" for text, said in days.items())


def _days(row: EventRow) -> list[str]:
    if row.when is None:
        return []
    spans = row.when.days.spans
    return [span.first.isoformat() if span.first == span.last else f"{span.first}/{span.last}" for span in spans]


def _extras(found: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """By column every value that stands there, each once."""
    columns = dict.fromkeys(column for one in found for column in one)
    return {column: _joined([one.get(column, "") for one in found]) for column in columns}
