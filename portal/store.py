"""The two sides of the store that services see: one that reads, one that changes.

Every change is a list of :class:`Put` and :class:`Drop` handed to :meth:`Writer.apply`: one place, one
transaction, all or nothing. A journal can stand before it without any service knowing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from portal.model.account import Account, GroupMember, OneTimeLink, Session, SignInTry
from portal.model.batch import Batch, BatchItem
from portal.model.district import District, Population
from portal.model.gazetteer import GazetteerPoint
from portal.model.goal import Goal
from portal.model.group import Group
from portal.model.indicator import Indicator
from portal.model.kind import Kind
from portal.model.listing import Listing
from portal.model.membership import Membership
from portal.model.message import Enquiry, Message
from portal.model.municipality import Layer, Municipality
from portal.model.need import NeedCount, NeedLook, NeedRelease
from portal.model.outreach import Outreach
from portal.model.people_point import PeoplePoint
from portal.model.place import Place
from portal.model.post import Post
from portal.model.report_note import ErrorNote
from portal.model.snapshot import CoverageSnapshot
from portal.model.standard import Standard
from portal.model.subscription import Subscription
from portal.model.survey import Survey
from portal.model.usage import UsageCount
from portal.people_reader import PeopleReader
from portal.post_reader import PostReader
from portal.records import digest, to_text
from portal.review_reader import ReviewReader
from portal.subscription_reader import SubscriptionReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from portal.model.mark import Mark
    from portal.model.version import Revised, Version
    from portal.query import Found, Query, View

Record = (
    Municipality
    | Layer
    | District
    | Kind
    | Place
    | Membership
    | Population
    | GazetteerPoint
    | Batch
    | BatchItem
    | ErrorNote
    | Account
    | GroupMember
    | Session
    | SignInTry
    | OneTimeLink
    | Group
    | Post
    | Listing
    | Message
    | Enquiry
    | Goal
    | UsageCount
    | Standard
    | Survey
    | PeoplePoint
    | NeedCount
    | NeedRelease
    | NeedLook
    | Indicator
    | CoverageSnapshot
    | Outreach
    | Subscription
)
"""Everything that is kept. Its key is :func:`key_of`."""


@dataclass(frozen=True, slots=True)
class Put:
    """Keep ``record``, in the stead of the one with the same key."""

    record: Record


@dataclass(frozen=True, slots=True)
class Drop:
    """Remove the record of this type and key; nothing happens where there is none.

    Dropping a place or a post drops its memberships and its laid-out occurrences with it, and a post's listing.
    """

    type: type[Record]
    key: tuple[str, ...]


Change = Put | Drop

KEY_FIELDS: dict[type[Record], tuple[str, ...]] = {
    Municipality: ("code",),
    Layer: ("municipality", "key"),
    District: ("id",),
    Kind: ("municipality", "key"),
    Place: ("id",),
    Membership: ("place", "layer"),
    Population: ("municipality", "layer", "district"),
    GazetteerPoint: ("id",),
    Batch: ("id",),
    BatchItem: ("batch", "number"),
    ErrorNote: ("id",),
    Account: ("id",),
    GroupMember: ("group", "account"),
    Session: ("id",),
    SignInTry: ("id",),
    OneTimeLink: ("id",),
    Group: ("id",),
    Post: ("id",),
    Listing: ("post",),
    Message: ("id",),
    Enquiry: ("id",),
    Goal: ("municipality", "key"),
    UsageCount: ("about", "day", "use"),
    Standard: ("municipality", "key"),
    Survey: ("district", "standard"),
    PeoplePoint: ("municipality", "id"),
    NeedCount: ("municipality", "layer", "district", "category", "as_of"),
    NeedRelease: ("municipality", "number"),
    NeedLook: ("id",),
    Indicator: ("municipality", "key"),
    CoverageSnapshot: ("municipality", "day", "standard", "district"),
    Outreach: ("id",),
    Subscription: ("id",),
}

PASSING: frozenset[type[Record]] = frozenset({Session, SignInTry, Enquiry, Subscription})
"""What never stands in the journal: it ends by itself, or names a person and must be possible to delete."""

HISTORY: tuple[type[Record], ...] = (Place, Post, Group, Municipality)
"""What keeps each of its versions, to be looked at and gone back to."""


def key_of(record: Record) -> tuple[str, ...]:
    """The values that tell a record from all others of its type, as text."""
    return tuple(str(getattr(record, name)) for name in KEY_FIELDS[type(record)])


@dataclass(frozen=True, slots=True)
class Expected:
    """How a record must be kept at the moment of a change: as it was when the change was made up."""

    type: type[Record]
    key: tuple[str, ...]
    digest: str | None
    """:func:`portal.records.digest` of the record's text; None where there must be none."""


def expected(record: Record) -> Expected:
    """The record as it was read: to be handed to :meth:`Writer.apply` with what is made of it."""
    return Expected(type(record), key_of(record), digest(to_text(record)))


def unused(wanted: type[Record], *key: str) -> Expected:
    """That there is no record of this type and key yet."""
    return Expected(wanted, key, None)


@dataclass(frozen=True, slots=True)
class Spot:
    """One place on the map."""

    id: str
    lon: float
    lat: float
    kind: str
    name: str
    sample: bool
    precision: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Places of one cell of the map's grid, drawn as one sign at their middle."""

    lon: float
    lat: float
    count: int


