"""Signing in with the office's account (OpenID Connect): to the provider, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from pages import wiring
from pages.forms import base, cookies, going, sign_in, signing
from pages.outside import provider
from portal import clock, identity
from portal.errors import ForbiddenError, UnknownThingError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

BACK: Final = "/oidc/back"
PURPOSE: Final = "provider"
GOOD_FOR_S: Final = 10 * 60


async def start(request: Request) -> Response:
    """Send the browser to the provider; what the answer must fit goes along in a signed cookie."""
    _require_set()
    address, begun = await run_in_threadpool(provider.begin, wiring.settings(), _back())
    response = RedirectResponse(address, 303, headers=base.NEVER_KEPT)
    next_path = going.own_path(request.query_params.get("next", ""))
    signed = signing.sign(PURPOSE, [begun.state, begun.nonce, begun.verifier, next_path])
    cookies.write(request, response, cookies.PROVIDER, signed, GOOD_FOR_S)
    return response


async def back(request: Request) -> Response:
    """Take the provider's answer, once: the cookie that it must fit goes with it."""
    _require_set()
    kept = signing.read(PURPOSE, cookies.read(request, cookies.PROVIDER), GOOD_FOR_S)
    if not kept or request.query_params.get("state", "") != kept[0] or not request.query_params.get("code"):
        raise ForbiddenError("oidc.does_not_fit")
    answer = f"{_back()}?{request.url.query}"
    begun = provider.Begun(*kept[:3])
    vouched = await run_in_threadpool(provider.finish, wiring.settings(), _back(), begun, answer)
    signed_in = await base.act(identity.sign_in_vouched, vouched, clock.now())
    response = sign_in.begin(request, signed_in, going.own_path(kept[3]))
    cookies.remove(request, response, cookies.PROVIDER)
    return response


def _require_set() -> None:
    if not wiring.settings().oidc_issuer:
        raise UnknownThingError("oidc.not_set")


def _back() -> str:
    return going.public_base() + BACK
