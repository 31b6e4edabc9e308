"""Signing in and out (ログイン)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages import wiring
from pages.forms import base, cookies, going
from pages.forms.origin import origin
from portal import clock, identity
from portal.errors import ForbiddenError, InvalidRecordError, PortalError, TooManyTriesError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from portal.errors import PortalError
    from portal.identity import SignedIn


async def page(request: Request) -> Response:
    """The form, and what becomes of it: a sign-in leads on to where the reader wanted to go."""
    if request.method != "POST":
        return await _form(request, going.own_path(request.query_params.get("next", "")))
    sent = await base.form(request)
    next_path, email = going.own_path(sent.secret("next")), sent.text("email")
    if not cookies.trustworthy(request):
        return await _form(request, next_path, email, status=403)
    try:
        signed_in = await base.act(identity.sign_in, email, sent.secret("password"), origin(request), clock.now())
    except InvalidRecordError as error:
        return await _form(request, next_path, email, status=400, fault=error)
    except TooManyTriesError as error:
        return await _form(request, next_path, email, status=429, fault=error)
    except ForbiddenError as error:
        return await _form(request, next_path, email, status=403, fault=error)
    return begin(request, signed_in, next_path)


def begin(request: Request, signed_in: SignedIn, next_path: str) -> Response:
    """Hand the new session's token to the browser, and nothing of before it."""
    response = base.see_other(request, next_path, "sign_in.welcome", name=signed_in.account.name)
    cookies.write(request, response, cookies.SESSION, signed_in.token)
    cookies.remove(request, response, cookies.VISITOR)
    return response


async def sign_out(request: Request) -> Response:
    """End the sign-in of this device; texts that were kept on it go too."""
    await base.form(request)
    await base.act(identity.sign_out, cookies.read(request, cookies.SESSION), clock.now())
    response = base.see_other(request, "/sign-in", "sign_in.signed_out", clear="*")
    cookies.remove(request, response, cookies.SESSION)
    return response


async def _form(
    request: Request, next_path: str, email: str = "", status: int = 200, fault: PortalError | None = None
) -> Response:
    settings = wiring.settings()
    return await base.render(
        request,
        "sign_in.html",
        status,
        {"": fault} if fault else {},
        safe=cookies.trustworthy(request),
        next=next_path,
        email=email,
        provider=(settings.oidc_name or settings.oidc_issuer) if settings.oidc_issuer else "",
    )
