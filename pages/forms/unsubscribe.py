"""No longer being told (お知らせをやめる): by the link in every mail, or by the browser itself; never with a sign-in.

The link's address is all that is needed: mail programs stop it with one POST, without a cookie (RFC 8058). Looking at
the page stops nothing, as mail scanners open every link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from pages.forms import base, reading
from pages.outside import digest_letter, digests
from portal import clock, subscribing
from portal.errors import UnknownThingError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from portal.store import Reader


async def page(request: Request) -> Response:
    """One button, and what it did; the same where it was stopped before."""
    token = request.query_params.get("t", "")
    if request.method == "POST":
        await base.act(subscribing.leave, await _whose(request, token), clock.now())
        return await base.render(request, "unsubscribed.html")
    told = await base.act(_told, _id(token))
    return await base.render(request, "unsubscribe.html" if told else "unsubscribed.html", told=told, token=token)


async def _whose(request: Request, token: str) -> str:
    """The subscription that a link, or a browser's own endpoint in the form, names."""
    if token:
        return _id(token)
    sent = await reading.read(request, base.LIMITS)
    if endpoint := sent.secret("endpoint"):
        return subscribing.id_of(endpoint)
    raise UnknownThingError("subscribe.leave_unknown")


def _id(token: str) -> str:
    """Raises UnknownThingError for a link that this portal did not write."""
    if found := digests.leaving(token):
        return found
    raise UnknownThingError("subscribe.leave_unknown")


def _told(store: Reader, subscription_id: str) -> str:
    found = store.subscription(subscription_id)
    return digest_letter.choice_told(store, found.choice) if found else ""


ROUTES: Final = (Route("/unsubscribe", page, methods=("GET", "POST")),)
