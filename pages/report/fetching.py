"""What a page that is printed may fetch: data within it and our own style sheets. Nothing leaves the machine.

This module needs WeasyPrint and is imported only where a PDF is made.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from weasyprint.urls import URLFetcher, URLFetcherResponse

if TYPE_CHECKING:
    from collections.abc import Mapping

ASSETS: Final = Path(__file__).parents[1] / "assets"
SCHEME: Final = "asset:"
"""``asset:report.css`` is the style sheet of that name in ``pages/assets``."""
STYLES: Final = frozenset(file.name for file in ASSETS.glob("*.css"))


class NothingOutside(URLFetcher):  # type: ignore[misc]  # WeasyPrint publishes no types
    """Opens ``data:`` and ``asset:`` addresses and refuses all others, files of the machine among them."""

    def __init__(self) -> None:
        """No protocol but ``data`` is open to what we do not answer ourselves."""
        super().__init__(allowed_protocols=["data"], allow_redirects=False)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The resource; raises ValueError for an address that is not allowed, which then is left out of the page."""
        if not url.startswith(SCHEME):
            return super().fetch(url, headers)
        name = url.removeprefix(SCHEME)
        if name not in STYLES:
            raise ValueError(url)
        return URLFetcherResponse(url, (ASSETS / name).read_bytes(), {"Content-Type": "text/css; charset=utf-8"})
