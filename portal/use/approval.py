"""How long posts wait for the office: from being handed in to approval or return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from portal.clock import TOKYO
from portal.model.post import Post, PostState
from portal.permissions import Action
from portal.records import from_text
from portal.use.years import fiscal_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from portal.model.version import Version
    from portal.store import Reader


@dataclass(frozen=True, slots=True)
class Waited:
    """How long was waited for a decision."""

    decisions: int
    median: timedelta | None
    """None where nothing was decided."""
    most: timedelta | None
    """Nine of ten decisions came within it (90th percentile, interpolated)."""


def time_to_decision(store: Reader, municipality: str, year: int, today: date, *, samples: bool = False) -> Waited:
    """How long the decisions of a fiscal year up to ``today`` took, from handing in to approval or return.

    Taken from the versions that are kept of each post: one that was returned and handed in again, or whose newer
    content was approved later, waited each time. What went live at once, of trusted groups, waited for nobody.
    """
    spans = [
        end - start
        for post in store.posts_of(municipality)
        if post.decided_at is not None and (samples or not post.sample)
        for start, end in waits(store.history(Post, (post.id,)))
        if (day := end.astimezone(TOKYO).date()) <= today and fiscal_year(day) == year
    ]
    return _summed(spans)


def waits(versions: Sequence[Version]) -> Iterator[tuple[datetime, datetime]]:
    """From when to when a post waited, each time that the office decided; ``versions`` are the newest first.

    A wait that the group itself ended, by taking the post back, is none.
    """
    since: datetime | None = None
    for version in reversed(versions):
        waiting = _waits(version)
        if since is not None and version.action in {Action.POST_APPROVE, Action.POST_RETURN}:
            yield since, version.at
        since = (since or version.at) if waiting else None


def _waits(version: Version) -> bool:
    if not version.data:
        return False
    post = from_text(Post, version.data)
    return post.state is PostState.WAITING or (post.revision is not None and not post.revision.returned)


def _summed(spans: Sequence[timedelta]) -> Waited:
    if not spans:
        return Waited(0, None, None)
    median, most = np.quantile([span.total_seconds() for span in spans], [0.5, 0.9])
    return Waited(len(spans), timedelta(seconds=round(median)), timedelta(seconds=round(most)))
