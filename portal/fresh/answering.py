"""A group's answer by its link, without signing in: still running, changed, ended (続いている・変わった・終わった).

Only an answer uses a link up: mail scanners open links, so looking changes nothing.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from portal import editing, links, notes
from portal.errors import InvalidRecordError, UnknownThingError
from portal.model.account import Purpose
from portal.model.mark import READER, Mark
from portal.model.report_note import ErrorNote
from portal.store import Put, expected
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from portal.model.account import OneTimeLink
    from portal.model.place import Place
    from portal.store import Reader, Store

ACTION = "place:answer"


class Answer(StrEnum):
    """What the group says."""

    RUNNING = "running"
    CHANGED = "changed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an answer."""

    place: Place
    """As it is kept now."""
    change_token: str = ""
    """After "changed": of the link to the form that asks what."""


def look(store: Reader, token: str, now: datetime) -> Place:
    """The place that a link asks about; nothing changes. Raises UnknownThingError, with the reason."""
    return _asked_about(store, links.look(store, token, Purpose.FRESHNESS, now))


def answer(store: Store, token: str, said: str, now: datetime) -> Answered:
    """Take an answer; the link is used up.

    Running: made sure of today, by the group. Ended: the same, and staff are to confirm it; the place stays in sight
    until they do. Changed: made sure of once the group has said what changed (:func:`say_changes`). Raises
    UnknownThingError for a link that is not good, InvalidRecordError for another answer, StaleEditError where the
    link was used or the place changed at the same moment.
    """
    link = links.look(store, token, Purpose.FRESHNESS, now)
    place = _asked_about(store, link)
    if said == Answer.CHANGED:
        return _open_form(store, link, place, now)
    if said not in {Answer.RUNNING, Answer.ENDED}:
        raise InvalidRecordError("freshness.no_such_answer")
    ended = [_ended(store, link, place, now)] if said == Answer.ENDED else []
    return Answered(_verified(store, link, place, ended, now))


def to_change(store: Reader, token: str, now: datetime) -> Place:
    """The place that a link to say what changed is about; raises UnknownThingError, with the reason."""
    return _asked_about(store, links.look(store, token, Purpose.CHANGE, now))


def say_changes(store: Store, token: str, values: Mapping[str, str], text: str, now: datetime) -> tuple[ErrorNote, ...]:
    """Keep what a group says has changed: one suggested correction a field, and whatever else it wrote.

    What a field says already is passed over, so that a form may come filled in. The link is used up, and the place
    is made sure of today. Raises as :func:`portal.notes.suggest`, and InvalidRecordError where nothing changed.
    """
    link = links.look(store, token, Purpose.CHANGE, now)
    place = _asked_about(store, link)
    said = [notes.suggestion(place, name, value, now) for name, value in _new(place, values).items()]
    if text.strip():
        said.append(ErrorNote(uuid.uuid4().hex, place.id, "other", text.strip(), now))
    if not said:
        raise InvalidRecordError("freshness.nothing_changed")
    notes.check_room(store, place.id, len(said))
    _verified(store, link, place, said, now)
    return tuple(said)


def _asked_about(store: Reader, link: OneTimeLink) -> Place:
    place = store.place(link.place) if link.place else None
    if place is None or place.gone_on is not None:
        raise UnknownThingError("freshness.gone")
    return place


def _verified(store: Store, link: OneTimeLink, place: Place, said: Sequence[ErrorNote], now: datetime) -> Place:
    """Keep the place as made sure of today, with what was said, and use the link up, all at once."""
    new = editing.verified(place, _speaker(store, link, place), now.date())
    store.apply(
        [Put(new), Put(links.used(link, now)), *map(Put, said)],
        Mark(now, READER, ACTION),
        [expected(place), expected(link)],
    )
    return new


def _open_form(store: Store, link: OneTimeLink, place: Place, now: datetime) -> Answered:
    token, change = links.make(Purpose.CHANGE, now, place=place.id, group=link.group, made_by=link.made_by)
    store.apply([Put(change), Put(links.used(link, now))], Mark(now, READER, ACTION), [expected(link)])
    return Answered(place, token)


def _ended(store: Reader, link: OneTimeLink, place: Place, now: datetime) -> ErrorNote:
    text = say("freshness.said_ended", name=_speaker(store, link, place))
    return ErrorNote(uuid.uuid4().hex, place.id, "closed", text, now)


def _speaker(store: Reader, link: OneTimeLink, place: Place) -> str:
    """Who answers: the registered group, else who runs the place as its source says, else the place itself."""
    group = store.group(link.group) if link.group else None
    return group.name if group else place.facts.group or place.facts.name


def _new(place: Place, values: Mapping[str, str]) -> dict[str, str]:
    """The fields whose value differs from what the place says."""
    return {
        name: value
        for name, value in values.items()
        if name not in notes.SUGGESTED or editing.read_value(name, value.strip()) != getattr(place.facts, name)
    }
