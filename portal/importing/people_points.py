"""An import of where people live: cells of a grid, points, or parts of town."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from portal import locate
from portal.assigning import NOWHERE, assign
from portal.importing.plan import Order, Plan, check_municipality, source_of
from portal.importing.whose import CITY_LAYER
from portal.model.finding import Finding, Severity
from portal.model.people_point import PeoplePoint
from portal.model.position import Precision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portal.model.municipality import Municipality
    from portal.model.people_intake import PeopleIntake, PeopleRow
    from portal.model.position import Point
    from portal.store import Reader

FIRST_DIVISION = 4
"""Digits of a cell's code that say in which part of the country it lies."""


def plan_people(store: Reader, intake: PeopleIntake, order: Order) -> Plan:
    """What importing these points would change; they take the place of all points of their municipalities.

    A cell or a point goes to the municipality whose outline holds its middle, so a cell that two share goes whole to
    one; a part of town goes where its code or the order says, at the position that the gazetteer gives it. What is in
    no municipality of the portal is outside; a row whose day or position nothing tells is refused.
    Raises UnknownThingError where the municipality that is asked for is not in the portal.
    """
    check_municipality(store, order)
    plan = Plan(order, source_of(order, intake.source))
    plan.tally.read = intake.read
    plan.say(intake.findings)
    known = {item.code: item for item in store.municipalities()}
    outside: Counter[str] = Counter()
    coming: dict[tuple[str, str], PeoplePoint] = {}
    for row, code in zip(intake.rows, _codes(store, known, intake.rows, order), strict=True):
        if code is None or order.municipality not in ("", code):
            outside[row.authority or (row.id if row.position is None else row.id[:FIRST_DIVISION])] += 1
        elif point := _point(store, plan, row, code):
            coming[point.municipality, point.id] = point
    plan.outside_of = dict(outside.most_common())
    plan.tally.outside = sum(outside.values())
    _compare(store, plan, coming)
    return plan


def _codes(
    store: Reader, known: Mapping[str, Municipality], rows: Sequence[PeopleRow], order: Order
) -> list[str | None]:
    """The municipality of each row: by outline, and where it has no position by its code or the order's."""
    outlines = [
        (code, district.geometry)
        for code in known
        for district in store.districts(code, CITY_LAYER)
        if district.exists_on(order.at.date())
    ]
    at = [(row.position.lon, row.position.lat) if row.position else (np.nan, np.nan) for row in rows]
    found = assign(np.array(at).reshape(-1, 2), [outline for _, outline in outlines]).tolist()
    said = [code if (code := row.authority or order.municipality) in known else None for row in rows]
    return [
        (outlines[index][0] if index != NOWHERE else None) if row.position else code
        for row, index, code in zip(rows, found, said, strict=True)
    ]


def _point(store: Reader, plan: Plan, row: PeopleRow, code: str) -> PeoplePoint | None:
    """The row as it is kept; None where it is refused."""
    as_of = row.as_of or plan.source.as_of
    position = row.position or _located(store, code, row.id)
    if as_of is None or position is None:
        key = "people_points.no_day" if as_of is None else "people_points.not_located"
        plan.say([Finding(row.line, Severity.REFUSED, key, {"name": row.id}, row.file)])
        return None
    return PeoplePoint(code, row.id, position, row.total, as_of, row.bands, plan.source)


def _located(store: Reader, code: str, area: str) -> Point | None:
    """The position of a part of town, where the gazetteer or the places there tell it."""
    found = locate.address(store, code, area)
    return found.point if found and found.precision is not Precision.DISTRICT else None


def _compare(store: Reader, plan: Plan, coming: Mapping[tuple[str, str], PeoplePoint]) -> None:
    """What is new, changed or gone.

    Older points go also where rows were refused: points of two counts side by side would count people twice.
    """
    plan.municipalities = {code for code, _ in coming}
    plan.datasets = {f"people/{code}" for code in plan.municipalities}
    stored = {(code, item.id): item for code in sorted(plan.municipalities) for item in store.people_points(code)}
    for key, new in coming.items():
        old = stored.pop(key, None)
        if old == new:
            plan.tally.unchanged += 1
        else:
            plan.revise(old, new)
    for old in stored.values():
        plan.revise(old, None)
        plan.tally.changed -= 1
        plan.tally.gone += 1
