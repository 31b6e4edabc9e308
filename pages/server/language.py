"""The language of a request: the one asked for in the address, else the browser's, else the operator's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages import wiring
from portal.words import choose_language

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection


def choose(asked: str | None, accept_language: str | None) -> str:
    """``ja`` or ``en``: ``?lang=``, then Accept-Language, then the setting ``language``, then Japanese."""
    last = wiring.settings().language
    # The operator's choice stands as the browser's least wanted language.
    return choose_language(asked, f"{accept_language or ''},{last};q=0.0001" if last else accept_language)


def of(request: HTTPConnection) -> str:
    """The language to answer ``request`` in."""
    return choose(request.query_params.get("lang"), request.headers.get("accept-language"))
