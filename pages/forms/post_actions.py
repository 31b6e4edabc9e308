"""What can be done with a post (投稿の手続き): hand it in, call dates off, take it back, copy it, count people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from pages.forms import base, post_actions_sheet, write_desk
from portal import clock, posting
from portal.errors import InvalidRecordError, UnknownThingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from pages.forms.write_desk import Desk
    from portal.errors import PortalError
    from portal.model.post import Post
    from portal.permissions import Actor
    from portal.store import Store

DAY_LENGTH: Final = 10


async def page(request: Request) -> Response:
    """What state the post is in, what comes next, and a button for each thing that can be done now."""
    actor = await base.signed_in(request)
    desk: Desk = await base.act(write_desk.of_post, actor, request.query_params.get("id", ""))
    if request.method != "POST":
        return await _show(request, actor, desk)
    sent = await base.form(request)
    do = sent.text("do")
    if do not in ACTS or desk.post is None:
        raise UnknownThingError("post_actions.no_such_action")
    try:
        post = await base.act(ACTS[do], actor, desk.post, sent)
    except InvalidRecordError as error:
        return await _show(request, actor, desk, {f"do_{do}": error})
    if do in COPIES:
        return base.see_other(request, f"/write?id={post.id}", f"post_actions.done_{do}")
    said = f"write.done_{post.state}" if do in SENT else f"post_actions.done_{do}"
    return base.see_other(request, f"/post-actions?id={post.id}", said)


async def _show(request: Request, actor: Actor, desk: Desk, faults: dict[str, PortalError] | None = None) -> Response:
    values = await base.act(post_actions_sheet.values, actor, desk, base.tongue(request))
    return await base.render(request, "post_actions.html", 400 if faults else 200, faults or {}, **values)


def _submit(store: Store, actor: Actor, post: Post, _sent: Form) -> Post:
    return posting.submit(store, actor, post.id, clock.now())


def _publish(store: Store, actor: Actor, post: Post, sent: Form) -> Post:
    """Now instead of at the time that was set."""
    return posting.save(store, actor, post.id, _number(sent), posting.content(post), clock.now(), None)


def _cancel_dates(store: Store, actor: Actor, post: Post, sent: Form) -> Post:
    return posting.cancel_dates(store, actor, post.id, _days(sent, "date"), sent.text("reason"), clock.now())


def _cancel(store: Store, actor: Actor, post: Post, sent: Form) -> Post:
    return posting.cancel(store, actor, post.id, sent.text("reason"), clock.now())


def _reinstate(store: Store, actor: Actor, post: Post, _sent: Form) -> Post:
    return posting.reinstate(store, actor, post.id, clock.now())


def _reinstate_dates(store: Store, actor: Actor, post: Post, sent: Form) -> Post:
    return posting.reinstate(store, actor, post.id, clock.now(), _days(sent, "back"))


def _withdraw(store: Store, actor: Actor, post: Post, _sent: Form) -> Post:
    return posting.withdraw(store, actor, post.id, clock.now())


def _copy(store: Store, actor: Actor, post: Post, _sent: Form) -> Post:
    return posting.copy(store, actor, post.id, clock.now())


def _next_term(store: Store, actor: Actor, post: Post, _sent: Form) -> Post:
    return posting.next_term(store, actor, post.id, clock.now())


def _count(store: Store, actor: Actor, post: Post, sent: Form) -> Post:
    """The numbers that differ from what was noted, all of them or none; a field left empty says nothing."""
    texts = {name.removeprefix("count_"): sent.text(name) for name in sorted(sent.texts) if name.startswith("count_")}
    counts = {_day(name): _whole(text) for name, text in texts.items() if text}
    new = {day: count for day, count in counts.items() if post.places_taken.get(day.isoformat()) != count}
    replace(post, places_taken={day.isoformat(): count for day, count in new.items()})  # refuses what cannot be
    for day, count in new.items():
        post = posting.count_places(store, actor, post.id, day, count, clock.now())
    return post


def _days(sent: Form, name: str) -> set[date]:
    return {_day(text) for text in sent.all(name)}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:DAY_LENGTH])
    except ValueError:
        raise InvalidRecordError("posting.no_such_date", day=text[:DAY_LENGTH]) from None


def _whole(text: str) -> int:
    try:
        return int(text[:DAY_LENGTH])
    except ValueError:
        raise InvalidRecordError("write.bad_number") from None


def _number(sent: Form) -> int:
    return _whole(sent.text("number") or "0")


ACTS: Final[dict[str, Callable[[Store, Actor, Post, Form], Any]]] = {
    "submit": _submit,
    "publish": _publish,
    "cancel_dates": _cancel_dates,
    "cancel": _cancel,
    "reinstate": _reinstate,
    "reinstate_dates": _reinstate_dates,
    "withdraw": _withdraw,
    "copy": _copy,
    "next_term": _next_term,
    "count": _count,
}
"""Each button of the page by its value of ``do``, which is also the end of its phrases' keys."""
COPIES: Final = frozenset({"copy", "next_term"})
SENT: Final = frozenset({"submit", "publish"})
ROUTES: Final = (Route("/post-actions", page, methods=("GET", "POST")),)
