"""Where something is as schema.org says it: a place with address and point, or a virtual one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from portal.model.position import Precision
from portal.model.post import WhereKind

if TYPE_CHECKING:
    from pages.plain.ways import Ways
    from portal.looking import PostView
    from portal.model.municipality import Municipality
    from portal.model.place import Place
    from portal.model.position import Point

KNOWN: Final = frozenset({Precision.EXACT, Precision.BLOCK})
"""A point that only stands for a part of town would be taken for the door."""
COORDINATE_DIGITS: Final = 6


def of_post(ways: Ways, view: PostView) -> dict[str, Any]:
    """``location`` and ``eventAttendanceMode``; empty where a post says nothing of where it is."""
    where = view.post.facts.where
    if where.kind is WhereKind.ONLINE:
        page = _page(ways, view)
        online = {"@type": "VirtualLocation", "@id": f"{page}#place", "url": where.url or page}
        return _mode("Online") | {"location": online}
    if where.kind is WhereKind.NOWHERE:
        return {}
    return _mode("Offline") | {"location": _location(ways, view)}


def of_place(ways: Ways, place: Place, town: Municipality) -> dict[str, Any]:
    """A place that has a page of its own."""
    facts = place.facts
    page = ways.whole("place", code=place.municipality, id=place.id)
    return said(
        {
            "@type": "Place",
            "@id": page,
            "name": facts.name,
            "address": address(town, facts.address),
            "geo": geo(facts.position, facts.precision),
            "url": page,
        }
    )


def address(town: Municipality, text: str = "") -> dict[str, Any]:
    """A postal address in Japan; prefecture and municipality are not said twice."""
    street = text.strip().removeprefix(town.prefecture).strip().removeprefix(town.name).strip()
    return said(
        {
            "@type": "PostalAddress",
            "addressCountry": "JP",
            "addressRegion": town.prefecture,
            "addressLocality": town.name,
            "streetAddress": street,
        }
    )


def geo(at: Point | None, precision: Precision = Precision.EXACT) -> dict[str, Any] | None:
    """A point (https://schema.org/GeoCoordinates), degrees; None where it is not known to the block."""
    if at is None or precision not in KNOWN:
        return None
    latitude, longitude = round(at.lat, COORDINATE_DIGITS), round(at.lon, COORDINATE_DIGITS)
    return {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}


def said(of: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in of.items() if value not in ("", None, [], {})}


def _location(ways: Ways, view: PostView) -> dict[str, Any]:
    """The place, the spot or the district; between residents never the spot."""
    where = view.post.facts.where
    if view.place:
        return of_place(ways, view.place, view.municipality)
    shown = not view.between_residents and where.kind is WhereKind.PIN
    named = [district.name for _, district in view.districts if district.id == where.district]
    name = where.name if shown and where.name else next(iter(named), view.municipality.name)
    return said(
        {
            "@type": "Place",
            "@id": f"{_page(ways, view)}#place",
            "name": name,
            "address": address(view.municipality, where.address if shown else ""),
            "geo": geo(view.position, view.precision) if shown else None,
        }
    )


def _page(ways: Ways, view: PostView) -> str:
    return ways.whole("post", code=view.post.municipality, id=view.post.id)


def _mode(name: str) -> dict[str, Any]:
    return {"eventAttendanceMode": f"https://schema.org/{name}EventAttendanceMode"}
