"""How many people of each age have a kind of place within a walk, in all and in every district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.by_district import in_force
from portal.model.standard import EVERYBODY, Ages
from portal.reach.living import Living
from portal.reach.people import homes, of_ages, people
from portal.reach.spots import Question, Spots, positions, spots_by_kind
from portal.reach.within import within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from portal.model.district import District
    from portal.reach.people import People
    from portal.store import Reader

__all__ = ["AGES", "METRES", "InDistrict", "Question", "Reached", "by_district", "reach", "spots_together"]

AGES: Final = (EVERYBODY, Ages(0, 14), Ages(15, 64), Ages(65), Ages(75))
METRES: Final = (300, 500, 1000)
"""On foot."""


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """The people of one span of ages who have one kind of place within one distance."""

    kind: str
    """Key of the kind; empty for all that were asked for together."""
    ages: Ages
    metres: int
    spots: Spots
    """The places and regular activities that count."""
    people: People
    """All people of these ages; ``how`` is ``none`` where that is not known."""
    reached: float | None
    """None where it is not known where people live."""

    @property
    def share(self) -> float | None:
        """Of all people of these ages, 0 to 1; None where nobody is known of."""
        return self.reached / self.people.total if self.reached is not None and self.people.total else None


@dataclass(frozen=True, slots=True, eq=False)
class InDistrict:
    """The people of one district of a layer; no district is outside all of them."""

    district: District | None
    people: float
    reached: Mapping[int, float]
    """By metres on foot."""


def reach(store: Reader, question: Question, today: date) -> list[Reached]:
    """For all kinds of the question together and for each: every span of :data:`AGES`, every distance of METRES.

    Places that are gone and those whose position is not known, or by the district only, do not count; approximate ones
    (by the block or the part of town) do and are numbered.
    """
    known = homes(store, question.municipality, today)
    by_ages = [(ages, of_ages(known, ages)) for ages in AGES]
    return [item for kind, spots in _spots(store, question, today) for item in _reached(kind, spots, by_ages)]


def spots_together(store: Reader, question: Question, today: date) -> Spots:
    """All places and activities that the question is about, each once."""
    return _spots(store, question, today)[0][1]


def _spots(store: Reader, question: Question, today: date) -> list[tuple[str, Spots]]:
    """All kinds together, under the empty key and each place once, and then each kind where there are several."""
    by_kind = spots_by_kind(store, question, today)
    every = {spot.id: spot for _, spots in by_kind for spot in spots}
    each = [(kind, positions(spots)) for kind, spots in by_kind] if len(by_kind) > 1 else []
    only = by_kind[0][0] if len(by_kind) == 1 else ""
    return [(only, positions(list(every.values()))), *each]


def _reached(kind: str, spots: Spots, by_ages: Sequence[tuple[Ages, People]]) -> list[Reached]:
    found: list[Reached] = []
    masks: dict[tuple[str, int], NDArray[np.bool_]] = {}
    for ages, known in by_ages:
        for metres in METRES:
            if (known.how, metres) not in masks:  # ages that are known in the same way live at the same points
                masks[known.how, metres] = within(known, spots.lon, spots.lat, metres)
            reached = float(known.count[masks[known.how, metres]].sum())
            found.append(Reached(kind, ages, metres, spots, known, None if known.how == "none" else reached))
    return found


def by_district(store: Reader, question: Question, layer: str, ages: Ages, today: date) -> list[InDistrict]:
    """For each district of a layer its people and how many of them are reached, and at the end who lives outside all.

    A point belongs to the first district that holds it, so that districts and outside add up to all. Where it is not
    known where people live, the list is empty.
    """
    known = people(store, question.municipality, ages, today)
    if known.how == "none":
        return []
    spots = spots_together(store, question, today)
    districts = in_force(store, question.municipality, layer, today)
    living = Living(known, districts)
    reached = {metres: living.sums(within(known, spots.lon, spots.lat, metres)) for metres in METRES}
    return [
        InDistrict(district, total, {metres: sums[at] for metres, sums in reached.items()})
        for at, (district, total) in enumerate(zip([*districts, None], living.sums(), strict=True))
    ]
