"""What if there was one more place: what the address asks to be tried, and what comes of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pages.review.reach_choices import several
from portal.errors import InvalidRecordError, UnknownThingError
from portal.model.position import Point
from portal.reach.placing import Placed, place, put_on_map
from portal.reach.table_choices import placing
from portal.reach.what_if_table import read_spots, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from starlette.requests import Request

    from pages.review.reach_choices import Choices
    from portal.errors import PortalError
    from portal.model.report_table import Wanted
    from portal.reach.placing import Placing
    from portal.store import Reader

SPOT, PROPOSE = "spot", "propose"
"""Ways to try: a spot that somebody names, or spots that the portal proposes."""
GRID: Final = "grid"
TYPED: Final = ("what", "lat", "lon", "count", "among", "step")
USUAL: Final = {"count": "3", "among": "sites", "step": "500"}
TYPED_MAX: Final = 40
"""Characters of one field."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What the form of the page says, as it was typed."""

    fields: Mapping[str, str]
    sites: Sequence[str]
    """Kinds whose places are candidates."""

    @property
    def on_grid(self) -> bool:
        """Whether candidates are the knots of a grid."""
        return self.fields["among"] == GRID


def tried(request: Request, offered: Choices) -> Tried:
    """What the address asks to be tried."""
    fields = {name: request.query_params.get(name, USUAL.get(name, ""))[:TYPED_MAX].strip() for name in TYPED}
    return Tried(fields, several(request, "site", offered.sites))


def outcome(store: Reader, offered: Choices, asked: Tried) -> tuple[Placed, dict[str, PortalError]]:
    """What comes of it; where it cannot be tried, the present state and what is wrong by field.

    Where it is not known where people live nothing is proposed, whatever the fields say.
    """
    today, base = offered.wanted.today, placing(offered.wanted)
    way = asked.fields["what"]
    try:
        if way == PROPOSE:
            return _proposed(store, base, asked, today), {}
        return put_on_map(store, base, [_spot(asked)] if way == SPOT else (), today), {}
    except _FaultError as error:
        present = put_on_map(store, base, (), today)
        unknown = way == PROPOSE and present.people.how == "none"
        return present, {} if unknown else {error.field: error.why}


def as_told(store: Reader, wanted: Wanted) -> Placed:
    """The same as the choices of the table ``what_if`` say it."""
    return put_on_map(store, placing(wanted), read_spots(wanted.params.get("spots", "")), wanted.today)


def told_in(wanted: Wanted, asked: Tried, found: Placed) -> dict[str, Wanted]:
    """The tables that tell of it, by name, each with the choices that it is made of."""
    more = {"spots": written(list(zip(found.added.lon.tolist(), found.added.lat.tolist(), strict=True)))}
    tables = {"what_if": replace(wanted, params={**wanted.params, **more})}
    if found.proposal:
        fields = asked.fields
        where = {"step": f"{float(fields['step']):.0f}"} if asked.on_grid else {"among": ",".join(asked.sites)}
        tables["siting"] = replace(wanted, params={**wanted.params, **where, "count": fields["count"]})
    return tables


class _FaultError(Exception):
    """A field that cannot be meant."""

    def __init__(self, field: str, why: PortalError) -> None:
        """``why`` is said at the field."""
        super().__init__(field)
        self.field, self.why = field, why


def _proposed(store: Reader, base: Placing, asked: Tried, today: date) -> Placed:
    """What the portal proposes."""
    if not asked.on_grid and not asked.sites:
        raise _FaultError("site", InvalidRecordError("review_reach.choose_sites"))
    among = _metres(asked.fields["step"]) if asked.on_grid else tuple(asked.sites)
    try:
        return place(store, replace(base, count=_whole(asked.fields["count"]), among=among), today)
    except (InvalidRecordError, UnknownThingError) as error:
        raise _FaultError(_field(error, asked), error) from None


def _field(error: PortalError, asked: Tried) -> str:
    """The field that has to be changed."""
    if error.key == "reach_siting.bad_count":
        return "count"
    if error.key == "reach_siting.bad_step" or (asked.on_grid and error.key == "reach_siting.too_many_candidates"):
        return "step"
    return "among"


def _spot(asked: Tried) -> Point:
    try:
        return Point(float(asked.fields["lon"]), float(asked.fields["lat"]))
    except (ValueError, InvalidRecordError):
        raise _FaultError("lat", InvalidRecordError("review_reach.bad_spot")) from None


def _whole(text: str) -> int:
    """The number that is typed; for what is none 0, which no proposal takes."""
    try:
        return int(text)
    except ValueError:
        return 0


def _metres(text: str) -> float:
    """The metres that are typed; for what is no number none, which no grid takes."""
    try:
        return float(text)
    except ValueError:
        return math.nan
