"""What readers say is wrong with a place or a post, and what they would put in its stead; kept for staff."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final

from portal import editing
from portal.errors import InvalidRecordError, UnknownThingError
from portal.model.mark import READER, Mark
from portal.model.report_note import POST, ErrorNote
from portal.store import Put

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.place import Place
    from portal.store import Reader, Store

WHAT: Final = ("closed", "moved", "wrong", "other")
"""What can be wrong with a place."""
WHAT_OF_POST: Final = ("unsuitable", "wrong", "closed", "other")
"""What can be wrong with a post."""
SUGGESTED: Final = (
    "name",
    "name_kana",
    "name_en",
    "description",
    "address",
    "position",
    "group",
    "schedule_note",
    "audience_note",
    "access_note",
    "fee",
    "fee_note",
    "booking",
    "booking_note",
)
"""Fields of a place that a correction can be suggested for: what a reader can see and say in words."""
MOST_PER_PLACE: Final = 200
"""More waiting reports of one thing than anybody would read: further ones are turned away."""


def report_error(store: Store, place_id: str, what: str, text: str, now: datetime) -> ErrorNote:
    """Keep a reader's report about a place.

    Raises UnknownThingError for no such place; InvalidRecordError for a choice that does not exist, for "other"
    without a word, or for a text over 2,000 characters; and when too many reports wait already.
    """
    editing.wanted(store, place_id)
    _check_choice(what, WHAT, text)
    return _keep(store, ErrorNote(uuid.uuid4().hex, place_id, what, text.strip(), now))


def report_post(store: Store, post_id: str, what: str, text: str, now: datetime) -> ErrorNote:
    """Keep a reader's report about a post that everybody sees; raises as :func:`report_error`.

    A post that is not shown is answered like one that does not exist.
    """
    post = store.post(post_id)
    if post is None or not post.public:
        raise UnknownThingError("notes.no_such_post")
    _check_choice(what, WHAT_OF_POST, text)
    return _keep(store, ErrorNote(uuid.uuid4().hex, post_id, what, text.strip(), now, about=POST))


def suggest(store: Store, place_id: str, field: str, suggested: str, now: datetime) -> ErrorNote:
    """Keep what a field of a place should say instead; a position is JSON, ``{"lon": …, "lat": …}``.

    Raises UnknownThingError for no such place; InvalidRecordError for a field that cannot be suggested, for a value
    that the place could not have or has already, and when too many wait already.
    """
    note = suggestion(editing.wanted(store, place_id), field, suggested, now)
    return _keep(store, note)


def suggestion(place: Place, field: str, suggested: str, now: datetime) -> ErrorNote:
    """The suggested correction, checked by laying it over the place; raises InvalidRecordError."""
    if field not in SUGGESTED:
        raise InvalidRecordError("editing.no_such_field", field=field, choices=", ".join(SUGGESTED))
    text = suggested.strip()
    note = ErrorNote(uuid.uuid4().hex, place.id, "wrong", "", now, field=field, suggested=text)
    value = editing.read_value(field, text)
    if getattr(editing.with_values(place, {field: value}, now.date()).facts, field) == getattr(place.facts, field):
        raise InvalidRecordError("notes.says_so_already")
    return note


def check_room(store: Reader, about: str, more: int = 1) -> None:
    """Refuse more reports of one thing than anybody reads; those that staff closed do not count."""
    if sum(note.closed_at is None for note in store.error_notes(about)) + more > MOST_PER_PLACE:
        raise InvalidRecordError("notes.enough")


def _check_choice(what: str, choices: tuple[str, ...], text: str) -> None:
    if what not in choices:
        raise InvalidRecordError("notes.no_such_choice", what=what)
    if what == "other" and not text.strip():
        raise InvalidRecordError("notes.say_what")


def _keep(store: Store, note: ErrorNote) -> ErrorNote:
    check_room(store, note.place)
    store.apply([Put(note)], Mark(note.made_at, READER, "note:make"))
    return note
