"""Posts of the invented town that went live on days that a test chooses."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from portal.clock import TOKYO
from portal.model.post import PostState
from tests.portal import people

if TYPE_CHECKING:
    from datetime import date

    from portal.model.post import Post
    from portal.store import Store


def moment(day: date) -> datetime:
    """Ten in the morning of a day."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=TOKYO)


def posted(store: Store, day: date, group: str = "hidamari", state: PostState = PostState.LIVE, **values: Any) -> Post:
    """A post that first went live on ``day``; ``values`` are fields of its facts."""
    live = moment(day)
    return people.kept(
        store,
        state,
        group=f"group-{group}",
        facts=people.facts(**values),
        live_at=live,
        changed_at=live,
        made_at=live - timedelta(days=1),
    )
