"""Which pages a change touches: records as tags of :mod:`pages.plain.tags`.

What is public is remembered with its tags, so that the pages of where something *was* are made anew, too, when it is
taken back, moves or is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pages.plain import tags
from portal.looking_group import SHOWN
from portal.model.account import Account, GroupMember, OneTimeLink
from portal.model.batch import Batch, BatchItem
from portal.model.district import District, Population
from portal.model.gazetteer import GazetteerPoint
from portal.model.goal import Goal
from portal.model.group import Group
from portal.model.indicator import Indicator
from portal.model.kind import Kind
from portal.model.listing import Listing
from portal.model.membership import Membership
from portal.model.message import Message
from portal.model.municipality import Layer, Municipality
from portal.model.need import NeedCount, NeedLook, NeedRelease
from portal.model.outreach import Outreach
from portal.model.people_point import PeoplePoint
from portal.model.place import Place
from portal.model.post import PUBLIC, Post
from portal.model.report_note import ErrorNote
from portal.model.snapshot import CoverageSnapshot
from portal.model.standard import Standard
from portal.model.survey import Survey
from portal.model.usage import UsageCount
from portal.public import shown
from portal.store import PASSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from portal.store import Reader, Record

    Tags = frozenset[str]
    Key = tuple[type[Record], tuple[str, ...]]

NOT_SHOWN: Final[frozenset[type[Record]]] = PASSING | {
    Account,
    GroupMember,
    OneTimeLink,
    BatchItem,
    GazetteerPoint,
    Message,
    UsageCount,
    ErrorNote,
    Standard,
    Survey,
    PeoplePoint,
    NeedCount,
    NeedRelease,
    NeedLook,
    Indicator,
    CoverageSnapshot,
    Outreach,
}
"""What stands on no public page."""
OF_MUNICIPALITY: Final[frozenset[type[Record]]] = frozenset({Municipality, Layer, Kind, Goal, Population})
"""What bears the municipality first in its key."""
THINGS: Final[Mapping[type[Record], int]] = {Place: 0, Post: 0, Group: 0, Listing: 0, Membership: 0}
"""What is a thing, or belongs to one, with where the thing's id stands in the key."""
NONE: Final[frozenset[str]] = frozenset()


class Touched:
    """The public things of a store with their tags, as they were when they were last looked at."""

    def __init__(self, store: Reader) -> None:
        """Look at everything once."""
        self._store = store
        self._known: dict[str, Tags] = {}
        self._districts: dict[str, str] = {}
        for town in store.municipalities():
            self._look_at(town.code)

    def by(self, records: Iterable[Key]) -> Tags | None:
        """The tags of the pages that a change of these records touches; None where any page may be touched."""
        found: set[str] = set()
        for kind, key in records:
            its = self._of(kind, key)
            if its is None:
                return None
            found |= its
        return frozenset(found)

    def _of(self, kind: type[Record], key: tuple[str, ...]) -> Tags | None:
        if kind in NOT_SHOWN:
            return NONE
        if kind in THINGS:
            return self._thing(key[THINGS[kind]])
        if kind is Batch:
            return frozenset({tags.ALL})
        code = self._code(key[0]) if kind is District else key[0] if kind in OF_MUNICIPALITY else ""
        return frozenset({tags.town(code), tags.frame(code), tags.ALL}) if code else None

    def _code(self, district_id: str) -> str:
        """The municipality of a district, one that was dropped too; empty for one never heard of."""
        if district := self._store.district(district_id):
            self._districts[district_id] = district.municipality
        return self._districts.get(district_id, "")

    def _thing(self, its: str) -> Tags:
        """What a place, post or group touches: where it was and where it is."""
        before, now = self._known.get(its, NONE), self._now(its)
        if now:
            self._known[its] = now
        else:
            self._known.pop(its, None)
        around = [self._now(post.id) for post in self._around(its)]
        return before.union(now, *around) if before or now else NONE

    def _around(self, its: str) -> list[Post]:
        """The posts that bear the name of this place or group."""
        return [*self._store.posts_at(its), *(post for post in self._store.posts_of_group(its) if post.public)]

    def _now(self, its: str) -> Tags:
        """The tags of a thing as it is; none where it is not public."""
        if (post := self._store.post(its)) and post.public:
            return _of_post(post, self._inside(its))
        if (place := self._store.place(its)) and place.gone_on is None:
            return _in(place.municipality, its, self._inside(its))
        if (group := self._store.group(its)) and group.state in SHOWN:
            return _of_group(group)
        return NONE

    def _inside(self, its: str) -> list[str]:
        return [item.district for item in self._store.memberships(its) if item.district]

    def _look_at(self, code: str) -> None:
        """Remember what is public of one municipality."""
        where: dict[str, list[str]] = {}
        for item in self._store.memberships_of(code):
            if item.district:
                where.setdefault(item.place, []).append(item.district)
        for place in shown.places(self._store, code):
            self._known[place.id] = _in(code, place.id, where.get(place.id, []))
        for post in self._store.posts_in(sorted(PUBLIC), code):
            self._known[post.id] = _of_post(post, self._inside(post.id))
        for group in shown.groups(self._store, code):
            self._known[group.id] = _of_group(group)
        for layer in self._store.layers(code):
            self._districts |= {item.id: code for item in self._store.districts(code, layer.key)}


def _in(code: str, its: str, districts: Iterable[str]) -> Tags:
    return frozenset({tags.thing(its), tags.town(code), tags.ALL, *map(tags.inside, districts)})


def _of_post(post: Post, districts: Iterable[str]) -> Tags:
    where = post.facts.where
    about = [item for item in (post.group, where.place) if item]
    areas = [*districts, *([where.district] if where.district else [])]
    return _in(post.municipality, post.id, areas) | tags.things(about)


def _of_group(group: Group) -> Tags:
    areas = [group.district] if group.district else []
    return _in(group.municipality, group.id, areas) | tags.things(group.places)
