"""What a sort of public page is made of: how all of its pages are named, and how one is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from pages.plain.here import Here

    Keys = Mapping[str, str]

HTML: Final = "text/html; charset=utf-8"


class Page(NamedTuple):
    """One page or file of the public side, the same from the server and in the static twin."""

    content: bytes
    tags: frozenset[str]
    """Of :mod:`pages.plain.tags`: what it depends on."""
    media: str = HTML
    changed: datetime | None = None
    """When what it shows was last changed, where that is known."""


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of page; a new one is one line in :mod:`pages.plain.paths` and one in :mod:`pages.plain.sorts`."""

    name: str
    """Key in :data:`pages.plain.paths.PATHS`."""
    every: Callable[[Here], Iterable[Keys]]
    """The keys of all pages of this sort, for the twin and the site map."""
    make: Callable[[Here, Keys], Page]
    """The page of these keys; raises UnknownThingError (404) for one that there is not, GoneError (410) for one that
    there was, and MovedError for one that has another address now."""
    filtered: Callable[[Here, Keys, Mapping[str, str]], Page] | None = field(default=None, kw_only=True)
    """The same narrowed by the parameters of *Find*, for addresses with a query; None where there is no such thing."""
    listed: bool = field(default=True, kw_only=True)
    """Whether search engines are told of it."""
    slow: bool = field(default=False, kw_only=True)
    """Whether making it takes so long that it is made after all others."""
    shared: bool = field(default=False, kw_only=True)
    """Whether pages of other sites may read it (CORS): open data, feeds, map data."""
    framed: bool = field(default=False, kw_only=True)
    """Whether other sites may show it in a frame."""


class MovedError(Exception):
    """Raised when a page has another address (301)."""

    def __init__(self, path: str) -> None:
        """``path`` is where it is now, as of :func:`pages.plain.paths.path`."""
        super().__init__(path)
        self.path = path
