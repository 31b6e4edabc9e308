"""The card of a post in a list: its kind's sign, title, group, next date, where it is and how many seats are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import address_bar, coming_dates, days, plain_text, post_marks, sign
from portal.model.post import DATED, WANTED, WhereKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.parts.visit import Visit
    from portal.find import Card, PostCard
    from portal.model.post import Post

Line = tuple[str, Markup]


def card(visit: Visit, found: PostCard) -> Markup:
    """One card."""
    post = found.post
    told = Markup("").join(Markup('<p class="{}">{}</p>').format(name, text) for name, text in _lines(visit, found))
    return Markup('<article class="card post">{}<div><h3><a href="{}"{}>{}</a>{}</h3>{}</div></article>').format(
        sign.picture(found.kind),
        link(post),
        Markup(' lang="ja"') if visit.language != "ja" else "",
        post_marks.title(post),
        post_marks.marks(visit, post),
        told,
    )


def link(post: Post) -> str:
    """The address of the post's own screen."""
    return address_bar.href("post", municipality=post.municipality, id=post.id)


def _lines(visit: Visit, found: PostCard) -> Iterator[Line]:
    yield "kind", plain_text.text(visit.kind(found.kind))
    yield "by", by(visit, found)
    yield from coming_dates.lines(visit, found.next, found.off)
    if found.post.facts.schedule is None and found.post.facts.schedule_text.strip():
        yield "when", plain_text.lines(found.post.facts.schedule_text)
    if found.seats_left is not None:
        yield "seats", plain_text.text(visit.say("card.seats_left", left=found.seats_left))
    if where := _where(visit, found):
        yield "where", where
    yield from far(visit, found)
    if quiet := list(_quiet(visit, found)):
        yield "quiet", Markup(" ・ ").join(quiet)


def by(visit: Visit, found: PostCard) -> Markup:
    """The group's name; between residents, that the council stands between."""
    if found.group is None:
        return plain_text.text(visit.say("card.through_council"))
    return Markup('<span lang="ja">{}</span>').format(plain_text.text(found.group.name))


def far(visit: Visit, found: Card | PostCard) -> Iterator[Line]:
    """How far it is, where that is known."""
    if found.distance_m is not None and found.minutes is not None:
        shown = visit.say("card.far", distance=distance(visit, found.distance_m), minutes=found.minutes)
        yield "far", plain_text.text(shown)


def distance(visit: Visit, metres: float) -> str:
    """``120 m``, ``1.4 km``: as fine as the positions are."""
    if metres < 1000:  # noqa: PLR2004  # metres in a kilometre
        return visit.say("card.metres", metres=max(10, int(round(metres, -1))))
    return visit.say("card.kilometres", kilometres=f"{metres / 1000:.1f}")


def _where(visit: Visit, found: PostCard) -> Markup:
    """The place and the room, the spot's name, or online; nothing of a spot between residents."""
    where = found.post.facts.where
    if where.kind is WhereKind.ONLINE:
        return plain_text.text(visit.say("card.online"))
    if where.kind is WhereKind.PIN and found.group is None:
        return Markup("")
    names = [found.place.facts.name if found.place else "", where.name]
    return Markup(" ").join(plain_text.text(name) for name in names if name.strip())


def _quiet(visit: Visit, found: PostCard) -> Iterator[Markup]:
    """The district, and for what has no date the day that it went live."""
    if found.district:
        key = "card.district_approximate" if found.district.approximate else "card.district"
        yield plain_text.text(visit.say(key, name=plain_text.shown(visit.name(found.district))))
    post = found.post
    if post.live_at and post.facts.kind not in DATED | WANTED:
        yield plain_text.text(visit.say("card.live_on", day=days.day(post.live_at.date(), visit.language)))
