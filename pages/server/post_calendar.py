"""``/post.ics?id=``: all dates of one post as a file for the calendar of a phone or a computer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from starlette.responses import Response

from geodata import icalendar_file
from pages import wiring
from pages.forms import going
from pages.server import language
from portal import clock, looking
from portal.errors import UnknownThingError
from portal.model.feed import CalendarEvent
from portal.model.post import NOTE_MAX, POST_TEXT_MAX, PostState, WhereKind
from portal.model.usage import Use
from portal.words import say

if TYPE_CHECKING:
    from starlette.requests import Request

    from portal.looking import PostView

ADDRESS: Final = "/post.ics"
MEDIA: Final = "text/calendar; charset=utf-8"
ROBOT: Final = re.compile(r"bot\b|crawler|spider|slurp|preview", re.IGNORECASE)


def answer(request: Request) -> Response:
    """The file of a post that everybody sees and that has dates; UnknownThingError for any other.

    A plain function, so that the server runs it in a thread.
    """
    tongue, now = language.of(request), clock.now()
    view = looking.post(wiring.store(), request.query_params.get("id", ""), now)
    if view.post.facts.schedule is None:
        raise UnknownThingError("looking.no_such_post")
    data = icalendar_file.write([event(view, tongue)], view.post.facts.title, now.date())
    if request.method == "GET" and not ROBOT.search(request.headers.get("user-agent", "")):
        wiring.usage().count(view.post.id, Use.CALENDAR, now.date())
    headers = {
        "Content-Disposition": f'attachment; filename="{_file_name(view.post.id)}"',
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(data, media_type=MEDIA, headers=headers)


def event(view: PostView, tongue: str) -> CalendarEvent:
    """The post as its readers' calendars hold it: with the address of its page, to see what has changed."""
    post = view.post
    assert post.facts.schedule  # noqa: S101  # whoever calls has looked
    base = going.public_base()
    url = f"{base}/post?{urlencode({'municipality': post.municipality, 'id': post.id})}"
    by = view.group.name if view.group else say("card.through_council", tongue)
    text = "\n\n".join(filter(None, (by, post.facts.text)))
    return CalendarEvent(
        uid=f"{post.id}@{urlsplit(base).hostname}",
        title=post.facts.title,
        schedule=post.facts.schedule,
        changed_at=post.changed_at or post.live_at or clock.now(),
        text=f"{url}\n\n{text}"[:POST_TEXT_MAX],
        url=url,
        place_text=_where(view)[:NOTE_MAX],
        position=view.position,
        cancelled=post.state is PostState.CANCELLED,
        sequence=post.number,
    )


def _where(view: PostView) -> str:
    """Where it is in one line; a spot between residents is not told."""
    where, place = view.post.facts.where, view.place
    if where.kind is WhereKind.ONLINE:
        return where.url
    if place:
        return " ".join(filter(None, (place.facts.name, where.name, place.facts.address)))
    named = [district.name for layer, district in view.districts if district.id == where.district]
    pin = [where.name, where.address] if where.kind is WhereKind.PIN and not view.between_residents else []
    return " ".join(filter(None, [*pin, *named]))


def _file_name(post_id: str) -> str:
    """A file's name for every system: ids are made of small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9-]", "", post_id)[:80] + ".ics"
