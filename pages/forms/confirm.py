"""Confirming the mail address of who applied for a group (メールアドレスの確認)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.forms import base
from portal import clock, identity, resetting

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def page(request: Request) -> Response:
    """One button: mail scanners open every link, so looking at the page confirms nothing."""
    token = request.query_params.get("t", "")
    if request.method == "POST":
        await base.form(request)
        await base.act(identity.confirm, token, clock.now())
        return await base.render(request, "confirmed.html")
    link, group = await base.act(resetting.look_confirm, token, clock.now())
    return await base.render(request, "confirm.html", email=link.email, group=group.name)
