"""A town with something of each kind in its queue, for the tests of the office's pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from geodata import areas
from portal import clock, notes
from portal.assigning import memberships
from portal.model.group import GroupState
from portal.model.place import Contact, ContactKind, Place
from portal.model.post import PostState, Revision
from portal.store import Put
from tests import town
from tests.portal import people

if TYPE_CHECKING:
    from portal.model.group import Group
    from portal.model.post import Post
    from portal.model.report_note import ErrorNote
    from portal.store import Store

SECRET = "090-1111-2222"  # noqa: S105  # a telephone number that is not public


class Waiting(NamedTuple):
    """What waits, the oldest first."""

    application: Group
    post: Post
    revised: Post
    note: ErrorNote
    correction: ErrorNote
    place: Place


def fill(store: Store) -> Waiting:
    """Put one thing of each kind into the queue of the town, two hours apart."""
    now = clock.now()
    store.apply([Put(kind) for kind in areas.kinds() if kind.post])
    place = town.place("place1", "ひだまり集会所", address="みなも町西1-2-3", group="ひだまりの会")
    old = replace(place, verified_on=clock.today() - timedelta(days=400))
    application = people.group(
        "new",
        name="あたらしい会",
        about="毎週あつまって\n体操をします。",
        state=GroupState.APPLIED,
        applied_at=now - timedelta(hours=12),
        applicant="田中",
        applicant_email="tanaka@example.jp",
        contacts=(Contact(ContactKind.PHONE, SECRET),),
        consented_at=now,
    )
    store.apply([Put(old), *map(Put, memberships(store, [old], town.TODAY)), Put(application)], people.SAID)
    post = people.kept(store, PostState.WAITING, submitted_at=now - timedelta(hours=10))
    newer = people.facts("もちつき大会と豚汁", text="だれでもどうぞ。")
    revision = Revision(newer, now - timedelta(hours=8), "account-member")
    revised = people.kept(store, PostState.LIVE, live_at=now, revision=revision, number=3)
    note = notes.report_error(store, old.id, "moved", "となりに移りました", now - timedelta(hours=6))
    correction = notes.suggest(store, old.id, "address", "みなも町西1-2-9", now - timedelta(hours=4))
    return Waiting(application, post, revised, note, correction, old)
