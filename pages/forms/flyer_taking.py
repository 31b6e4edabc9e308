"""What a person chose or mended on the page of a read flyer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geodata import place_words
from pages.forms.flyer_sheet import FIELDS, OWN, candidates
from pages.forms.write_faults import at
from portal.errors import InvalidRecordError
from portal.flyer import BookingTerms, Cost
from portal.model.place import Contact, ContactKind
from portal.model.post import NOTE_MAX, SEATS_MAX, TITLE_MAX
from portal.posts.from_flyer import Accepted
from portal.schedules.reading import read_schedule

if TYPE_CHECKING:
    from datetime import date

    from pages.forms.flyer_reading import Read
    from pages.forms.reading import Form
    from portal.errors import PortalError

CONTACTS: Final = (("phone", ContactKind.PHONE), ("fax", ContactKind.FAX))


def accepted(sent: Form, read: Read, today: date, faults: dict[str, PortalError]) -> Accepted | None:
    """The fields of the post; None, with what is wrong by field in ``faults``, where something is."""
    found: dict[str, Any] = {}
    for name in FIELDS:
        with at(name, faults):
            found |= _field(name, sent, read, today)
    if not found.get("title") and "title" not in faults:
        faults["title"] = InvalidRecordError("post.no_title")
    if faults:
        return None
    said = {kind: found.pop(name, "") for name, kind in CONTACTS}
    contacts = _contacts(said, found.pop("contact", ""))
    return Accepted(**found, contacts=contacts)


def _field(name: str, sent: Form, read: Read, today: date) -> dict[str, Any]:
    choice = sent.text(name)
    if choice == OWN:
        text = sent.text(f"{name}_{OWN}")
        if len(text) > (TITLE_MAX if name == "title" else NOTE_MAX):
            key = "post.title_too_long" if name == "title" else "model.text_too_long"
            raise InvalidRecordError(key, most=TITLE_MAX if name == "title" else NOTE_MAX)
        return _mended(name, text, today) if text else {}
    offered = {str(number): one.value for number, one in enumerate(candidates(read, name))}
    value = offered.get(choice)
    return _proposed(name, value) if value is not None else {}


def _proposed(name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401  # a field's own type
    if isinstance(value, Cost):
        return {"fee": value.fee, "fee_note": _one_line(value.note)}
    if isinstance(value, BookingTerms):
        return {"booking": value.booking, "booking_until": value.by, "booking_note": _one_line(value.note)}
    if name == "capacity":
        return {"seats": value}
    return {name: value[:TITLE_MAX] if name == "title" else value}


def _mended(name: str, text: str, today: date) -> dict[str, Any]:
    """What somebody typed themselves, understood as far as it can be; the words are always kept."""
    if name == "schedule":
        read = read_schedule(text, today)
        whole = read.schedule is not None and not read.not_understood
        return {"schedule": read.schedule} if whole else {"schedule_text": text}
    if name == "cost":
        return {"fee": place_words.fee(text), "fee_note": text}
    if name == "booking":
        return {"booking": place_words.booking(text), "booking_note": text}
    if name == "audience":
        return {"audience": place_words.audiences(text), "audience_note": text}
    if name == "capacity":
        return {"seats": _seats(text)}
    return {name: text}


def _seats(text: str) -> int:
    try:
        seats = int(text.removesuffix("名").removesuffix("人"))
    except ValueError:
        raise InvalidRecordError("write.bad_number") from None
    if not 1 <= seats <= SEATS_MAX:
        raise InvalidRecordError("post.bad_seats", most=SEATS_MAX)
    return seats


def _contacts(said: dict[ContactKind, str], name: str) -> tuple[Contact, ...]:
    """Telephone and fax as the flyer shows them to everybody, with whom one reaches there beside the first."""
    reached = [Contact(kind, value, public=True) for kind, value in said.items() if value]
    if not reached:
        return (Contact(ContactKind.OTHER, name, public=True),) if name else ()
    first = reached[0]
    return (Contact(first.kind, first.value, public=True, note=name), *reached[1:])


def _one_line(text: str) -> str:
    return " ".join(text.split())[:NOTE_MAX]
