"""Cookies of the plain pages: never read by a script, never sent by another site's form.

``__Host-`` cookies need HTTPS or this very machine (http://127.0.0.1 is trusted by browsers). A town hall's closed
network without HTTPS can use the forms that need no sign-in: their cookies then go without the prefix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pages import wiring

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection
    from starlette.responses import Response

SESSION: Final = "__Host-ibasho"
"""The sign-in. There is no other name for it: without HTTPS there is no sign-in."""
VISITOR: Final = "ibasho-visitor"
SAID: Final = "ibasho-said"
LANGUAGE: Final = "ibasho-language"
PROVIDER: Final = "ibasho-provider"
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
YEAR_S: Final = 365 * 24 * 60 * 60


def trustworthy(request: HTTPConnection) -> bool:
    """Whether the browser takes the connection for safe: HTTPS, also in front of a proxy, or this machine itself."""
    if request.url.scheme in ("https", "wss") or request.url.hostname in LOOPBACK:
        return True
    public = urlsplit(wiring.settings().public_url)
    return public.scheme == "https" and public.netloc == request.headers.get("host")


def read(request: HTTPConnection, name: str) -> str:
    """One cookie; empty where there is none."""
    return request.cookies.get(_full(request, name), "")


def write(request: HTTPConnection, response: Response, name: str, value: str, seconds: int | None = None) -> None:
    """Set a cookie; without ``seconds`` it goes with the browser's window."""
    response.set_cookie(
        _full(request, name), value, seconds, path="/", secure=trustworthy(request), httponly=True, samesite="lax"
    )


def remove(request: HTTPConnection, response: Response, name: str) -> None:
    """Take a cookie away, with the attributes that it was set with, else a ``__Host-`` cookie stays."""
    write(request, response, name, "", 0)


def _full(request: HTTPConnection, name: str) -> str:
    prefixed = name.startswith("__Host-")
    return name if prefixed or not trustworthy(request) else f"__Host-{name}"
