"""The queue (受付): everything that waits for staff, the oldest first; one thing opens at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from pages import wiring
from pages.forms import base, office, queue_sheet
from portal import clock, moderation

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def page(request: Request) -> Response:
    """The list, of all kinds or of one, with how many there are of each."""
    town = await office.town(request)
    if elsewhere := await office.to_own(request, town):
        return elsewhere
    actor, days = await base.signed_in(request), wiring.settings().freshness_days
    items = await base.act(moderation.queue, actor, town.code, clock.now(), days)
    kind = queue_sheet.kind(request.query_params.get("kind", ""))
    values = await base.act(queue_sheet.values, town.code, items, kind, base.tongue(request))
    return await base.render(request, "queue.html", offices=await office.offices(request, town), **values)


ROUTES = (Route("/queue", page),)
