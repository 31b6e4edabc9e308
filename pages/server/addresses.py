"""Which addresses exist. Streamlit answers any address with its page; one that does not exist is a 404 here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pages.server import screens
from pages.server.plain_routes import PLAIN

if TYPE_CHECKING:
    from starlette.types import Scope

SCREENS: Final = screens.ALL
"""A screen is a file in ``pages`` and has its name for an address; the first is the front page, ``/``."""
OWN: Final = ("/healthz", "/map/places", "/map/districts", "/map/kinds", "/post.ics", "/oembed")
FOLDERS: Final = ("/assets/", "/leaflet/", "/photos/", "/_stcore/", "/component/", "/media/", "/static/")
"""Folders that answer for themselves when something in them does not exist."""
FILES: Final = ("/favicon.ico", "/favicon.png", "/robots.txt", "/sitemap.xml")
PUBLIC: Final = re.compile(
    r"/(?:(?:ja|en)(?:/.*)?|feeds/.*|hsds(?:/.*)?|map-data/.*|robots\.txt|sitemap(?:-[0-9]{5})?\.xml)"
)
"""The public side; of a path in it that there is not, its own room answers."""
_screen = re.compile(rf"/(?:{'|'.join(map(re.escape, SCREENS))})?")


def plain(path: str) -> bool:
    """Whether a plain page answers at ``path``."""
    return public(path) or any(route.path_regex.fullmatch(path) for route in PLAIN)


def public(path: str) -> bool:
    """Whether ``path`` is one of the public side: a page, a feed or data for everybody."""
    return PUBLIC.fullmatch(path) is not None


def exists(path: str) -> bool:
    """Whether anything answers at ``path``; beneath a screen's name nothing does."""
    own = path in OWN or path in FILES or path.startswith(FOLDERS)
    return own or _screen.fullmatch(path) is not None or plain(path)


def within(scope: Scope) -> str:
    """The address within the portal, whatever base path a proxy put before it."""
    return str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
