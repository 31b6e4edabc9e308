"""Coverage (充足状況): what every district has of what is expected, what it lacks, and since when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from pages.forms import base, going, office
from pages.review import charted, frame
from pages.review.coverage_choices import choices
from pages.review.coverage_map import Pages, amounts, drawn, matrix, sheet_address
from pages.review.shown import pictures_of, shown
from portal import clock, permissions, review_tables
from portal.coverage import snapshots
from portal.coverage.assess import assess
from portal.coverage.naming import Names
from portal.permissions import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.review.shown import Shown
    from portal.coverage.standing import Assessed
    from portal.model.report_table import ReportTable, Wanted
    from portal.permissions import Actor
    from portal.store import Reader, Store

TABLES: Final = ("coverage_matrix", "coverage", "gaps", "roll_up", "coverage_change", "hours")
CHOSEN: Final = ("layer", "standard", "upper", "kind", "district")
ROLLED_UP: Final = "roll_up"
"""Lists the districts of another layer."""
ON_MAP: Final = "map"
"""Names the standard that the map shows."""


async def page(request: Request) -> Response:
    """The review of coverage; a form that is sent keeps how things stand today."""
    found = await frame.asked(request)
    if elsewhere := await office.to_own(request, found.town):
        return elsewhere
    if request.method == "POST":
        return await _keep(request, found.town.code)
    actor = await base.actor(request)
    values = await base.act(_values, request, actor, found.wanted)
    return await frame.show(request, found, "review_coverage.html", **values)


async def _keep(request: Request, code: str) -> Response:
    await base.form(request)
    rows = await base.act(_kept, await base.actor(request), code)
    back = going.address(request, "/review-coverage", municipality=code, layer=request.query_params.get("layer", ""))
    return base.see_other(request, back, "review_coverage.kept", count=rows)


def _kept(store: Store, actor: Actor, code: str) -> int:
    return snapshots.keep(store, actor, code, clock.now())


def _values(store: Reader, request: Request, actor: Actor, asked: Wanted) -> dict[str, Any]:
    offered = choices(store, asked)
    wanted = offered.wanted
    pages = Pages(request, wanted, Names(store, wanted.municipality, wanted.language))
    found = _assessed(store, wanted)
    on_map = next((one for one in found if one.standard.key == wanted.params.get(ON_MAP)), next(iter(found), None))
    made = {name: review_tables.make(store, actor, name, wanted) for name in TABLES}
    keeps = permissions.may(Action.SNAPSHOT_KEEP, permissions.role_of(actor, wanted.municipality))
    return {
        "offered": offered,
        "chosen": {name: wanted.params.get(name, "") for name in CHOSEN},
        "matrix": matrix(pages, found),
        "amounts": amounts(found),
        "picture": drawn(pages, on_map) if on_map else "",
        "on_map": on_map.standard.key if on_map else "",
        "map_files": pictures_of(request, _with(wanted, on_map), "coverage") if on_map else [],
        "maps": [(one.standard.key, pages.names.standard(one.standard), _map_address(request, one)) for one in found],
        "tables": {name: _shown(pages, made[name], found) for name in TABLES},
        "kept_on": max((row.day for row in store.coverage_snapshots(wanted.municipality)), default=None),
        "keeps": keeps,
    }


def _with(wanted: Wanted, one: Assessed) -> Wanted:
    return replace(wanted, params={**wanted.params, "standard": one.standard.key})


def _assessed(store: Reader, wanted: Wanted) -> list[Assessed]:
    """The standards that are shown, as the tables narrow them."""
    every = assess(store, wanted.municipality, wanted.today, samples=wanted.samples)
    one = wanted.params.get("standard", "")
    return [
        item for item in every if item.standard.layer == wanted.params.get("layer") and one in ("", item.standard.key)
    ]


def _shown(pages: Pages, table: ReportTable, found: Sequence[Assessed]) -> Shown:
    """A table whose districts lead to their sheets, where it lists those of the layer."""
    keys = [column.key for column in table.columns]
    ids = {one.district.name: one.district.id for item in found for one in item.standings}
    if table.name == ROLLED_UP:
        ids = {}

    def link(number: int, key: str) -> str:
        known = ids.get(str(table.rows[number][keys.index(key)])) if key == "district" else None
        return sheet_address(pages, known) if known else ""

    return shown(pages.request, pages.wanted, table, charted.told(table, pages.wanted.language), link)


def _map_address(request: Request, one: Assessed) -> str:
    """This page with the map of another standard."""
    kept = {name: value for name, value in request.query_params.items() if name not in (ON_MAP, "lang", "municipality")}
    return going.address(request, "/review-coverage", **kept, **{ON_MAP: one.standard.key}) + "#map"


ROUTES = (Route("/review-coverage", page, methods=("GET", "POST")),)
