"""Where: the group's own place, any place, a pin on the map, a district, online, or nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse

from pages.forms import base, write_desk
from portal import clock, locate
from portal.errors import InvalidRecordError
from portal.model.listing import Show
from portal.model.position import Point
from portal.model.post import Where, WhereKind
from portal.normalise import fold
from portal.query import Query

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from pages.forms.write_desk import Desk
    from portal.errors import PortalError
    from portal.model.place import Place
    from portal.store import Reader, Store

OWN: Final = "place:"
OTHER: Final = "other"
NAMED: Final = "named"
"""A venue in words, that is on no map."""
FOUND_MOST: Final = 10
LOOKED_AT: Final = 200
PLACES_MOST: Final = 5
"""Decimal places of a degree: a metre."""


def shown(desk: Desk, where: Where) -> dict[str, tuple[str, ...]]:
    """The fields that show where it is."""
    own = {place.id for place in desk.places}
    choice = where.kind.value
    if where.kind is WhereKind.PLACE:
        choice = OWN + where.place if where.place in own else OTHER
    elif where.kind is WhereKind.NOWHERE and (where.name or where.address):
        choice = NAMED
    at = where.position
    return {
        "where": (choice,),
        "place": (where.place,),
        "room": (where.name if where.kind is WhereKind.PLACE else "",),
        "spot": (where.name if where.kind is not WhereKind.PLACE else "",),
        "venue": (where.name if choice == NAMED else "",),
        "venue_address": (where.address if choice == NAMED else "",),
        "address": (where.address,),
        "lat": (f"{at.lat:.{PLACES_MOST}f}" if at else "",),
        "lon": (f"{at.lon:.{PLACES_MOST}f}" if at else "",),
        "district": (where.district,),
        "url": (where.url,),
    }


def first(desk: Desk) -> Where:
    """Where a new post is until somebody says otherwise: at the group's own place, if it has one."""
    return Where(WhereKind.PLACE, place=desk.places[0].id) if desk.places else Where()


def read(sent: Form, faults: dict[str, PortalError]) -> Where:
    """Where it is, as it was typed in; what is wrong goes into ``faults`` by field."""
    choice = sent.text("where")
    try:
        if choice.startswith(OWN):
            return Where(WhereKind.PLACE, place=choice.removeprefix(OWN), name=sent.text("room"))
        if choice == OTHER:
            return Where(WhereKind.PLACE, place=sent.text("pick") or sent.text("place"), name=sent.text("room"))
        return _elsewhere(choice, sent)
    except InvalidRecordError as error:
        faults[_field(choice, error)] = error
        return Where()


def _elsewhere(choice: str, sent: Form) -> Where:
    names = {"name": sent.text("spot"), "address": sent.text("address")}
    if choice == WhereKind.PIN:
        return Where(WhereKind.PIN, position=_point(sent.text("lat"), sent.text("lon")), **names)
    if choice == WhereKind.DISTRICT:
        return Where(WhereKind.DISTRICT, district=sent.text("district"), **names)
    if choice == WhereKind.ONLINE:
        return Where(WhereKind.ONLINE, url=sent.text("url"))
    if choice == NAMED:
        return Where(name=sent.text("venue"), address=sent.text("venue_address"))
    if choice == WhereKind.NOWHERE:
        return Where()
    raise InvalidRecordError("write.no_where")


def _point(lat: str, lon: str) -> Point | None:
    if not lat and not lon:
        return None
    try:
        return Point(float(lon), float(lat))
    except ValueError:
        raise InvalidRecordError("write.bad_degrees") from None


def _field(choice: str, error: PortalError) -> str:
    if error.key in {"post.bad_url", "post.where_district"}:
        return "url" if error.key == "post.bad_url" else "district"
    if choice == WhereKind.PIN and error.key != "model.text_too_long":
        return "lat"
    return "place_query" if choice == OTHER and error.key == "post.where_place" else "where"


def search(store: Reader, municipality: str, text: str) -> list[Place]:
    """Places of the municipality, those so named before those that are found by address; empty where there are none."""
    if not text.strip():
        return []
    try:
        query = Query(municipality, text=text[:200], show=Show.PLACES)
    except InvalidRecordError:
        return []
    found = store.places([item.place for item in store.find(query, clock.today(), LOOKED_AT)])
    return sorted(found, key=lambda place: not _named(place, query))[:FOUND_MOST]


def _named(place: Place, query: Query) -> bool:
    name = fold(place.facts.name)
    return all(word in name for word in query.words)


def spot(store: Reader, municipality: str, text: str) -> Point | None:
    """The position of an address, as well as it is known."""
    found = locate.address(store, municipality, text[:200]) if text.strip() else None
    return found.point if found else None


async def places(request: Request) -> Response:
    """``GET /write/places?group=&q=``: places by name as JSON, for whoever may write for the group."""
    desk = await _desk(request)
    found = await base.act(search, desk.town.code, request.query_params.get("q", ""))
    data = [{"id": place.id, "name": place.facts.name, "address": place.facts.address} for place in found]
    return JSONResponse({"places": data}, headers=base.NEVER_KEPT)


async def address(request: Request) -> Response:
    """``GET /write/spot?group=&q=``: the position of an address as JSON, null where it is not known."""
    desk = await _desk(request)
    at = await base.act(spot, desk.town.code, request.query_params.get("q", ""))
    return JSONResponse({"lat": at.lat, "lon": at.lon} if at else None, headers=base.NEVER_KEPT)


async def _desk(request: Request) -> Desk:
    actor = await base.signed_in(request)
    params = request.query_params
    desk: Desk = await base.act(write_desk.find, actor, params.get("id", ""), params.get("group", ""))
    return desk


def choices(store: Store, desk: Desk, sent: Form, language: str) -> dict[str, Any]:
    """What the fields offer."""
    chosen = sent.text("pick") or sent.text("place")
    named = store.place(chosen) if chosen else None
    return {
        "own": [(OWN + place.id, place.facts.name) for place in desk.places],
        "found": search(store, desk.town.code, sent.text("place_query")) if sent.text("do") == "find_place" else None,
        "chosen": named if named and named.municipality == desk.town.code else None,
        "layers": [_layer(store, desk, layer, language) for layer in store.layers(desk.town.code)],
    }


def _layer(store: Store, desk: Desk, layer: Any, language: str) -> tuple[str, list[tuple[str, str]]]:  # noqa: ANN401  # a layer
    today = clock.today()
    known = [item for item in store.districts(desk.town.code, layer.key) if item.exists_on(today)]
    english = language == "en"
    named = [(item.id, (item.name_en if english else "") or item.name) for item in known]
    return ((layer.name_en if english else "") or layer.name, named)
