"""Whether a form was sent by a page of ours that the same visitor saw (CSRF; OWASP's signed double submit).

The form holds a text signed for the visitor's sign-in, or before one for a random cookie. Browsers also say themselves
whether a page of ours sent the form (Sec-Fetch-Site, Origin); both must agree.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pages.forms import cookies, signing
from portal.errors import ForbiddenError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

FIELD: Final = "_form"
PURPOSE: Final = "form"
GOOD_FOR_S: Final = 24 * 60 * 60


def token(request: Request) -> str:
    """What the page's forms hold; a visitor without a cookie gets one with the answer (:func:`remember`)."""
    if not cookies.read(request, cookies.SESSION) and not cookies.read(request, cookies.VISITOR):
        request.state.new_visitor = getattr(request.state, "new_visitor", "") or secrets.token_urlsafe(32)
    return signing.sign(PURPOSE, _whose(request))


def remember(request: Request, response: Response) -> None:
    """Give the visitor the cookie that the page's forms were signed for."""
    if visitor := getattr(request.state, "new_visitor", ""):
        cookies.write(request, response, cookies.VISITOR, visitor)


def check(request: Request, given: str) -> None:
    """Raise ForbiddenError for a form that was not sent from a page of ours, by whom it was shown to."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin" or _foreign(request):
        raise ForbiddenError("server.foreign")
    signed = signing.read(PURPOSE, given, GOOD_FOR_S)
    if not isinstance(signed, str) or not hmac.compare_digest(signed, _whose(request)):
        raise ForbiddenError("forms.old_form")


def _foreign(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def _whose(request: Request) -> str:
    visitor = cookies.read(request, cookies.SESSION) or cookies.read(request, cookies.VISITOR)
    visitor = visitor or getattr(request.state, "new_visitor", "")
    return hashlib.sha256(visitor.encode("utf-8", "replace")).hexdigest() if visitor else secrets.token_hex(32)
