"""An import of 町丁目 and 街区 points, which give a position to addresses without one."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from portal.designated_cities import city_of_ward
from portal.importing.plan import Order, Plan, check_municipality, source_of
from portal.model.gazetteer import GazetteerPoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.model.intake import GazetteerIntake, GazetteerRow
    from portal.model.municipality import Municipality
    from portal.store import Reader


def plan_gazetteer(store: Reader, intake: GazetteerIntake, order: Order) -> Plan:
    """What importing these points would change; what the files no longer hold of their municipalities goes.

    Raises UnknownThingError where the municipality that is asked for is not in the portal.
    """
    check_municipality(store, order)
    plan = Plan(order, source_of(order, intake.source))
    plan.tally.read = intake.read
    plan.say(intake.findings)
    known = store.municipalities()
    outside: Counter[str] = Counter()
    coming: dict[str, GazetteerPoint] = {}
    for row in intake.rows:
        code = _code(known, row, order)
        if code is None:
            outside[row.city or row.authority] += 1
            continue
        point = _point(code, row, intake.source.name)
        coming[point.id] = point
    plan.outside_of = dict(outside.most_common())
    plan.tally.outside = sum(outside.values())
    _compare(store, plan, coming)
    return plan


def _code(known: Sequence[Municipality], row: GazetteerRow, order: Order) -> str | None:
    """The row's municipality by its code or by its name, the ward's where a city's code is given."""
    for item in known:
        own = row.authority == item.code
        by_name = row.city.endswith(item.name) and row.authority in ("", city_of_ward(item.code))
        if (own or by_name) and order.municipality in ("", item.code):
            return item.code
    return order.municipality if not row.authority and not row.city and order.municipality else None


def _point(code: str, row: GazetteerRow, dataset: str) -> GazetteerPoint:
    mark = hashlib.blake2b(f"{code}\0{row.town}\0{row.block}\0{dataset}".encode(), digest_size=8).hexdigest()
    return GazetteerPoint(mark, code, row.town, row.block, row.position, row.precision, dataset)


def _compare(store: Reader, plan: Plan, coming: dict[str, GazetteerPoint]) -> None:
    plan.municipalities = {item.municipality for item in coming.values()}
    names = {item.dataset for item in coming.values()}
    stored = {
        item.id: item for code in sorted(plan.municipalities) for item in store.gazetteer(code) if item.dataset in names
    }
    for key, point in coming.items():
        old = stored.pop(key, None)
        if old == point:
            plan.tally.unchanged += 1
        else:
            plan.revise(old, point)
    for old in stored.values():
        plan.revise(old, None)
        plan.tally.changed -= 1
        plan.tally.gone += 1
