"""Posts kept with what they are found by: one transaction, and nothing where somebody else was quicker."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from portal import laying_out, listing
from portal.model.post import Post
from portal.store import Put, expected, unused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from portal.model.group import Group
    from portal.model.mark import Mark
    from portal.model.post import PostFacts
    from portal.store import Change, Store


class Step(NamedTuple):
    """A post as it was read and as it is to be."""

    old: Post | None
    new: Post


def new_id() -> str:
    """An id for a post that nobody guesses."""
    return f"post-{secrets.token_hex(8)}"


def content(post: Post) -> PostFacts:
    """What the post says to whoever goes on writing it: the newer content where there is some."""
    return post.revision.facts if post.revision else post.facts


def changed(post: Post, now: datetime, **values: Any) -> Post:  # noqa: ANN401  # fields of many types
    """The next version of a post."""
    return replace(post, **{"number": post.number + 1, "changed_at": now, **values})


def keep(store: Store, step: Step, group: Group, mark: Mark, extra: Sequence[Change] = ()) -> Post:
    """Keep one post; raises StaleEditError where it or its group is no longer as it was read."""
    keep_all(store, [step], group, mark, extra)
    return step.new


def keep_all(store: Store, steps: Sequence[Step], group: Group, mark: Mark, extra: Sequence[Change] = ()) -> None:
    """Keep posts of one group, with their listings and laid-out dates, and ``extra`` in the same transaction."""
    today = mark.at.date()
    changes: list[Change] = [*extra]
    for step in steps:
        changes += [Put(step.new), *listing.changes(store, step.new, today)]
    if not changes:
        return
    as_read = [expected(step.old) if step.old else unused(Post, step.new.id) for step in steps]
    store.apply(changes, mark, [expected(group), *as_read])
    laying_out.lay_out_posts(store, [step.new for step in steps], today)
