"""The top of a place's screen, and its map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from pages.parts import card, choices, header, map_clicks, plain_text, sign
from pages.parts import map as area_map
from portal.query import Query, to_params

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.looking import PlaceView

CLOSE: Final = 17
"""Zoom step at which single houses can be told apart."""


def show(visit: Visit, view: PlaceView) -> None:
    """Sign, name, reading, kind, and what is said of it."""
    facts = view.place.facts
    plain_text.draw(
        Markup('<div class="place-head">{}<div><h1 id="{}" tabindex="-1">{}{}</h1>').format(
            sign.picture(view.kind), header.MAIN, card.names(visit, view.place), card.sample_mark(visit, view.place)
        ),
        Markup('<p class="kind">{} ・ {}</p></div></div>').format(
            plain_text.text(visit.kind(view.kind)), plain_text.text(visit.name(view.municipality))
        ),
        Markup('<p class="quiet" lang="ja">{}</p>').format(plain_text.text(facts.name_kana)) if facts.name_kana else "",
        Markup('<p class="large" lang="ja">{}</p>').format(plain_text.lines(facts.description))
        if facts.description
        else "",
    )


def show_map(key: str, visit: Visit, view: PlaceView) -> None:
    """The map with the place in its middle and what is around it; none where there is no position."""
    position = view.place.facts.position
    if position is None:
        return
    around = Query(view.place.municipality, evacuation=view.kind.evacuation)
    click = area_map.show(
        key,
        centre=position,
        zoom=CLOSE,
        params=to_params(around),
        layer=choices.first_layer(visit),
        language=visit.language,
        height=360,
    )
    if click and click.place != view.place.id:
        map_clicks.open_place(visit, click)
