"""Whether the portal can answer: for whoever watches over it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from pages import wiring
from pages.server import language
from portal.words import say

if TYPE_CHECKING:
    from starlette.requests import Request

log = logging.getLogger(__name__)


def answer(request: Request) -> JSONResponse:
    """``{"ok": true, "version": …}``, or 503 without any detail while the store cannot be used."""
    try:
        version = wiring.store().data_version()
    except Exception:  # whatever it is, the portal cannot answer
        log.exception("the store cannot be used")
        return JSONResponse(
            {"ok": False, "error": say("server.store_unusable", language.of(request))},
            503,
            headers={"Cache-Control": "no-store"},
        )
    return JSONResponse({"ok": True, "version": version}, headers={"Cache-Control": "no-store"})
