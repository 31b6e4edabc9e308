"""The disaster switch (災害対応への切替): what it does to a municipality's pages, one button, who switched when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from starlette.routing import Route

from pages.forms import base, office, people_names
from portal import clock, disaster, permissions
from portal.errors import InvalidRecordError
from portal.permissions import Action

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.requests import Request
    from starlette.responses import Response

    from portal.errors import PortalError
    from portal.model.municipality import Municipality
    from portal.permissions import Actor
    from portal.store import Reader, Store

SURE = "sure"
"""Name of the box that has to be ticked: a single wrong press switches nothing."""


class Last(NamedTuple):
    """The last switch, as the page says it."""

    on: bool
    at: datetime
    name: str


async def page(request: Request) -> Response:
    """The switch of one municipality; what was opened as *on* is switched on, whatever somebody did meanwhile."""
    town = await office.town(request)
    permissions.require(await base.actor(request), Action.DISASTER_SWITCH, town.code)
    if elsewhere := await office.to_own(request, town):
        return elsewhere
    if request.method != "POST":
        return await _show(request, town)
    sent = await base.form(request)
    turn_on = sent.text("turn") == "on"
    if not sent.ticked(SURE):
        return await _show(request, town, {SURE: InvalidRecordError("disaster.not_sure")})
    await base.act(_switch, await base.actor(request), town.code, turn_on)
    said = "disaster.is_on" if turn_on else "disaster.is_off"
    return base.see_other(request, f"/disaster?municipality={town.code}", said)


async def _show(request: Request, town: Municipality, faults: dict[str, PortalError] | None = None) -> Response:
    return await base.render(
        request,
        "disaster.html",
        400 if faults else 200,
        faults or {},
        offices=await office.offices(request, town),
        code=town.code,
        since=town.disaster_since,
        last=await base.act(_last, town.code, base.tongue(request)),
        sure=SURE,
    )


def _last(store: Reader, code: str, tongue: str) -> Last | None:
    found = disaster.last(store, code)
    return Last(found.on, found.at, people_names.name(store, found.who, tongue)) if found else None


def _switch(store: Store, actor: Actor, code: str, turn_on: bool) -> Municipality:  # noqa: FBT001  # a button of the form
    return disaster.switch(store, actor, code, clock.now(), on=turn_on)


ROUTES = (Route("/disaster", page, methods=("GET", "POST")),)
