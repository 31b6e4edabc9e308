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


@dataclass(frozen=True, slots=True)
class Decision:
    """One wait that ended."""

    post: Post
    """As it is now."""
    handed_in: datetime
    decided: datetime
    approved: bool
    """Else it was returned."""

    @property
    def waited(self) -> timedelta:
        """From being handed in to the decision."""
        return self.decided - self.handed_in


def time_to_decision(store: Reader, municipality: str, year: int, today: date, *, samples: bool = False) -> Waited:
    """How long the decisions of a fiscal year up to ``today`` took, from handing in to approval or return."""
    return _summed([one.waited for one in decisions(store, municipality, year, today, samples=samples)])


def decisions(store: Reader, municipality: str, year: int, today: date, *, samples: bool = False) -> list[Decision]:
    """Every decision of a fiscal year up to ``today``, the first first.

    Taken from the versions that are kept of each post: one that was returned and handed in again, or whose newer
    content was approved later, waited each time. What went live at once, of trusted groups, waited for nobody.
    """
    found = [
        Decision(post, since, ended.at, ended.action == Action.POST_APPROVE)
        for post in store.posts_of(municipality)
        if post.decided_at is not None and (samples or not post.sample)
        for since, ended in waits(store.history(Post, (post.id,)))
        if (day := ended.at.astimezone(TOKYO).date()) <= today and fiscal_year(day) == year
    ]
    return sorted(found, key=lambda one: (one.decided, one.post.id))


def waits(versions: Sequence[Version]) -> Iterator[tuple[datetime, Version]]:
    """Since when a post waited and what ended it, each time that the office decided; ``versions`` newest first.

    A wait that the group itself ended, by taking the post back, is none.
    """
    since: datetime | None = None
    for version in reversed(versions):
        waiting = _waits(version)
        if since is not None and version.action in {Action.POST_APPROVE, Action.POST_RETURN}:
            yield since, version
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
