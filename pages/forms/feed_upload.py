"""A group's own calendar or news from a file (ICS・RSS): a look at what it would bring, and then the taking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from geodata.feed import BYTES_MAX, MEBI
from pages import wiring
from pages.forms import base, foreseen_sheet, shelf, write_desk
from pages.forms.foreseen_sheet import Looked
from pages.forms.reading import Limits
from pages.outside import feed_reading
from portal import clock, following, permissions
from portal.errors import InvalidRecordError, PortalError, UnreadableFileError
from portal.model.group import FeedKind, FollowedFeed
from portal.permissions import Action
from portal.posts.foreseeing import Foreseen, foresee

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from pages.forms.write_desk import Desk
    from portal.model.feed import FeedRead
    from portal.permissions import Actor
    from portal.posts.sources import Taken
    from portal.store import Store

LIMITS: Final = Limits(files=1, file_bytes=BYTES_MAX, soft=True)


@dataclass(frozen=True, slots=True)
class Items:
    """A feed's file of a group as it was read, kept until it is taken in."""

    group: str
    kind: FeedKind
    found: FeedRead
    foreseen: Foreseen
    """What it would have brought when it was sent."""


async def page(request: Request) -> Response:
    """The form for the file; with ``id`` what the file that was sent would bring."""
    actor = await base.signed_in(request)
    name = request.query_params.get("id", "")
    if name:
        return await _look(request, actor, name, shelf.get(actor.id, name, Items))
    desk = await _desk(actor, request.query_params.get("group", ""))
    if request.method != "POST":
        return await _upload(request, desk)
    sent = await base.form(request, LIMITS)
    try:
        data = _data(sent)
        found = await run_in_threadpool(feed_reading.read, data, clock.today())
        kind = feed_reading.kind_of(data)
        foreseen = await base.act(_foreseen, actor, desk, kind, found)
        items = Items(desk.group.id, kind, found, foreseen)
    except (UnreadableFileError, InvalidRecordError) as error:
        return await _upload(request, desk, {"feed": error})
    return base.see_other(request, f"/feed-file?id={shelf.put(actor.id, items)}")


async def _desk(actor: Actor, group_id: str) -> Desk:
    """Raises UnknownThingError where the group is not theirs, ForbiddenError to members who do not own it."""
    desk: Desk = await base.act(write_desk.of_group, actor, group_id)
    permissions.require(actor, Action.GROUP_FOLLOW, group=desk.group)
    return desk


async def _look(request: Request, actor: Actor, name: str, items: Items) -> Response:
    desk = await _desk(actor, items.group)
    if request.method == "POST":
        await base.form(request)
        taken = await base.act(_take, actor, desk, items.kind, items.found)
        shelf.drop(name)
        said = "feed_page.done_live" if desk.trusted else "feed_page.done_draft"
        return base.see_other(request, f"/my?group={items.group}", said, new=taken.new, changed=taken.changed)
    looked = Looked(items.found.findings, "line" if items.kind is FeedKind.ICALENDAR else "item")
    values = await base.act(foreseen_sheet.values, desk, items.foreseen, looked, base.tongue(request))
    return await base.render(request, "feed_file_look.html", name=name, read=len(items.found.items), **values)


def _take(store: Store, actor: Actor, desk: Desk, kind: FeedKind, found: FeedRead) -> Taken:
    """As a feed that has no address: the same file once more brings up to date what came before."""
    return following.take(store, actor, desk.group, FollowedFeed("", kind), found.items, clock.now())


def _foreseen(store: Store, actor: Actor, desk: Desk, kind: FeedKind, found: FeedRead) -> Foreseen:
    return foresee(store, lambda unwritten: _take(unwritten, actor, desk, kind, found))


def _data(sent: Form) -> bytes:
    file = sent.file("feed")
    if file is None:
        raise UnreadableFileError("feed_page.no_file")
    if file.size > BYTES_MAX:
        raise UnreadableFileError("feeds.too_large", most=BYTES_MAX // MEBI)
    return file.data


async def _upload(request: Request, desk: Desk, faults: dict[str, PortalError] | None = None) -> Response:
    return await base.render(
        request,
        "feed_file.html",
        400 if faults else 200,
        faults or {},
        desk=desk,
        most=BYTES_MAX // MEBI,
        follows=wiring.settings().follow,
    )


ROUTES: Final = (Route("/feed-file", page, methods=("GET", "POST")),)
