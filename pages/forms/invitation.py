"""Taking an invitation up (招待): a name and a password, or, for who has an account, one button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pages import wiring
from pages.forms import base
from portal import clock, identity, inviting, passwords
from portal.errors import InvalidRecordError, PortalError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from portal.model.account import OneTimeLink
    from portal.store import Store


async def page(request: Request) -> Response:
    """What one is invited to; looking at it never spends the link, only sending the form does."""
    token = request.query_params.get("t", "")
    if request.method != "POST":
        return await _form(request, token)
    sent = await base.form(request)
    name, password = sent.text("name"), sent.secret("password")
    try:
        account = await base.act(_accept, token, name, password)
    except InvalidRecordError as error:
        field = "name" if error.key == "account.bad_name" else "password"
        return await _form(request, token, name, {field: error})
    return base.see_other(request, "/sign-in", "sign_in.accepted", email=account.email)


def _accept(store: Store, token: str, name: str, password: str) -> Any:  # noqa: ANN401  # the account
    link = inviting.look(store, token, clock.now())
    if store.account_of(link.email) is None:
        passwords.check(password, link.email, wiring.settings().title)
    return identity.accept(store, token, name, password, clock.now())


async def _form(request: Request, token: str, name: str = "", faults: dict[str, PortalError] | None = None) -> Response:
    values = await base.act(_values, token)
    return await base.render(
        request, "invitation.html", 400 if faults else 200, faults or {}, name=name, least=passwords.SHORTEST, **values
    )


def _values(store: Store, token: str) -> dict[str, Any]:
    link: OneTimeLink = inviting.look(store, token, clock.now())
    group = store.group(link.group) if link.group else None
    towns = {item.code: item for item in store.municipalities()}
    return {
        "email": link.email,
        "known": store.account_of(link.email) is not None,
        "group": group.name if group else "",
        "office": towns.get(link.municipality),
        "administrator": link.administrator,
    }
