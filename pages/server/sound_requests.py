"""Requests are sound before anything answers them: one sane Host, from this portal's pages, to what exists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocketClose

from pages.server import addresses, language, not_found
from portal.words import say

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

HOST: Final = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
"""A name, an IPv4 or a bracketed IPv6 address, with or without a port (RFC 9110, 7.2)."""
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class SoundRequests:
    """Refuses what is unsound, answers 404 where nothing is, and passes on the rest."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, refuse or pass on."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        answer = _refusal(scope) or self.app
        await answer(_without_foreign_origin(scope), receive, send)


def _refusal(scope: Scope) -> ASGIApp | None:
    """What to answer instead of passing the request on; None for a sound one."""
    hosts = Headers(scope=scope).getlist("host")
    if len(hosts) != 1 or not HOST.fullmatch(hosts[0]):
        return _refused(scope, 400, "server.bad_host")
    if _foreign(scope) and (scope["type"] == "websocket" or scope["method"] not in SAFE):
        return _refused(scope, 403, "server.foreign")
    if scope["type"] == "http" and not addresses.exists(addresses.within(scope)):
        return not_found.page(language.of(Request(scope)))
    return None


def _refused(scope: Scope, status: int, key: str) -> ASGIApp:
    if scope["type"] == "websocket":
        return WebSocketClose(code=1008)
    return PlainTextResponse(say(key, language.of(Request(scope))), status)


def _foreign(scope: Scope) -> bool:
    """Whether a page of another site sent the request."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers["host"]


def _without_foreign_origin(scope: Scope) -> Scope:
    """The request without an Origin of elsewhere.

    Streamlit, asked whether it trusts one, fetches its own outside address from a server on the internet.
    """
    if "headers" not in scope or not Headers(scope=scope).get("host") or not _foreign(scope):
        return scope
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"origin"]}
