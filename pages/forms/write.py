"""Writing a post (投稿を書く): few fields first, the rest when wanted, nothing lost and nothing overwritten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from pages.forms import base, write_desk, write_photos, write_reading, write_schedule, write_sheet, write_where
from portal import clock, post_warnings, posting
from portal.errors import InvalidRecordError, StaleEditError
from portal.model.post import PostState
from portal.posts import merging

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from pages.forms.write_desk import Desk
    from pages.forms.write_reading import Read
    from portal.model.post import Post, PostFacts
    from portal.permissions import Actor
    from portal.store import Store

SAVE: Final = frozenset({"save", "submit"})


async def page(request: Request) -> Response:
    """The editor; each button of it has its own value of ``do``."""
    actor = await base.signed_in(request)
    params = request.query_params
    desk: Desk = await base.act(write_desk.find, actor, params.get("id", ""), params.get("group", ""))
    sheet = write_sheet.Sheet(actor, desk, base.tongue(request))
    if request.method != "POST":
        if not desk.editable:
            return base.see_other(request, f"/post-actions?id={params['id']}")
        return await _show(request, sheet, write_reading.shown(desk, actor), fresh=False)
    faults: dict[str, Any] = {}
    sent = await write_photos.take(
        _doing(await base.form(request, write_photos.LIMITS)), actor.id, sheet.language, faults
    )
    if sent.ticked("photo_up") or sent.ticked("photo_remove"):
        return await _show(request, sheet, write_photos.arrange(sent, actor.id))
    if sent.text("do") == "discard":
        return base.see_other(request, desk.path, clear=desk.name)
    if sent.text("do") in SAVE | {"preview"}:
        return await _act(request, sheet, sent, faults)
    return await _show(request, sheet, await _helped(sheet, sent), faults=faults)


def _doing(sent: Form) -> Form:
    """The form with ``do``, whichever of the buttons it was: the one that goes on in spite of a warning, too."""
    do = sent.text("do") or sent.text("anyway")
    return replace(sent, texts={**sent.texts, "do": (do,)})


async def _act(request: Request, sheet: write_sheet.Sheet, sent: Form, faults: dict[str, Any]) -> Response:
    """Save, hand in or preview, unless something is wrong or looks like a slip."""
    desk, do = sheet.desk, sent.text("do")
    read = await base.act(_read, sent, desk, sheet.actor)
    if faults | read.faults or read.facts is None:
        return await _show(request, sheet, sent, 400, faults=read.faults | faults)
    if do == "preview":
        return await _show(request, sheet, sent, preview=read.facts)
    facts = merging.taken_over(read.facts, desk.post, sent.all("theirs")) if desk.post else read.facts
    if (do == "submit" or desk.asks_first) and not sent.ticked("anyway"):
        warned = await base.act(_warned, desk, facts)
        if warned:
            return await _show(request, sheet, sent, warned=warned)
    try:
        post = await base.act(_keep, sheet, sent, replace(read, facts=facts))
    except StaleEditError as error:
        if "post" not in error.values:
            raise
        return await _clash(request, sheet, sent, facts)
    except InvalidRecordError as error:
        return await _show(request, sheet, sent, 400, faults={write_reading.field_of(error): error})
    return _done(request, desk, post, do)


def _done(request: Request, desk: Desk, post: Post, do: str) -> Response:
    if do == "submit" or desk.asks_first:
        return base.see_other(request, f"/post-actions?id={post.id}", f"write.done_{post.state}", desk.name)
    return base.see_other(request, f"/write?id={post.id}", "write.saved", desk.name)


async def _clash(request: Request, sheet: write_sheet.Sheet, sent: Form, mine: PostFacts) -> Response:
    """Somebody else saved since: both texts field by field, one's own in the form, on top of the newer version."""
    desk: Desk = await base.act(write_desk.of_post, sheet.actor, sheet.desk.post.id if sheet.desk.post else "")
    assert desk.post  # noqa: S101  # of_post raises where there is none
    found = await base.act(merging.clashes, desk.post, _based_on(sent), mine)
    texts = {**sent.texts, "based_on": (str(desk.post.number),)}
    sheet = replace(sheet, desk=desk)
    return await _show(request, sheet, replace(sent, texts=texts), 409, clashes=found)


def _keep(store: Store, sheet: write_sheet.Sheet, sent: Form, read: Read) -> Post:
    actor, desk, now = sheet.actor, sheet.desk, clock.now()
    assert read.facts  # noqa: S101  # the caller looked
    if desk.post is None:
        post = posting.create(store, actor, desk.group.id, read.facts, now)
        based_on = post.number
    else:
        post, based_on = desk.post, _based_on(sent)
    if desk.post or read.publish_at:
        post = posting.save(store, actor, post.id, based_on, read.facts, now, read.publish_at)
    return posting.submit(store, actor, post.id, now) if sent.text("do") == "submit" and desk.to_send else post


def _read(_store: Store, sent: Form, desk: Desk, actor: Actor) -> Read:
    return write_reading.read(sent, desk, actor)


def _warned(store: Store, desk: Desk, facts: PostFacts) -> tuple[post_warnings.Warned, ...]:
    return post_warnings.warnings(store, desk.group, facts, clock.today(), desk.post.id if desk.post else "")


def _based_on(sent: Form) -> int:
    text = sent.text("based_on")
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004  # far more than versions


async def _helped(sheet: write_sheet.Sheet, sent: Form) -> Form:
    """The form after a button that helps to fill it in: an address looked up for the pin."""
    if sent.text("do") != "find_spot":
        return sent
    at = await base.act(write_where.spot, sheet.desk.town.code, sent.text("address"))
    found = {"lat": (f"{at.lat:.5f}",), "lon": (f"{at.lon:.5f}",)} if at else {}
    return replace(sent, texts={**sent.texts, **found, "spot_found": ("1" if at else "0",)})


async def _show(  # noqa: PLR0913  # what can stand on the page; all but the form are named
    request: Request,
    sheet: write_sheet.Sheet,
    sent: Form,
    status: int = 200,
    *,
    faults: dict[str, Any] | None = None,
    fresh: bool = True,
    **more: Any,  # noqa: ANN401  # warnings, differences, a preview
) -> Response:
    if not fresh and sheet.desk.post and sheet.desk.post.state is PostState.DRAFT and sheet.desk.facts:
        more["warned_draft"] = await base.act(_warned, sheet.desk, sheet.desk.facts)
    values = await base.act(write_sheet.values, sheet, sent, more)
    return await base.render(request, "write.html", status, faults or {}, fresh=fresh, **values)


FORM: Final = ("GET", "POST")
ROUTES: Final = (
    Route("/write", page, methods=FORM),
    Route("/write/schedule", write_schedule.answer, methods=["POST"]),
    Route("/write/places", write_where.places),
    Route("/write/spot", write_where.address),
    Route("/write/photo", write_photos.picture),
)
