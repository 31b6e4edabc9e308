"""A post (投稿) as its public pages show it: the page of the post, and the pages of its dates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from pages.parts import contact_links, place_facts, plain_text, post_facts, post_marks
from pages.parts.visit import Visit
from pages.plain import dates, paths, post_where, tags, viewed
from pages.plain.sort import MovedError
from portal import cards
from portal.model.post import COUNTED, PostState
from portal.normalise import fold
from portal.schedules.wording import describe
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pages.parts.place_facts import Row
    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from pages.plain.ways import Ways
    from portal.looking import PostView
    from portal.model.post import Photo
    from portal.schedules.occurrences import Occurrence


class Picture(NamedTuple):
    """One photo."""

    href: str
    alt: str
    width: int
    height: int


def view(here: Here, keys: Keys, name: str) -> PostView:
    """The post of a page.

    Raises what :func:`pages.plain.viewed.post` raises, and MovedError under another municipality's address.
    """
    found = viewed.post(here, keys["id"])
    if found.post.municipality != keys["code"]:
        raise MovedError(paths.path(name, **{**keys, "code": found.post.municipality}))
    return found


def depends(view: PostView) -> frozenset[str]:
    """The tags of a page that shows a post."""
    about = [view.post.id, view.post.facts.where.place, view.group.id if view.group else ""]
    daily = {tags.DAY} if view.post.facts.schedule else set()
    return tags.things(filter(None, about)) | daily | {tags.frame(view.post.municipality)}


def visit(here: Here, view: PostView, tongue: str) -> Visit:
    """Its reader, for the parts that the screens share with it."""
    return Visit(tongue, view.municipality, here.store)  # type: ignore[arg-type]  # pages only read


def heading(here: Here, ways: Ways, view: PostView) -> dict[str, Any]:
    """What stands above a post and each of its dates: what it is, whose it is, and whether it takes place."""
    reader = visit(here, view, ways.keys["lang"])
    kinds = [view.kind, *([view.activity] if view.activity else [])]
    return {
        "view": view,
        "facts": view.post.facts,
        "name": Markup('<span lang="ja">{}</span>').format(post_marks.title(view.post)),
        "marks": post_marks.marks(reader, view.post),
        "kinds": " ・ ".join([*map(reader.kind, kinds), reader.name(view.municipality)]),
        "off": view.post.state is PostState.CANCELLED,
        "reason": view.post.reason,
        "is_sample": "post_screen.is_sample" if view.post.sample else "",
        "place_gone": bool(view.post.facts.where.place) and view.place is None,
        "where": post_where.rows(here, ways, view, reader),
        "taking_part": post_facts.taking_part(reader, view.post.facts),
    }


def body(here: Here, ways: Ways, view: PostView) -> dict[str, Any]:
    """What the post's own page says beside that."""
    reader = visit(here, view, ways.keys["lang"])
    facts = view.post.facts
    told = describe(facts.schedule, reader.language, here.today) if facts.schedule else ""
    return {
        "when": told,
        "verbatim": facts.schedule_text if _says_more(view, told) else "",
        "coming": [] if facts.schedule is None else list(coming(ways, view)),
        "contacts": place_facts.rows(reader, *_contacts(reader, ways, view)) if view.group else "",
        "photos": [_picture(ways.to("photo", photo=one.name), one) for one in facts.photos],
        "preview": next((_picture(ways.whole("photo", photo=one.name), one) for one in facts.photos), None),
        "record": post_facts.of_the_post(reader, view),
    }


def coming(ways: Ways, view: PostView) -> Iterator[dates.Dated]:
    """Its next dates, each leading to its page, with how full it is."""
    for one in view.coming:
        yield dated(ways, view, one)


def dated(ways: Ways, view: PostView, one: Occurrence) -> dates.Dated:
    """One of its dates."""
    tongue, off = ways.keys["lang"], view.post.state is PostState.CANCELLED
    line = dates.dated(one, tongue, _page(ways, view, one.starts.date()), off=off)
    return line if line.off else line._replace(note=_seats(view, one, tongue))


def by(view: PostView, tongue: str) -> str:
    """The group's name; between residents, that the council stands between."""
    return view.group.name if view.group else say("card.through_council", tongue)


def told_of(view: PostView, tongue: str) -> list[str]:
    """What a list of results or a preview has to say of it first: that it is a sample, or called off."""
    sample = [say("post_screen.is_sample", tongue)] if view.post.sample else []
    off = [say("post_screen.cancelled", tongue)] if view.post.state is PostState.CANCELLED else []
    return [*sample, *off]


def _page(ways: Ways, view: PostView, day: date) -> str:
    return ways.to("post_day", id=view.post.id, day=day.isoformat())


def _picture(href: str, of: Photo) -> Picture:
    return Picture(href, of.alt, of.width, of.height)


def _seats(view: PostView, one: Occurrence, tongue: str) -> str:
    """How full one date is; nothing where nobody has counted."""
    taken = view.post.places_taken.get(one.starts.date().isoformat())
    if taken is None or view.post.facts.kind not in COUNTED:
        return ""
    left = cards.seats_left(view.post, one)
    if left is None:
        return say("post_screen.taken", tongue, taken=taken)
    key = "post_screen.seats_left" if left else "post_screen.full"
    return say(key, tongue, left=left, seats=view.post.facts.seats, taken=taken)


def _says_more(view: PostView, told: str) -> bool:
    """Whether what the group wrote of when is more than the portal says itself."""
    schedule, written = view.post.facts.schedule, fold(view.post.facts.schedule_text)
    # A date that was called off since does not make the group's own words worth saying twice.
    plain = replace(schedule, cancelled=frozenset(), moved=(), extra=()) if schedule else None
    return written not in ("", fold(told), fold(describe(plain, "ja")) if plain else "")


def _contacts(reader: Visit, ways: Ways, view: PostView) -> Iterator[Row]:
    if view.group:
        page = ways.to("group", id=view.group.id, code=view.group.municipality)
        name = Markup('<a href="{}" lang="ja">{}</a>').format(page, plain_text.text(view.group.name))
        yield reader.say("place.group"), name
    for item in view.contacts:
        note = Markup(" ") + plain_text.text(item.note) if item.note else Markup("")
        yield reader.say(f"contact.{item.kind}"), contact_links.link(item) + note
