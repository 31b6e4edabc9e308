"""One thing of the queue (受付の1件): as readers will see it, what changed, and the decision; then the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from starlette.routing import Route

from pages import wiring
from pages.forms import base, going, queue_sheet, review_sheet, review_thing
from pages.forms.review_acts import ACTS, Decision
from pages.forms.review_thing import Sort
from portal import clock, moderation
from portal.errors import ConflictError, ForbiddenError, InvalidRecordError, PortalError, UnknownThingError
from portal.posts.opening import NOT_NOW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from pages.forms.review_thing import Thing
    from portal.moderation import QueueItem
    from portal.permissions import Actor


class Refused(NamedTuple):
    """What is wrong with a decision, and the words that were typed with it."""

    status: int = 200
    faults: Mapping[str, PortalError] = base.NO_FAULTS
    reason: str = ""


NOTHING: Final = Refused()


async def page(request: Request) -> Response:
    """The thing with its buttons; a decision leads on to what waits next."""
    actor = await base.signed_in(request)
    thing = await _thing(request, actor)
    if request.method != "POST":
        return await _show(request, actor, thing)
    sent = await base.form(request)
    do = sent.text("do")
    if do not in ACTS[thing.sort]:
        raise UnknownThingError("review.no_such_action")
    waiting = await _waiting(actor, thing)
    made = Decision(actor, thing, _number(sent), sent.area("reason"), going.base_if_ours(request))
    try:
        await base.act(ACTS[thing.sort][do], made)
    except PortalError as error:
        return await _refused(request, actor, thing, made, error)
    following = _next(waiting, thing, request.query_params.get("kind", ""))
    path = _way(request, thing, following)
    return base.see_other(request, path, f"review.done_{do}", f"review-{thing.id}", name=thing.title)


async def _refused(request: Request, actor: Actor, thing: Thing, made: Decision, error: PortalError) -> Response:
    """The page again with what is wrong, as the thing is now; what is none of this page's flies on."""
    fields = {"" if thing.sort is Sort.NOTE else "reason": error}
    if isinstance(error, InvalidRecordError):
        return await _show(request, actor, thing, Refused(400, fields, made.reason))
    if isinstance(error, ConflictError) or (isinstance(error, ForbiddenError) and error.key == NOT_NOW):
        thing = await _thing(request, actor)
        return await _show(request, actor, thing, Refused(409, {"": error}, made.reason))
    raise error


async def _show(request: Request, actor: Actor, thing: Thing, refused: Refused = NOTHING) -> Response:
    waiting = await _waiting(actor, thing)
    item = next((one for one in waiting if one.id == thing.id), None)
    values = await base.act(review_sheet.values, actor, thing, item, base.tongue(request))
    following = _next(waiting, thing, request.query_params.get("kind", ""))
    return await base.render(
        request,
        "review.html",
        refused.status,
        refused.faults,
        reason=refused.reason,
        kind=request.query_params.get("kind", ""),
        next=_way(request, thing, following) if following else "",
        **values,
    )


async def _thing(request: Request, actor: Actor) -> Thing:
    found: Thing = await base.act(review_thing.find, actor, request.query_params.get("id", ""))
    return found


async def _waiting(actor: Actor, thing: Thing) -> Sequence[QueueItem]:
    days = wiring.settings().freshness_days
    found: Sequence[QueueItem] = await base.act(moderation.queue, actor, thing.code, clock.now(), days)
    return found


def _next(waiting: Sequence[QueueItem], thing: Thing, kind: str) -> QueueItem | None:
    """What comes after the thing in the list that it was opened from, else the first; nothing of one's own."""
    chosen = queue_sheet.kind(kind)
    at = next((at for at, one in enumerate(waiting) if one.id == thing.id), -1)
    in_order = [*waiting[at + 1 :], *waiting[: max(at, 0)]]
    return next((one for one in in_order if chosen in {None, one.kind} and not one.own and one.id != thing.id), None)


def _way(request: Request, thing: Thing, following: QueueItem | None) -> str:
    kind: dict[str, Any] = {"kind": request.query_params.get("kind", "")}
    if following is None:
        return going.address(request, f"/queue?municipality={thing.code}")
    return going.address(request, f"/review?municipality={thing.code}", id=following.id, **kind)


def _number(sent: Form) -> int:
    text = sent.text("based_on")
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004  # far more than versions


ROUTES = (Route("/review", page, methods=("GET", "POST")),)
