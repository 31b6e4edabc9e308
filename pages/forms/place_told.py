"""What stands of a place, as pairs of a term and a text: for those who are asked whether it still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.model.place import Booking, Fee
from portal.schedules.wording import describe
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portal.model.place import Place, PlaceFacts
    from portal.store import Reader


def facts(store: Reader, place: Place, today: date, language: str) -> list[tuple[str, str]]:
    """The pairs, of what is known."""
    kind = next((item for item in store.kinds(place.municipality) if item.key == place.facts.kind), None)
    kind_name = (kind.en if language == "en" else kind.ja) if kind else ""
    pairs = [(say("place_told.kind", language), kind_name), *_pairs(place.facts, today, language)]
    return [(term, text.strip()) for term, text in pairs if text.strip()]


def _pairs(of: PlaceFacts, today: date, language: str) -> Iterator[tuple[str, str]]:
    fee = "" if of.fee is Fee.UNKNOWN else say(f"fee.{of.fee}", language)
    booking = "" if of.booking is Booking.UNKNOWN else say(f"booking.{of.booking}", language)
    audience = "、".join(say(f"audience.{item}", language) for item in sorted(of.audience))
    yield say("place.address", language), of.address
    yield say("place.when", language), describe(of.schedule, language, today) if of.schedule else of.schedule_note
    yield say("place.audience", language), _both(audience, of.audience_note)
    yield say("place.fee", language), _both(fee, of.fee_note)
    yield say("place.booking", language), _both(booking, of.booking_note)
    yield say("place.group", language), of.group
    for contact in of.contacts:
        if contact.public:
            yield say(f"contact.{contact.kind}", language), _both(contact.value, contact.note)
    yield say("place_told.text", language), of.description


def _both(text: str, note: str) -> str:
    return "\n".join(filter(None, (text, note)))
