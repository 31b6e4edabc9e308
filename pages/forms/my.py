"""My group (私の団体): the next thing to do, what is shown and what waits, how it was used, the places, the members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from pages import wiring
from pages.forms import base, my_sheet, own_group
from portal import clock, freshness, my_group, posting
from portal.errors import UnknownThingError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from portal.model.group import Group
    from portal.model.place import Place
    from portal.model.post import Post
    from portal.my_group import Overview
    from portal.permissions import Actor
    from portal.store import Reader


async def page(request: Request) -> Response:
    """The one group that one acts for; the choice, where there are several; a way to apply, where there is none."""
    actor = await base.signed_in(request)
    group_id = request.query_params.get("group", "")
    if not group_id:
        groups: list[Group] = await base.act(_own, actor)
        if len(groups) != 1:
            return await base.render(request, "my_groups.html", groups=groups)
        group_id = groups[0].id
    if request.method == "POST":
        return await _act(request, actor, group_id)
    values = await own_group.seen(_values, actor, group_id, base.tongue(request))
    return await base.render(request, "my.html", **values)


async def _act(request: Request, actor: Actor, group_id: str) -> Response:
    sent = await base.form(request)
    if sent.ticked("copy"):
        post: Post = await own_group.seen(posting.copy, actor, sent.text("copy"), clock.now())
        return base.see_other(request, f"/write?id={post.id}", "my.copied")
    if not sent.ticked("verify"):
        raise UnknownThingError("my.no_such_button")
    place: Place = await base.act(freshness.verify, actor, sent.text("verify"), clock.now())
    return base.see_other(request, f"/my?group={group_id}", "my.verified", name=place.facts.name)


def _own(store: Reader, actor: Actor) -> list[Group]:
    found = (store.group(group_id) for group_id in actor.groups)
    return sorted((group for group in found if group is not None), key=lambda group: group.name)


def _values(store: Reader, actor: Actor, group_id: str, language: str) -> dict[str, Any]:
    now = clock.now()
    found: Overview = my_group.overview(store, actor, group_id, now, wiring.settings().freshness_days)
    return my_sheet.values(store, actor, found, now.date(), language)


ROUTES: Final = (Route("/my", page, methods=("GET", "POST")),)
