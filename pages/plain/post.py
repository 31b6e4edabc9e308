"""A post (投稿) as a public page: what, when with every coming date, where, how to take part and how to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pages.plain import frame, linked, paths, post_shown
from pages.plain.sort import Page, Sort
from portal.public import shown
from portal.schedules.wording import describe
from portal.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from portal.looking import PostView

NAME: Final = "post"


def every(here: Here) -> Iterator[Keys]:
    """Each post that everybody sees, in each language; what is over or called off stays."""
    for town in here.store.municipalities():
        for post in shown.posts(here.store, town.code):
            for tongue in LANGUAGES:
                yield {"lang": tongue, "code": town.code, "id": post.id}


def make(here: Here, keys: Keys) -> Page:
    """The page of one post; under another municipality's address it has moved to its own."""
    view = post_shown.view(here, keys, NAME)
    ways, tongue = frame.ways(here, NAME, keys), keys["lang"]
    event = linked.post(ways, view)
    head = frame.Head(
        NAME,
        keys,
        view.post.facts.title,
        description(here, view, tongue),
        linked=[event] if event else [],
        feeds=calendars(view),
    )
    return frame.page(
        here,
        "post.html",
        head,
        post_shown.depends(view),
        view.municipality,
        **post_shown.heading(here, ways, view),
        **post_shown.body(here, ways, view),
    )


def description(here: Here, view: PostView, tongue: str) -> str:
    """What it is, when, who and the beginning of its text, in one line."""
    facts = view.post.facts
    when = describe(facts.schedule, tongue, here.today) if facts.schedule else facts.schedule_text
    kind = view.kind.en if tongue == "en" else view.kind.ja
    parts = (kind, when, post_shown.by(view, tongue), facts.text)
    return " / ".join(filter(None, (*post_shown.told_of(view, tongue), *parts)))


def calendars(view: PostView) -> Sequence[tuple[str, str, str]]:
    """Its dates as a calendar, where it has any."""
    if view.post.facts.schedule is None:
        return ()
    path = paths.path("calendar_post", code=view.post.municipality, id=view.post.id)
    return [("text/calendar", view.post.facts.title, path)]


SORTS: Final = (Sort(NAME, every, make),)