@dataclass(frozen=True, slots=True)
class Occurring:
    """One laid-out occurrence of a place, for the filters by day: minutes count from midnight."""

    place: str
    """Id of a place or a post."""
    day: date
    starts_minute: int | None
    cancelled: bool = False
    """Said to be cancelled: shown in the calendar as such, never found by its day."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One laid-out occurrence with what it is of, for the calendar."""

    id: str
    """Of a place or a post."""
    name: str
    kind: str
    day: date
    starts_minute: int | None
    """Minutes from midnight; None where the hour is not known."""
    cancelled: bool
    district: str | None
    """The district's name in the query's layer."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What was changed since a moment, for whoever keeps something that is made of records."""

    number: int
    """Counts the changes of this process: to be asked with the next time."""
    records: tuple[tuple[type[Record], tuple[str, ...]], ...] | None
    """Type and key of each record, each once; None where that is not known any more: anything may have changed."""


class Reader(PeopleReader, PostReader, ReviewReader, SubscriptionReader, Protocol):
    """What may be asked of the store. Lists are in a stable order; nothing is cut off unsaid."""

    def municipalities(self) -> list[Municipality]:
        """All, by code."""

    def layers(self, municipality: str) -> list[Layer]:
        """The layers of one municipality, by tier and order."""

    def kinds(self, municipality: str = "") -> list[Kind]:
        """The built-in kinds and those that the municipality added, in order."""

    def districts(self, municipality: str, layer: str) -> list[District]:
        """All districts of one layer, those of other days too, by name."""

    def district(self, district_id: str) -> District | None:
        """One district."""

    def place(self, place_id: str) -> Place | None:
        """One place, as it is kept."""

    def places(self, ids: Sequence[str]) -> list[Place]:
        """The places of these ids, in their order; unknown ids are left out."""

    def places_of(self, municipality: str) -> list[Place]:
        """Every place of a municipality, what is gone too, by id."""

    def places_of_datasets(self, datasets: Sequence[str]) -> list[Place]:
        """Every place of these datasets, by id."""

    def memberships(self, place_id: str) -> list[Membership]:
        """In which district of each layer the place lies."""

    def memberships_of(self, municipality: str) -> list[Membership]:
        """The memberships of every place of a municipality."""

    def populations(self, municipality: str, layer: str = "") -> list[Population]:
        """The people of the districts, of one layer or of all."""

    def gazetteer(self, municipality: str, town: str = "") -> list[GazetteerPoint]:
        """The gazetteer of a municipality; with ``town`` only the points whose folded town begins with it."""

    def batches(self) -> list[Batch]:
        """All imports, the newest first."""

    def batch_items(self, batch: str) -> list[BatchItem]:
        """What one import changed, in its order."""

    def later_batches(self, batch: str) -> list[str]:
        """Ids of later imports, not taken back, that changed a record which this one changed, too."""

    def error_notes(self, place_id: str = "") -> list[ErrorNote]:
        """What readers reported, of one place or of all, the oldest first."""

    def find(self, query: Query, today: date, limit: int, offset: int = 0) -> list[Found]:
        """One page of the answer: the nearest first where ``near`` is set, else the next to take place first.

        Where ``today`` is a datetime, what began earlier that day is no next date any more. What is gone from its
        source is not found.
        """

    def count(self, query: Query, today: date) -> int:
        """How many records the query finds in all, those without a position too."""

    def count_by_kind(self, query: Query, today: date) -> dict[str, int]:
        """The same, by kind."""

    def count_by_district(self, query: Query, today: date, layer: str) -> dict[str | None, int]:
        """The same, by district id of ``layer``; None is outside."""

    def count_in_view(self, query: Query, view: View, today: date) -> int:
        """How many lie in the rectangle."""

    def spots(self, query: Query, view: View, today: date, limit: int) -> list[Spot]:
        """The places in the rectangle, at most ``limit``, by id."""

    def clusters(self, query: Query, view: View, today: date) -> list[Cluster]:
        """The places in the rectangle gathered in cells of about 60 screen points."""

    def occurrences_until(self) -> date | None:
        """The last day that occurrences are laid out to, None when they never were."""

    def history(self, wanted: type[Record], key: tuple[str, ...]) -> list[Version]:
        """Every version of a record of a type in :data:`HISTORY`, the newest first."""

    def revised(self, wanted: type[Record], ids: Sequence[str]) -> dict[str, Revised]:
        """How often records of a type in :data:`HISTORY` were changed, by id; those without a version are left out."""

    def touched(self, wanted: type[Record], since: datetime, until: datetime) -> dict[str, str]:
        """Ids of the records of a type in :data:`portal.store.HISTORY` changed from ``since`` on and before ``until``.

        Each with its text as it was before, empty for what was not there.
        """

    def happening(self, query: Query, first: date, last: date) -> list[Happening]:
        """What the query finds that takes place on these days, by day and hour; both days included."""

    def data_version(self) -> str:
        """A text that differs after every change, for caches and ETags."""

    def changes_since(self, number: int) -> Changed:
        """What this process changed after the change of that number; after -1 anything may have."""


class Writer(Protocol):
    """What changes the store."""

    def apply(self, changes: Iterable[Change], mark: Mark | None = None, expect: Sequence[Expected] = ()) -> None:
        """Make all changes in one transaction, or none. Safe to call from any thread; a conflict is tried again.

        ``mark`` says who did what and why; without one it is the portal itself, now. Where a journal is kept, the
        changes stand in it, synced to disk, before this returns; records of :data:`PASSING` do not.
        What is in ``expect`` is compared within the transaction. Raises StaleEditError when a record is not as
        expected, StoreBusyError when the store cannot be written to; nothing is changed then.
        """

    def lay_out(self, occurrences: Iterable[Occurring], first: date, last: date, places: Sequence[str] | None) -> None:
        """Replace the laid-out occurrences of ``places`` (None: of all) by these; derived, so no record of its own."""

    def close(self) -> None:
        """Write everything to disk and let go of the file."""


class Store(Reader, Writer, Protocol):
    """Both sides together, as a door opens it."""
