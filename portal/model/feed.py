"""What a group's own calendar or news feed says, and what the portal says to calendars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError
from portal.model.post import NOTE_MAX, POST_TEXT_MAX, TITLE_MAX, WEB_ADDRESS

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.finding import Finding
    from portal.model.position import Point
    from portal.model.schedule import Schedule

UID_MAX: Final = 500
CATEGORIES_MAX: Final = 20
CATEGORY_MAX: Final = 50


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One event of a calendar or one article of a news feed, as plain text."""

    uid: str
    """What it is found again by: UID in a calendar, guid or id in a news feed."""
    title: str
    text: str = ""
    """Plain text with line breaks."""
    url: str = ""
    """Web address (http or https) of the item's own page, or nothing."""
    place_text: str = ""
    """Where, as the group wrote it."""
    position: Point | None = None
    """Degrees, WGS 84, which is JGD2011 to within a metre."""
    schedule: Schedule | None = None
    """When, in local times of Asia/Tokyo; a news item has none."""
    cancelled: bool = False
    """Whether all of it is called off (中止)."""
    sequence: int = 0
    """Which revision it is, as the calendar counts them."""
    changed_at: datetime | None = None
    """Aware, Asia/Tokyo: when it was last changed, or was published."""
    categories: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an item that cannot be found again or could not become a post."""
        _check(self.uid, self.title, self.url)
        if len(self.text) > POST_TEXT_MAX:
            raise InvalidRecordError("model.text_too_long", most=POST_TEXT_MAX)
        if len(self.place_text) > NOTE_MAX:
            raise InvalidRecordError("model.text_too_long", most=NOTE_MAX)
        if len(self.categories) > CATEGORIES_MAX or any(len(one) > CATEGORY_MAX for one in self.categories):
            raise InvalidRecordError("model.text_too_long", most=CATEGORY_MAX)


@dataclass(frozen=True, slots=True)
class FeedRead:
    """What a feed holds, and what of it could not be taken."""

    items: tuple[FeedItem, ...]
    findings: tuple[Finding, ...] = ()
    """Lines are those of the feed as it was fetched; for a news feed, the number of the item."""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Something with a schedule, as it goes out to calendars."""

    uid: str
    """Lasts as long as the record does: ``<id>@<host of the portal>``."""
    title: str
    schedule: Schedule
    changed_at: datetime
    """Aware: when the record was last changed."""
    text: str = ""
    url: str = ""
    place_text: str = ""
    position: Point | None = None
    cancelled: bool = False
    sequence: int = 0
    categories: tuple[str, ...] = ()
    called_off: str = ""
    """The title of what is called off, one date of it or all: not every calendar shows the state. Empty: the title."""

    def __post_init__(self) -> None:
        """Refuse an event that a calendar could not find again, and a time without a zone."""
        _check(self.uid, self.title, self.url)
        if self.changed_at.tzinfo is None:
            raise InvalidRecordError("feeds.time_without_zone")


@dataclass(frozen=True, slots=True)
class CalendarAbout:
    """What a calendar says of itself to the programs that subscribe to it (購読)."""

    name: str
    text: str = ""
    """What it holds, in a sentence or two."""
    page: str = ""
    """Web address of a page that shows the same."""
    source: str = ""
    """Web address from which it is fetched again."""
    hours: int = 0
    """After how many hours it should be fetched again; 0 for a file that is taken once."""


def _check(uid: str, title: str, url: str) -> None:
    if not uid.strip() or len(uid) > UID_MAX:
        raise InvalidRecordError("feeds.bad_uid", most=UID_MAX)
    if not title.strip():
        raise InvalidRecordError("post.no_title")
    if len(title) > TITLE_MAX:
        raise InvalidRecordError("post.title_too_long", most=TITLE_MAX)
    if url and not WEB_ADDRESS.fullmatch(url):
        raise InvalidRecordError("post.bad_url")
