"""Feeds that groups have the portal follow, each fetched once an hour where the operator's setting allows it."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from pages import wiring
from pages.outside import feed_reading
from pages.outside.fetch import fetch
from portal import following
from portal.errors import ForbiddenError, InvalidRecordError, StaleEditError, UnreadableFileError
from portal.model.group import GroupState
from portal.words import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pages.outside.limits import Limits
    from portal.errors import PortalError
    from portal.model.group import FollowedFeed, Group
    from portal.store import Store

EVERY_S: Final = 3600.0
TURN_S: Final = 20.0
"""No further feed is begun after so many seconds: mail and what is to be published wait behind it."""
NO_REASON: Final = "feed_page.problem_other"
PROBLEMS: Final = {
    "fetching.unknown_host": "feed_page.problem_not_found",
    "fetching.bad_status": "feed_page.problem_not_found",
    "fetching.no_answer": "feed_page.problem_no_answer",
    "fetching.bad_certificate": "feed_page.problem_certificate",
    "fetching.too_many_redirects": "feed_page.problem_redirects",
    "fetching.bad_type": "feed_page.problem_no_feed",
    "feeds.not_well_formed": "feed_page.problem_no_feed",
    "fetching.too_large": "feed_page.problem_large",
    "feeds.too_large": "feed_page.problem_large",
}
"""What is kept of an error: the key of a sentence that needs nothing beside it."""
log = logging.getLogger(__name__)
_tried: WeakKeyDictionary[Store, dict[tuple[str, str], float]] = WeakKeyDictionary()


def rounds(store: Store, now: datetime) -> None:
    """Fetch what is due; nothing at all while the setting ``follow`` is off."""
    if wiring.settings().follow:
        turn(store, now)


def turn(store: Store, now: datetime, limits: Limits | None = None) -> int:
    """Fetch the feeds whose hour has come, those first that waited longest, and say how many.

    The moments are kept in memory: a feed is asked again when the portal was started anew.
    """
    tried = _tried.setdefault(store, {})
    begun, count = time.monotonic(), 0
    known = {(group.id, feed.url): (group, feed) for group, feed in _followed(store)}
    for gone in tried.keys() - known.keys():
        del tried[gone]
    for name in sorted(known, key=lambda one: tried.get(one, 0.0)):
        moment = time.monotonic()
        if moment - begun > TURN_S or moment - tried.get(name, -EVERY_S) < EVERY_S:
            break
        tried[name] = moment
        _fetch(store, *known[name], now, limits)
        count += 1
    return count


def problem_of(error: PortalError) -> str:
    """The key of a sentence that can be said without any value."""
    key = PROBLEMS.get(error.key, error.key)
    return key if "{" not in phrases("ja").get(key, "{") else NO_REASON


def _followed(store: Store) -> Iterator[tuple[Group, FollowedFeed]]:
    for group in store.groups():
        if group.state is GroupState.ACTIVE:
            for feed in group.feeds:
                yield group, feed


def _fetch(store: Store, group: Group, feed: FollowedFeed, now: datetime, limits: Limits | None) -> None:
    """Take one feed over; what is wrong with it is noted at the group, and keeps no other feed from being fetched."""
    try:
        found = feed_reading.read(fetch(feed.url, limits).body, now.date())
        taken = following.take(store, None, group, feed, found.items, now)
        log.info("feed of %s: %s, %d findings", group.id, taken, len(found.findings))
    except (UnreadableFileError, InvalidRecordError) as error:
        log.info("feed of %s: %s", group.id, error)
        following.failed(store, group.id, feed.url, problem_of(error), now)
    except (
        ForbiddenError,
        StaleEditError,
    ) as error:  # suspended, or written to by many: nothing is wrong with the feed
        log.info("feed of %s: %s", group.id, error)
    except Exception:  # whatever a feed can do, the others are fetched
        log.exception("feed of %s", group.id)
        following.failed(store, group.id, feed.url, NO_REASON, now)
