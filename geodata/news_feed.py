"""News feeds that go out: RSS 2.0 (https://www.rssboard.org/rss-specification) and Atom 1.0 (RFC 4287).

The XML is put together by feedgen. Texts are plain; since readers' programs take what they show for HTML, they go out
as HTML in which nothing but line breaks is a tag.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]  # no types are published for it

from geodata.feed import lines_of, one_line
from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from collections.abc import Sequence

NEVER: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed without any entry was changed last: it must say something, and the same each time."""
MINUTES: Final = 60
"""For so long a program may keep what it fetched."""
LINE_MAX: Final = 500
TEXT_MAX: Final = 20_000
MAKER: Final = "Ibasho"


@dataclass(frozen=True, slots=True)
class NewsEntry:
    """One entry; all of it is plain text."""

    url: str
    """Its page, by which it is found again, too: it must never change."""
    link: str
    """Its page in the reader's language."""
    title: str
    published: datetime
    """Aware."""
    updated: datetime
    """Aware."""
    text: str = ""
    author: str = ""
    """Empty where nobody is named."""
    category: tuple[str, str] = ("", "")
    """A key that lasts, and its name in the reader's language."""

    def __post_init__(self) -> None:
        """Refuse an entry without a title, and a time without a zone."""
        if not self.title.strip():
            raise InvalidRecordError("post.no_title")
        if self.published.tzinfo is None or self.updated.tzinfo is None:
            raise InvalidRecordError("feeds.time_without_zone")


@dataclass(frozen=True, slots=True)
class NewsAbout:
    """What a feed says of itself."""

    name: str
    text: str
    """What it holds, and how much of it."""
    page: str
    """Web address of the page that shows the same."""
    source: str
    """Web address from which it is fetched again."""
    language: str
    author: str
    """Who answers for entries that name nobody: the portal."""


def write_rss(entries: Sequence[NewsEntry], about: NewsAbout) -> bytes:
    """The feed as RSS 2.0 in UTF-8, its entries in the order given.

    Authors are ``dc:creator`` (http://purl.org/dc/elements/1.1/): RSS itself has room for mail addresses only.
    """
    feed = _feed(entries, about, "application/rss+xml")
    feed.load_extension("dc", atom=False, rss=True)
    for entry in entries:
        made = _add(feed, entry)
        made.guid(entry.url, permalink=True)
        if entry.author:
            made.dc.dc_creator(one_line(entry.author, LINE_MAX))
    return bytes(feed.rss_str(pretty=True))


def write_atom(entries: Sequence[NewsEntry], about: NewsAbout) -> bytes:
    """The feed as Atom 1.0 in UTF-8, its entries in the order given."""
    feed = _feed(entries, about, "application/atom+xml")
    for entry in entries:
        made = _add(feed, entry)
        made.id(entry.url)
        if entry.author:
            made.author({"name": one_line(entry.author, LINE_MAX)})
    return bytes(feed.atom_str(pretty=True))


def _feed(entries: Sequence[NewsEntry], about: NewsAbout, media: str) -> Any:  # noqa: ANN401  # feedgen has no types
    feed = FeedGenerator()
    changed = max((entry.updated for entry in entries), default=NEVER)
    feed.id(about.source)
    feed.title(one_line(about.name, LINE_MAX))
    feed.description(lines_of(about.text, TEXT_MAX))
    feed.subtitle(lines_of(about.text, TEXT_MAX))
    feed.language(about.language)
    feed.author({"name": one_line(about.author, LINE_MAX)})
    # RSS takes the last link for its page, so the page stands last.
    feed.link([{"href": about.source, "rel": "self", "type": media}, {"href": about.page, "rel": "alternate"}])
    feed.generator(MAKER)
    feed.docs("https://www.rssboard.org/rss-specification")
    feed.updated(changed)
    feed.lastBuildDate(changed)
    feed.ttl(MINUTES)
    return feed


def _add(feed: Any, entry: NewsEntry) -> Any:  # noqa: ANN401  # feedgen has no types
    made = feed.add_entry(order="append")
    made.title(one_line(entry.title, LINE_MAX))
    made.link(href=entry.link, rel="alternate")
    made.published(entry.published)
    made.updated(entry.updated)
    if text := lines_of(entry.text, TEXT_MAX):
        made.content(html.escape(text, quote=False).replace("\n", "<br>\n"), type="html")
    key, name = entry.category
    if key:
        made.category({"term": key, "label": one_line(name, LINE_MAX)})
    return made
