"""The tables and charts of a review as files (``/review-file``), by the same service as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.responses import Response
from starlette.routing import Route

from geodata.report_files import FORMATS, file_name
from pages.forms import base
from pages.review import coverage_map, frame, reach_map, siting
from pages.review.reach_choices import USUAL_METRES
from portal import review_tables
from portal.coverage.naming import Names
from portal.coverage.table_parts import assessed
from portal.errors import UnknownThingError
from portal.reach.table_choices import number
from portal.reach.what_if_table import what_if_table

if TYPE_CHECKING:
    from starlette.requests import Request

    from portal.model.report_table import ReportTable, Wanted
    from portal.permissions import Actor
    from portal.store import Reader

PICTURES: Final = {"svg": "image/svg+xml", "png": "image/png"}
MAPPED: Final = frozenset({"coverage", "what_if"})
"""The tables whose picture is a map."""
NOTHING_RUNS: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A picture that is opened by itself runs nothing and asks for nothing."""


class Made(NamedTuple):
    """A file as it is sent."""

    name: str
    content: bytes
    media_type: str
    shown: bool
    """Whether a browser shows it in a page instead of keeping it."""


async def page(request: Request) -> Response:
    """One table in one format; answers as the errors of the family do for what there is not."""
    found = await frame.asked(request)
    names = (request.query_params.get("table", ""), request.query_params.get("format", "csv"))
    made: Made = await base.act(_make, await base.actor(request), names, found.wanted)
    way = "inline" if made.shown else "attachment"
    headers = {
        **base.NEVER_KEPT,
        "Content-Disposition": f'{way}; filename="{made.name}"',
        "Content-Security-Policy": NOTHING_RUNS,
    }
    return Response(made.content, media_type=made.media_type, headers=headers)


def _make(store: Reader, actor: Actor, names: tuple[str, str], wanted: Wanted) -> Made:
    name, kind = names
    table = review_tables.make(store, actor, name, wanted)
    if kind in FORMATS:
        its = FORMATS[kind]
        return Made(file_name(table, its.ending), its.write(table, wanted.language), its.media_type, shown=False)
    if kind not in PICTURES:
        raise UnknownThingError("review_file.no_such_format", format=kind[:20])
    return Made(file_name(table, kind), _picture(store, wanted, table, kind), PICTURES[kind], shown=True)


def _picture(store: Reader, wanted: Wanted, table: ReportTable, kind: str) -> bytes:
    from pages.charts import pictures  # noqa: PLC0415  # the server need not wait for the library that draws
    from pages.review import charts  # noqa: PLC0415  # as above

    if table.name in MAPPED:
        drawn_map = _map(store, wanted, table.name)
        return drawn_map.encode() if kind == "svg" else pictures.of_svg(drawn_map)
    drawn = charts.chart(store, wanted, table)
    if drawn is None:
        raise UnknownThingError("review_file.no_such_format", format=kind)
    return pictures.svg(drawn) if kind == "svg" else pictures.png(drawn)


def _map(store: Reader, wanted: Wanted, name: str) -> str:
    """Of coverage the map of the one standard that is asked for, else of the first that has districts."""
    if name == "what_if":
        tried = siting.as_told(store, wanted)
        if len(tried.people.lon):
            title = what_if_table(store, wanted).title
            return reach_map.alone(tried, number(wanted, "metres", USUAL_METRES), title, wanted.language)
    elif found := [one for one in assessed(store, wanted) if one.standings]:
        return coverage_map.alone(Names(store, wanted.municipality, wanted.language), found[0], wanted)
    raise UnknownThingError("review_file.no_such_format", format="svg")


ROUTES = (Route("/review-file", page),)
