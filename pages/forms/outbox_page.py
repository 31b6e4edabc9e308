"""The outbox (送信箱): what was sent, what waits, and what is kept for staff to hand over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages import wiring
from pages.forms import base
from portal import outbox

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def page(request: Request) -> Response:
    """The newest messages that one may see."""
    actor = await base.signed_in(request)
    messages = await base.act(outbox.visible, actor)
    return await base.render(request, "outbox.html", messages=messages, sends=bool(wiring.settings().smtp_host))
