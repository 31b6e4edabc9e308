"""Standards, people and surveys of the invented town, and what an assessment of it says in short."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from portal.assigning import memberships
from portal.coverage.assess import assess
from portal.laying_out import lay_out
from portal.model.district import AgeBand, Population
from portal.model.standard import Standard, StandardRule
from portal.model.survey import Survey
from portal.store import Put
from tests import town

if TYPE_CHECKING:
    from datetime import date

    from portal.coverage.standing import Assessed, Standing
    from portal.model.place import Place
    from portal.store import Store

WEST, EAST, NORTH_WEST, NORTH_EAST = "西小", "東小", "北西小", "北東小"


def standard(**values: Any) -> Standard:
    """At least one salon for each elementary district, verified within a year, unless ``values`` say otherwise."""
    known: dict[str, Any] = {
        "key": "salon",
        "layer": "elementary",
        "rule": StandardRule.COUNT,
        "at_least": 1,
        "kind": "elderly_salon",
        "verified_days": 365,
        **values,
    }
    if known.get("goal"):
        known["kind"] = ""
    known["at_least"] = float(known["at_least"])  # as it is read back
    return Standard(town.CODE, **known)


def verified(place: Place, days_ago: int = 0) -> Place:
    """The place, made sure of so many days ago."""
    return replace(place, verified_on=town.TODAY - timedelta(days=days_ago))


def put_places(store: Store, *places: Place) -> None:
    """Keep places with their districts and days."""
    store.apply([*map(Put, places), *map(Put, memberships(store, places, town.TODAY))])
    lay_out(store, places, town.TODAY)


def put_people(store: Store, layer: str = "elementary", **totals: int) -> None:
    """So many people in each district, a quarter of them 65 and over."""
    for name, total in totals.items():
        bands = (AgeBand(0, 64, total - total // 4, 0), AgeBand(65, None, total // 4, 0))
        store.apply([Put(Population(town.CODE, layer, name, town.TODAY, total, total, 0, bands))])


def survey(name: str, on: date = town.TODAY, layer: str = "elementary", **values: Any) -> Survey:
    """That the office looked at a district."""
    return Survey(town.CODE, layer, f"{town.CODE}-{layer}-{name}", on, "account-staff", "staff", **values)


def only(store: Store, **values: Any) -> Assessed:
    """The assessment of the one standard of the town."""
    (found,) = assess(store, town.CODE, town.TODAY, **values)
    return found


def standing(found: Assessed, name: str) -> Standing:
    """One district of it."""
    return next(one for one in found.standings if one.district.name == name)


def states(found: Assessed) -> dict[str, str]:
    """The states by district."""
    return {one.district.name: one.state.value for one in found.standings}
