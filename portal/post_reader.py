"""What may be asked of the store about groups, what they post, and how that is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.model.goal import Goal
    from portal.model.group import Group
    from portal.model.post import Post, PostState
    from portal.model.usage import UsageCount


class PostReader(Protocol):
    """The part of :class:`portal.store.Reader` that knows groups and posts."""

    def group(self, group_id: str) -> Group | None:
        """One group."""

    def groups(self, municipality: str = "") -> list[Group]:
        """The groups of a municipality, or all, whatever their state, by reading or name."""

    def post(self, post_id: str) -> Post | None:
        """One post, as it is kept."""

    def posts(self, ids: Sequence[str]) -> list[Post]:
        """The posts of these ids, in their order; unknown ids are left out."""

    def posts_of_group(self, group: str) -> list[Post]:
        """Every post of a group, the last changed first."""

    def posts_of(self, municipality: str) -> list[Post]:
        """Every post of a municipality, the last changed first."""

    def posts_in(self, states: Sequence[PostState], municipality: str = "") -> list[Post]:
        """The posts in these states, of one municipality or of all, the longest unchanged first."""

    def posts_revised(self, municipality: str = "") -> list[Post]:
        """The posts with a revision that waits or was returned."""

    def posts_at(self, place: str) -> list[Post]:
        """The posts that are found and name this place."""

    def goals(self, municipality: str) -> list[Goal]:
        """The goals of a municipality's plan, in order."""

    def usage(self, about: Sequence[str], first: date, last: date) -> list[UsageCount]:
        """How often these things were used on the days from ``first`` to ``last``."""
