"""An import of people by district (地域・年齢別人口)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from portal.district_names import short_name
from portal.errors import UnknownThingError
from portal.importing.plan import Order, Plan, check_municipality, source_of
from portal.model.district import Population
from portal.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.model.intake import PopulationIntake, PopulationRow
    from portal.store import Reader


def plan_population(store: Reader, intake: PopulationIntake, order: Order) -> Plan:
    """What importing these figures would change; an area that is no district of the layer is left outside and said.

    Raises UnknownThingError where no layer is said, or none of the municipalities is in the portal.
    """
    if not order.layer:
        raise UnknownThingError("importing.which_layer")
    check_municipality(store, order)
    plan = Plan(order, source_of(order, intake.source))
    plan.tally.read = intake.read
    plan.say(intake.findings)
    known = {item.code for item in store.municipalities()}
    outside: Counter[str] = Counter()
    names: dict[str, dict[str, str]] = {}
    newest: dict[tuple[str, str], PopulationRow] = {}
    for row in intake.rows:
        code = row.authority or order.municipality
        if code not in known or order.municipality not in ("", code):
            outside[code or row.area] += 1
            continue
        if code not in names:
            names[code] = {short_name(item.name): item.name for item in store.districts(code, order.layer)}
        district = names[code].get(short_name(row.area))
        if district is None:
            outside[row.area] += 1
            values = {"name": row.area, "layer": order.layer}
            plan.say([Finding(row.line, Severity.DOUBTFUL, "importing.no_such_district", values)])
            continue
        _keep_newer(newest, (code, district), row, plan)
    _revise(store, plan, [_population(row, code, district, plan) for (code, district), row in newest.items()])
    plan.outside_of = dict(outside.most_common())
    plan.tally.outside = sum(outside.values())
    return plan


def _keep_newer(
    newest: dict[tuple[str, str], PopulationRow], district: tuple[str, str], row: PopulationRow, plan: Plan
) -> None:
    """A district has one count, that of the latest day; of several rows for it the others are said."""
    known = newest.get(district)
    kept, left = (row, known) if known is None or row.as_of > known.as_of else (known, row)
    newest[district] = kept
    if left is not None:
        values = {"name": left.area, "line": kept.line, "day": kept.as_of}
        plan.say([Finding(left.line, Severity.DOUBTFUL, "importing.counted_twice", values)])


def _population(row: PopulationRow, code: str, district: str, plan: Plan) -> Population:
    return Population(
        municipality=code,
        layer=plan.order.layer,
        district=district,
        as_of=row.as_of,
        total=row.total,
        men=row.men,
        women=row.women,
        bands=row.bands,
        households=row.households,
        source=plan.source,
    )


def _revise(store: Reader, plan: Plan, coming: Sequence[Population]) -> None:
    plan.municipalities = {item.municipality for item in coming}
    plan.datasets = {f"population/{code}/{plan.order.layer}" for code in plan.municipalities}
    stored = {
        (item.municipality, item.district): item
        for code in sorted(plan.municipalities)
        for item in store.populations(code, plan.order.layer)
    }
    for new in coming:
        old = stored.get((new.municipality, new.district))
        if old == new:
            plan.tally.unchanged += 1
        else:
            plan.revise(old, new)
