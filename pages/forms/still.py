"""Is it still running? (まだ続いていますか): the answer by a link of a mail or a QR code, without signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from pages.forms import base, place_told
from portal import clock, freshness
from portal.errors import InvalidRecordError, PortalError, StaleEditError, UnknownThingError
from portal.freshness import Answer
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from portal.freshness import Answered
    from portal.model.place import Place
    from portal.store import Reader

NOT_FOUND: Final = 404
FIELDS: Final = ("name", "address", "schedule_note")
"""What has changed most often; whatever else did is said in the text."""


async def page(request: Request) -> Response:
    """The place and three buttons; looking at it answers nothing, as mail scanners open every link."""
    thanks = request.query_params.get("thanks", "")
    if thanks in set(Answer):
        return await base.render(request, "still_thanks.html", said_so=thanks)
    token = request.query_params.get("t", "")
    try:
        place: Place = await base.act(freshness.look, token, clock.now())
    except UnknownThingError as error:
        return await _over(request, error)
    return await (_answer(request, token, place) if request.method == "POST" else _asked(request, place))


async def _answer(request: Request, token: str, place: Place) -> Response:
    sent = await base.form(request)
    try:
        done: Answered = await base.act(freshness.answer, token, sent.text("answer"), clock.now())
    except (UnknownThingError, StaleEditError) as error:
        return await _over(request, error)
    except InvalidRecordError as error:
        return await _asked(request, place, {"": error})
    if done.change_token:
        return base.see_other(request, f"/changed?t={done.change_token}")
    return base.see_other(request, f"/still?thanks={sent.text('answer')}")


async def changed(request: Request) -> Response:
    """The form that asks what has changed, filled in with what stands there."""
    token = request.query_params.get("t", "")
    try:
        place: Place = await base.act(freshness.to_change, token, clock.now())
    except UnknownThingError as error:
        return await _over(request, error)
    if request.method != "POST":
        return await _form(request, place)
    sent = await base.form(request)
    values = {name: sent.area(name) for name in FIELDS}
    try:
        await base.act(freshness.say_changes, token, values, _text(sent, base.tongue(request)), clock.now())
    except (UnknownThingError, StaleEditError) as error:
        return await _over(request, error)
    except InvalidRecordError as error:
        return await _form(request, place, sent, {_field(error, sent): error})
    return base.see_other(request, f"/still?thanks={Answer.CHANGED}", clear=_kept(place))


async def _asked(request: Request, place: Place, faults: Mapping[str, PortalError] = base.NO_FAULTS) -> Response:
    told = await base.act(_told, place, base.tongue(request))
    return await base.render(request, "still.html", 400 if faults else 200, faults, place=place, told=told)


async def _form(
    request: Request,
    place: Place,
    sent: Form | None = None,
    faults: Mapping[str, PortalError] = base.NO_FAULTS,
) -> Response:
    typed: dict[str, str] = {name: sent.area(name) if sent else getattr(place.facts, name) for name in FIELDS}
    typed |= {name: sent.area(name) if sent else "" for name in ("contact", "text")}
    return await base.render(
        request,
        "still_changed.html",
        400 if faults else 200,
        faults,
        place=place,
        typed=typed,
        keep=_kept(place),
    )


async def _over(request: Request, error: PortalError) -> Response:
    """Why the link leads nowhere, and what to do now."""
    used = isinstance(error, StaleEditError) or error.key == "identity.link_used"
    return await base.render(request, "still_over.html", NOT_FOUND, used=used, key=error.key, values=error.values)


def _told(store: Reader, place: Place, language: str) -> list[tuple[str, str]]:
    return place_told.facts(store, place, clock.today(), language)


def _text(sent: Form, language: str) -> str:
    """What else has changed; how to get in touch goes with it, for staff to enter."""
    contact = sent.area("contact").strip()
    parts = (say("still.contact_is", language, contact=contact) if contact else "", sent.area("text").strip())
    return "\n\n".join(filter(None, parts))


def _field(error: InvalidRecordError, sent: Form) -> str:
    """The field that what is wrong is about; of too long texts the longest."""
    if error.key in {"model.no_name", "model.name_too_long"}:
        return "name"
    if error.key != "model.text_too_long":
        return ""
    return max((*FIELDS[1:], "text"), key=lambda name: len(sent.area(name)))


def _kept(place: Place) -> str:
    return f"changed-{place.id}"


ROUTES: Final = (
    Route("/still", page, methods=("GET", "POST")),
    Route("/changed", changed, methods=("GET", "POST")),
)
