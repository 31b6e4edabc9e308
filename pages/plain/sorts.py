"""All sorts of public pages, and the page at a path."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pages.feeds import calendar, news, places_data
from pages.plain import (
    about,
    catalogue,
    district,
    embed,
    evacuation,
    front,
    group,
    layer,
    map_data,
    month,
    municipality,
    paths,
    photo,
    place,
    place_day,
    post,
    post_day,
    robots,
    sheet,
    sitemap,
)
from portal.errors import UnknownThingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pages.plain.here import Here
    from pages.plain.sort import Page, Sort

PAGES: Final = (
    *front.SORTS,
    *municipality.SORTS,
    *layer.SORTS,
    *district.SORTS,
    *sheet.SORTS,
    *embed.SORTS,
    *month.SORTS,
    *evacuation.SORTS,
    *about.SORTS,
    *catalogue.SORTS,
    *robots.SORTS,
    *place.SORTS,
    *place_day.SORTS,
    *post.SORTS,
    *post_day.SORTS,
    *group.SORTS,
    *photo.SORTS,
    *map_data.SORTS,
    *calendar.SORTS,
    *news.SORTS,
    *places_data.SORTS,
)
SORTS: Final[Mapping[str, Sort]] = MappingProxyType({sort.name: sort for sort in (*PAGES, *sitemap.sorts(PAGES))})


def make(here: Here, path: str) -> Page:
    """The page at ``path``; raises what :attr:`pages.plain.sort.Sort.make` raises."""
    found = paths.read(path)
    if found is None or found[0] not in SORTS:
        raise UnknownThingError("server.not_found_text")
    return SORTS[found[0]].make(here, found[1])


def every(here: Here) -> Iterator[tuple[Sort, str]]:
    """Every page that there is, as its sort and path; the slow ones last."""
    for sort in sorted(SORTS.values(), key=_slow):
        for keys in sort.every(here):
            yield sort, paths.path(sort.name, **keys)


def _slow(sort: Sort) -> bool:
    return sort.slow
