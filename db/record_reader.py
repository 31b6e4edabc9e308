"""Reading records as they are kept."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar, cast

from db.matching import begins
from db.people_reader import PeopleReader
from db.post_reader import PostReader
from db.review_reader import ReviewReader
from db.subscription_reader import SubscriptionReader
from portal.model.batch import Batch, BatchItem
from portal.model.district import District, Population
from portal.model.gazetteer import GazetteerPoint
from portal.model.kind import Kind
from portal.model.membership import Membership
from portal.model.municipality import Layer, Municipality
from portal.model.place import Place
from portal.model.report_note import ErrorNote
from portal.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.decoding import Asked

T = TypeVar("T")


class RecordReader(PeopleReader, PostReader, ReviewReader, SubscriptionReader):
    """The half of :class:`portal.store.Reader` that gives records back, those of people and posts among them.

    What every screen asks for (municipalities, layers, kinds, districts) is decoded once a version of the data.
    """

    def __init__(self, engine: Asked) -> None:
        """Read through ``engine``."""
        self._engine = engine
        self._remembered: tuple[str, dict[tuple[str, ...], list[Any]]] = ("", {})
        self._remembering = threading.Lock()
        self._version = (-1, "")

    def municipalities(self) -> list[Municipality]:
        """All, by code."""
        return self._known(Municipality, "municipalities")

    def layers(self, municipality: str) -> list[Layer]:
        """The layers of one municipality, by tier and order."""
        return self._known(Layer, "layers", municipality)

    def kinds(self, municipality: str = "") -> list[Kind]:
        """The built-in kinds and those that the municipality added, in order."""
        return self._known(Kind, "kinds", municipality)

    def districts(self, municipality: str, layer: str) -> list[District]:
        """All districts of one layer, those of other days too, by name."""
        return self._known(District, "districts", municipality, layer)

    def district(self, district_id: str) -> District | None:
        """One district."""
        return next(iter(self._known(District, "district", district_id)), None)

    def place(self, place_id: str) -> Place | None:
        """One place, as it is kept."""
        return next(iter(self.places([place_id])), None)

    def places(self, ids: Sequence[str]) -> list[Place]:
        """The places of these ids, in their order; unknown ids are left out."""
        return self._by_ids(Place, "places", ids)

    def places_of(self, municipality: str) -> list[Place]:
        """Every place of a municipality, what is gone too, by id."""
        return self._decoded(Place, "places_of", municipality)

    def places_of_datasets(self, datasets: Sequence[str]) -> list[Place]:
        """Every place of these datasets, by id."""
        return self._decoded(Place, "places_of_datasets", list(datasets))

    def memberships(self, place_id: str) -> list[Membership]:
        """In which district of each layer the place lies, by layer."""
        return [Membership(*row) for row in self._engine.rows("memberships", [place_id])]

    def memberships_of(self, municipality: str) -> list[Membership]:
        """The memberships of every place of a municipality, by place and layer."""
        return [Membership(*row) for row in self._engine.rows("memberships_of", [municipality])]

    def populations(self, municipality: str, layer: str = "") -> list[Population]:
        """The people of the districts, of one layer or of all."""
        return self._decoded(Population, "populations", municipality, layer)

    def gazetteer(self, municipality: str, town: str = "") -> list[GazetteerPoint]:
        """The gazetteer of a municipality; with ``town`` only the points whose folded town begins with it."""
        return self._decoded(GazetteerPoint, "gazetteer", municipality, begins(fold(town)))

    def batches(self) -> list[Batch]:
        """All imports, the newest first."""
        return self._decoded(Batch, "batches")

    def batch_items(self, batch: str) -> list[BatchItem]:
        """What one import changed, in its order."""
        return [BatchItem(*row) for row in self._engine.rows("batch_items", [batch])]

    def later_batches(self, batch: str) -> list[str]:
        """Ids of later imports, not taken back, that changed a record which this one changed, too."""
        return [later for (later,) in self._engine.rows("later_batches", [batch])]

    def error_notes(self, place_id: str = "") -> list[ErrorNote]:
        """What readers reported, of one place or of all, the oldest first."""
        return self._decoded(ErrorNote, "error_notes", place_id)

    def data_version(self) -> str:
        """A text that differs after every change, for caches and ETags; empty before the first one."""
        writes = self._engine.writes
        if self._version[0] != writes:
            self._version = (writes, next((str(value) for (value,) in self._engine.rows("derived", ["version"])), ""))
        return self._version[1]

    def _known(self, wanted: type[T], question: str, *values: str) -> list[T]:
        """The same, remembered until the data changes.

        The version is read before the records: what is newer than its version is only read once more.
        """
        version, key = self.data_version(), (question, *values)
        with self._remembering:
            if self._remembered[0] != version:
                self._remembered = (version, {})
            answers = self._remembered[1]
        if key not in answers:
            answers[key] = self._decoded(wanted, question, *values)
        return cast("list[T]", list(answers[key]))
