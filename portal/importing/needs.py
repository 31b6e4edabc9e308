"""An import of numbers of people in need (避難行動要支援者数), with the release of what is shown of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from portal.disclosure.releasing import kept, release
from portal.district_names import short_name
from portal.errors import UnknownThingError
from portal.importing.plan import Order, Plan, Revision, check_municipality, source_of
from portal.model.finding import Finding, Severity
from portal.model.need import NeedCount
from portal.normalise import fold
from portal.store import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.model.need_intake import NeedIntake, NeedRow
    from portal.store import Reader


def plan_needs(store: Reader, intake: NeedIntake, order: Order) -> Plan:
    """What importing these numbers would change; an area that is no district of its layer is left outside and said.

    Importing the same table again makes a new release where the rules now lead to another one. Raises
    UnknownThingError where no municipality of the portal is said, or neither the command nor the table says the layer.
    """
    check_municipality(store, order)
    if not order.municipality:
        raise UnknownThingError("needs.which_municipality")
    plan = Plan(order, source_of(order, intake.source))
    plan.tally.read = intake.read
    plan.say(intake.findings)
    coming = _located(store, intake.rows, plan)
    _say_larger_parts(coming, plan)
    _revise(store, plan, [item for _, item in coming])
    return plan


def _located(store: Reader, rows: Iterable[NeedRow], plan: Plan) -> list[tuple[int, NeedCount]]:
    """The numbers of known districts, each with its line."""
    code = plan.order.municipality
    layers = {fold(name): it.key for it in store.layers(code) for name in (it.name, it.name_en, it.key)}
    names: dict[str, dict[str, str]] = {}
    found: dict[tuple[str, ...], tuple[int, NeedCount]] = {}
    outside: Counter[str] = Counter()
    for row in rows:
        layer = layers.get(fold(row.layer), "") if row.layer else plan.order.layer
        if not layer:
            raise UnknownThingError("importing.which_layer")
        if layer not in names:
            names[layer] = {short_name(item.name): item.name for item in store.districts(code, layer)}
        district = names[layer].get(short_name(row.area))
        if district is None:
            outside[row.area] += 1
            values = {"name": row.area, "layer": layer}
            plan.say([Finding(row.line, Severity.DOUBTFUL, "importing.no_such_district", values)])
            continue
        count = NeedCount(code, layer, district, row.as_of, row.count, row.category, row.facilities, plan.source)
        first = found.setdefault(key_of(count), (row.line, count))
        if first[1] is not count:
            plan.say([Finding(row.line, Severity.REFUSED, "needs.twice", {"name": row.area, "first": first[0]})])
    plan.outside_of = dict(outside.most_common())
    plan.tally.outside = sum(outside.values())
    return list(found.values())


def _say_larger_parts(coming: Iterable[tuple[int, NeedCount]], plan: Plan) -> None:
    """A category larger than all together is a mistake somewhere."""
    districts: dict[tuple[object, ...], dict[str, tuple[int, int]]] = defaultdict(dict)
    for line, item in coming:
        districts[item.layer, item.district, item.as_of][item.category] = line, item.count
    for (_, district, _), by_category in districts.items():
        whole = by_category.get("")
        larger = [name for name, (_, count) in by_category.items() if whole and count > whole[1]]
        if larger and whole:
            values = {"name": district, "categories": "、".join(larger)}
            plan.say([Finding(whole[0], Severity.DOUBTFUL, "needs.part_larger", values)])


def _revise(store: Reader, plan: Plan, coming: list[NeedCount]) -> None:
    code = plan.order.municipality
    plan.municipalities = {code}
    plan.datasets = {f"needs/{code}/{layer}" for layer in {item.layer for item in coming}}
    stored = kept(store, code)
    for new in coming:
        old = stored.get(key_of(new))
        if old == new:
            plan.tally.unchanged += 1
        else:
            plan.revise(old, new)
    made = None if plan.stopped else release(store, code, coming, plan.order.at)
    if made:
        # Noted as if it had been there before: taking the import back leaves it, since what was shown stays known.
        plan.revisions.append(Revision(made, made))
