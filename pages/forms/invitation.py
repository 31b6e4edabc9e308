"""Taking an invitation up (招待): a name and a password, or, for who has an account, one button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pages import wiring
from pages.forms import base, cookies, sign_in
from pages.forms.origin import origin
from portal import clock, identity, inviting, passwords
from portal.errors import InvalidRecordError, PortalError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from portal.model.account import Account, OneTimeLink
    from portal.store import Store


async def page(request: Request) -> Response:
    """What one is invited to; looking at it never spends the link, only sending the form does."""
    token = request.query_params.get("t", "")
    if request.method != "POST":
        return await _form(request, token)
    sent = await base.form(request)
    name, password = sent.text("name"), sent.secret("password")
    try:
        account, known, next_path = await base.act(_accept, token, name, password)
    except InvalidRecordError as error:
        field = "name" if error.key == "account.bad_name" else "password"
        return await _form(request, token, name, {field: error})
    if known or not cookies.trustworthy(request):
        return base.see_other(request, "/sign-in", "sign_in.accepted", email=account.email)
    # Whoever has just chosen a password need not type it again.
    signed_in = await base.act(identity.sign_in, account.email, password, origin(request), clock.now())
    return sign_in.begin(request, signed_in, next_path)


def _first_page(link: OneTimeLink) -> str:
    """Where somebody begins who has just been given a part."""
    if link.group:
        return "/my"
    return "/queue" if link.municipality else "/people"


def _accept(store: Store, token: str, name: str, password: str) -> tuple[Account, bool, str]:
    """The account, whether it was there before, and where it begins."""
    link = inviting.look(store, token, clock.now())
    known = store.account_of(link.email) is not None
    if not known:
        passwords.check(password, link.email, wiring.settings().title)
    return identity.accept(store, token, name, password, clock.now()), known, _first_page(link)


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
