"""The site map (https://www.sitemaps.org/protocol.html): an index, and a file a municipality with each page in it.

Languages of a page name each other (https://developers.google.com/search/docs/specialty/international).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

from pages.plain import tags
from pages.plain.here import Here
from pages.plain.paths import PATHS, path
from pages.plain.sort import Page, Sort
from portal import locate
from portal.public import shown
from portal.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from pages.plain.sort import Keys
    from portal.model.municipality import Municipality
    from portal.model.place import Place
    from portal.model.post import Post
    from portal.store import Reader

INDEX, TOWN = "sitemap", "sitemap_town"
MOST: Final = 50_000
"""More addresses a file must not hold."""
LAST: Final = ("place_day", "post_day")
"""What is left out first where there are more: every date is one step from its place or post."""
MEDIA: Final = "application/xml"
_BEGIN: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ALTERNATE: Final = '<xhtml:link rel="alternate" hreflang="{}" href={}/>'
_NAMES: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


class OneTown:
    """The store as if it held one municipality alone, so that only its pages are gone through."""

    def __init__(self, store: Reader, town: Municipality) -> None:
        """All other questions go to ``store``."""
        self._store, self._town = store, town

    def municipalities(self) -> list[Municipality]:
        """The one."""
        return [self._town]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the store answers
        """What else is asked of the store."""
        return getattr(self._store, name)


def every(here: Here) -> Iterable[Keys]:  # noqa: ARG001  # there is one, whatever the portal holds
    """There is one index."""
    return [{}]


def every_town(here: Here) -> Iterable[Keys]:
    """A file for each municipality."""
    return [{"code": town.code} for town in here.store.municipalities()]


def make(here: Here, keys: Keys) -> Page:  # noqa: ARG001  # there is one
    """The index of all site maps."""
    maps = (f"{here.base}/{path(TOWN, code=town.code)}" for town in here.store.municipalities())
    listed = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in maps)
    xml = f'{_BEGIN}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</sitemapindex>\n'
    return Page(xml.encode(), frozenset({tags.ALL}), MEDIA)


def make_town(of: Sequence[Sort], here: Here, keys: Keys) -> Page:
    """The pages of one municipality of these sorts; the first one's file holds those over all of them, too."""
    town = locate.municipality(here.store, keys["code"])
    first = here.store.municipalities()[0].code == town.code
    changed = _changed(here.store, town.code)
    urls = []
    for name, page_keys in _pages(of, here, town, general=first):
        if len(urls) == MOST:
            break
        urls.append(
            _url(here, name, page_keys, changed.get(page_keys.get("id", "")) if name in ("place", "post") else None)
        )
    xml = f"{_BEGIN}<urlset {_NAMES}>\n{''.join(urls)}</urlset>\n"
    depends = {tags.DAY, tags.town(town.code), tags.frame(town.code)} | ({tags.ALL} if first else set())
    return Page(xml.encode(), frozenset(depends), MEDIA)


def _pages(of: Sequence[Sort], here: Here, town: Municipality, *, general: bool) -> Iterator[tuple[str, Keys]]:
    """Name and keys of each page that is to be found, dates last."""
    only = Here(OneTown(here.store, town), here.settings, here.now, here.base)  # type: ignore[arg-type]  # reads alike
    for sort in sorted(of, key=lambda sort: sort.name in LAST):
        if not sort.listed or not PATHS[sort.name].startswith("{lang}/"):
            continue
        if "{code}" in PATHS[sort.name] or general:
            yield from ((sort.name, keys) for keys in sort.every(only))


def _url(here: Here, name: str, keys: Keys, changed: date | None) -> str:
    own = f"{here.base}/{path(name, **keys)}"
    same = {tongue: f"{here.base}/{path(name, **{**keys, **_in(tongue)})}" for tongue in LANGUAGES}
    others = "".join(_ALTERNATE.format(tongue, quoteattr(address)) for tongue, address in same.items())
    day = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{escape(own)}</loc>{day}{others}</url>\n"


def _in(tongue: str) -> Keys:
    return {"lang": tongue}


def _changed(store: Reader, code: str) -> Mapping[str, date]:
    """The day of the last change of each place and post, where it is known."""
    places = {place.id: day for place in shown.places(store, code) if (day := _of_place(place))}
    posts = {post.id: moment.date() for post in shown.posts(store, code) if (moment := _of_post(post))}
    return places | posts


def _of_place(place: Place) -> date | None:
    return max((day for day in (place.edited_on, place.verified_on) if day), default=None)


def _of_post(post: Post) -> datetime | None:
    """That something newer waits for approval is nobody's business: then it is when what is shown went live."""
    return post.live_at if post.revision else post.changed_at or post.live_at


def sorts(of: Sequence[Sort]) -> tuple[Sort, Sort]:
    """The sorts of site maps, which list the pages of these other sorts."""
    return (
        Sort(INDEX, every, make, listed=False),
        Sort(TOWN, every_town, partial(make_town, of), listed=False, slow=True),
    )
