"""Post from a paper flyer (チラシから投稿を作る): a photo or PDF is read, a person accepts or mends, a draft opens."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from geodata.flyers import crop
from geodata.flyers.opening import MOST_BYTES
from pages.forms import base, flyer_reading, flyer_sheet, flyer_taking, shelf, write_desk
from pages.forms.flyer_reading import Reading
from pages.forms.reading import Limits
from portal import clock
from portal.errors import InvalidRecordError, PortalError, TooManyTriesError, UnknownThingError, UnreadableFileError
from portal.posts.from_flyer import take_flyer

if TYPE_CHECKING:
    from starlette.requests import Request

    from pages.forms.reading import Form
    from pages.forms.write_desk import Desk
    from portal.flyer import Spot
    from portal.permissions import Actor

LIMITS: Final = Limits(files=1, file_bytes=MOST_BYTES, soft=True)
PATIENCE_S: Final = 4.0
"""Most flyers are read within it, so that nobody sees the page that says to wait."""
LOOK_S: Final = 0.1


async def page(request: Request) -> Response:
    """The form for the file; with ``id`` the flyer that was sent: being read, read, or why it was not."""
    actor = await base.signed_in(request)
    name = request.query_params.get("id", "")
    if name:
        return await _read_one(request, actor, name, shelf.get(actor.id, name, Reading))
    desk: Desk = await base.act(write_desk.of_group, actor, request.query_params.get("group", ""))
    if request.method != "POST":
        return await _upload(request, actor, desk)
    sent = await base.form(request, LIMITS)
    try:
        name = flyer_reading.begin(actor.id, desk.group.id, _data(sent))
    except (UnreadableFileError, TooManyTriesError) as error:
        return await _upload(request, actor, desk, {"flyer": error})
    return base.see_other(request, f"/flyer?id={name}")


async def state(request: Request) -> Response:
    """``GET /flyer/state?id=``: whether it is read, for the page that waits."""
    actor = await base.signed_in(request)
    reading = shelf.get(actor.id, request.query_params.get("id", ""), Reading)
    await _soon(reading)
    return JSONResponse({"done": reading.done}, headers=base.NEVER_KEPT)


async def piece(request: Request) -> Response:
    """``GET /flyer/piece?id=&at=``: the part that a proposal was read from (``title.0.0``), or a page (``page.0``)."""
    actor = await base.signed_in(request)
    reading = shelf.get(actor.id, request.query_params.get("id", ""), Reading)
    spot = _spot(reading, request.query_params.get("at", ""))
    if spot is None or reading.read is None:
        raise UnknownThingError("shelf.over")
    shown = await run_in_threadpool(crop, reading.read.flyer.pages[spot.page], spot.box)
    return Response(shown, media_type="image/png", headers=base.NEVER_KEPT)


async def _read_one(request: Request, actor: Actor, name: str, reading: Reading) -> Response:
    desk: Desk = await base.act(write_desk.of_group, actor, reading.group)
    await _soon(reading)
    if reading.problem is not None:
        shelf.drop(name)
        return await _upload(request, actor, desk, {"flyer": reading.problem})
    if reading.read is None:
        return await base.render(request, "flyer_waiting.html", desk=desk, name=name)
    if request.method != "POST":
        return await _review(request, desk, reading, name)
    sent = await base.form(request)
    faults: dict[str, PortalError] = {}
    found = flyer_taking.accepted(sent, reading.read, clock.today(), faults)
    if found is None:
        return await _review(request, desk, reading, name, sent, faults)
    try:
        taken = await base.act(take_flyer, actor, desk.group.id, found, clock.now())
    except InvalidRecordError as error:
        return await _review(request, desk, reading, name, sent, {"": error})
    shelf.drop(name)
    said = "flyer_page.taken_unplaced" if taken.unplaced else "flyer_page.taken"
    return base.see_other(request, f"/write?id={taken.post.id}", said, _keep(name), place=taken.unplaced)


async def _soon(reading: Reading) -> None:
    """Wait a little while it is being read; nothing else waits with it."""
    for _ in range(round(PATIENCE_S / LOOK_S)):
        if reading.done:
            return
        await asyncio.sleep(LOOK_S)


def _data(sent: Form) -> bytes:
    file = sent.file("flyer")
    if file is None:
        raise UnreadableFileError("flyer_page.no_file")
    if file.size > MOST_BYTES:
        raise UnreadableFileError("flyer.file_too_large", most=MOST_BYTES // 1_000_000)
    return file.data


def _keep(name: str) -> str:
    return f"flyer-{name[:8]}"


def _spot(reading: Reading, at: str) -> Spot | None:
    """The part of a page that ``at`` names; None where there is none of this name."""
    field, *numbers = at.split(".")
    if reading.read is None or not all(one.isdecimal() and len(one) < 3 for one in numbers):  # noqa: PLR2004  # few
        return None
    read, counted = reading.read, [int(one) for one in numbers]
    if field == "page" and len(counted) == 1 and counted[0] < len(read.flyer.pages):
        return flyer_sheet.whole(read.flyer, counted[0])
    if field in flyer_sheet.FIELDS and len(counted) == 2:  # noqa: PLR2004  # the proposal and its piece
        offered = flyer_sheet.candidates(read, field)[counted[0] : counted[0] + 1]
        return next((spot for one in offered for spot in flyer_sheet.pieces(one)[counted[1] : counted[1] + 1]), None)
    return None


async def _upload(request: Request, actor: Actor, desk: Desk, faults: dict[str, PortalError] | None = None) -> Response:
    own = [(name, one) for name, one in shelf.of(actor.id, Reading) if one.group == desk.group.id]
    status = 429 if faults and isinstance(faults["flyer"], TooManyTriesError) else 400
    return await base.render(
        request,
        "flyer.html",
        status if faults else 200,
        faults or {},
        desk=desk,
        own=own,
        installed=flyer_reading.installed(),
        most=MOST_BYTES // 1_000_000,
    )


async def _review(  # noqa: PLR0913, PLR0917  # the page with what was sent to it
    request: Request,
    desk: Desk,
    reading: Reading,
    name: str,
    sent: Form | None = None,
    faults: dict[str, PortalError] | None = None,
) -> Response:
    values: dict[str, Any] = await base.act(flyer_sheet.values, desk, reading.read, sent, base.tongue(request))
    status = 400 if faults else 200
    keep = _keep(name)
    return await base.render(
        request, "flyer_review.html", status, faults or {}, name=name, keep=keep, fresh=sent is not None, **values
    )


ROUTES: Final = (
    Route("/flyer", page, methods=("GET", "POST")),
    Route("/flyer/state", state),
    Route("/flyer/piece", piece),
)
