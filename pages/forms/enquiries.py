"""Residents' questions (問い合わせ): staff pass on what waits, a group reads and answers its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from pages.forms import base, going, layout, own_group
from portal import clock, enquiring, permissions
from portal.enquiring import KEPT_FOR
from portal.errors import ConflictError, ForbiddenError, UnknownThingError
from portal.groups import letters, seeing
from portal.model.account import EMAIL
from portal.permissions import Action
from portal.schedules.wording_times import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request
    from starlette.responses import Response

    from portal.model.group import Group
    from portal.model.message import Enquiry
    from portal.model.municipality import Municipality
    from portal.permissions import Actor
    from portal.store import Reader


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the list shows it."""

    enquiry: Enquiry
    title: str
    """Of the post that it is about."""
    group: str
    href: str
    """To answer by telephone or mail; empty where that is not certain."""
    reads: bool
    """Whether somebody of the group signs in and reads it."""
    gone_on: str
    """The day of its deletion, in words."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The questions of one group."""

    group: Group
    asked: tuple[Asked, ...]


async def page(request: Request) -> Response:
    """What waits for the office and for one's own groups; with ``?group=`` that of one group."""
    actor = await base.signed_in(request)
    if request.method == "POST":
        return await _act(request, actor)
    if group_id := request.query_params.get("group", ""):
        desk: Desk = await own_group.seen(_of_group, actor, group_id, base.tongue(request))
        return await base.render(request, "enquiries.html", desks=[desk], waiting=None, office="")
    values = await base.act(_values, request, actor)
    return await base.render(request, "enquiries.html", **values)


async def _act(request: Request, actor: Actor) -> Response:
    sent = await base.form(request)
    group_id = request.query_params.get("group", "")
    back = f"/enquiries?group={group_id}" if group_id else "/enquiries"
    now = clock.now()
    try:
        if sent.ticked("pass_on"):
            address = going.base_if_ours(request)
            await own_group.seen(enquiring.pass_on, actor, sent.text("pass_on"), now, address)
            return base.see_other(request, back, "enquiries.passed_on")
        if sent.ticked("close"):
            await own_group.seen(enquiring.close, actor, sent.text("close"), now)
            return base.see_other(request, back, "enquiries.closed")
    except ConflictError:
        return base.see_other(request, back, "enquiry.decided")
    raise UnknownThingError("my.no_such_button")


def _values(store: Reader, request: Request, actor: Actor) -> dict[str, Any]:
    """The office's desk for who belongs to one, and the desks of one's groups."""
    town, language = _office(store, request, actor), base.tongue(request)
    waiting = enquiring.waiting(store, actor, town.code) if town else None
    groups = sorted((store.group(group_id) for group_id in actor.groups), key=lambda group: group.name if group else "")
    desks = [desk for group in groups if group and (desk := _desk(store, actor, group, language))]
    if town is None and not desks and not actor.groups:
        raise ForbiddenError("permissions.forbidden")
    return {
        "desks": desks,
        "waiting": None if waiting is None else _shown(store, waiting, language),
        "office": town.name if town else "",
    }


def _office(store: Reader, request: Request, actor: Actor) -> Municipality | None:
    """The municipality of the address if one works there, else the first where one does."""
    served = store.municipalities()
    asked = layout.municipality(request)
    inside = [item for item in [asked, *served] if item and _passes_on(actor, item.code)]
    return next(iter(inside), None)


def _passes_on(actor: Actor, code: str) -> bool:
    return permissions.may(Action.ENQUIRY_PASS_ON, permissions.role_of(actor, code))


def _of_group(store: Reader, actor: Actor, group_id: str, language: str) -> Desk:
    group = seeing.see(store, actor, group_id)
    return Desk(group, tuple(_shown(store, enquiring.of_group(store, actor, group), language)))


def _desk(store: Reader, actor: Actor, group: Group, language: str) -> Desk | None:
    """None for a group that reads nobody's question any more."""
    try:
        return Desk(group, tuple(_shown(store, enquiring.of_group(store, actor, group), language)))
    except ForbiddenError:
        return None


def _shown(store: Reader, asked: Iterable[Enquiry], language: str) -> list[Asked]:
    return [_one(store, item, language) for item in asked]


def _one(store: Reader, asked: Enquiry, language: str) -> Asked:
    post, group = store.post(asked.post), store.group(asked.group)
    return Asked(
        asked,
        post.facts.title if post else "",
        group.name if group else "",
        _href(asked.reply_to),
        bool(letters.owners(store, asked.group)),
        long_date((asked.made_at + KEPT_FOR).date(), language),
    )


def _href(reply_to: str) -> str:
    if EMAIL.fullmatch(reply_to):
        return f"mailto:{reply_to}"
    digits = "".join(sign for sign in reply_to if sign in "+0123456789")
    return f"tel:{digits}" if digits else ""


ROUTES: Final = (Route("/enquiries", page, methods=("GET", "POST")),)
