"""The page's address: it holds every filter, so that what is seen can be shared and survives a reload."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st

from pages.parts import plain_text
from portal.errors import PortalError
from portal.query import Query, from_params
from portal.words import say_error

if TYPE_CHECKING:
    from pages.parts.visit import Visit

OF_THE_VISIT: Final = ("municipality", "lang", "usual")
"""Parameters that go with the reader from screen to screen; ``usual``: see :mod:`pages.server.front`."""


def query(visit: Visit, **fixed: str) -> Query:
    """The query of the address, ``fixed`` laid over it; one that cannot be read is said and left out."""
    params = st.query_params.to_dict() | {"municipality": visit.municipality.code} | fixed
    try:
        return from_params(params)
    except PortalError as error:
        plain_text.notice(say_error(error, visit.language))
        return from_params({"municipality": visit.municipality.code} | fixed)


def change(**params: str) -> None:
    """Set these parameters, remove the empty ones, and begin again at the first page of the list."""
    for name, value in ({"page": ""} | params).items():
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)


def of_the_visit() -> dict[str, str]:
    """The parameters to hand on to another screen."""
    params = st.query_params.to_dict()  # asked for one by one each takes as long as all of them
    return {name: params[name] for name in OF_THE_VISIT if name in params}


def href(screen: str, **params: str) -> str:
    """A relative address of another screen (empty for Find), which holds under any base path."""
    return f"./{screen}?{urlencode(of_the_visit() | params)}"


def here(**params: str) -> str:
    """This page's address with some parameters changed; an empty one is taken out."""
    kept = {name: value for name, value in (st.query_params.to_dict() | params).items() if value}
    return f"?{urlencode(kept)}"
