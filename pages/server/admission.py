"""The app when it is full (setting ``sessions``): a newcomer gets the plain page with a sentence, at once, no spinner.

A screen holds a websocket, and its script runs in this process: so many visits can be answered quickly, and one more
makes it slow for all. So a GET of a screen beyond the limit is answered with the public page that says the same, and a
websocket beyond it is refused before Streamlit sees it. Whoever has a screen open already stays, and comes back.

The answer is a 503 with ``Retry-After`` although it holds a whole page (RFC 9110, 15.6.4): the address stands for the
interactive screen, and that is not to be had now. So no cache keeps the page in its stead, a search engine asks again
instead of indexing one page under two addresses, and whoever watches over the portal sees that it was full; browsers
show the page as they show any other. Its own address, which the canonical link names, is a 200 all the while.
"""

from __future__ import annotations

import gzip
import hashlib
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocketClose

from pages import wiring
from pages.plain import answering, fitting, paths
from pages.plain.sort import HTML, MovedError
from pages.server import addresses, errors, front, language
from pages.server.seats import Seats
from portal.errors import PortalError
from portal.words import say

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

STREAM: Final = "/_stcore/stream"
"""Where a screen's websocket is opened."""
RETRY_S: Final = 60
TRY_AGAIN_LATER: Final = 1013  # the close code of RFC 6455 for a server that is overloaded
COOKIE: Final = "_streamlit_xsrf"
MAIN: Final = b'<main id="main" tabindex="-1">'
HEAD: Final = b"<head>"
TO_MAIN: Final = b'href="#'


class Admission:
    """Lets as many screens be open as the setting says, and answers in their stead."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self.app = app
        self.seats = Seats()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, answer with the plain page, or refuse."""
        limit = wiring.settings().sessions
        if limit and scope["type"] == "websocket" and addresses.within(scope) == STREAM:
            await self._connect(scope, receive, send, limit)
        elif limit and scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            await (await self._looked_at(scope, limit))(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _connect(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        who = _who(scope)
        if not self.seats.take(who, limit):
            await WebSocketClose(TRY_AGAIN_LATER)(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            self.seats.leave(who)

    async def _looked_at(self, scope: Scope, limit: int) -> ASGIApp:
        """What answers a GET."""
        path = addresses.within(scope)
        if path.removeprefix("/") not in ("", *addresses.SCREENS[1:]):
            return self.app
        request = Request(scope)
        if await run_in_threadpool(front.instead, request, path) or self.seats.promise(_who(scope), limit):
            return self.app
        try:
            return await run_in_threadpool(_plain_page, request, path.removeprefix("/"))
        except PortalError as error:  # no such place, a post that was withdrawn: that is to be said, full or not
            return await errors.answer(request, error)


def _who(scope: Scope) -> str:
    """A name for the browser: a hash of the secret in Streamlit's cookie, which stays while its mask changes."""
    sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie").decode("latin-1")
    try:
        parts = SimpleCookie(sent).get(COOKIE)
        _, mask, masked, _ = parts.value.split("|") if parts else ("", "", "", "")
        key, hidden = bytes.fromhex(mask), bytes.fromhex(masked)
    except (CookieError, ValueError):
        return ""
    if not key or not hidden:
        return ""
    secret = bytes(byte ^ key[at % len(key)] for at, byte in enumerate(hidden))
    return hashlib.sha256(secret).hexdigest()


def _plain_page(request: Request, screen: str) -> Response:
    """The page that fits, with a sentence at its top; its relative links begin at its own address."""
    tongue = language.of(request)
    path = fitting.path(screen, request.query_params, tongue)
    try:
        packed = answering.kept(path)
    except MovedError as moved:
        path = moved.path
        packed = answering.kept(path)
    content = _told(packed.plain, path, f"{screen}?{request.url.query}".rstrip("?"), tongue)
    headers = {"Retry-After": str(RETRY_S), "Cache-Control": "no-store", "Vary": "Accept-Encoding, Accept-Language"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(gzip.compress(content, 1), 503, headers | {"Content-Encoding": "gzip"}, HTML)
    return Response(content, 503, headers, HTML)


def _told(content: bytes, path: str, own: str, tongue: str) -> bytes:
    """The page at ``path`` as it is shown at the address ``own``, both from the portal's root."""
    base = Markup('<head><base href="{}">').format("./" + path)
    back = paths.between(path, "")  # to the portal's root, from where the links of the page begin now
    here = back + own if own else back
    sentence = Markup('<p class="warn" role="status">{} <a href="{}">{}</a></p>').format(
        say("admission.full", tongue), here, say("admission.again", tongue)
    )
    shown = content.replace(TO_MAIN, b'href="' + str(escape(here)).encode() + b"#")
    shown = shown.replace(HEAD, str(base).encode(), 1)
    return shown.replace(MAIN, MAIN + b"\n" + str(sentence).encode(), 1)
