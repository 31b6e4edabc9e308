"""What waits for staff, as one queue (受付箱), the oldest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from portal import freshness, permissions
from portal.clock import TOKYO
from portal.history import differences
from portal.model.group import GroupState
from portal.model.post import Post, PostState
from portal.model.report_note import POST
from portal.permissions import Action, Role
from portal.records import from_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portal.history import Difference
    from portal.model.group import Group
    from portal.model.place import Place
    from portal.model.report_note import ErrorNote
    from portal.permissions import Actor
    from portal.store import Reader

VERIFY_MOST: Final = 50
"""Places to verify that are shown at a time: nobody telephones more in a week."""


class QueueKind(StrEnum):
    """What is to be decided or done."""

    GROUP_APPLICATION = "group_application"
    POST = "post"
    POST_REVISION = "post_revision"
    NOTE = "note"  # a reader's report
    CORRECTION = "correction"  # a reader's report that says what a field should say
    VERIFY = "verify"  # a place that nobody made sure of for too long


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing that waits."""

    kind: QueueKind
    id: str
    """Of the group, the post, the report or the place."""
    since: datetime
    title: str
    who: str = ""
    """The group's name."""
    differences: tuple[Difference, ...] = ()
    """What changed: against what is shown, or against what was returned."""
    own: bool = False
    """Whether whoever looks has a part in it and cannot decide."""
    number: int = 0
    """Version of the group or post that is seen: the decision is based on it."""
    note: ErrorNote | None = None
    total: int = 0
    """For places to verify: how many there are in all."""


def queue(store: Reader, actor: Actor, municipality: str, now: datetime, freshness_days: int) -> tuple[QueueItem, ...]:
    """Everything that waits in a municipality, the oldest first; at most 50 places to verify, with their total.

    Raises NotSignedInError and ForbiddenError.
    """
    permissions.require(actor, Action.QUEUE_SEE, municipality)
    groups = {group.id: group for group in store.groups(municipality)}
    found = [
        *_applications(actor, groups, now),
        *_posts(store, actor, municipality, groups, now),
        *_revisions(store, actor, municipality, groups),
        *_notes(store, actor, municipality, groups),
        *_to_verify(store, municipality, now, freshness_days),
    ]
    return tuple(sorted(found, key=lambda item: (item.since, item.kind, item.id)))


def _own(actor: Actor, group: Group | None, post: Post | None = None) -> bool:
    return group is not None and permissions.role_of(actor, group=group, post=post) is Role.STAFF_WITH_A_PART


def _applications(actor: Actor, groups: Mapping[str, Group], now: datetime) -> Iterator[QueueItem]:
    for group in groups.values():
        if group.state is GroupState.APPLIED:
            since, own = group.applied_at or now, _own(actor, group)
            yield QueueItem(
                QueueKind.GROUP_APPLICATION, group.id, since, group.name, group.name, own=own, number=group.number
            )


def _posts(
    store: Reader, actor: Actor, municipality: str, groups: Mapping[str, Group], now: datetime
) -> Iterator[QueueItem]:
    for post in store.posts_in([PostState.WAITING], municipality):
        since = post.submitted_at or post.changed_at or now
        item = _of_post(QueueKind.POST, actor, post, groups, since)
        before = _returned(store, post)
        yield replace(item, differences=tuple(differences(before.facts, post.facts)) if before else ())


def _revisions(store: Reader, actor: Actor, municipality: str, groups: Mapping[str, Group]) -> Iterator[QueueItem]:
    for post in store.posts_revised(municipality):
        newer = post.revision
        if newer and not newer.returned and post.state in {PostState.LIVE, PostState.HIDDEN}:
            item = _of_post(QueueKind.POST_REVISION, actor, post, groups, newer.made_at)
            yield replace(item, differences=tuple(differences(post.facts, newer.facts)))


def _of_post(kind: QueueKind, actor: Actor, post: Post, groups: Mapping[str, Group], since: datetime) -> QueueItem:
    group = groups.get(post.group)
    who = group.name if group else ""
    return QueueItem(kind, post.id, since, post.facts.title, who, own=_own(actor, group, post), number=post.number)


def _returned(store: Reader, post: Post) -> Post | None:
    """The post as it was when staff returned it last; None for one that comes for the first time."""
    versions = store.history(Post, (post.id,))
    before = next((one for one in versions if one.action == Action.POST_RETURN and one.data), None)
    return from_text(Post, before.data) if before else None


def _notes(store: Reader, actor: Actor, municipality: str, groups: Mapping[str, Group]) -> Iterator[QueueItem]:
    waiting = [note for note in store.error_notes() if note.closed_at is None]
    places = {place.id: place for place in store.places([note.place for note in waiting if note.about != POST])}
    posts = {post.id: post for post in store.posts([note.place for note in waiting if note.about == POST])}
    for note in waiting:
        about = posts.get(note.place) or places.get(note.place)
        if about is None or about.municipality != municipality:
            continue
        kind = QueueKind.CORRECTION if note.field else QueueKind.NOTE
        if isinstance(about, Post):
            item = _of_post(kind, actor, about, groups, note.made_at)
        else:
            item = _of_place(kind, actor, about, groups, note.made_at)
        yield replace(item, id=note.id, note=note, number=0)


def _of_place(kind: QueueKind, actor: Actor, place: Place, groups: Mapping[str, Group], since: datetime) -> QueueItem:
    group = next((group for group in groups.values() if place.id in group.places), None)
    who = group.name if group else place.facts.group
    return QueueItem(kind, place.id, since, place.facts.name, who, own=_own(actor, group))


def _to_verify(store: Reader, municipality: str, now: datetime, days: int) -> Iterator[QueueItem]:
    due = freshness.due(store, municipality, now.date(), days)
    imported = freshness.import_days(store)
    for one in due[:VERIFY_MOST]:
        place = one.place
        last = one.last_verified or imported.get(place.origin.batch) or place.edited_on
        since = datetime.combine(last + timedelta(days=days), time(), TOKYO) if last else now
        who = one.group.name if one.group else place.facts.group
        yield QueueItem(QueueKind.VERIFY, place.id, since, place.facts.name, who, total=len(due))
