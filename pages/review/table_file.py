"""The pages of a table that the office takes along and sends back: first what it would change, then the taking over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from pages.forms import base, going, shelf
from pages.forms.reading import Limits
from pages.review import frame, table_sort
from pages.review.table_sort import Kept
from portal.errors import ConflictError, InvalidRecordError, PortalError, UnknownThingError, UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from pages.forms.reading import Form
    from pages.review.table_sort import Sort

MOST_MIB: Final = 1
LIMITS: Final = Limits(files=1, file_bytes=MOST_MIB * 1024 * 1024, soft=True)
CSV_TYPE: Final = "text/csv; charset=utf-8"


def routes(sort: Sort) -> tuple[Route, ...]:
    """The two steps, and the table as it is."""

    async def page(request: Request) -> Response:
        return await _page(request, sort)

    async def csv(request: Request) -> Response:
        return await _csv(request, sort)

    return (Route(_address(sort), page, methods=("GET", "POST")), Route(f"/{sort.name}/csv", csv))


def _address(sort: Sort) -> str:
    return f"/{sort.name}/file"


async def _csv(request: Request, sort: Sort) -> Response:
    """The records as they are, the ones put aside too."""
    found = await frame.asked(request)
    data = await base.act(sort.write, found.town.code)
    name = f'attachment; filename="{sort.name}-{found.town.code}.csv"'
    return Response(data, media_type=CSV_TYPE, headers=base.NEVER_KEPT | {"Content-Disposition": name})


async def _page(request: Request, sort: Sort) -> Response:
    """The form for the file; with ``id`` what the file that was sent would change."""
    found = await frame.asked(request)
    actor = await base.signed_in(request)
    if name := request.query_params.get("id", ""):
        return await _look(request, found, sort, name)
    if request.method != "POST":
        return await _upload(request, found, sort)
    sent = await base.form(request, LIMITS)
    try:
        intake = await base.act(table_sort.read, sort, found.town.code, _data(sent))
    except (UnreadableFileError, InvalidRecordError) as error:
        return await _upload(request, found, sort, {"table": error})
    kept = shelf.put(actor.id, Kept(sort.name, found.town.code, intake))
    return base.see_other(request, f"{_address(sort)}?municipality={found.town.code}&id={kept}")


async def _upload(
    request: Request, found: frame.Asked, sort: Sort, faults: Mapping[str, PortalError] = base.NO_FAULTS
) -> Response:
    return await frame.show(request, found, "review_table_file.html", faults, sort=sort, most=MOST_MIB)


async def _look(request: Request, found: frame.Asked, sort: Sort, name: str) -> Response:
    actor = await base.signed_in(request)
    kept = shelf.get(actor.id, name, Kept)
    if (kept.name, kept.code) != (sort.name, found.town.code):
        raise UnknownThingError("shelf.over")
    faults: dict[str, PortalError] = {}
    if request.method == "POST":
        sent = await base.form(request)
        try:
            count = await base.act(table_sort.take, sort, actor, kept, sent.text("seen"))
        except (InvalidRecordError, UnknownThingError, ConflictError) as error:
            faults[""] = error
        else:
            shelf.drop(name)
            said = "review_standards.said_taken"
            return base.see_other(request, f"{sort.listed}?municipality={kept.code}", said, count=count)
    look, seen = await base.act(table_sort.foreseen, sort, kept, found.wanted.language)
    again, take = going.address(request, _address(sort)), going.address(request, _address(sort), id=name)
    return await frame.show(
        request, found, "review_table_look.html", faults, look=look, seen=seen, again=again, take=take
    )


def _data(sent: Form) -> bytes:
    file = sent.file("table")
    if file is None:
        raise UnreadableFileError("review_standards.no_file")
    if file.size > LIMITS.file_bytes:
        raise UnreadableFileError("tables.too_large", most=MOST_MIB)
    return file.data
