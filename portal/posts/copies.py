"""Last time's post once more: as a draft to be dated anew, or for the next term of a series."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.errors import InvalidRecordError
from portal.model.mark import Mark
from portal.permissions import Action
from portal.posts import terms
from portal.posts.keeping import Step, content, keep
from portal.posts.opening import opened, retried
from portal.posts.writing import draft

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.post import Post, PostFacts
    from portal.permissions import Actor
    from portal.store import Store


@retried
def copy(store: Store, actor: Actor, post_id: str, now: datetime) -> Post:
    """A draft that says the same, without single dates and the exceptions of the others."""
    post, group = opened(store, actor, Action.POST_COPY, post_id)
    new = draft(actor, group, _undated(content(post)), now, copied_from=post.id)
    return keep(store, Step(None, new), group, Mark(now, actor.id, Action.POST_COPY))


@retried
def next_term(store: Store, actor: Actor, post_id: str, now: datetime) -> Post:
    """A draft of the next term of a series: the same rules from the day after its last on.

    Raises InvalidRecordError where nothing repeats, or it goes on for ever.
    """
    post, group = opened(store, actor, Action.POST_COPY, post_id)
    facts = content(post)
    if facts.schedule is None:
        raise InvalidRecordError("posting.does_not_repeat")
    schedule = terms.next_term(facts.schedule)
    facts = replace(facts, schedule=schedule, schedule_text="", booking_until=None)
    new = draft(actor, group, facts, now, copied_from=post.id)
    return keep(store, Step(None, new), group, Mark(now, actor.id, Action.POST_COPY))


def _undated(facts: PostFacts) -> PostFacts:
    schedule = terms.repeating(facts.schedule) if facts.schedule else None
    text = facts.schedule_text if schedule == facts.schedule else ""
    return replace(facts, schedule=schedule, schedule_text=text, booking_until=None)
