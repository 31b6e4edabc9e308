"""What if there was one more place: what the address asks to be tried, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from pages.review.reach_choices import several
from portal.by_district import in_force
from portal.errors import InvalidRecordError, UnknownThingError
from portal.model.position import Point
from portal.reach.candidates import STEP_MAX, STEP_MIN, grid, sites
from portal.reach.people import people
from portal.reach.reaching import spots_together
from portal.reach.siting import MOST_PICKS, propose
from portal.reach.spots import Spots
from portal.reach.table_choices import ages_wanted
from portal.reach.tables import question
from portal.reach.what_if import what_if
from portal.reach.what_if_table import read_spots, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely import MultiPolygon, Polygon
    from starlette.requests import Request

    from pages.review.reach_choices import Choices
    from portal.errors import PortalError
    from portal.model.district import District
    from portal.model.report_table import Wanted
    from portal.reach.candidate import Candidate
    from portal.reach.people import People
    from portal.reach.siting import Proposal
    from portal.reach.what_if import Change
    from portal.store import Reader

SPOT, PROPOSE = "spot", "propose"
"""Ways to try: a spot that somebody names, or spots that the portal proposes."""
GRID: Final = "grid"
TYPED: Final = ("what", "lat", "lon", "count", "among", "step")
USUAL: Final = {"count": "3", "among": "sites", "step": "500"}
TYPED_MAX: Final = 40
"""Characters of one field."""
NOWHERE: Final = Spots(np.zeros(0), np.zeros(0))


@dataclass(frozen=True, slots=True)
class Tried:
    """What the form of the page says, as it was typed."""

    fields: Mapping[str, str]
    sites: Sequence[str]
    """Kinds whose places are candidates."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Who is reached at present, and who would be."""

    people: People
    existing: Spots
    added: Spots
    changes: Sequence[Change]
    """By district of the layer, and at the end outside."""
    districts: Sequence[District]
    proposal: Proposal | None = None
    candidates: int = 0

    @property
    def areas(self) -> list[Polygon | MultiPolygon]:
        """Of the districts; degrees."""
        return [item.geometry for item in self.districts]


def tried(request: Request, offered: Choices) -> Tried:
    """What the address asks to be tried."""
    fields = {name: request.query_params.get(name, USUAL.get(name, ""))[:TYPED_MAX].strip() for name in TYPED}
    return Tried(fields, several(request, "site", offered.sites))


def outcome(store: Reader, offered: Choices, asked: Tried) -> tuple[Outcome, dict[str, PortalError]]:
    """What comes of it; where it cannot be tried, the present state and what is wrong by field."""
    wanted = offered.wanted
    known = people(store, wanted.municipality, offered.span, wanted.today)
    existing = spots_together(store, question(wanted), wanted.today)
    districts = in_force(store, wanted.municipality, wanted.params.get("layer", ""), wanted.today)
    try:
        added, proposal, candidates = _added(store, offered, asked, (known, existing))
        faults: dict[str, PortalError] = {}
    except _FaultError as error:
        added, proposal, candidates, faults = NOWHERE, None, 0, {error.field: error.why}
    changes = what_if(known, existing, added, offered.walk, districts)
    return Outcome(known, existing, added, changes, districts, proposal, candidates), faults


def as_told(store: Reader, wanted: Wanted) -> Outcome:
    """The same as the choices of the table ``what_if`` say it, without what changes by district."""
    known = people(store, wanted.municipality, ages_wanted(wanted), wanted.today)
    existing = spots_together(store, question(wanted), wanted.today)
    districts = in_force(store, wanted.municipality, wanted.params.get("layer", ""), wanted.today)
    return Outcome(known, existing, _spots(read_spots(wanted.params.get("spots", ""))), (), districts)


def told_in(wanted: Wanted, asked: Tried, found: Outcome) -> dict[str, Wanted]:
    """The tables that tell of it, by name, each with the choices that it is made of."""
    more = {"spots": written(list(zip(found.added.lon.tolist(), found.added.lat.tolist(), strict=True)))}
    tables = {"what_if": replace(wanted, params={**wanted.params, **more})}
    if found.proposal:
        fields = asked.fields
        where = (
            {"step": f"{float(fields['step']):.0f}"} if fields["among"] == GRID else {"among": ",".join(asked.sites)}
        )
        tables["siting"] = replace(wanted, params={**wanted.params, **where, "count": fields["count"]})
    return tables


class _FaultError(Exception):
    """A field that cannot be meant."""

    def __init__(self, field: str, why: PortalError) -> None:
        """``why`` is said at the field."""
        super().__init__(field)
        self.field, self.why = field, why


def _added(
    store: Reader, offered: Choices, asked: Tried, present: tuple[People, Spots]
) -> tuple[Spots, Proposal | None, int]:
    """The spots that are tried, and the proposal and the number of candidates where the portal proposes them."""
    way = asked.fields["what"]
    if way == SPOT:
        return _spots([_spot(asked)]), None, 0
    if way != PROPOSE or present[0].how == "none":
        return NOWHERE, None, 0
    candidates = _candidates(store, offered, asked)
    try:
        found = propose(*present, candidates, _whole(asked.fields["count"]), offered.walk)
    except InvalidRecordError as error:
        raise _FaultError("count" if error.key == "reach_siting.bad_count" else "among", error) from None
    return _spots([Point(one.candidate.lon, one.candidate.lat) for one in found.picks]), found, len(candidates)


def _candidates(store: Reader, offered: Choices, asked: Tried) -> list[Candidate]:
    wanted = offered.wanted
    if asked.fields["among"] == GRID:
        try:
            return grid(store, wanted.municipality, _metres(asked.fields["step"]), wanted.today)
        except InvalidRecordError as error:
            raise _FaultError("step", error) from None
        except UnknownThingError as error:
            raise _FaultError("among", error) from None
    if not asked.sites:
        raise _FaultError("site", InvalidRecordError("review_reach.choose_sites"))
    return sites(store, wanted.municipality, asked.sites, wanted.today, samples=wanted.samples)


def _spot(asked: Tried) -> Point:
    try:
        return Point(float(asked.fields["lon"]), float(asked.fields["lat"]))
    except (ValueError, InvalidRecordError):
        raise _FaultError("lat", InvalidRecordError("review_reach.bad_spot")) from None


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise _FaultError("count", InvalidRecordError("reach_siting.bad_count", most=MOST_PICKS)) from None


def _metres(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InvalidRecordError("reach_siting.bad_step", least=STEP_MIN, most=STEP_MAX) from None


def _spots(points: Sequence[Point]) -> Spots:
    return Spots(np.array([one.lon for one in points]), np.array([one.lat for one in points]))
