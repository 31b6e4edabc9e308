"""Where a post takes place, with links to the public pages of its place and its districts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import card, linked_text, place_districts, place_facts, plain_text
from portal.model.position import Precision
from portal.model.post import WhereKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.parts.place_facts import Row
    from pages.parts.visit import Visit
    from pages.plain.here import Here
    from pages.plain.ways import Ways
    from portal.looking import PostView
    from portal.model.district import District


def rows(here: Here, ways: Ways, view: PostView, visit: Visit) -> Markup:
    """A place of the portal, a spot, a district or online; empty for news that need no place."""
    if view.post.facts.where.kind is WhereKind.NOWHERE:
        return Markup("")
    return place_facts.rows(visit, *_rows(here, ways, view, visit))


def _rows(here: Here, ways: Ways, view: PostView, visit: Visit) -> Iterator[Row]:
    where = view.post.facts.where
    if view.place:
        page = ways.to("place", id=view.place.id, code=view.place.municipality)
        name = Markup('<a href="{}"><span>{}</span></a>').format(page, card.names(visit, view.place))
        yield visit.say("post_screen.at"), name + card.sample_mark(visit, view.place)
        yield visit.say("post_screen.room"), _text(where.name)
        yield visit.say("place.address"), _text(view.place.facts.address)
    elif not view.between_residents or where.kind is not WhereKind.PIN:
        # A pin of help between residents could be somebody's home.
        yield visit.say("post_screen.at"), _text(where.name)
        yield visit.say("place.address"), _text(where.address)
    if where.kind is WhereKind.ONLINE:
        link = linked_text.link(where.url) if where.url else plain_text.text(visit.say("post_screen.online_later"))
        yield visit.say("post_screen.online"), link
    if view.position and view.precision is not Precision.EXACT:
        yield visit.say("place.position"), plain_text.text(visit.say(f"card.precision_{view.precision}"))
    for layer, district in view.districts:
        yield plain_text.text(visit.name(layer)), _district(here, ways, visit, district)


def _district(here: Here, ways: Ways, visit: Visit, district: District) -> Markup:
    """The district's name as a link to its page, marked where its outline is approximate."""
    mark = place_districts.approximate(visit) if district.approximate else Markup("")
    name = plain_text.text(visit.name(district))
    if not district.exists_on(here.today):
        return name + mark
    page = ways.to("district", id=district.id, code=district.municipality)
    return Markup('<a href="{}">{}</a>{}').format(page, name, mark)


def _text(value: str) -> Markup:
    return Markup('<span lang="ja">{}</span>').format(plain_text.lines(value)) if value.strip() else Markup("")
