"""A group's own calendar or news feed, whichever of the two it turns out to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geodata import icalendar_feed, rss
from portal.model.group import FeedKind

if TYPE_CHECKING:
    from datetime import date

    from portal.model.feed import FeedRead

HEAD: Final = 4096
"""A calendar says within its first bytes that it is one."""
CALENDAR: Final = b"BEGIN:VCALENDAR"


def kind_of(data: bytes) -> FeedKind:
    """Whether it is a calendar; whatever is none is taken for a news feed, and refused there if it is none either."""
    head = data[:HEAD].replace(b"\x00", b"").upper()  # UTF-16 has a zero beside each letter
    return FeedKind.ICALENDAR if CALENDAR in head else FeedKind.RSS


def read(data: bytes, today: date) -> FeedRead:
    """Its events that are not over, or its articles; raises UnreadableFileError."""
    return icalendar_feed.read(data, today) if kind_of(data) is FeedKind.ICALENDAR else rss.read(data)
