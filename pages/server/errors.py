"""What went wrong, as an answer: one table from the family of errors to a status, one sentence a language.

A browser that looks at a page gets a page; everything else gets JSON.
"""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse

from pages.forms import base, going
from pages.server import addresses, headers
from portal.errors import (
    ConflictError,
    ForbiddenError,
    GoneError,
    InvalidRecordError,
    NotSignedInError,
    OutsideError,
    PersonDataError,
    PortalError,
    StoreBusyError,
    StoreDamagedError,
    TooManyTriesError,
    UnknownThingError,
    UnreadableFileError,
)
from portal.words import say, say_error

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

STATUS: Final[dict[type[PortalError], int]] = {
    InvalidRecordError: 400,
    UnreadableFileError: 400,
    PersonDataError: 400,
    NotSignedInError: 401,
    ForbiddenError: 403,
    UnknownThingError: 404,
    ConflictError: 409,
    GoneError: 410,
    TooManyTriesError: 429,
    OutsideError: 502,
    StoreBusyError: 503,
    StoreDamagedError: 503,
}
"""Of a class that is not in it the nearest one above it counts."""
OURS: Final = 500  # from this status on it is the portal's fault, and no detail is told
ELSEWHERE: Final = 502  # but for another server's, which is said
UNAUTHORISED: Final = 401
log = logging.getLogger(__name__)


async def answer(request: Request, error: Exception) -> Response:
    """The error: what the reader did in their language, anything else in general words with a number."""
    tongue = base.tongue(request)
    status = next((STATUS[sort] for sort in type(error).__mro__ if sort in STATUS), OURS)
    if (status < OURS or status == ELSEWHERE) and isinstance(error, PortalError):
        sentence = say_error(error, tongue)
    else:
        number = secrets.token_hex(4)
        log.error("error %s at %s", number, request.url.path, exc_info=error)
        sentence = say("server.failed", tongue, number=number)
    if not _wants_page(request):
        return _headed(request, JSONResponse({"error": sentence}, status))
    return _headed(request, await _page(request, status, sentence))


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") or addresses.plain(addresses.within(request.scope))


async def _page(request: Request, status: int, sentence: str) -> Response:
    """A page that says it; who is not signed in is led to the sign-in, from there back."""
    path = going.own_path(f"{request.url.path}?{request.url.query}".rstrip("?"))
    if status == UNAUTHORISED and request.method in ("GET", "HEAD"):
        return RedirectResponse(going.address(request, "/sign-in", next=path), 303, headers=base.NEVER_KEPT)
    try:
        return await base.render(request, "error.html", status, code=status, sentence=sentence, next=path)
    except Exception:  # whatever keeps the frame of the page from being drawn: the sentence can still be said
        log.exception("the page of an error could not be drawn")
        return PlainTextResponse(sentence, status)


def _headed(request: Request, response: Response) -> Response:
    """With the security headers: what nobody foresaw is answered outside of the middleware."""
    response.headers.update(headers.headers(addresses.within(request.scope)))
    return response


HANDLERS: Final[dict[Any, Any]] = {PortalError: answer, Exception: answer}
"""For the server: Starlette finds the nearest class of an error's family."""
