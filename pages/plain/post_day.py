"""One date of a post (投稿の開催日) as a public page, which one can send to somebody: "come on the eighth"."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from pages.plain import dates, frame, linked, occurrence, post_shown
from pages.plain.post import calendars
from pages.plain.sort import Page, Sort
from portal.model.post import PostState
from portal.public import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.plain.here import Here
    from pages.plain.occurrence import About
    from pages.plain.sort import Keys
    from portal.looking import PostView

NAME: Final = "post_day"


def every(here: Here) -> Iterator[Keys]:
    """The coming dates of each post that everybody sees, in each language."""
    return dates.every(here, shown.posts)


def make(here: Here, keys: Keys) -> Page:
    """The page of one date; raises UnknownThingError for one on which there is nothing."""
    view = post_shown.view(here, keys, NAME)
    its = occurrence.about(NAME, keys, view.post.facts.schedule, here.today)
    ways, tongue = frame.ways(here, NAME, keys), keys["lang"]
    events = (linked.post_date(ways, view, one) for one in occurrence.happening(its))
    head = frame.Head(
        NAME,
        keys,
        occurrence.title(view.post.facts.title, its.day, tongue),
        _description(view, its, tongue),
        linked=[event for event in events if event],
        feeds=calendars(view),
        robots=occurrence.robots(its),
    )
    return frame.page(
        here,
        "occurrence.html",
        head,
        post_shown.depends(view),
        view.municipality,
        record_page=ways.to("post", id=view.post.id),
        screen=ways.app("/post", id=view.post.id),
        calendar_name="calendar_post",
        record_id=view.post.id,
        by=post_shown.by(view, tongue),
        by_page=ways.to("group", id=view.group.id, code=view.group.municipality) if view.group else "",
        **post_shown.heading(here, ways, view),
        **occurrence.values(ways, its, partial(post_shown.dated, ways, view)),
    )


def _description(view: PostView, its: About, tongue: str) -> str:
    """What became of the date, who it is and the beginning of the text, in one line."""
    told = occurrence.told(its, tongue, off=view.post.state is PostState.CANCELLED)
    parts = (*told, post_shown.by(view, tongue), view.post.facts.text)
    return " / ".join(filter(None, (*post_shown.told_of(view, tongue), *parts)))


SORTS: Final = (Sort(NAME, every, make),)
