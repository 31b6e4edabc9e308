"""A group's settings (団体の設定): what it says of itself, who acts for it, its places, what it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from pages.forms import base, going, own_group
from pages.forms import group_settings_sheet as sheet
from portal import clock, following, grouping, identity
from portal.errors import (
    ConflictError,
    InvalidRecordError,
    PortalError,
    StaleEditError,
    UnknownThingError,
)
from portal.model.group import FeedKind

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from portal.model.group import Group
    from portal.permissions import Actor

    Act = Callable[[Request, Actor, Group, Form], Awaitable[Response]]

ABOUT_FORM: Final[Mapping[str, str]] = {"invite": "email", "follow": "url"}
"""The field that what is wrong with a button's form stands at."""


async def page(request: Request) -> Response:
    """The sections; each has a button of its own name."""
    actor = await base.signed_in(request)
    group: Group = await own_group.seen(sheet.seen, actor, request.query_params.get("id", ""))
    if request.method != "POST":
        return await _show(request, actor, group)
    sent = await base.form(request)
    name = next((name for name in ACTS if sent.ticked(name)), "")
    if not name:
        raise UnknownThingError("my.no_such_button")
    try:
        return await ACTS[name](request, actor, group, sent)
    except StaleEditError:
        raise
    except (InvalidRecordError, ConflictError, UnknownThingError) as error:
        return await _show(request, actor, group, sent if name == "save" else None, {ABOUT_FORM.get(name, ""): error})


async def _save(request: Request, actor: Actor, group: Group, sent: Form) -> Response:
    """What somebody else saved meanwhile is shown beside one's own text, which can then be saved knowingly."""
    faults: dict[str, PortalError] = {}
    values = sheet.read(sent, faults, office=sheet.is_office(actor, group))
    if faults:
        return await _show(request, actor, group, sent, faults)
    try:
        await base.act(grouping.edit, actor, group.id, sheet.based_on(sent), values, clock.now())
    except StaleEditError as error:
        now: Group = await own_group.seen(sheet.seen, actor, group.id)
        return await _show(request, actor, now, sent, {"": error}, stale=True)
    except (InvalidRecordError, ConflictError, UnknownThingError) as error:
        return await _show(request, actor, group, sent, {sheet.FIELDS.get(error.key, ""): error})
    return _done(request, group, "group_settings.saved", f"group-{group.id}")


async def _invite(request: Request, actor: Actor, group: Group, sent: Form) -> Response:
    email = sent.text("email")
    invitation = identity.Invitation(email, group=group.id, owner=sent.ticked("owner"))
    await base.act(identity.invite, actor, invitation, clock.now(), going.mail_base(request))
    return _done(request, group, "group_settings.invited", email=email)


async def _remove(request: Request, actor: Actor, group: Group, sent: Form) -> Response:
    await base.act(grouping.remove_member, actor, group.id, sent.text("remove"), clock.now())
    if sent.text("remove") == actor.id:
        return base.see_other(request, "/my", "group_settings.left", name=group.name)
    return _done(request, group, "group_settings.removed")


async def _add_place(request: Request, actor: Actor, group: Group, sent: Form) -> Response:
    places = {"places": tuple(dict.fromkeys((*group.places, sent.text("add_place"))))}
    await base.act(grouping.edit, actor, group.id, sheet.based_on(sent), places, clock.now())
    return _done(request, group, "group_settings.place_added")


async def _drop_place(request: Request, actor: Actor, group: Group, sent: Form) -> Response:
    places = {"places": tuple(place for place in group.places if place != sent.text("drop_place"))}
    await base.act(grouping.edit, actor, group.id, sheet.based_on(sent), places, clock.now())
    return _done(request, group, "group_settings.place_dropped")


async def _follow(request: Request, actor: Actor, group: Group, sent: Form) -> Response:
    kind = FeedKind.RSS if sent.text("kind") == FeedKind.RSS else FeedKind.ICALENDAR
    await base.act(following.follow, actor, group.id, sent.text("url"), kind, clock.now())
    return _done(request, group, "group_settings.followed")


async def _unfollow(request: Request, actor: Actor, group: Group, sent: Form) -> Response:
    await base.act(following.unfollow, actor, group.id, sent.text("unfollow"), clock.now())
    return _done(request, group, "group_settings.unfollowed")


async def _close(request: Request, actor: Actor, group: Group, sent: Form) -> Response:
    if not sent.ticked("sure"):
        raise InvalidRecordError("group_settings.not_sure")
    reason = sent.text("reason")
    await base.act(lambda store: grouping.close(store, actor, group.id, reason, clock.now()))
    return base.see_other(request, f"/my?group={group.id}", "group_settings.closed", name=group.name)


def _done(request: Request, group: Group, said: str, clear: str = "", **values: object) -> Response:
    return base.see_other(request, f"/group-settings?id={group.id}", said, clear, **values)


async def _show(  # noqa: PLR0913  # what can stand on the page
    request: Request,
    actor: Actor,
    group: Group,
    sent: Form | None = None,
    faults: Mapping[str, PortalError] = base.NO_FAULTS,
    *,
    stale: bool = False,
) -> Response:
    asked = (request.query_params.get("q", ""), base.tongue(request))
    values: dict[str, Any] = await base.act(sheet.values, actor, group, sent or sheet.shown(group), asked)
    status = (409 if stale else 400) if faults else 200
    return await base.render(request, "group_settings.html", status, faults, stale=stale, **values)


ACTS: Final[Mapping[str, Act]] = {
    "save": _save,
    "invite": _invite,
    "remove": _remove,
    "add_place": _add_place,
    "drop_place": _drop_place,
    "follow": _follow,
    "unfollow": _unfollow,
    "close": _close,
}
"""Each button of the page."""
ROUTES: Final = (Route("/group-settings", page, methods=("GET", "POST")),)
