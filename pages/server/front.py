"""The front page in a disaster: the portal's address leads to where one goes, and not to the search.

``/?usual=1`` is the usual screen all the same, and so is an address that asks for something, as a shared search does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pages.plain import fitting, paths
from pages.server import language
from portal.errors import PortalError
from portal.query import from_params, to_params

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

USUAL: Final = "usual"
FRONT: Final = "/"


def instead(request: Request, path: str) -> str | None:
    """The public page that stands for the front page now, as of :func:`pages.plain.paths.path`; None in daily life.

    ``path`` is the address within the portal; only the front page has anything in its stead.
    """
    params = request.query_params
    if path != FRONT or params.get(USUAL) or _asks(params):
        return None
    town = fitting.municipality(params.get("municipality", ""))
    if town is None or town.disaster_since is None:
        return None
    return paths.path("evacuation", lang=language.of(request), code=town.code)


def _asks(params: Mapping[str, str]) -> bool:
    """Whether the address has a filter, even one that cannot be read."""
    try:
        return bool(to_params(from_params(params)).keys() - {"municipality"})
    except PortalError:
        return True
