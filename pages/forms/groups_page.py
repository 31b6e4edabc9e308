"""The groups of a municipality (登録団体), for its office: the list, and one group with what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from pages.forms import base, going, groups_sheet, office
from portal import clock, grouping
from portal.errors import ConflictError, InvalidRecordError, UnknownThingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from portal.errors import PortalError
    from portal.model.group import Group
    from portal.permissions import Actor

STATES: Final[dict[str, Callable[..., Any]]] = {
    "suspend": grouping.suspend,
    "resume": grouping.resume,
    "close": grouping.close,
}


async def page(request: Request) -> Response:
    """The list with a filter by state; with ``id`` one group."""
    if request.query_params.get("id"):
        return await _one(request)
    town = await office.town(request)
    if elsewhere := await office.to_own(request, town):
        return elsewhere
    state = request.query_params.get("state", "")
    values = await base.act(groups_sheet.values, town.code, state, base.tongue(request))
    return await base.render(request, "groups.html", offices=await office.offices(request, town), **values)


async def _one(request: Request) -> Response:
    actor = await base.signed_in(request)
    group: Group = await base.act(groups_sheet.find, actor, request.query_params["id"])
    if request.method != "POST":
        return await _show(request, actor, group)
    sent = await base.form(request)
    do = sent.text("do")
    try:
        await _do(request, actor, group, sent)
    except InvalidRecordError as error:
        field = "email" if do == "hand_over" else f"reason_{do}"
        return await _show(request, actor, group, {field: error}, sent)
    except ConflictError as error:
        group = await base.act(groups_sheet.find, actor, group.id)
        return await _show(request, actor, group, {"email" if do == "hand_over" else "": error}, sent)
    path = f"/groups?municipality={group.municipality}&id={group.id}"
    return base.see_other(request, path, f"groups_page.done_{do}", name=group.name, email=sent.text("email"))


async def _do(request: Request, actor: Actor, group: Group, sent: Form) -> None:
    do = sent.text("do")
    if do == "hand_over":
        # Whoever is to own it is told by mail: without an address of ours the group would be left without an owner.
        address = going.mail_base(request)
        await base.act(grouping.hand_over, actor, group.id, sent.text("email"), clock.now(), address)
    elif do in STATES:
        reason, address = sent.area(f"reason_{do}"), going.base_if_ours(request)
        await base.act(_decide, do, actor, group.id, reason, address)
    else:
        raise UnknownThingError("groups_page.no_such_action")


def _decide(store: Any, do: str, actor: Actor, group_id: str, reason: str, address: str) -> None:  # noqa: ANN401, PLR0913, PLR0917  # a store; a decision and where links begin
    STATES[do](store, actor, group_id, reason, clock.now(), base=address)


async def _show(
    request: Request,
    actor: Actor,
    group: Group,
    faults: dict[str, PortalError] | None = None,
    sent: Form | None = None,
) -> Response:
    values = await base.act(groups_sheet.one, actor, group, base.tongue(request))
    typed = {name: sent.area(name) if sent else "" for name in ("email", *(f"reason_{do}" for do in STATES))}
    return await base.render(request, "group_one.html", 400 if faults else 200, faults or {}, typed=typed, **values)


ROUTES = (Route("/groups", page, methods=("GET", "POST")),)
