"""The top of every screen: the portal's name, the municipality, who is signed in, the language, and the screens."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from pages.parts import address_bar, days, plain_text, signed_in
from pages.wiring import settings
from portal.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from streamlit.navigation.page import Page

    from pages.parts.visit import Visit
    from portal.permissions import Actor

MAIN: Final = "main"
"""Name of the anchor that the skip link leads to: the screen's first heading."""
MUNICIPALITY: Final = "header_municipality"
DRAWN: Final = "header_drawn"


def show(visit: Visit, screens: Mapping[str, Page], now: Page) -> None:
    """Draw it; a change of municipality starts afresh there."""
    st.session_state[DRAWN] = says(visit)
    plain_text.draw(_skip_link(visit))
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        plain_text.draw(
            Markup('<p class="brand"><a href="{}">{}</a></p>').format(
                address_bar.href(""), plain_text.shown(settings().title)
            )
        )
        _municipality(visit)
        plain_text.draw(_who(visit, signed_in.actor(), now))
        plain_text.draw(_languages(visit))
    with st.container(key="nav", horizontal=True):
        for name, screen in screens.items():
            _way(visit, name, screen, now)
    if visit.municipality.disaster_since:
        plain_text.draw(_disaster(visit, visit.municipality.disaster_since))


def is_stale(visit: Visit) -> bool:
    """Whether the header on the page is another's: of another municipality, or from before its pages changed form."""
    return DRAWN in st.session_state and bool(st.session_state[DRAWN] != says(visit))


def says(visit: Visit) -> tuple[object, ...]:
    """What the header tells of a visit beside the way to the sign-in."""
    return visit.municipality.code, visit.language, visit.municipality.disaster_since


def _disaster(visit: Visit, since: datetime) -> Markup:
    """One line while the municipality's pages are in their form for a disaster."""
    return Markup('<p class="disaster"><strong>{}</strong> {} <a href="{}">{}</a></p>').format(
        visit.say("disaster.on"),
        visit.say("disaster.since", moment=days.moment(since, visit.language)),
        address_bar.href("evacuation"),
        visit.say("disaster.to_sites"),
    )


def _way(visit: Visit, name: str, screen: Page, now: Page) -> None:
    """A link to a screen; the one that is shown is none, and says that it is the present one."""
    if screen == now:
        plain_text.draw(Markup('<span class="now" aria-current="page">{}</span>').format(visit.say(f"frame.{name}")))
    else:
        st.page_link(screen, label=visit.say(f"frame.{name}"), query_params=address_bar.of_the_visit())


def _skip_link(visit: Visit) -> Markup:
    return Markup('<a class="skip" href="#{}">{}</a>').format(MAIN, visit.say("frame.skip"))


def _municipality(visit: Visit) -> None:
    names = _names(visit)
    st.session_state[MUNICIPALITY] = visit.municipality.code
    st.selectbox(
        visit.say("frame.municipality"),
        list(names),
        format_func=lambda code: plain_text.shown(names[code]),
        key=MUNICIPALITY,
        on_change=_move,
        filter_mode=None,
    )


def _names(visit: Visit) -> dict[str, str]:
    """Names by code; two of one name are told apart by their codes, as the list finds its entries by what they say."""
    names = {item.code: visit.name(item) for item in visit.store.municipalities()}
    often = Counter(names.values())
    return {code: f"{name} ({code})" if often[name] > 1 else name for code, name in names.items()}


def _move() -> None:
    """Go to the chosen municipality: the filters of the last one, its districts first, mean nothing there."""
    kept = {name: value for name, value in st.query_params.items() if name == "lang"}
    st.query_params.from_dict(kept | {"municipality": st.session_state[MUNICIPALITY]})


def _who(visit: Visit, actor: Actor, now: Page) -> Markup:
    """The way to sign in, or the ways of somebody who is; the pages behind them are plain HTML."""
    if actor.account is None:
        here = f"/{now.url_path}?{urlencode(st.query_params.to_dict())}".rstrip("?")
        ways = [(address_bar.href("sign-in", next=here), "frame.sign_in")]
    else:
        office = [("queue", "frame.queue")] if actor.account.staff_of or actor.account.administrator else []
        ways = [
            (address_bar.href(path), key) for path, key in (("my", "frame.my"), *office, ("account", "frame.account"))
        ]
    links = (Markup('<a href="{}">{}</a>').format(address, visit.say(key)) for address, key in ways)
    return Markup('<p class="who {}" role="group" aria-label="{}">{}</p>').format(
        "in" if actor.account else "out", visit.say("frame.who"), Markup(" ").join(links)
    )


def _languages(visit: Visit) -> Markup:
    """Links and no widget: the page is loaded anew, so that ``<html lang>`` follows.

    They keep the filters; ``header.js`` does so for those that were changed since this was drawn.
    """
    links = [
        Markup('<a href="{}" lang="{}" hreflang="{}"{}>{}</a>').format(
            address_bar.here(lang=language),
            language,
            language,
            Markup(' aria-current="true"') if language == visit.language else "",
            say("frame.language_name", language),
        )
        for language in LANGUAGES
    ]
    return Markup('<p class="languages" role="group" aria-label="{}">{}</p>').format(
        visit.say("frame.languages"), Markup(" ").join(links)
    )
