"""The page to print by which a group without mail is asked (確認のお願い): the place as it stands, and a QR code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import segno
from starlette.responses import RedirectResponse
from starlette.routing import Route

from pages.forms import base, going, place_told
from portal import clock, editing, freshness, links, locate, permissions
from portal.errors import ConflictError, InvalidRecordError, UnknownThingError
from portal.fresh.due import due_of, who_runs
from portal.groups import letters
from portal.model.account import Purpose
from portal.permissions import Action
from portal.schedules.wording_times import long_date

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.requests import Request
    from starlette.responses import Response

    from portal.freshness import Asked
    from portal.model.account import OneTimeLink
    from portal.model.place import Place
    from portal.permissions import Actor
    from portal.store import Reader

BACK_MAX: Final = 200
"""Characters of the address to send the paper back to: it travels in the page's address."""
SCALE: Final = 4


async def page(request: Request) -> Response:
    """First what the paper needs to know; then, with the link that was made for it, the paper."""
    actor = await base.signed_in(request)
    params = request.query_params
    place: Place = await base.act(_place, actor, params.get("place", ""))
    if request.method != "POST":
        return await (_paper(request, place, params["t"]) if params.get("t") else _form(request, place))
    back = (await base.form(request)).area("back").strip()
    if len(back) > BACK_MAX:
        return await _form(request, place, back)
    asked: Asked = await base.act(freshness.ask, actor, place.id, clock.now(), going.mail_base(request))
    token = asked.address.partition("?t=")[2]
    path = going.address(request, "/still-print", place=place.id, t=token, back=back)
    return RedirectResponse(path, 303, headers=base.NEVER_KEPT)


async def _form(request: Request, place: Place, back: str = "") -> Response:
    faults = {"back": InvalidRecordError("model.text_too_long", most=BACK_MAX)} if back else {}
    values = await base.act(_before, place, clock.now())
    return await base.render(request, "still_ask.html", 400 if faults else 200, faults, back=back, **values)


async def _paper(request: Request, place: Place, token: str) -> Response:
    values = await base.act(_sheet, place, token, base.tongue(request))
    return await base.render(
        request, "still_print.html", back=request.query_params.get("back", "")[:BACK_MAX], **values
    )


def _place(store: Reader, actor: Actor, place_id: str) -> Place:
    """Raises ForbiddenError for who does not ask groups of that municipality."""
    place = editing.wanted(store, place_id)
    permissions.require(actor, Action.PLACE_ASK, municipality=place.municipality)
    if not freshness.is_asked(place):
        raise ConflictError("freshness.not_asked", name=place.facts.name)
    return place


def _before(store: Reader, place: Place, now: datetime) -> dict[str, Any]:
    """Who is asked, by what, and whether somebody asked a short while ago."""
    due = due_of(store, place, who_runs(store.groups(place.municipality)).get(place.id))
    waiting = [item for item in _made(store, place) if item.used_at is None and item.expires_at > now]
    return {"place": place, "due": due, "asked_at": waiting[0].made_at if waiting else None}


def _made(store: Reader, place: Place) -> list[OneTimeLink]:
    return [item for item in store.links_about(place.id) if item.purpose is Purpose.FRESHNESS]


def _sheet(store: Reader, place: Place, token: str, language: str) -> dict[str, Any]:
    """What stands on the paper; raises UnknownThingError for a link that is not good or asks about another place."""
    link = links.look(store, token, Purpose.FRESHNESS, clock.now())
    if link.place != place.id:
        raise UnknownThingError("identity.link_unknown")
    address = letters.link_address(going.public_base(), letters.PAGES[Purpose.FRESHNESS], token)
    group = store.group(link.group) if link.group else None
    town = locate.municipality(store, place.municipality)
    return {
        "place": place,
        "told": place_told.facts(store, place, clock.today(), language),
        "name": group.name if group else place.facts.group,
        "link_address": address,
        "code": segno.make(address, error="m").svg_data_uri(scale=SCALE, border=2),
        "until": long_date(link.expires_at.astimezone(clock.TOKYO).date(), language),
        "office": town.name,
    }


ROUTES: Final = (Route("/still-print", page, methods=("GET", "POST")),)
