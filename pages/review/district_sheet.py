"""One page about a district for the table at which its people discuss (話し合いの場): to look at, to print, as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from pages.forms import base, layout
from pages.forms.flash import Said
from pages.report.printing import pdf_of
from pages.review import frame
from pages.review.district_sheet_lines import values
from portal.coverage.sheet import sheet
from portal.errors import UnknownThingError

if TYPE_CHECKING:
    from starlette.requests import Request

    from portal.model.report_table import Wanted
    from portal.store import Reader


async def page(request: Request) -> Response:
    """The sheet as a page; ``district`` is the district's id."""
    found = await frame.asked(request)
    made = await base.act(_values, found.wanted)
    return await frame.show(request, found, "review_sheet.html", **made)


async def pdf(request: Request) -> Response:
    """The sheet as a PDF (A4)."""
    found = await frame.asked(request)
    made = await base.act(_values, found.wanted)
    shown = layout.Shown(found.wanted.language, await base.actor(request), Said(), base.NO_FAULTS)
    told = {**made, "wanted": found.wanted}
    html = await run_in_threadpool(layout.page, request, "review_sheet_print.html", shown, told)
    content = await run_in_threadpool(pdf_of, html)
    name = quote(f"{made['name']}.pdf"[:60])
    headers = {**base.NEVER_KEPT, "Content-Disposition": f"attachment; filename=\"sheet.pdf\"; filename*=UTF-8''{name}"}
    return Response(content, media_type="application/pdf", headers=headers)


def _values(store: Reader, wanted: Wanted) -> dict[str, Any]:
    """Raises UnknownThingError for a district that the municipality does not have today."""
    known = store.district(wanted.params.get("district", ""))
    if known is None or known.municipality != wanted.municipality:
        raise UnknownThingError("coverage.no_such_district")
    page_of = sheet(store, known.id, wanted.today, samples=wanted.samples)
    return {"district": known, **values(store, page_of, wanted.language)}


ROUTES = (Route("/review-sheet", page), Route("/review-sheet.pdf", pdf))
