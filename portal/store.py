"""The two sides of the store that services see: one that reads, one that changes.

Every change is a list of :class:`Put` and :class:`Drop` handed to :meth:`Writer.apply`: one place, one
transaction, all or nothing. A journal can stand before it without any service knowing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from portal.model.batch import Batch, BatchItem
from portal.model.district import District, Population
from portal.model.gazetteer import GazetteerPoint
from portal.model.kind import Kind
from portal.model.membership import Membership
from portal.model.municipality import Layer, Municipality
from portal.model.place import Place
from portal.model.report_note import ErrorNote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

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
)
"""Everything that is kept. Its key is :func:`key_of`."""


@dataclass(frozen=True, slots=True)
class Put:
    """Keep ``record``, in the stead of the one with the same key."""

    record: Record


@dataclass(frozen=True, slots=True)
class Drop:
    """Remove the record of this type and key; nothing happens where there is none.

    Dropping a place drops its memberships and its laid-out occurrences with it.
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
}


def key_of(record: Record) -> tuple[str, ...]:
    """The values that tell a record from all others of its type, as text."""
    return tuple(str(getattr(record, name)) for name in KEY_FIELDS[type(record)])


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
    day: date
    starts_minute: int | None


class Reader(Protocol):
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

    def data_version(self) -> str:
        """A text that differs after every change, for caches and ETags."""


class Writer(Protocol):
    """What changes the store."""

    def apply(self, changes: Iterable[Change]) -> None:
        """Make all changes in one transaction, or none. Safe to call from any thread; a conflict is tried again.

        Raises StoreBusyError when the store cannot be written to.
        """

    def lay_out(self, occurrences: Iterable[Occurring], first: date, last: date, places: Sequence[str] | None) -> None:
        """Replace the laid-out occurrences of ``places`` (None: of all) by these; derived, so no record of its own."""

    def close(self) -> None:
        """Write everything to disk and let go of the file."""


class Store(Reader, Writer, Protocol):
    """Both sides together, as a door opens it."""
