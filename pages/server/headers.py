"""Security headers on every answer.

The pages run scripts of the portal's own files only, the frame of the map those and one inline script, by its
hash: nothing that a text might smuggle into a page would run. Measures after OWASP's Secure Headers list.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from starlette.datastructures import MutableHeaders

from pages import wiring
from pages.parts import base_map, map_frame
from pages.plain import paths, sorts
from pages.server import addresses, index_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAME: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PLAIN: Final = SAME | {
    "X-Frame-Options": "DENY",
    # Addresses of these pages hold tokens; "no-referrer" would take the Origin from forms, too.
    "Referrer-Policy": "same-origin",
}
FRAMED: Final = {name: value for name, value in PLAIN.items() if name != "X-Frame-Options"} | {
    "Cross-Origin-Resource-Policy": "cross-origin"
}
"""Of a page that other sites may show in a frame: it has no form, no script and nothing of its reader."""
FOUND: Final = (200, 304)
MAP_FRAME: Final = "/component/streamlit_folium."


@cache
def policy(*, in_map_frame: bool) -> str:
    """The Content-Security-Policy of pages, or of the map's frame.

    Styles stay free: Streamlit and Leaflet write them at run time.
    """
    inline = map_frame.script_hash() if in_map_frame else index_page.script_hash()
    tiles = base_map.origin(wiring.settings().basemap)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' '{inline}'",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob: {tiles}".rstrip(),
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


@cache
def plain_policy(*, framed: bool = False) -> str:
    """The Content-Security-Policy of plain pages: files of our own and nothing inline, neither script nor style.

    ``framed``: any site may show it in a frame.
    """
    tiles = base_map.origin(wiring.settings().basemap)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data: blob: {tiles}".rstrip(),
            "font-src 'self'",
            "connect-src 'self'",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors *" if framed else "frame-ancestors 'none'",
        )
    )


def framed(path: str) -> bool:
    """Whether other sites may show the page at ``path`` in a frame."""
    found = paths.read(path.removeprefix("/"))
    return found is not None and found[0] in sorts.SORTS and sorts.SORTS[found[0]].framed


def headers(path: str, status: int = 0) -> Mapping[str, str]:
    """The headers for an answer at ``path``; without the status of a page that was found nothing may be framed."""
    if status in FOUND and framed(path):
        return FRAMED | {"Content-Security-Policy": plain_policy(framed=True)}
    if addresses.plain(path):
        return PLAIN | {"Content-Security-Policy": plain_policy()}
    return SAME | {"Content-Security-Policy": policy(in_map_frame=path.startswith(MAP_FRAME))}


class SecurityHeaders:
    """Sets the headers on whatever the server answers, errors too."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and the answer back, with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers(addresses.within(scope), message["status"]))
            await send(message)

        await self.app(scope, receive, with_headers)
