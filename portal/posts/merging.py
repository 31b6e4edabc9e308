"""Two people wrote at once: what differs, field by field, and who of them changed it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from portal.history import differences
from portal.model.post import Post, PostFacts
from portal.posts.keeping import content
from portal.records import from_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from portal.store import Reader


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that the two have differently."""

    field: str
    theirs: Any
    """As it is kept now."""
    mine: Any
    untouched: bool
    """Whether I left it as it was when I began: theirs is then the newer one."""


def clashes(store: Reader, post: Post, based_on: int, mine: PostFacts) -> tuple[Clash, ...]:
    """What ``mine``, written on top of version ``based_on``, has differently from the post as it is kept now."""
    began = _version(store, post, based_on)
    found = differences(content(post), mine)
    return tuple(
        Clash(one.field, one.before, one.after, began is not None and getattr(began, one.field) == one.after)
        for one in found
    )


def taken_over(mine: PostFacts, post: Post, names: Collection[str]) -> PostFacts:
    """``mine`` with the fields of these names as the post has them; other names are none of ours."""
    theirs = content(post)
    known = [item.name for item in fields(PostFacts) if item.name in names]
    return replace(mine, **{name: getattr(theirs, name) for name in known})


def _version(store: Reader, post: Post, number: int) -> PostFacts | None:
    """What the post said in that version; None where it is not known."""
    versions = (from_text(Post, one.data) for one in store.history(Post, (post.id,)) if one.data)
    return next((content(one) for one in versions if one.number == number), None)
