"""The lasting addresses of the public side, all in one table. What stands here is never changed, only added to.

The same paths are addresses of the server and files of the static twin: one that ends in a slash is the file
``index.html`` in that folder.
"""

from __future__ import annotations

import re
from functools import cache
from posixpath import relpath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PATHS: Final[Mapping[str, str]] = {
    "front": "{lang}/",
    "about": "{lang}/about/",
    "sources": "{lang}/sources/",
    "accessibility": "{lang}/accessibility/",
    "data": "{lang}/data/",
    "municipality": "{lang}/{code}/",
    "layer": "{lang}/{code}/layer/{layer}/",
    "district": "{lang}/{code}/district/{id}/",
    "sheet": "{lang}/{code}/district/{id}/sheet/",
    "sheet_large": "{lang}/{code}/district/{id}/sheet-large/",
    "sheet_pdf": "{lang}/{code}/district/{id}/sheet.pdf",
    "sheet_large_pdf": "{lang}/{code}/district/{id}/sheet-large.pdf",
    "place": "{lang}/{code}/place/{id}/",
    "place_day": "{lang}/{code}/place/{id}/{day}/",
    "post": "{lang}/{code}/post/{id}/",
    "post_day": "{lang}/{code}/post/{id}/{day}/",
    "group": "{lang}/{code}/group/{id}/",
    "months": "{lang}/{code}/month/",
    "month": "{lang}/{code}/month/{month}/",
    "evacuation": "{lang}/{code}/evacuation/",
    "evacuation_kind": "{lang}/{code}/evacuation/{kind}/",
    "evacuation_hazard": "{lang}/{code}/evacuation/hazard/{hazard}/",
    "embed": "{lang}/{code}/embed/",
    "embed_district": "{lang}/{code}/district/{id}/embed/",
    "calendar": "feeds/{code}/calendar.ics",
    "calendar_district": "feeds/{code}/district/{id}/calendar.ics",
    "calendar_kind": "feeds/{code}/kind/{kind}/calendar.ics",
    "calendar_group": "feeds/{code}/group/{id}/calendar.ics",
    "calendar_post": "feeds/{code}/post/{id}/calendar.ics",
    "calendar_place": "feeds/{code}/place/{id}/calendar.ics",
    "rss": "feeds/{code}/news.rss",
    "rss_district": "feeds/{code}/district/{id}/news.rss",
    "rss_group": "feeds/{code}/group/{id}/news.rss",
    "atom": "feeds/{code}/news.atom",
    "atom_district": "feeds/{code}/district/{id}/news.atom",
    "atom_group": "feeds/{code}/group/{id}/news.atom",
    "geojson": "feeds/{code}/places.geojson",
    "facilities_csv": "feeds/{code}/facilities.csv",
    "events_csv": "feeds/{code}/events.csv",
    "shelters_csv": "feeds/{code}/shelters.csv",
    "stays_csv": "feeds/{code}/shelters-to-stay.csv",
    "map_outlines": "map-data/{code}/{layer}/{zoom}.json",
    "map_district": "map-data/{code}/district/{id}.json",
    "map_town": "map-data/{code}/places.json",
    "photo": "photos/{photo}",
    "robots": "robots.txt",
    "sitemap": "sitemap.xml",
    "sitemap_town": "sitemap-{code}.xml",
}
PARTS: Final[Mapping[str, str]] = {
    "lang": r"(?:ja|en)",
    "code": r"[0-9]{5}",
    "id": r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}",
    "layer": r"[a-z][a-z0-9_]{0,39}",
    "kind": r"[a-z][a-z0-9_]{0,39}",
    "hazard": r"[a-z_]{1,20}",
    "day": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "month": r"[0-9]{4}-[0-9]{2}",
    "zoom": r"[0-9]{1,2}",
    "photo": r"[0-9a-f]{64}\.(?:jpg|webp|png)",
}
"""What may stand in each gap: nothing that a file system or an address could take for something else."""
INDEX: Final = "index.html"
_GAP: Final = re.compile(r"\{([a-z]+)\}")


def path(name: str, **keys: str) -> str:
    """The path of a page, without a slash before it; raises KeyError for a name or a gap that there is not."""
    return PATHS[name].format(**keys)


def read(of: str) -> tuple[str, Mapping[str, str]] | None:
    """Which page a path is, with what stands in its gaps; None for a path that can be none."""
    for name, pattern in _patterns().items():
        if found := pattern.fullmatch(of):
            return name, found.groupdict()
    return None


def between(start: str, end: str) -> str:
    """The relative address from the page at ``start`` to the one at ``end``: it holds under any base path."""
    folder = start.rpartition("/")[0] or "."
    relative = relpath(end or ".", folder)
    return relative + "/" if end.endswith("/") or not end else relative


def file(of: str) -> str:
    """The file of the static twin for a path."""
    return of + INDEX if of.endswith("/") or not of else of


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(_pattern(text)) for name, text in PATHS.items()}


def _pattern(text: str) -> str:
    pieces = _GAP.split(text)
    return "".join(
        re.escape(piece) if at % 2 == 0 else f"(?P<{piece}>{PARTS[piece]})" for at, piece in enumerate(pieces)
    )
