"""What programs that read the web are asked for (RFC 9309): everything public may be read, the office's pages not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pages.plain.paths import path
from pages.plain.sort import Page, Sort

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pages.plain.here import Here
    from pages.plain.sort import Keys

NAME: Final = "robots"
FOR_ALL: Final = ("/hsds", "/oembed")
"""Plain addresses that are no forms: open data, and what other sites ask before they embed a page."""
ENDLESS: Final = ("/_stcore/", "/component/", "/map/", "/feeds/*?")
"""What a reader of addresses never comes to the end of: the screens' machinery, the map's views, filtered feeds."""


def every(here: Here) -> Iterable[Keys]:  # noqa: ARG001  # there is one, whatever the portal holds
    """There is one."""
    return [{}]


def make(here: Here, keys: Keys) -> Page:  # noqa: ARG001  # there is one
    """The file; the site map's address in it has to be whole."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {start}" for start in (*forms(), *ENDLESS)),
        "",
        f"Sitemap: {here.base}/{path('sitemap')}",
        "",
    ]
    return Page("\n".join(lines).encode(), frozenset(), "text/plain; charset=utf-8")


def forms() -> list[str]:
    """Where one signs in, writes and decides, by how the addresses begin."""
    from pages.server.plain_routes import PLAIN  # noqa: PLC0415  # the routes hold this page, too

    starts = {"/" + route.path.split("/")[1] for route in PLAIN}
    return sorted(start for start in starts if not start.startswith(FOR_ALL))


SORTS: Final = (Sort(NAME, every, make, listed=False),)
