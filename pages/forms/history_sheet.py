"""What stands in a history: its versions for people, each against the one before, and one of them against now."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pages.forms import going_words, office, people_names, telling, write_telling
from portal import history, permissions
from portal.errors import UnknownThingError
from portal.model.group import Group
from portal.model.place import Place
from portal.model.post import Post
from portal.permissions import Action
from portal.records import from_text

if TYPE_CHECKING:
    from datetime import datetime

    from pages.forms.telling import Changed
    from pages.forms.write_telling import Teller
    from portal.model.version import Version
    from portal.permissions import Actor
    from portal.store import Reader

MOST: Final = 20
"""So many versions stand on one page."""
TYPES: Final[dict[str, type[Post | Place | Group]]] = {"post": Post, "place": Place, "group": Group}


@dataclass(frozen=True, slots=True)
class Subject:
    """The record whose history it is, for whoever looks."""

    of: str
    record: Post | Place | Group
    group: Group | None
    """Its group; None for a place."""
    staff: bool
    """Whether names and what only the office sees are shown."""
    may_go_back: bool

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id

    @property
    def title(self) -> str:
        """What it is called now."""
        if isinstance(self.record, Group):
            return self.record.name
        return self.record.facts.title if isinstance(self.record, Post) else self.record.facts.name

    @property
    def path(self) -> str:
        """The address of its history."""
        return f"/history?of={self.of}&id={self.id}"


class Line(NamedTuple):
    """One version."""

    entry: int
    at: datetime
    who: str
    did: str
    reason: str
    changed: list[Changed]
    newest: bool
    first: bool


def find(store: Reader, actor: Actor, of: str, record_id: str) -> Subject:
    """The record of that id.

    Posts and groups have a history for those who may see all of them, places for the office. Raises UnknownThingError,
    in the same words for what does not exist.
    """
    found = {"post": _post, "place": _place, "group": _group}.get(of)
    subject = found(store, actor, record_id) if found else None
    if subject is None:
        raise UnknownThingError("history_page.no_such_thing")
    return subject


def values(store: Reader, subject: Subject, before: str, language: str) -> dict[str, Any]:
    """The page with all versions, the newest first; ``before`` goes on after that entry."""
    every = history.versions(store, TYPES[subject.of], (subject.id,))
    earlier = [one for one in every if not before.isdecimal() or one.entry < int(before[:15])]
    newest = every[0].entry if every else 0
    by = write_telling.teller(store, subject.record.municipality, language)
    shown = [*earlier[: MOST + 1], None]
    lines = [
        _line(store, by, subject, (one, older), newest)
        for one, older in list(pairwise(shown))[:MOST]
        if one is not None
    ]
    return {
        "subject": subject,
        "code": subject.record.municipality,
        "lines": lines,
        "older": lines[-1].entry if len(earlier) > MOST else 0,
    }


def one(store: Reader, subject: Subject, entry: int, language: str) -> dict[str, Any]:
    """The page with one version against the present one; raises UnknownThingError where there is none."""
    every = history.versions(store, TYPES[subject.of], (subject.id,))
    chosen = next((version for version in every if version.entry == entry and version.data), None)
    if chosen is None or not subject.may_go_back:
        raise UnknownThingError("history.no_such_version", entry=entry)
    by = write_telling.teller(store, subject.record.municipality, language)
    then = _record(subject, chosen)
    told = going_words.kept_back(subject.record, then)
    return {
        "subject": subject,
        "code": subject.record.municipality,
        "line": _line(store, by, subject, (chosen, None), every[0].entry),
        "changed": telling.changes(by, told),
    }


def _line(store: Reader, by: Teller, subject: Subject, pair: tuple[Version, Version | None], newest: int) -> Line:
    version, older = pair
    told: list[Changed] = []
    if older is not None:
        found = telling.between(_record(subject, older), _record(subject, version))
        told = telling.changes(by, found, staff=subject.staff)
    return Line(
        version.entry,
        version.at,
        _who(store, by, subject, version.who),
        going_words.action(version.action, by.language),
        version.reason,
        told,
        version.entry == newest,
        older is None,
    )


def _record(subject: Subject, version: Version) -> Post | Place | Group | None:
    """The record as it was in that version; None where it was removed."""
    return from_text(TYPES[subject.of], version.data) if version.data else None


def _who(store: Reader, by: Teller, subject: Subject, who: str) -> str:
    if subject.staff or subject.group is None:
        return people_names.name(store, who, by.language)
    return people_names.side(store, who, subject.group, by.language)


def _post(store: Reader, actor: Actor, post_id: str) -> Subject | None:
    post = store.post(post_id)
    group = store.group(post.group) if post else None
    if post is None or group is None:
        return None
    role = permissions.role_of(actor, group=group, post=post)
    if not permissions.may(Action.POST_SEE, role, post.state):
        return None
    back = permissions.may(Action.POST_GO_BACK, role, post.state)
    return Subject("post", post, group, office.works_in(actor, post.municipality), back)


def _group(store: Reader, actor: Actor, group_id: str) -> Subject | None:
    group = store.group(group_id)
    if group is None:
        return None
    role = permissions.role_of(actor, group=group)
    if not permissions.may(Action.GROUP_SEE, role, group.state):
        return None
    back = permissions.may(Action.GROUP_GO_BACK, role, group.state)
    return Subject("group", group, group, office.works_in(actor, group.municipality), back)


def _place(store: Reader, actor: Actor, place_id: str) -> Subject | None:
    place = store.place(place_id)
    if place is None or not office.works_in(actor, place.municipality):
        return None
    role = permissions.role_of(actor, place.municipality)
    return Subject("place", place, None, staff=True, may_go_back=permissions.may(Action.PLACE_GO_BACK, role))
