"""The records behind a figure (もとになった記録): what was counted, one by one, each leading to its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from pages import wiring
from pages.forms import base
from pages.review import frame
from pages.review.shown import shown
from portal import review_tables

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from portal.permissions import Actor
    from portal.store import Reader

TABLE: Final = "table"
"""The choice that names the table."""


async def page(request: Request) -> Response:
    """One table alone, with the choices of the address; raises UnknownThingError for one that there is not."""
    found = await frame.asked(request)
    values = await run_in_threadpool(_values, wiring.store(), request, found, await base.actor(request))
    return await frame.show(request, found, "review_records.html", **values)


def _values(store: Reader, request: Request, found: frame.Asked, actor: Actor) -> dict[str, Any]:
    table = review_tables.make(store, actor, found.wanted.params.get(TABLE, ""), found.wanted)
    return {"shown": shown(request, found.wanted, table)}


ROUTES: Final = (Route("/review-records", page),)
