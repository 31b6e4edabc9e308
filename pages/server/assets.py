"""The portal's own scripts and styles, and Leaflet from its PyPI package: nothing comes from elsewhere."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import Scope

OURS: Final = Path(__file__).parents[1] / "assets"
LEAFLET: Final = Path(leaflet.BASE_DIR)
FOR_GOOD: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"


@cache
def address(name: str) -> str:
    """The address of one of our files, ``/assets/…``, that changes with its content."""
    digest = hashlib.sha256((OURS / name).read_bytes()).hexdigest()[:12]
    return f"/assets/{name}?v={digest}"


def leaflet_address(name: str) -> str:
    """The address of one of Leaflet's files, ``/leaflet/…``."""
    return f"/leaflet/{name}?v={leaflet.VERSION}"


class CachedFiles(StaticFiles):
    """Files that a browser keeps for good where the address names their version."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long it may be kept."""
        response = await super().get_response(path, scope)
        versioned = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = FOR_GOOD if versioned else ASK_AGAIN
        return response
