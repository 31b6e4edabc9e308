"""A group (団体) as a public page: what it does, where, how to get in touch, its places and what it posts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from pages.parts import card, contact_links, place_districts, place_facts, plain_text, post_marks
from pages.parts.visit import Visit
from pages.plain import cards, frame, linked, paths, tags, viewed
from pages.plain.sort import MovedError, Page, Sort
from portal import find
from portal.find import PostCard
from portal.model.group import GroupState
from portal.public import shown
from portal.query import Query, to_params
from portal.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pages.parts.place_facts import Row
    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from pages.plain.ways import Ways
    from portal.cards import Card
    from portal.looking import GroupView
    from portal.model.place import Place
    from portal.model.post import Post

NAME: Final = "group"
MOST: Final = 20
"""So many posts are listed with all that a card tells."""
NAMED: Final = 20
"""So many more are listed by their titles, which may be long; how many there are is said, and Find has them all."""


def every(here: Here) -> Iterator[Keys]:
    """Each group that was registered, in each language."""
    for town in here.store.municipalities():
        for group in shown.groups(here.store, town.code):
            for tongue in LANGUAGES:
                yield {"lang": tongue, "code": town.code, "id": group.id}


def make(here: Here, keys: Keys) -> Page:
    """The page of one group; under another municipality's address it has moved to its own."""
    view = shown.group(here.store, keys["id"])
    its = view.group
    if its.municipality != keys["code"]:
        raise MovedError(paths.path(NAME, **{**keys, "code": its.municipality}))
    ways = frame.ways(here, NAME, keys)
    query = Query(its.municipality, group=its.id)
    answer = find.activities(here.store, query, viewed.morning(here.today), MOST + NAMED)
    posts = [_open(item) for item in answer.cards]
    visit = Visit(keys["lang"], view.municipality, here.store)  # type: ignore[arg-type]  # pages only read
    every_post = ways.app("/", **{key: value for key, value in to_params(query).items() if key != "municipality"})
    head = frame.Head(
        NAME,
        keys,
        its.name,
        _description(view, keys["lang"]),
        linked=[linked.group(ways, view)],
        app=every_post,
        feeds=_feeds(view),
    )
    return frame.page(
        here,
        "group.html",
        head,
        _tags(view, posts),
        view.municipality,
        posts=cards.shown(ways, posts[:MOST], keys["lang"]),
        named=[_named(ways, visit, item.post) for item in posts[MOST:] if isinstance(item, PostCard)],
        listed=len(posts),
        total=answer.total,
        every_post=every_post,
        **_values(here, ways, view, visit),
    )


def _open(item: Card | PostCard) -> Card | PostCard:
    """A card without a place that its source no longer holds."""
    return replace(item, place=None) if isinstance(item, PostCard) and item.place and item.place.gone_on else item


def _named(ways: Ways, visit: Visit, post: Post) -> tuple[str, Markup]:
    """A post's page, and its title with its marks."""
    title = Markup('<span lang="ja">{}</span>').format(post_marks.title(post))
    return ways.to("post", id=post.id, code=post.municipality), title + post_marks.marks(visit, post)


def _values(here: Here, ways: Ways, view: GroupView, visit: Visit) -> dict[str, Any]:
    mark = visit.say("card.sample")
    return {
        "group": view.group,
        "mark": mark if view.group.sample and mark.casefold() not in view.group.name.casefold() else "",
        "closed": view.group.state is GroupState.CLOSED,
        "contacts": place_facts.rows(visit, *_rows(here, ways, view, visit)),
        "places": [(_page(ways, one), card.names(visit, one) + card.sample_mark(visit, one)) for one in view.places],
    }


def _rows(here: Here, ways: Ways, view: GroupView, visit: Visit) -> Iterator[Row]:
    """Where it is active, and its public contacts."""
    yield visit.say("group_screen.active_in"), _area(here, ways, view, visit)
    for item in view.contacts:
        note = Markup(" ") + plain_text.text(item.note) if item.note else Markup("")
        yield visit.say(f"contact.{item.kind}"), contact_links.link(item) + note
    if not view.contacts:
        yield visit.say("group_screen.contact"), plain_text.text(visit.say("group_screen.no_contact"))


def _area(here: Here, ways: Ways, view: GroupView, visit: Visit) -> Markup:
    """Its district as a link to the district's page, or the whole municipality."""
    if view.district is None:
        return plain_text.text(visit.say("group_screen.everywhere"))
    mark = place_districts.approximate(visit) if view.district.approximate else Markup("")
    name = plain_text.text(visit.name(view.district))
    if not view.district.exists_on(here.today):
        return name + mark
    page = ways.to("district", id=view.district.id, code=view.district.municipality)
    return Markup('<a href="{}">{}</a>{}').format(page, name, mark)


def _page(ways: Ways, place: Place) -> str:
    return ways.to("place", id=place.id, code=place.municipality)


def _description(view: GroupView, tongue: str) -> str:
    """That it is a sample, where it is active and what it does, in one line."""
    sample = say("group_screen.is_sample", tongue) if view.group.sample else ""
    area = view.district or view.municipality
    name = (area.name_en if tongue == "en" else "") or area.name
    return " / ".join(filter(None, (sample, say("plain_group.description", tongue, area=name), view.group.about)))


def _feeds(view: GroupView) -> Sequence[tuple[str, str, str]]:
    """Its dates as a calendar, its posts as news."""
    keys = {"code": view.group.municipality, "id": view.group.id}
    return [
        ("text/calendar", view.group.name, paths.path("calendar_group", **keys)),
        ("application/rss+xml", view.group.name, paths.path("rss_group", **keys)),
        ("application/atom+xml", view.group.name, paths.path("atom_group", **keys)),
    ]


def _tags(view: GroupView, posts: Sequence[Card | PostCard]) -> frozenset[str]:
    listed = [item for item in posts if isinstance(item, PostCard)]
    about = [
        view.group.id,
        *(place.id for place in view.places),
        *view.group.places,
        *(item.post.id for item in listed),
        *(item.post.facts.where.place for item in listed),
    ]
    return tags.things(filter(None, about)) | {tags.DAY, tags.frame(view.group.municipality)}


SORTS: Final = (Sort(NAME, every, make),)
