"""What went wrong, as an answer: one table from the family of errors to a status, one sentence a language."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse

from pages.server import language
from portal.errors import (
    ConflictError,
    InvalidRecordError,
    PortalError,
    StoreBusyError,
    StoreDamagedError,
    UnknownThingError,
)
from portal.words import say, say_error

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

STATUS: Final[dict[type[PortalError], int]] = {
    InvalidRecordError: 400,
    UnknownThingError: 404,
    ConflictError: 409,
    StoreBusyError: 503,
    StoreDamagedError: 503,
}
OURS: Final = 500  # from this status on it is the portal's fault, and no detail is told
log = logging.getLogger(__name__)


def answer(request: Request, error: Exception) -> Response:
    """The error as JSON: what the reader did in their language, anything else in general words with a number."""
    tongue = language.of(request)
    status = STATUS.get(type(error), OURS)
    if status < OURS and isinstance(error, PortalError):
        return JSONResponse({"error": say_error(error, tongue)}, status)
    number = secrets.token_hex(4)
    log.error("error %s at %s", number, request.url.path, exc_info=error)
    return JSONResponse({"error": say("server.failed", tongue, number=number)}, status)


HANDLERS: Final[dict[Any, Any]] = {PortalError: answer, Exception: answer}
"""For the server: Starlette finds the nearest class of an error's family."""
