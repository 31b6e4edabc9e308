"""Being told what is new (お知らせを受け取る): a choice, by mail or by the browser, without an account.

A mail address counts once somebody who reads its mail has pressed a button; the answer is the same for every address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import FileResponse
from starlette.routing import Route

from pages import wiring
from pages.forms import base, going, layout, origin, robots
from pages.forms.pace import Pace as Often
from pages.forms.subscribe_sheet import sheet
from pages.outside import digest_letter, push
from pages.server import assets
from portal import clock, subscribing
from portal.errors import ConflictError, InvalidRecordError, PortalError, TooManyTriesError, UnknownThingError
from portal.model.account import read_email
from portal.model.subscription import Browser, Choice, Pace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from portal.model.municipality import Municipality
    from portal.store import Store

OFTEN: Final = Often(10, "subscribe.too_many")
FIELDS: Final[Mapping[str, str]] = {"account.bad_email": "email", "subscribe.too_many_values": "district"}
BY_BROWSER: Final = "browser"
WORKER: Final = "push-worker.js"


async def page(request: Request) -> Response:
    """The choice; once it is sent, what happens next."""
    town = await base.act(lambda _store: _town(request))
    if request.method != "POST":
        if done := request.query_params.get("sent"):
            return await base.render(request, "subscribe_sent.html", by_browser=done == BY_BROWSER)
        return await _form(request, town)
    sent = await base.form(request)
    if sent.text("way") != BY_BROWSER:
        going.mail_base(request)
    try:
        robots.check(sent)
        await base.act(_take, town, sent, origin.origin(request))
    except (InvalidRecordError, TooManyTriesError, ConflictError) as error:
        return await _form(request, town, sent, {FIELDS.get(error.key, ""): error})
    by_browser = sent.text("way") == BY_BROWSER
    return base.see_other(request, f"/subscribe?sent={BY_BROWSER if by_browser else 'mail'}")


async def confirm(request: Request) -> Response:
    """One button: mail scanners open every link, so looking at the page confirms nothing."""
    token = request.query_params.get("t", "")
    if request.method == "POST":
        await base.form(request)
        await base.act(subscribing.confirm, token, clock.now())
        return await base.render(request, "subscribe_confirmed.html")
    told = await base.act(_asked, token)
    return await base.render(request, "subscribe_confirm.html", told=told)


def worker(_request: Request) -> Response:
    """The script that shows a push message while no page is open; browsers ask anew whether it has changed."""
    headers = {"Cache-Control": assets.ASK_AGAIN}
    return FileResponse(assets.OURS / WORKER, media_type="text/javascript", headers=headers)


def _town(request: Request) -> Municipality:
    town = layout.municipality(request)
    if town is None:
        raise UnknownThingError("subscribe.no_town")
    return town


def _asked(store: Store, token: str) -> str:
    """The choice that a link confirms, in words."""
    return digest_letter.choice_told(store, subscribing.look(store, token, clock.now()).choice)


def _take(store: Store, town: Municipality, sent: Form, sender: str) -> None:
    """Note what was asked for; raises ConflictError for a way that this portal does not have."""
    settings, choice = wiring.settings(), _choice(town, sent)
    if sent.text("way") == BY_BROWSER:
        if not settings.push:
            raise ConflictError("subscribe.no_push")
        browser = Browser(sent.secret("endpoint"), sent.secret("p256dh"), sent.secret("auth"))
        push.check(browser)
        with OFTEN.one(store, sender):
            subscribing.follow(store, browser, choice, clock.now())
        return
    if not settings.smtp_host:
        raise ConflictError("subscribe.no_mail")
    address = read_email(sent.text("email"))
    with OFTEN.one(store, sender):
        subscribing.ask(store, address, choice, clock.now())


def _choice(town: Municipality, sent: Form) -> Choice:
    districts, kinds = (tuple(sorted({*sent.all(name)} - {""})) for name in ("district", "kind"))
    layer = sent.text("layer") if districts else ""
    try:
        pace = Pace(sent.text("pace", Pace.WEEKLY))
    except ValueError:
        raise InvalidRecordError("subscribe.bad_choice") from None
    return Choice(town.code, layer, districts, kinds, pace, sent.text("language"))


async def _form(
    request: Request,
    town: Municipality,
    sent: Form | None = None,
    faults: Mapping[str, PortalError] = base.NO_FAULTS,
) -> Response:
    status = 429 if any(isinstance(error, TooManyTriesError) for error in faults.values()) else 400
    shown = await base.act(sheet, town, request.query_params, base.tongue(request), sent)
    # Where the portal is not opened at its own address, a mail's link could lead nowhere.
    by_mail = bool(wiring.settings().smtp_host and going.base_if_ours(request))
    values = {"begun": robots.begun(sent), "trap": robots.TRAP, "shown": shown, "by_mail": by_mail}
    return await base.render(request, "subscribe.html", status if faults else 200, faults, **values)


ROUTES: Final = (
    Route("/subscribe", page, methods=("GET", "POST")),
    Route("/subscribe-confirm", confirm, methods=("GET", "POST")),
    Route(f"/{WORKER}", worker),
)
