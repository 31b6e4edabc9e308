"""What a municipality decides for itself (市区町村の設定): when groups are trusted, who goes to welfare sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from pages.forms import base, office
from portal import clock, municipal_settings
from portal.errors import InvalidRecordError
from portal.model.municipality import TRUST_MAX

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from portal.errors import PortalError
    from portal.model.municipality import Municipality
    from portal.permissions import Actor
    from portal.store import Store

NO_NUMBER = -1
"""Stands for what is no number; the record refuses it with its own sentence."""


async def page(request: Request) -> Response:
    """The two settings of one municipality."""
    town = await office.town(request)
    if elsewhere := await office.to_own(request, town):
        return elsewhere
    if request.method != "POST":
        return await _show(request, town, str(town.trust_after), direct=town.direct_welfare)
    sent = await base.form(request)
    typed, direct = sent.text("trust_after"), sent.ticked("direct_welfare")
    try:
        await base.act(_keep, await base.actor(request), town.code, _number(typed), direct)
    except InvalidRecordError as error:
        return await _show(request, town, typed, {"trust_after": error}, direct=direct)
    return base.see_other(request, f"/municipality-settings?municipality={town.code}", "municipality_settings.saved")


async def _show(
    request: Request, town: Municipality, typed: str, faults: dict[str, PortalError] | None = None, *, direct: bool
) -> Response:
    return await base.render(
        request,
        "municipality_settings.html",
        400 if faults else 200,
        faults or {},
        offices=await office.offices(request, town),
        code=town.code,
        typed=typed,
        direct=direct,
        most=TRUST_MAX,
    )


def _keep(store: Store, actor: Actor, code: str, trust_after: int, direct: bool) -> Municipality:  # noqa: FBT001  # a box of the form
    return municipal_settings.edit(store, actor, code, trust_after, direct_welfare=direct, now=clock.now())


def _number(text: str) -> int:
    """A whole number as people type it, full-width digits too."""
    try:
        return int(text) if len(text) < 10 else NO_NUMBER  # noqa: PLR2004  # far more than posts
    except ValueError:
        return NO_NUMBER


ROUTES = (Route("/municipality-settings", page, methods=("GET", "POST")),)
