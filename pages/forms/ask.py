"""A resident's question about a post (問い合わせ): passed on by the portal, so that nobody's number has to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from pages import wiring
from pages.forms import base, going, origin, robots
from pages.forms.pace import Pace
from portal import clock, enquiring, looking
from portal.enquiring import Question
from portal.errors import ConflictError, InvalidRecordError, PortalError, TooManyTriesError
from portal.model.usage import Use

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from portal.looking import PostView
    from portal.store import Reader, Store

PACE: Final = Pace(10, "ask.too_many")
FIELDS: Final[Mapping[str, str]] = {"enquiry.bad_reply_to": "reply_to", "model.text_too_long": "text"}
NEEDED: Final = ("name", "reply_to", "text")


async def page(request: Request) -> Response:
    """The form, and once it is sent, what becomes of the question."""
    view: PostView = await base.act(_view, request.query_params.get("post", ""))
    if request.method != "POST":
        if request.query_params.get("sent"):
            return await base.render(request, "ask_sent.html", view=view)
        return await _form(request, view)
    sent = await base.form(request)
    faults: dict[str, PortalError] = {
        name: InvalidRecordError(f"ask.no_{name}") for name in NEEDED if not sent.area(name).strip()
    }
    if faults:
        return await _form(request, view, sent, faults)
    try:
        robots.check(sent)
        await base.act(_ask, view, sent, (going.base_if_ours(request), origin.origin(request)))
    except (InvalidRecordError, TooManyTriesError) as error:
        return await _form(request, view, sent, {FIELDS.get(error.key, ""): error})
    wiring.usage().count(view.post.id, Use.ASKED, clock.today())
    return base.see_other(request, f"/ask?post={view.post.id}&sent=1", clear=_kept(view))


def _view(store: Reader, post_id: str) -> PostView:
    """Raises UnknownThingError for a post that is not shown, ConflictError for one that is asked about otherwise."""
    view = looking.post(store, post_id, clock.now())
    if not view.post.facts.asks_through_portal:
        raise ConflictError("enquiry.not_through_portal")
    return view


def _ask(store: Store, view: PostView, sent: Form, where: tuple[str, str]) -> None:
    address, sender = where
    question = Question(sent.text("name"), sent.text("reply_to"), sent.area("text"))
    with PACE.one(store, sender):
        enquiring.ask(store, view.post.id, question, clock.now(), address)


async def _form(
    request: Request,
    view: PostView,
    sent: Form | None = None,
    faults: Mapping[str, PortalError] = base.NO_FAULTS,
) -> Response:
    status = 429 if any(isinstance(error, TooManyTriesError) for error in faults.values()) else 400
    return await base.render(
        request,
        "ask.html",
        status if faults else 200,
        faults,
        view=view,
        keep=_kept(view),
        typed={name: sent.area(name) if sent else "" for name in NEEDED},
        begun=robots.begun(sent),
        trap=robots.TRAP,
    )


def _kept(view: PostView) -> str:
    return f"ask-{view.post.id}"


ROUTES: Final = (Route("/ask", page, methods=("GET", "POST")),)
