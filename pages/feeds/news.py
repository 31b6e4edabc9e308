"""News to subscribe to (RSS and Atom): what was posted last in a municipality, in a district, or by a group."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from geodata.news_feed import NewsAbout, NewsEntry, write_atom, write_rss
from pages.feeds import asked, event, found, part
from pages.plain import paths
from pages.plain.sort import Page, Sort
from pages.plain.ways import Ways
from portal.cards import coming, kind_of
from portal.clock import TOKYO
from portal.model.post import PostState
from portal.schedules.wording import describe, describe_occurrence
from portal.words import DEFAULT_LANGUAGE, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pages.feeds.part import Part
    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from portal.model.place import Place
    from portal.model.post import Post

    PartOf = Callable[[Here, Keys, str], Part]
    Writing = Callable[[Sequence[NewsEntry], NewsAbout], bytes]

RSS: Final = "application/rss+xml; charset=utf-8"
ATOM: Final = "application/atom+xml; charset=utf-8"
MOST: Final = 100
"""So many posts, those that went live last; a feed says how many it leaves out."""


def _make(name: str, of: PartOf, here: Here, keys: Keys, params: Mapping[str, str]) -> Page:
    """The feed of a part, narrowed by ``params``."""
    tongue = asked.tongue(params)
    one = of(here, keys, tongue)
    posts = found.posts(here, one, keys["code"], params)
    latest = sorted(posts, key=_live, reverse=True)[:MOST]
    entries = _entries(here, latest, tongue)
    title = say("feeds_public.news_name", tongue, name=one.name)
    if set(params) - {"lang", *one.fixed}:
        title = say("feeds_public.narrowed", tongue, name=title)
    told = say("feeds_public.news_about", tongue, most=MOST, total=len(posts))
    query = urlencode(sorted(params.items()))
    source = f"{here.base}/{paths.path(name, **keys)}" + (f"?{query}" if query else "")
    about = NewsAbout(title, told, one.page, source, tongue, here.settings.title)
    media, write = FORMATS[name.partition("_")[0]]
    return Page(write(entries, about), found.tags_of(one, found.Records([], posts)), media)


FORMATS: Final[Mapping[str, tuple[str, Writing]]] = {"rss": (RSS, write_rss), "atom": (ATOM, write_atom)}


def _live(post: Post) -> tuple[datetime, str]:
    return _published(post), post.id


def _published(post: Post) -> datetime:
    return post.live_at or post.changed_at or event.UNCHANGED.at


def _entries(here: Here, posts: Sequence[Post], tongue: str) -> list[NewsEntry]:
    groups, places, kinds = event.groups_of(here, posts), event.places_of(here, posts), event.kinds_of(here, posts)
    ways, made = Ways(here, ""), []
    for post in posts:
        kind, group = kind_of(kinds[post.municipality], post.facts.kind), groups.get(post.id)
        cancelled = post.state is PostState.CANCELLED
        entry = NewsEntry(
            url=ways.whole("post", lang=DEFAULT_LANGUAGE, code=post.municipality, id=post.id),
            link=ways.whole("post", lang=tongue, code=post.municipality, id=post.id),
            title=event.marked(post.facts.title, tongue, sample=post.sample, cancelled=cancelled),
            published=_published(post),
            updated=max(_published(post), post.changed_at or _published(post)),
            text=_text(here, post, places.get(post.facts.where.place), tongue),
            author=group.name if group else "",
            category=(kind.key, kind.en if tongue == "en" else kind.ja),
        )
        made.append(entry)
    return made


def _text(here: Here, post: Post, place: Place | None, tongue: str) -> str:
    """Why it is called off, when, which dates are called off, where, and what the group wrote."""
    schedule = post.facts.schedule
    when = describe(schedule, tongue, here.today) if schedule else post.facts.schedule_text
    where = event.where_of(here, post, place, tongue)
    midnight = datetime.combine(here.today, datetime.min.time(), TOKYO)
    off = coming(schedule, midnight).off if post.state is not PostState.CANCELLED else ()
    lines = [
        event.why(post, tongue),
        say("feeds_public.when", tongue, when=when) if when else "",
        *(describe_occurrence(one, tongue, long=True) for one in off),
        say("feeds_public.where", tongue, where=where) if where else "",
    ]
    return "\n\n".join(filter(None, ("\n".join(filter(None, lines)), post.facts.text)))


def _sort(name: str, every: Callable[[Here], Iterable[Keys]], of: PartOf) -> Sort:
    filtered = partial(_make, name, of)
    return Sort(name, every, lambda here, keys: filtered(here, keys, {}), filtered=filtered, listed=False, shared=True)


SORTS: Final = tuple(
    _sort(f"{fmt}{ending}", every, of)
    for fmt in FORMATS
    for ending, every, of in (
        ("", part.towns, part.town),
        ("_district", part.districts, partial(part.district, name=f"{fmt}_district")),
        ("_group", part.groups, partial(part.group, name=f"{fmt}_group")),
    )
)
