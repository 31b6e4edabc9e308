"""The photos of public posts (写真) as files of the public side; :mod:`pages.server.photos` answers their addresses."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pages import wiring
from pages.plain import tags
from pages.plain.sort import Page, Sort
from portal.errors import UnknownThingError
from portal.public import shown

if TYPE_CHECKING:
    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from portal.store import Reader

NAME: Final = "photo"
MEDIA: Final = {"jpg": "image/jpeg", "webp": "image/webp", "png": "image/png"}


def every(here: Here) -> list[Keys]:
    """Each photo of a post that everybody sees, once."""
    return [{"photo": name} for name in _posts(here.store, here.store.data_version())]


def make(here: Here, keys: Keys) -> Page:
    """The photo; raises UnknownThingError for one that no public post shows, and where the file is missing."""
    name = keys["photo"]
    posts = _posts(here.store, here.store.data_version()).get(name, ())
    content = wiring.photos().read(name) if posts else None
    if content is None:
        raise UnknownThingError("post_screen.no_such_photo")
    return Page(content, tags.things(posts), MEDIA[name.rpartition(".")[2]])


@lru_cache(maxsize=1)
def _posts(store: Reader, version: str) -> dict[str, tuple[str, ...]]:  # noqa: ARG001  # it is kept by the version
    """Ids of the public posts by their photos."""
    found: dict[str, tuple[str, ...]] = {}
    for town in store.municipalities():
        for post in shown.posts(store, town.code):
            for photo in post.facts.photos:
                found[photo.name] = (*found.get(photo.name, ()), post.id)
    return found


SORTS: Final = (Sort(NAME, every, make, listed=False),)
