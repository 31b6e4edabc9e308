"""The tables of a review: standards, what was looked at, where people live, numbers of people in need, indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.columns import DAY, LONG, NUMBER, TEXT, Table, microseconds
from portal.model.indicator import Indicator
from portal.model.need import NeedCount, NeedLook, NeedRelease
from portal.model.outreach import Outreach
from portal.model.people_point import PeoplePoint
from portal.model.snapshot import CoverageSnapshot
from portal.model.standard import Standard
from portal.model.survey import Survey
from portal.records import to_text

if TYPE_CHECKING:
    from portal.store import Record

_LISTED: Final = {"municipality": TEXT, "key": TEXT, "sort": NUMBER, "data": TEXT}
_NOTED: Final = {"id": TEXT, "municipality": TEXT, "made_us": LONG, "data": TEXT}

REVIEW: Final[dict[type[Record], Table]] = {
    Standard: Table("standard", _LISTED, lambda it: (it.municipality, it.key, it.order, to_text(it))),
    Survey: Table(
        "survey",
        {"district": TEXT, "standard": TEXT, "municipality": TEXT, "data": TEXT},
        lambda it: (it.district, it.standard, it.municipality, to_text(it)),
    ),
    PeoplePoint: Table(
        "people_point",
        {"municipality": TEXT, "id": TEXT, "data": TEXT},
        lambda it: (it.municipality, it.id, to_text(it)),
    ),
    NeedCount: Table(
        "need_count",
        {"municipality": TEXT, "layer": TEXT, "district": TEXT, "category": TEXT, "as_of": DAY, "data": TEXT},
        lambda it: (it.municipality, it.layer, it.district, it.category, it.as_of, to_text(it)),
    ),
    NeedRelease: Table(
        "need_release",
        {"municipality": TEXT, "number": NUMBER, "data": TEXT},
        lambda it: (it.municipality, it.number, to_text(it)),
    ),
    NeedLook: Table("need_look", _NOTED, lambda it: (it.id, it.municipality, microseconds(it.at), to_text(it))),
    Indicator: Table("indicator", _LISTED, lambda it: (it.municipality, it.key, it.order, to_text(it))),
    CoverageSnapshot: Table(
        "coverage_snapshot",
        {"municipality": TEXT, "day": DAY, "standard": TEXT, "district": TEXT, "data": TEXT},
        lambda it: (it.municipality, it.day, it.standard, it.district, to_text(it)),
    ),
    Outreach: Table("outreach", _NOTED, lambda it: (it.id, it.municipality, microseconds(it.at), to_text(it))),
}
