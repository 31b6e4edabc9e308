"""Where a post takes place: a place of the portal, a spot on the map, a district, or online."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import card, choices, linked_text, map_clicks, place_districts, place_facts, place_heading, plain_text
from pages.parts import map as area_map
from portal.model.position import Precision
from portal.model.post import WhereKind
from portal.query import Query, to_params

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.parts.place_facts import Row
    from pages.parts.visit import Visit
    from portal.looking import PostView

HEIGHT = 320


def show(key: str, visit: Visit, view: PostView) -> None:
    """Draw it, with a map where there is a position; news that need no place have no such part."""
    if view.post.facts.where.kind is WhereKind.NOWHERE:
        return
    plain_text.heading(visit.say("place.where"))
    plain_text.draw(place_facts.rows(visit, *_rows(visit, view)))
    if view.position:
        _map(key, visit, view)


def _rows(visit: Visit, view: PostView) -> Iterator[Row]:
    where = view.post.facts.where
    shown = not view.between_residents or where.kind is not WhereKind.PIN
    if view.place:
        name = Markup('<a href="{}">{}</a>').format(card.link(view.place), card.names(visit, view.place))
        yield visit.say("post_screen.at"), name
        yield visit.say("post_screen.room"), plain_text.text(where.name) if where.name else Markup("")
        yield visit.say("place.address"), _address(view.place.facts.address)
    elif shown:
        yield visit.say("post_screen.at"), plain_text.text(where.name) if where.name else Markup("")
        yield visit.say("place.address"), _address(where.address)
    if where.kind is WhereKind.ONLINE:
        link = linked_text.link(where.url) if where.url else plain_text.text(visit.say("post_screen.online_later"))
        yield visit.say("post_screen.online"), link
    if view.position and view.precision is not Precision.EXACT:
        yield visit.say("place.position"), plain_text.text(visit.say(f"card.precision_{view.precision}"))
    for layer, district in view.districts:
        yield plain_text.text(visit.name(layer)), place_districts.named(visit, district)


def _address(text: str) -> Markup:
    return Markup('<span lang="ja">{}</span>').format(plain_text.lines(text)) if text.strip() else Markup("")


def _map(key: str, visit: Visit, view: PostView) -> None:
    click = area_map.show(
        key,
        centre=view.position,
        zoom=place_heading.CLOSE,
        params=to_params(Query(view.post.municipality, evacuation=False)),
        layer=choices.first_layer(visit),
        language=visit.language,
        height=HEIGHT,
    )
    map_clicks.open_place(visit, click)
