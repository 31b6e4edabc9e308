"""Reading posts, as they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.decoding import Decoder
from portal.model.goal import Goal
from portal.model.post import PUBLIC, Post
from portal.model.usage import UsageCount

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.model.post import PostState


class PostReader(Decoder):
    """The part of :class:`portal.store.Reader` about posts."""

    def post(self, post_id: str) -> Post | None:
        """One post, as it is kept."""
        return next(iter(self.posts([post_id])), None)

    def posts(self, ids: Sequence[str]) -> list[Post]:
        """The posts of these ids, in their order; unknown ids are left out."""
        return self._by_ids(Post, "posts", ids)

    def posts_of_group(self, group: str) -> list[Post]:
        """Every post of a group, the last changed first."""
        return self._decoded(Post, "posts_of_group", group)

    def posts_of(self, municipality: str) -> list[Post]:
        """Every post of a municipality, the last changed first."""
        return self._decoded(Post, "posts_of", municipality)

    def posts_in(self, states: Sequence[PostState], municipality: str = "") -> list[Post]:
        """The posts in these states, of one municipality or of all, the longest unchanged first."""
        return self._decoded(Post, "posts_in", [state.value for state in states], municipality)

    def posts_revised(self, municipality: str = "") -> list[Post]:
        """The posts with a revision that waits or was returned, the longest unchanged first."""
        return self._decoded(Post, "posts_revised", municipality)

    def posts_at(self, place: str) -> list[Post]:
        """The posts that everybody sees and that name this place, the last changed first."""
        return self._decoded(Post, "posts_at", place, sorted(state.value for state in PUBLIC))

    def goals(self, municipality: str) -> list[Goal]:
        """The goals of a municipality's plan, in order."""
        return self._decoded(Goal, "goals", municipality)

    def usage(self, about: Sequence[str], first: date, last: date) -> list[UsageCount]:
        """How often these things were used on the days from ``first`` to ``last``, by thing, day and use."""
        return self._decoded(UsageCount, "usage", list(about), first, last)
