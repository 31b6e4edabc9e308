"""One thing that staff look at: a post, a group, a reader's report, or a place to verify, by its id."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from pages.forms import office
from portal.errors import UnknownThingError
from portal.model.group import Group
from portal.model.post import Post
from portal.model.report_note import POST, ErrorNote

if TYPE_CHECKING:
    from portal.model.place import Place
    from portal.permissions import Actor
    from portal.store import Reader


class Sort(StrEnum):
    """What it is."""

    POST = "post"
    GROUP = "group"
    NOTE = "note"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Thing:
    """A record with what it is about."""

    sort: Sort
    record: Post | Group | ErrorNote | Place
    about: Post | Group | Place
    """The post or place that a report is about; else the record itself."""

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id

    @property
    def code(self) -> str:
        """The municipality that it belongs to."""
        return self.about.municipality

    @property
    def title(self) -> str:
        """What it is called."""
        return self.about.name if isinstance(self.about, Group) else title(self.about)

    @property
    def post(self) -> Post:
        """The record of a thing that is a post."""
        return cast("Post", self.record)

    @property
    def group(self) -> Group:
        """The record of a thing that is a group."""
        return cast("Group", self.record)

    @property
    def note(self) -> ErrorNote:
        """The record of a thing that is a report."""
        return cast("ErrorNote", self.record)

    @property
    def place(self) -> Place:
        """The record of a thing that is a place."""
        return cast("Place", self.record)


def title(of: Post | Place) -> str:
    """What a post or a place is called."""
    return of.facts.title if isinstance(of, Post) else of.facts.name


def find(store: Reader, actor: Actor, thing_id: str) -> Thing:
    """The thing of that id, for its municipality's office.

    Raises UnknownThingError, in the same words where there is none and where it is another office's.
    """
    found = _found(store, thing_id)
    if found is None or not office.works_in(actor, found.code):
        raise UnknownThingError("review.no_such_thing")
    return found


def _found(store: Reader, thing_id: str) -> Thing | None:
    if post := store.post(thing_id):
        return Thing(Sort.POST, post, post)
    if group := store.group(thing_id):
        return Thing(Sort.GROUP, group, group)
    if place := store.place(thing_id):
        return Thing(Sort.PLACE, place, place)
    note = next((one for one in store.error_notes() if one.id == thing_id), None)
    about = (store.post(note.place) if note.about == POST else store.place(note.place)) if note else None
    return Thing(Sort.NOTE, note, about) if note and about else None
