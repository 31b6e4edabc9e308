"""What counts for standards, one by one, each with its district: what the figures of coverage are counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from portal.by_district import shares
from portal.coverage.counting import district_of
from portal.coverage.records import OUTSIDE, every
from portal.coverage.sessions import days_of, sessions
from portal.model.standard import StandardRule

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from portal.coverage.ground import Ground
    from portal.coverage.tagged import Record
    from portal.model.district import District
    from portal.model.standard import Standard

    Known = Mapping[tuple[str, str], str | None]


class Listed(NamedTuple):
    """One record that counts for one standard."""

    standard: Standard
    district: District | None
    """Of the standard's layer, in force today; None is outside."""
    record: Record
    sessions: int | None
    """How often it takes place in the coming 28 days; None where the standard does not ask for sessions."""


class Found(NamedTuple):
    """What counts for one standard, in some districts or in all."""

    standard: Standard
    rows: Sequence[Listed]
    others: int
    """Sessions that the standard's figure counts, too, of what is no record of its own: single events of the same
    activity, and regular activities at a place that is listed itself."""


class Where(NamedTuple):
    """What lies where is asked for; neither is everywhere."""

    district: District | None = None
    outside: bool = False


def listed(ground: Ground, standards: Iterable[Standard], where: Where) -> list[Found]:
    """What counts for each standard, by district, what is outside at the end, then by name.

    Of a district of another layer what lies in the districts that have a part in it, as
    :func:`portal.coverage.rolling_up.roll_up` sees them. As many rows as :attr:`portal.coverage.standing.Standing`
    and :attr:`portal.coverage.standing.Assessed.outside` say.
    """
    standards = list(standards)
    known = _places(ground) if standards else {}
    return [_found(ground, one, where, known) for one in standards]


def _places(ground: Ground) -> Known:
    """By place and layer the district: one question for all places."""
    return {(one.place, one.layer): one.district for one in ground.store.memberships_of(ground.municipality)}


def _found(ground: Ground, standard: Standard, where: Where, known: Known) -> Found:
    districts = {item.id: item for item in ground.districts(standard.layer)}
    wanted = wanted_of(where, list(districts.values()))
    counted = standard.rule is StandardRule.SESSIONS
    days = days_of(ground, standard) if counted else {}
    rows = []
    for record in every(ground, standard):
        its = districts.get(_district(ground, record, standard.layer, known) or "")
        if (its.id if its else OUTSIDE) in wanted:
            rows.append(Listed(standard, its, record, days.get(record.id, 0) if counted else None))
    rows.sort(key=lambda row: (row.district is None, row.district.name if row.district else "", *_called(row)))
    return Found(standard, rows, _others(ground, standard, rows, wanted) if counted else 0)


def _called(row: Listed) -> tuple[str, str]:
    return row.record.name, row.record.id


def wanted_of(where: Where, districts: Sequence[District]) -> set[str]:
    """The ids of those of a layer's districts that are asked for, and ``outside``."""
    if where.outside:
        return {OUTSIDE}
    if where.district is None:
        return {OUTSIDE, *(item.id for item in districts)}
    if any(item.id == where.district.id for item in districts):
        return {where.district.id}
    return {item.id for item in districts if shares(item, [where.district])}


def _district(ground: Ground, record: Record, layer: str, known: Known) -> str | None:
    """Of a post, of which there are few, the store is asked by itself."""
    key = (record.id, layer)
    return known[key] if key in known else district_of(ground, record.id, layer)


def _others(ground: Ground, standard: Standard, rows: Iterable[Listed], wanted: Container[str]) -> int:
    here = {item.id for item in ground.districts(standard.layer)}
    held = sessions(ground, standard).items()
    every_one = sum(count for district, count in held if (district if district in here else OUTSIDE) in wanted)
    return every_one - sum(row.sessions or 0 for row in rows)
