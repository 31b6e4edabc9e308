"""What the standards of a municipality are measured on, each asked of the store once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import numpy as np

from portal.assigning import assign
from portal.by_district import in_force
from portal.coverage.inhabitants import inhabitants
from portal.model.municipality import Layer
from portal.reach.people import homes, of_ages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from numpy.typing import NDArray

    from portal.model.district import District
    from portal.model.standard import Ages
    from portal.reach.people import Homes, People
    from portal.review_reader import Held, Tallied
    from portal.store import Reader

T = TypeVar("T", "Tallied", "Held")
SESSION_DAYS: Final = 28
"""Sessions are counted over four weeks from today on, so that each weekday counts four times."""


class Living(NamedTuple):
    """Where people live, and in which district."""

    people: People
    district: NDArray[np.int64]
    """Shape (n,): index into the layer's districts; :data:`portal.assigning.NOWHERE` outside of them."""


class Ground:
    """One municipality on one day."""

    def __init__(self, store: Reader, municipality: str, today: date, *, samples: bool) -> None:
        """Ask nothing yet but for the layers."""
        self.store = store
        self.municipality = municipality
        self.today = today
        self.samples = samples
        self.last_session = today + timedelta(days=SESSION_DAYS - 1)
        self._layers = {item.key: item for item in store.layers(municipality)}
        self._districts: dict[str, list[District]] = {}
        self._tallies: dict[tuple[str, int | None], Mapping[str, list[Tallied]]] = {}
        self._held: dict[str, Mapping[str, list[Held]]] = {}
        self._homes: list[Homes] | None = None
        self._people: dict[Ages, People] = {}
        self._living: dict[tuple[str, Ages], Living] = {}
        self._inhabitants: dict[tuple[str, Ages], list[int | None]] = {}

    def layer(self, key: str) -> Layer:
        """A layer; one that the municipality does not have stands for itself and has no districts."""
        return self._layers.get(key) or Layer(self.municipality, key, key, key, 2)

    def districts(self, layer: str) -> list[District]:
        """The districts of a layer that exist today, by name."""
        if layer not in self._districts:
            self._districts[layer] = in_force(self.store, self.municipality, layer, self.today)
        return self._districts[layer]

    def tally(self, layer: str, verified_days: int | None) -> Mapping[str, list[Tallied]]:
        """Records by kind and district: one question for all standards of a layer with the same limit."""
        key = (layer, verified_days)
        if key not in self._tallies:
            rows = self.store.tally(self.municipality, layer, self.today, verified_days, samples=self.samples)
            self._tallies[key] = _by_kind(rows)
        return self._tallies[key]

    def held(self, layer: str) -> Mapping[str, list[Held]]:
        """Sessions of the coming four weeks by kind and district."""
        if layer not in self._held:
            rows = self.store.sessions_held(
                self.municipality, layer, self.today, self.last_session, samples=self.samples
            )
            self._held[layer] = _by_kind(rows)
        return self._held[layer]

    def people(self, ages: Ages) -> People:
        """Where the people of some ages live."""
        if ages not in self._people:
            if self._homes is None:
                self._homes = homes(self.store, self.municipality, self.today)
            self._people[ages] = of_ages(self._homes, ages)
        return self._people[ages]

    def living(self, layer: str, ages: Ages) -> Living:
        """The same, with the district of a layer that each point lies in."""
        key = (layer, ages)
        if key not in self._living:
            found = self.people(ages)
            areas = [item.geometry for item in self.districts(layer)]
            self._living[key] = Living(found, assign(np.column_stack([found.lon, found.lat]), areas))
        return self._living[key]

    def inhabitants(self, layer: str, ages: Ages) -> list[int | None]:
        """How many people of some ages live in each district of a layer, in its order; None where nobody knows.

        Of the population by district where it was imported, else from where people live, which is an estimate.
        """
        key = (layer, ages)
        if key not in self._inhabitants:
            known = inhabitants(self.store.populations(self.municipality, layer), self.districts(layer), ages)
            self._inhabitants[key] = self._filled(layer, ages, known) if None in known else known
        return self._inhabitants[key]

    def _filled(self, layer: str, ages: Ages, known: list[int | None]) -> list[int | None]:
        found, district = self.living(layer, ages)
        inside = district >= 0
        sums = np.bincount(district[inside], weights=found.count[inside], minlength=len(known)).tolist()
        return [
            one if one is not None else round(total) if total > 0 else None
            for one, total in zip(known, sums, strict=True)
        ]


def _by_kind(rows: Iterable[T]) -> Mapping[str, list[T]]:
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    return found
