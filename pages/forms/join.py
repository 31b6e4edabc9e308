"""A group applies to be registered (団体登録): by itself, typed in by staff (代行入力), or mended by a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from pages.forms import base, district_choice, going, join_sheet, layout, origin, robots
from pages.forms.pace import Pace
from portal import clock, grouping, permissions
from portal.errors import ConflictError, InvalidRecordError, PortalError, TooManyTriesError, UnknownThingError
from portal.permissions import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.join_sheet import Sheet
    from pages.forms.reading import Form
    from portal.model.group import Group
    from portal.model.municipality import Municipality
    from portal.store import Store

PACE: Final = Pace(5, "join.too_many")
KEEP: Final = "join"
SENT: Final = ("mail", "answer", "again")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which of its three uses the form is opened for."""

    town: Municipality
    typed: bool = False
    """Staff type in what came on paper or by telephone."""
    token: str = ""
    """Of the link to mend a returned application."""
    group: Group | None = None
    """That application."""


async def page(request: Request) -> Response:
    """The form; and, once it is sent, what happens next."""
    if request.query_params.get("sent") in SENT:
        return await base.render(request, "join_sent.html", sent=request.query_params["sent"])
    asked = await _asked(request)
    if request.method != "POST":
        return await _form(request, asked, join_sheet.of_group(asked.group) if asked.group else join_sheet.Sheet())
    sent = await base.form(request)
    sheet = join_sheet.read(sent)
    faults = join_sheet.faults(sheet, typed=asked.typed or bool(asked.group and asked.group.on_paper))
    if faults:
        return await _form(request, asked, sheet, sent, faults)
    try:
        return await _keep(request, asked, sheet, sent)
    except (InvalidRecordError, ConflictError, UnknownThingError, TooManyTriesError) as error:
        if error.key not in join_sheet.FIELDS and isinstance(error, (ConflictError, UnknownThingError)):
            raise
        return await _form(request, asked, sheet, sent, {join_sheet.FIELDS.get(error.key, ""): error})


async def _asked(request: Request) -> Asked:
    """Raises as the service does for who may not type in, and for a link that is not good."""
    token = request.query_params.get("t", "")
    if token:
        group = await base.act(grouping.to_mend, token, clock.now())
        return Asked(await base.act(_town, group.municipality), token=token, group=group)
    town = await base.act(lambda _: layout.municipality(request))
    if town is None:
        raise UnknownThingError("frame.nothing_served")
    typed = request.query_params.get("typed") == "1"
    if typed:
        permissions.require(await base.actor(request), Action.GROUP_TYPE_IN, municipality=town.code)
    return Asked(town, typed)


async def _keep(request: Request, asked: Asked, sheet: Sheet, sent: Form) -> Response:
    application = join_sheet.application(sheet, asked.town.code, asked.group)
    if asked.group:
        await base.act(grouping.mend, asked.token, application, clock.now())
        return base.see_other(request, "/join?sent=again", clear=KEEP)
    if asked.typed:
        group = await base.act(grouping.type_in, await base.actor(request), application, clock.now())
        path = f"/groups?municipality={asked.town.code}"
        return base.see_other(request, path, "join.typed_in", KEEP, name=group.name)
    robots.check(sent)
    address = going.base_if_ours(request) if sheet.email else ""
    await base.act(_apply, application, address, origin.origin(request))
    if not address:
        return base.see_other(request, "/join?sent=answer", clear=KEEP)
    return base.see_other(request, "/join?sent=mail", "join.mail_sent", KEEP, email=sheet.email)


def _apply(store: Store, application: grouping.Application, address: str, sender: str) -> None:
    with PACE.one(store, sender):
        grouping.apply_for(store, application, clock.now(), address)


def _town(store: Store, code: str) -> Municipality:
    return next(item for item in store.municipalities() if item.code == code)


async def _form(
    request: Request,
    asked: Asked,
    sheet: Sheet,
    sent: Form | None = None,
    faults: Mapping[str, PortalError] = base.NO_FAULTS,
) -> Response:
    status = 429 if any(isinstance(error, TooManyTriesError) for error in faults.values()) else 400
    values = await base.act(_values, asked, sheet, base.tongue(request))
    return await base.render(
        request, "join.html", status if faults else 200, faults, begun=robots.begun(sent), trap=robots.TRAP, **values
    )


def _values(store: Store, asked: Asked, sheet: Sheet, tongue: str) -> dict[str, Any]:
    towns = [item for item in store.municipalities() if item.code != asked.town.code]
    return {
        "asked": asked,
        "sheet": sheet,
        "town_name": district_choice.name(asked.town, tongue),
        "others": [(item.code, district_choice.name(item, tongue)) for item in towns] if not asked.group else [],
        "districts": district_choice.choices(store, asked.town.code, tongue, sheet.district),
        "kinds": [str(kind) for kind in join_sheet.ASKED],
    }


ROUTES: Final = (Route("/join", page, methods=("GET", "POST")),)
