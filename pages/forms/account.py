"""One's own account (自分の設定): name, language of mails, password, and every device at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages import wiring
from pages.forms import base, cookies
from portal import accounts, clock, identity, passwords
from portal.errors import InvalidRecordError, PortalError, TooManyTriesError
from portal.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from portal.permissions import Actor
    from portal.store import Store


async def page(request: Request) -> Response:
    """The forms; each has a button of its own name."""
    actor = await base.signed_in(request)
    if request.method != "POST":
        return await _form(request, actor)
    sent = await base.form(request)
    if sent.ticked("end_all"):
        await base.act(identity.end_sessions, actor.id, clock.now())
        return _signed_out(request, "sign_in.signed_out_everywhere")
    if sent.ticked("renew"):
        return await _set_password(request, actor, sent)
    try:
        await base.act(accounts.rename, actor, sent.text("name"), sent.text("language"), clock.now())
    except InvalidRecordError as error:
        return await _form(request, actor, {"name": error})
    return base.see_other(request, "/account", "sign_in.saved", clear="account")


async def _set_password(request: Request, actor: Actor, sent: Form) -> Response:
    try:
        await base.act(_change, actor, sent.secret("old"), sent.secret("new"))
    except (InvalidRecordError, TooManyTriesError) as error:
        field = "old" if error.key in ("identity.wrong_password", "identity.too_many") else "new"
        return await _form(request, actor, {field: error})
    return _signed_out(request, "sign_in.password_set")


def _change(store: Store, actor: Actor, old: str, new: str) -> None:
    passwords.check(new, actor.account.email if actor.account else "", wiring.settings().title)
    accounts.change_password(store, actor, old, new, clock.now())


def _signed_out(request: Request, said: str) -> Response:
    response = base.see_other(request, "/sign-in", said, clear="*")
    cookies.remove(request, response, cookies.SESSION)
    return response


async def _form(request: Request, actor: Actor, faults: Mapping[str, PortalError] = base.NO_FAULTS) -> Response:
    return await base.render(
        request,
        "account.html",
        400 if faults else 200,
        faults,
        account=actor.account,
        languages_known=[(item, say("frame.language_name", item)) for item in LANGUAGES],
        least=passwords.SHORTEST,
    )
