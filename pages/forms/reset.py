"""A new password for who forgot theirs (パスワードの再設定): asking for a link, and using it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.background import BackgroundTask

from pages import wiring
from pages.forms import base, going
from portal import clock, identity, passwords, resetting
from portal.errors import InvalidRecordError
from portal.model.account import read_email

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from portal.store import Store


async def page(request: Request) -> Response:
    """With a link the form for a new password, without one the form that asks for a link."""
    if token := request.query_params.get("t", ""):
        return await _new_password(request, token)
    if request.method != "POST":
        return await base.render(request, "reset_ask.html", email="")
    sent = await base.form(request)
    mail_base, email = going.mail_base(request), sent.text("email")
    try:
        read_email(email)
    except InvalidRecordError as error:
        return await base.render(request, "reset_ask.html", 400, {"email": error}, email=email)
    answer = base.see_other(request, "/reset", "sign_in.reset_asked", email=email)
    # Done after the answer, which is then the same, and as quick, whether the address has an account or not.
    answer.background = BackgroundTask(base.act, identity.ask_reset, email, clock.now(), mail_base)
    return answer


async def _new_password(request: Request, token: str) -> Response:
    if request.method != "POST":
        _, account = await base.act(resetting.look, token, clock.now())
        return await base.render(request, "reset.html", email=account.email, least=passwords.SHORTEST)
    sent = await base.form(request)
    try:
        await base.act(_reset, token, sent.secret("password"))
    except InvalidRecordError as error:
        _, account = await base.act(resetting.look, token, clock.now())
        values = {"email": account.email, "least": passwords.SHORTEST}
        return await base.render(request, "reset.html", 400, {"password": error}, **values)
    return base.see_other(request, "/sign-in", "sign_in.password_set")


def _reset(store: Store, token: str, password: str) -> None:
    _, account = resetting.look(store, token, clock.now())
    passwords.check(password, account.email, wiring.settings().title)
    identity.reset(store, token, password, clock.now())
