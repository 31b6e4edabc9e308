"""An import of places (facilities, shelters, events, salons): new, changed, unchanged, gone."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from portal import locate
from portal.assigning import memberships
from portal.duplicates import Likely, likely
from portal.importing.plan import Order, Plan, check_municipality, source_of
from portal.importing.whose import belonging
from portal.model.finding import Finding, Severity
from portal.model.place import Origin, Place, PlaceFacts
from portal.model.position import Precision

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portal.model.intake import PlaceIntake, PlaceRow
    from portal.store import Reader

MOST_AT_ONE_SPOT = 50
"""All pairs of these are compared: of thousands in one building it would take hours."""
FACT_NAMES = frozenset(item.name for item in fields(PlaceFacts))


def plan_places(store: Reader, intake: PlaceIntake, order: Order) -> Plan:
    """What importing these rows would change.

    A row is found again by its dataset and record; its hand edits stay. What the datasets no longer hold is marked
    as gone, unless rows were refused: one of those may be what seems to be missing.

    Raises UnknownThingError where the municipality that is asked for is not in the portal.
    """
    check_municipality(store, order)
    plan = Plan(order, source_of(order, intake.source), unknown_columns=intake.unknown_columns)
    plan.tally.read = intake.read
    plan.say(intake.findings)
    plan.datasets = {row.dataset for row in intake.rows}
    rows = _of_the_portal(store, intake.rows, plan)
    stored = {
        (item.origin.dataset, item.origin.record): item for item in store.places_of_datasets(sorted(plan.datasets))
    }
    for code, row in rows:
        old = stored.pop((row.dataset, row.record), None)
        _revise(plan, old, _place(store, code, row, old, plan))
    _mark_gone(plan, stored.values())
    written = [item.after for item in plan.revisions if isinstance(item.after, Place)]
    plan.municipalities = {place.municipality for place in written}
    plan.memberships = list(memberships(store, written, order.at.date()))
    plan.duplicates = _duplicates(store, written, plan)
    return plan


def place_id(dataset: str, record: str) -> str:
    """The lasting id of an imported record: 16 hex digits made of its dataset and its id there."""
    return hashlib.blake2b(f"{dataset}\0{record}".encode(), digest_size=8).hexdigest()


def with_edits(source_facts: PlaceFacts, old: Place | None) -> PlaceFacts:
    """The source's facts with the fields that were set by hand laid over them."""
    if old is None or not old.edited_fields:
        return source_facts
    return replace(source_facts, **{name: getattr(old.facts, name) for name in old.edited_fields & FACT_NAMES})


def _of_the_portal(store: Reader, rows: Sequence[PlaceRow], plan: Plan) -> list[tuple[str, PlaceRow]]:
    """Rows of the portal's municipalities with their code; the others are counted by where they belong."""
    found = belonging(store, rows, plan.order.municipality)
    wanted = {plan.order.municipality} if plan.order.municipality else {code for code in found.codes if code}
    kept = [(code, row) for code, row in zip(found.codes, rows, strict=True) if code in wanted and code]
    kept_lines = {(row.file, row.line) for _, row in kept}
    left = Counter(
        row.authority or row.facts.address[:8] or "-" for row in rows if (row.file, row.line) not in kept_lines
    )
    plan.outside_of = dict(left.most_common())
    plan.tally.outside = sum(left.values())
    plan.say([item for item in found.findings if (item.file, item.line) in kept_lines])
    return kept


def _place(store: Reader, code: str, row: PlaceRow, old: Place | None, plan: Plan) -> Place:
    facts = row.facts
    if facts.position is None and facts.address:
        facts = _located(store, code, row, plan)
    place = Place(
        id=old.id if old else place_id(row.dataset, row.record),
        municipality=code,
        source_facts=facts,
        facts=with_edits(facts, old),
        origin=Origin(row.dataset, row.record, old.origin.batch if old else "", row.line),
        verified_on=row.verified_on,
    )
    if old is None:
        return place
    _say_overlaid(plan, row, old, facts)
    newest = max((day for day in (row.verified_on, old.verified_on) if day), default=None)
    return replace(
        place,
        edited_fields=old.edited_fields,
        edited_on=old.edited_on,
        verified_on=newest,
        verified_by=old.verified_by if newest == old.verified_on else "",
    )


def _located(store: Reader, code: str, row: PlaceRow, plan: Plan) -> PlaceFacts:
    """The facts with a position from the address, where the gazetteer or a known place has one."""
    found = locate.address(store, code, row.facts.address)
    if found is None:
        plan.say([Finding(row.line, Severity.DOUBTFUL, "importing.no_position", {"name": row.facts.name}, row.file)])
        return row.facts
    values = {"name": row.facts.name, "matched": found.matched}
    plan.say([Finding(row.line, Severity.DOUBTFUL, "importing.position_from_address", values, row.file)])
    precision = Precision.BLOCK if found.precision is Precision.EXACT else found.precision
    return replace(row.facts, position=found.point, precision=precision)


def _say_overlaid(plan: Plan, row: PlaceRow, old: Place, facts: PlaceFacts) -> None:
    """Where the source changed a field that was set by hand, somebody should look."""
    for name in sorted(old.edited_fields & FACT_NAMES):
        if getattr(facts, name) != getattr(old.source_facts, name):
            values = {"name": row.facts.name, "field": name}
            plan.say([Finding(row.line, Severity.DOUBTFUL, "importing.edited_by_hand", values, row.file)])


def _revise(plan: Plan, old: Place | None, new: Place) -> None:
    """The line number alone is no change: a newer file may be sorted otherwise."""
    if old is not None and replace(new, origin=old.origin) == old:
        plan.tally.unchanged += 1
    else:
        plan.revise(old, new)


def _mark_gone(plan: Plan, left: Iterable[Place]) -> None:
    today = plan.order.at.date()
    asked = plan.order.municipality
    going = [place for place in left if place.gone_on is None and asked in ("", place.municipality)]
    if going and plan.tally.refused:
        plan.say([Finding(0, Severity.DOUBTFUL, "importing.gone_not_marked", {"count": len(going)})])
        return
    for place in going:
        plan.revise(place, replace(place, gone_on=today))
        plan.tally.changed -= 1
        plan.tally.gone += 1


def _duplicates(store: Reader, written: Sequence[Place], plan: Plan) -> list[Likely]:
    """Likely duplicates in which a written place takes part; of very many at one spot only the first are compared."""
    ids = frozenset(place.id for place in written)
    by_code: dict[str, list[Place]] = {}
    for place in written:
        by_code.setdefault(place.municipality, []).append(place)
    pairs = []
    for code, its_places in sorted(by_code.items()):
        stored = [place for place in store.places_of(code) if place.id not in ids]
        places = [*stored, *its_places]
        compared = _thinned(places)
        if len(compared) < len(places):
            values = {"count": len(places) - len(compared), "most": MOST_AT_ONE_SPOT}
            plan.say([Finding(0, Severity.DOUBTFUL, "importing.not_compared", values)])
        pairs.extend(likely(compared, ids))
    return pairs


def _thinned(places: Sequence[Place]) -> list[Place]:
    """The places without those beyond the first ``MOST_AT_ONE_SPOT`` of a thousandth of a degree, about 100 m."""
    spots: Counter[tuple[float, float]] = Counter()
    kept = []
    for place in places:
        point = place.facts.position
        spot = (round(point.lon, 3), round(point.lat, 3)) if point else None
        if spot is None or spots[spot] < MOST_AT_ONE_SPOT:
            kept.append(place)
        if spot is not None:
            spots[spot] += 1
    return kept
