"""A visit: in which language, of which municipality, over which store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages.server.language import choose
from pages.wiring import settings, store
from portal.words import say

if TYPE_CHECKING:
    from portal.model.district import District
    from portal.model.kind import Kind
    from portal.model.municipality import Layer, Municipality
    from portal.store import Store


@dataclass(frozen=True)
class Visit:
    """What every screen needs to know of its reader."""

    language: str
    municipality: Municipality
    store: Store

    def say(self, key: str, /, **values: object) -> str:
        """The phrase ``key`` in the reader's language."""
        return say(key, self.language, **values)

    def name(self, thing: Municipality | Layer | District) -> str:
        """The name of a municipality, layer or district in the reader's language, where it has one."""
        return (thing.name_en or thing.name) if self.language == "en" else thing.name

    def kind(self, kind: Kind) -> str:
        """The name of a kind in the reader's language."""
        return kind.en if self.language == "en" else kind.ja


def language() -> str:
    """The language of this visit: the address's, else the browser's, by the same rule as ``<html lang>``."""
    return choose(st.query_params.get("lang"), st.context.headers.get("Accept-Language"))


def current() -> Visit:
    """The visit as the address says it; a municipality that is not served gives the portal's first.

    The script ends here, with a sentence, while the portal serves no municipality at all.
    """
    served = {municipality.code: municipality for municipality in store().municipalities()}
    if not served:
        st.write(say("frame.nothing_served", language()))
        st.stop()
    asked = st.query_params.get("municipality", "")
    chosen = served.get(asked) or served.get(settings().municipality) or next(iter(served.values()))
    return Visit(language(), chosen, store())


def stay_in(visit: Visit, municipality: Municipality) -> None:
    """Make the visit one of ``municipality``, whose place is shown, if the address says another or none."""
    if visit.municipality.code != municipality.code:
        st.query_params["municipality"] = municipality.code
        st.rerun()
