"""What readers say is wrong, kept for staff."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError, UnknownThingError
from portal.model.report_note import ErrorNote
from portal.store import Put

if TYPE_CHECKING:
    from datetime import datetime

    from portal.store import Store

WHAT: Final = ("closed", "moved", "wrong", "other")
MOST_PER_PLACE: Final = 200
"""More waiting reports of one place than anybody would read: further ones are turned away."""


def report_error(store: Store, place_id: str, what: str, text: str, now: datetime) -> ErrorNote:
    """Keep a reader's report about a place.

    Raises UnknownThingError for no such place; InvalidRecordError for a choice that does not exist, for "other"
    without a word, or for a text over 2,000 characters; and when too many reports wait already.
    """
    if store.place(place_id) is None:
        raise UnknownThingError("looking.no_such_place", id=place_id)
    if what not in WHAT:
        raise InvalidRecordError("notes.no_such_choice", what=what)
    if what == "other" and not text.strip():
        raise InvalidRecordError("notes.say_what")
    if len(store.error_notes(place_id)) >= MOST_PER_PLACE:
        raise InvalidRecordError("notes.enough")
    note = ErrorNote(uuid.uuid4().hex, place_id, what, text.strip(), now)
    store.apply([Put(note)])
    return note
