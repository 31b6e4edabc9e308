"""What readers reported and suggested: closed with an answer, or taken over as they suggest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal import editing, permissions
from portal.errors import ConflictError, ForbiddenError, InvalidRecordError, UnknownThingError
from portal.laying_out import lay_out
from portal.model.mark import Mark
from portal.model.post import Post
from portal.model.report_note import PLACE, POST
from portal.permissions import Action, Role
from portal.posts.opening import retried
from portal.store import Put, expected

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.group import Group
    from portal.model.place import Place
    from portal.model.report_note import ErrorNote
    from portal.permissions import Actor
    from portal.store import Reader, Store


@retried
def close_note(store: Store, actor: Actor, note_id: str, answer: str, now: datetime) -> ErrorNote:
    """Say that a report was dealt with, and how. Nobody closes one about what they have a part in.

    Raises ForbiddenError, UnknownThingError, and ConflictError where it is closed already.
    """
    note, _ = _open(store, actor, note_id)
    closed = replace(note, closed_at=now, closed_by=actor.id, answer=answer.strip())
    store.apply([Put(closed)], Mark(now, actor.id, Action.NOTE_CLOSE), [expected(note)])
    return closed


@retried
def accept_correction(store: Store, actor: Actor, note_id: str, now: datetime, answer: str = "") -> Place:
    """Set the field of a place as a reader suggests, and close the report, in one transaction.

    Raises as :func:`close_note`; InvalidRecordError where the report suggests nothing, or nothing that can be.
    """
    note, about = _open(store, actor, note_id)
    if note.about != PLACE or not note.field or isinstance(about, Post):
        raise InvalidRecordError("moderation.no_correction")
    permissions.require(actor, Action.PLACE_EDIT, about.municipality)
    value = editing.read_value(note.field, note.suggested)
    new, changes = editing.edit_changes(store, about.id, {note.field: value}, now.date())
    closed = replace(note, closed_at=now, closed_by=actor.id, answer=answer.strip())
    mark = Mark(now, actor.id, Action.PLACE_EDIT, note.text)
    store.apply([*changes, Put(closed)], mark, [expected(note), expected(about)])
    lay_out(store, [new], now.date())
    return new


def _open(store: Reader, actor: Actor, note_id: str) -> tuple[ErrorNote, Place | Post]:
    """The report and what it is about, for somebody who may close it."""
    note = next((one for one in store.error_notes() if one.id == note_id), None)
    about = _about(store, note) if note else None
    if note is None or about is None:
        _refuse(actor)
        raise UnknownThingError("moderation.no_such_note")
    group, post = _whose(store, about)
    permissions.require(actor, Action.NOTE_CLOSE, about.municipality, group, post)
    if note.closed_at:
        raise ConflictError("moderation.note_closed")
    return note, about


def _refuse(actor: Actor) -> None:
    """The answer to a guessed id is that to one that is forbidden."""
    permissions.require(actor, Action.NOTE_CLOSE)
    if permissions.role_of(actor) is not Role.ADMINISTRATOR:
        raise ForbiddenError("permissions.forbidden")


def _about(store: Reader, note: ErrorNote) -> Place | Post | None:
    return store.post(note.place) if note.about == POST else store.place(note.place)


def _whose(store: Reader, about: Place | Post) -> tuple[Group | None, Post | None]:
    if isinstance(about, Post):
        return store.group(about.group), about
    return next((group for group in store.groups(about.municipality) if about.id in group.places), None), None
