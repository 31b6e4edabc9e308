"""``/post.ics?id=``: all dates of one post as a file for the calendar of a phone or a computer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from geodata import icalendar_file
from pages import wiring
from pages.feeds import event
from pages.plain.here import here
from pages.server import language
from portal import looking
from portal.errors import UnknownThingError
from portal.model.feed import CalendarAbout
from portal.model.usage import Use

if TYPE_CHECKING:
    from starlette.requests import Request

ADDRESS: Final = "/post.ics"
MEDIA: Final = "text/calendar; charset=utf-8"
ROBOT: Final = re.compile(r"bot\b|crawler|spider|slurp|preview", re.IGNORECASE)


def answer(request: Request) -> Response:
    """The file of a post that everybody sees and that has dates; UnknownThingError for any other.

    A plain function, so that the server runs it in a thread.
    """
    portal = here()
    post = looking.post(portal.store, request.query_params.get("id", ""), portal.now).post
    if post.facts.schedule is None:
        raise UnknownThingError("looking.no_such_post")
    (made,) = event.of_posts(portal, [post], language.of(request))
    data = icalendar_file.write([made], CalendarAbout(made.title), portal.today)
    if request.method == "GET" and not ROBOT.search(request.headers.get("user-agent", "")):
        wiring.usage().count(post.id, Use.CALENDAR, portal.today)
    headers = {
        "Content-Disposition": f'attachment; filename="{_file_name(post.id)}"',
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(data, media_type=MEDIA, headers=headers)


def _file_name(post_id: str) -> str:
    """A file's name for every system: ids are made of small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9-]", "", post_id)[:80] + ".ics"
