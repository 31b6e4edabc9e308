"""The history (履歴) of a post, a place or a group: who did what when, what differed, and the way back to a version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from pages.forms import base, history_sheet
from portal import clock, going_back
from portal.errors import ConflictError, InvalidRecordError, UnknownThingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.history_sheet import Subject
    from portal.errors import PortalError

BACK: Final[dict[str, Callable[..., Any]]] = {
    "post": going_back.post,
    "place": going_back.place,
    "group": going_back.group,
}


async def page(request: Request) -> Response:
    """All versions; with ``entry`` one of them against the present one, and the button that makes it the newest."""
    actor = await base.signed_in(request)
    params = request.query_params
    subject = await base.act(history_sheet.find, actor, params.get("of", ""), params.get("id", ""))
    entry = _entry(params.get("entry", ""))
    if request.method != "POST":
        return await _show(request, subject, entry)
    sent = await base.form(request)
    reason = sent.area("reason").strip()
    if not reason:
        return await _show(request, subject, entry, {"reason": InvalidRecordError("history_page.say_why")})
    try:
        await base.act(BACK[subject.of], actor, subject.id, entry, reason, clock.now())
    except InvalidRecordError as error:
        return await _show(request, subject, entry, {"reason": error}, reason)
    except ConflictError as error:
        return await _show(request, subject, entry, {"": error}, reason)
    return base.see_other(request, subject.path, "history_page.went_back")


async def _show(
    request: Request, subject: Subject, entry: int, faults: dict[str, PortalError] | None = None, reason: str = ""
) -> Response:
    tongue = base.tongue(request)
    if entry:
        values = await base.act(history_sheet.one, subject, entry, tongue)
        return await base.render(
            request, "history_one.html", 400 if faults else 200, faults or {}, reason=reason, **values
        )
    values = await base.act(history_sheet.values, subject, request.query_params.get("before", ""), tongue)
    return await base.render(request, "history.html", **values)


def _entry(text: str) -> int:
    """The number of a version; 0 for none. Raises UnknownThingError for what is no number."""
    if not text:
        return 0
    if not (text.isdecimal() and text.isascii() and len(text) < 16):  # noqa: PLR2004  # far more than entries
        raise UnknownThingError("history.no_such_version", entry=text[:16])
    return int(text)


ROUTES = (Route("/history", page, methods=("GET", "POST")),)
