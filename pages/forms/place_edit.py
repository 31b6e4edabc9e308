"""A place (場所を直す), for staff: its facts, what its source says of them, its opening, and whether it still runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from pages.forms import base, going, office, place_edit_acts, place_edit_reading, place_edit_sheet, write_where
from portal.errors import ConflictError, InvalidRecordError, UnknownThingError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from portal.model.place import Place
    from portal.permissions import Actor
    from portal.store import Reader

LOOKS: Final = frozenset({"look", "find_spot"})
"""Buttons that only help to fill the form in."""


async def page(request: Request) -> Response:
    """The form; each button of the page has its own value of ``do``."""
    actor = await base.signed_in(request)
    place: Place = await base.act(_find, actor, request.query_params.get("id", ""))
    if request.method != "POST":
        return await _show(request, place, place_edit_reading.shown(place.facts))
    sent = await base.form(request)
    do = sent.text("do")
    if do == "save":
        return await _save(request, actor, place, sent)
    if do in LOOKS:
        return await _look(request, place, sent)
    return await _act(request, actor, place, sent)


async def _save(request: Request, actor: Actor, place: Place, sent: Form) -> Response:
    read = await base.act(place_edit_reading.read, sent, place)
    if read.faults:
        return await _show(request, place, sent, read.faults)
    clashes = place_edit_acts.clashes(read, place)
    if clashes:
        form = place_edit_reading.laid_over(place.facts, sent, read.values)
        return await _show(request, place, form, {"": ConflictError("place_edit.clash")}, clashes=clashes)
    try:
        changed = await base.act(place_edit_acts.save, actor, place, read.values)
    except InvalidRecordError as error:
        return await _show(request, place, sent, {place_edit_reading.FIELD_OF.get(error.key, ""): error})
    said = "place_edit.saved" if changed else "place_edit.nothing_new"
    return _back(request, place, said, f"place-{place.id}")


async def _look(request: Request, place: Place, sent: Form) -> Response:
    """The form again with what a button found: the spot of an address; the dates stand there by themselves."""
    texts = dict(sent.texts)
    if sent.text("do") == "find_spot":
        spot = await base.act(write_where.spot, place.municipality, sent.text("address"))
        texts["spot_found"] = ("1" if spot else "0",)
        if spot:
            texts |= {"lat": (f"{spot.lat:.6f}",), "lon": (f"{spot.lon:.6f}",)}
    return await _show(request, place, replace(sent, texts=texts))


async def _act(request: Request, actor: Actor, place: Place, sent: Form) -> Response:
    """What is done by one button: the source's values again, verified, open or closed, the group asked."""
    do = sent.text("do")
    if do not in place_edit_acts.ACTS:
        raise UnknownThingError("place_edit.no_such_action")
    address = going.mail_base(request) if do == "ask" else ""
    try:
        told: dict[str, Any] = await base.act(place_edit_acts.ACTS[do], actor, place, sent, address)
    except InvalidRecordError as error:
        return await _show(
            request, place, place_edit_reading.shown(place.facts), {"opening" if do == "open" else f"do_{do}": error}
        )
    except ConflictError as error:
        place = await base.act(_find, actor, place.id)
        return await _show(request, place, place_edit_reading.shown(place.facts), {"": error})
    key = told.pop("key", f"place_edit.done_{do}")
    return _back(request, place, key, **told)


def _back(request: Request, place: Place, said: str, clear: str = "", **values: object) -> Response:
    path = f"/place-edit?municipality={place.municipality}&id={place.id}"
    return base.see_other(request, path, said, clear, **values)


async def _show(
    request: Request,
    place: Place,
    sent: Form,
    faults: dict[str, Any] | None = None,
    clashes: tuple[str, ...] = (),
) -> Response:
    values = await base.act(place_edit_sheet.values, place, sent, clashes, base.tongue(request))
    clash = any(isinstance(error, ConflictError) for error in (faults or {}).values())
    status = 409 if clash else 400 if faults else 200
    return await base.render(request, "place_edit.html", status, faults or {}, fresh=faults is not None, **values)


def _find(store: Reader, actor: Actor, place_id: str) -> Place:
    """The place, for its municipality's office; raises UnknownThingError in the same words for a guessed id."""
    place = store.place(place_id)
    if place is None or not office.works_in(actor, place.municipality):
        raise UnknownThingError("place_edit.no_such_place")
    return place


ROUTES = (Route("/place-edit", page, methods=("GET", "POST")),)
