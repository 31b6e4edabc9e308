"""Ways to keep what a screen shows: its public page without scripts, a calendar, news and mail with the same filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

import streamlit as st
from markupsafe import Markup

from pages.parts import address_bar, plain_text
from pages.plain import fitting, paths
from pages.server import screens
from pages.wiring import settings
from portal.query import to_params

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.parts.visit import Visit

FILTERED: Final = frozenset({"", "agenda", "districts"})
"""Screens of daily life with filters: what they find can be followed."""
NOT_FOLLOWED: Final = frozenset({"municipality", "near", "evacuation"})
"""Filters that a feed has no use for: the municipality stands in its path, and it has no place of its reader."""
FOR_MAIL: Final = ("layer", "district", "kind")


def show(visit: Visit) -> None:
    """The links, each with what it is good for."""
    items = (
        Markup('<li><a href="{}">{}</a> <span class="quiet">{}</span></li>').format(
            address, visit.say(f"take_along.{name}"), visit.say(f"take_along.{name}_how")
        )
        for name, address in _links(visit)
    )
    plain_text.draw(Markup('<ul class="links">{}</ul>').format(Markup("").join(items)))


def _links(visit: Visit) -> Iterator[tuple[str, str]]:
    """Name and relative address of each."""
    code, screen, params = visit.municipality.code, _screen(), st.query_params.to_dict()
    params = {**params, "municipality": code}
    yield "page", f"./{fitting.path(screen, params, visit.language)}"
    if screen == "group" and params.get("id"):
        yield "calendar", address_bar.href("calendar", municipality=code, group=params["id"])
        yield "news", f"./{paths.path('rss_group', code=code, id=params['id'])}"
    if screen in FILTERED:
        kept = {name: value for name, value in to_params(address_bar.query(visit)).items() if name not in NOT_FOLLOWED}
        query = f"?{urlencode(kept)}" if kept else ""
        yield "calendar", address_bar.href("calendar", municipality=code, **kept)
        yield "news", f"./{paths.path('rss', code=code)}{query}"
        if settings().tells:
            yield "mail", address_bar.href("subscribe", **{name: kept[name] for name in FOR_MAIL if name in kept})


def _screen() -> str:
    """The screen's name as its address has it; the front page's is empty."""
    name = urlsplit(st.context.url or "").path.rpartition("/")[2]
    return name if name in screens.ALL[1:] else ""
