"""The address of what is on the screen, to copy and hand on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from pages.parts import address_bar, plain_text, take_along

if TYPE_CHECKING:
    from pages.parts.visit import Visit


def show(visit: Visit, what: str = "find.share", how: str = "find.share_how") -> None:
    """A drawer with the address; that it gives away the reader's position is said where it does.

    ``what`` and ``how`` are the phrases that name it and say what the address is good for.
    """
    with st.expander(visit.say(what), key="share"):
        plain_text.paragraph(visit.say(how))
        if "near" in st.query_params:
            plain_text.paragraph(visit.say("find.share_near"), "warn")
        st.code(link(visit), language=None, wrap_lines=True)
        take_along.show(visit)


def link(visit: Visit) -> str:
    """The whole address of this screen, its municipality written out."""
    place = urlsplit(st.context.url or "")
    query = address_bar.here(municipality=visit.municipality.code).removeprefix("?")
    return urlunsplit((place.scheme, place.netloc, place.path, query, ""))
