"""The parameters of a map request, read once and the same way for every route."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError
from portal.query import Query, from_params
from portal.viewport import municipality

if TYPE_CHECKING:
    from starlette.requests import Request

    from portal.store import Reader

MOST_CHARACTERS: Final = 4_000
"""Longer addresses ask for more than any screen can."""


def query(request: Request, store: Reader) -> Query:
    """What the request asks for, of a municipality that the portal serves.

    Raises InvalidRecordError for what cannot be read, UnknownThingError for an unknown municipality.
    """
    if len(request.url.query) > MOST_CHARACTERS:
        raise InvalidRecordError("map.too_long")
    asked = from_params(request.query_params)
    municipality(store, asked.municipality)
    return asked
