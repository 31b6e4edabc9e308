"""The ways from one public page to others: relative within the site, whole for what leaves it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pages.plain import paths
from pages.server import assets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages.plain.here import Here


@dataclass(frozen=True, slots=True)
class Ways:
    """Addresses as one page writes them: relative, so that they hold under any base path and from a plain folder."""

    here: Here
    path: str
    keys: Mapping[str, str] = field(default_factory=dict)

    def to(self, name: str, **keys: str) -> str:
        """To another public page; language and municipality are this page's unless they are given."""
        own = {key: self.keys[key] for key in ("lang", "code") if key in self.keys}
        return paths.between(self.path, paths.path(name, **(own | keys)))

    def app(self, path: str, **params: str) -> str:
        """To an interactive screen or form of the server, ``/place``, with language and municipality."""
        root = self.here.settings.public_url.rstrip("/") + "/" if self.here.settings.public_url else self.root
        return f"{root}{path.removeprefix('/')}{self._query(params)}"

    def asset(self, name: str) -> str:
        """To one of our files."""
        return self.root + assets.address(name).removeprefix("/")

    @property
    def root(self) -> str:
        """To the folder that holds the whole site."""
        return paths.between(self.path, "")

    def whole(self, name: str, **keys: str) -> str:
        """The whole address of another page, for what leaves the site: feeds, previews, JSON-LD."""
        own = {key: self.keys[key] for key in ("lang", "code") if key in self.keys}
        return f"{self.here.base}/{paths.path(name, **(own | keys))}"

    def whole_app(self, path: str, **params: str) -> str:
        """The whole address of an interactive screen or form, for what leaves the site: codes on paper."""
        return f"{self.here.base}{path}{self._query(params)}"

    def _query(self, params: Mapping[str, str]) -> str:
        """With the page's language and municipality, unless others are given."""
        own = {"lang": self.keys.get("lang", ""), "municipality": self.keys.get("code", "")}
        said = urlencode({name: value for name, value in (own | params).items() if value})
        return f"?{said}" if said else ""

    def subscribe(self, name: str, **keys: str) -> str:
        """The address of a calendar by which a reader's own calendar keeps it (``webcal:``), with later changes."""
        return "webcal:" + self.whole(name, **keys).partition(":")[2]


def ways(here: Here, name: str, keys: Mapping[str, str]) -> Ways:
    """The addresses as the page of this name and keys writes them."""
    return Ways(here, paths.path(name, **keys), keys)
