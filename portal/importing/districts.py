"""An import of outlines: a municipality's boundary or the districts of a layer."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING

import shapely

from portal import post_districts
from portal.assigning import memberships
from portal.district_names import district_id, short_name
from portal.errors import InvalidRecordError, UnknownThingError
from portal.importing.plan import Order, Plan, Revision, check_municipality, source_of
from portal.importing.whose import CITY_LAYER
from portal.model.batch import ImportKind
from portal.model.district import District
from portal.model.finding import Finding, Severity
from portal.model.municipality import JAPAN_ZOOM, Layer
from portal.model.position import Point
from portal.model.post import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from portal.model.municipality import Municipality
    from portal.model.outline import Outline, OutlineIntake
    from portal.store import Reader

FIRST_YEAR, LAST_YEAR = 1868, 2200


def plan_outlines(store: Reader, intake: OutlineIntake, order: Order, first_day: date | None = None) -> Plan:
    """What importing these outlines would change.

    Official outlines take the place of the approximate ones of their layer, and every place of the municipality is
    assigned anew. A district that the file no longer holds gets a last day. With ``first_day`` a district whose
    outline changed ends the day before and goes on as a new one.

    Raises UnknownThingError where the file belongs to no municipality of the portal, or to no layer that is said;
    InvalidRecordError for a ``first_day`` that no school district ever had.
    """
    if first_day and not FIRST_YEAR <= first_day.year <= LAST_YEAR:
        raise InvalidRecordError("importing.first_day", day=first_day, first=FIRST_YEAR, last=LAST_YEAR)
    layer = CITY_LAYER if order.kind is ImportKind.BOUNDARY else order.layer or intake.layer
    if not layer:
        raise UnknownThingError("importing.which_layer")
    plan = Plan(order, source_of(order, intake.source))
    plan.tally.read = intake.read
    plan.say(intake.findings)
    for code, outlines in _by_municipality(store, intake, order, plan).items():
        plan.datasets.add(f"{order.kind}/{code}/{layer}")
        _plan_layer(store, plan, _Target(code, layer, first_day), outlines)
    return plan


class _Target:
    """The layer of a municipality that outlines go to, and the day from which they hold."""

    def __init__(self, code: str, layer: str, first_day: date | None) -> None:
        self.code, self.layer, self.first_day = code, layer, first_day


def _by_municipality(store: Reader, intake: OutlineIntake, order: Order, plan: Plan) -> dict[str, list[Outline]]:
    check_municipality(store, order)
    known = {item.code: item for item in store.municipalities()}
    found: dict[str, list[Outline]] = {}
    outside: Counter[str] = Counter()
    for outline in intake.outlines:
        code = _code(known, outline, order)
        if code is None:
            outside[outline.code or outline.name] += 1
        else:
            found.setdefault(code, []).append(outline)
    plan.outside_of = dict(outside.most_common())
    plan.tally.outside = sum(outside.values())
    if not found and intake.outlines:
        raise UnknownThingError("importing.nowhere", names=", ".join(list(outside)[:5]))
    return found


def _code(known: dict[str, Municipality], outline: Outline, order: Order) -> str | None:
    """The municipality of an outline: its code, for a boundary its name, else the one asked for."""
    asked = order.municipality
    if outline.code:
        return outline.code if outline.code in known and asked in ("", outline.code) else None
    if order.kind is ImportKind.BOUNDARY:
        named = next((code for code, item in known.items() if outline.name.endswith(item.name)), None)
        return named if asked in ("", named) else None
    return asked or None


def _plan_layer(store: Reader, plan: Plan, target: _Target, outlines: Sequence[Outline]) -> None:
    _ensure_layer(store, plan, target)
    stored = {item.id: item for item in store.districts(target.code, target.layer) if item.last_day is None}
    new = [_district(store, target, outline, plan) for outline in _unique(outlines, plan)]
    before = len(plan.revisions)
    for district in new:
        _revise(plan, target, stored.pop(district.id, None), district)
    _retire(plan, target, stored.values())
    if len(plan.revisions) > before:
        plan.municipalities.add(target.code)
        _reassign(store, plan, target)
        _centre(store, plan, target, shapely.union_all([item.geometry for item in new]))


def _ensure_layer(store: Reader, plan: Plan, target: _Target) -> None:
    """A layer that the municipality does not have yet is added, named by its key until somebody names it."""
    if not any(item.key == target.layer for item in store.layers(target.code)):
        tier = 1 if target.layer == CITY_LAYER else 2
        plan.revisions.append(Revision(None, Layer(target.code, target.layer, target.layer, target.layer, tier)))


def _unique(outlines: Iterable[Outline], plan: Plan) -> list[Outline]:
    """Each district once; a second one of the same name is refused, nothing is laid over anything."""
    seen: dict[str, Outline] = {}
    for outline in outlines:
        name = short_name(outline.name)
        if name in seen:
            values = {"name": outline.name, "first": seen[name].line}
            plan.say([Finding(outline.line, Severity.REFUSED, "importing.same_district_twice", values)])
        else:
            seen[name] = outline
    return list(seen.values())


def _district(store: Reader, target: _Target, outline: Outline, plan: Plan) -> District:
    name = outline.name
    if target.layer == CITY_LAYER:
        name = next(item.name for item in store.municipalities() if item.code == target.code)
    return District(
        id=district_id(target.code, target.layer, name),
        municipality=target.code,
        layer=target.layer,
        name=name,
        geometry=outline.geometry,
        source=plan.source,
        first_day=target.first_day,
        note=outline.note,
    )


def _revise(plan: Plan, target: _Target, old: District | None, new: District) -> None:
    if old is None or old.approximate:
        plan.revise(old, new)
        return
    same_area = shapely.equals(shapely.normalize(old.geometry), shapely.normalize(new.geometry))
    kept = replace(new, first_day=new.first_day or old.first_day, name_en=old.name_en)
    if same_area and replace(kept, geometry=old.geometry, first_day=old.first_day) == old:
        plan.tally.unchanged += 1
    elif target.first_day and not same_area and old.first_day != target.first_day:
        ended = replace(old, id=f"{old.id}-until-{target.first_day:%Y%m%d}", last_day=_eve(target.first_day))
        plan.revise(old, kept)
        plan.revisions.append(Revision(None, ended))
    else:
        plan.revise(old, kept)


def _retire(plan: Plan, target: _Target, left: Iterable[District]) -> None:
    """Approximate districts go; official ones end."""
    last_day = _eve(target.first_day or plan.order.at.date())
    for district in left:
        plan.revise(district, None if district.approximate else replace(district, last_day=last_day))
        plan.tally.changed -= 1
        plan.tally.gone += 1


def _reassign(store: Reader, plan: Plan, target: _Target) -> None:
    """The memberships of every place and post of the municipality, as they will be."""
    coming = {item.id: item for item in store.districts(target.code, target.layer)}
    for item in plan.revisions:
        if isinstance(item.before, District):
            coming.pop(item.before.id, None)
        if isinstance(item.after, District):
            coming[item.after.id] = item.after
    mine = [item for item in coming.values() if (item.municipality, item.layer) == (target.code, target.layer)]
    today = plan.order.at.date()
    places = store.places_of(target.code)
    areas = {target.layer: sorted(mine, key=lambda item: item.id)}
    posts = store.posts_in(sorted(PUBLIC), target.code)
    found = chain(memberships(store, places, today, areas), post_districts.memberships(store, posts, today, areas))
    plan.memberships.extend(item for item in found if item.layer == target.layer)


def _centre(store: Reader, plan: Plan, target: _Target, area: BaseGeometry) -> None:
    """A map that opened on all Japan, or outside the boundary, opens on the area, at a zoom that shows about all."""
    old = next(item for item in store.municipalities() if item.code == target.code)
    outside = target.layer == CITY_LAYER and not shapely.intersects_xy(area, old.centre.lon, old.centre.lat)
    if not outside and old.zoom > JAPAN_ZOOM:
        return
    middle = area.representative_point()
    west, south, east, north = area.bounds
    zoom = round(math.log2(360 / max(east - west, north - south))) + 1
    new = replace(old, centre=Point(middle.x, middle.y), zoom=max(5, min(16, zoom)))
    plan.revisions.append(Revision(old, new))


def _eve(day: date) -> date:
    return day - timedelta(days=1)
