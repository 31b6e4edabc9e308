"""Which of the registered groups post, which have fallen silent, and which never began."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.use.published import day_of
from portal.use.years import months_before

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from portal.model.group import Group
    from portal.use.published import Published

SPANS: Final = (3, 6, 12)
"""Months of silence that are told apart."""


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """One registered group and what came from it."""

    group: Group
    posts: int
    """That went live, ever."""
    last: Published | None
    since: date | None
    """The day of its last post, or of its registration where there was none; None where neither is known."""

    def silent_for(self, months: int, today: date) -> bool:
        """Whether it is registered for so many calendar months and nothing of it went live in them.

        A group whose registration day is not known and that never posted counts as silent.
        """
        return self.since is None or self.since <= months_before(today, months)

    def active(self, today: date) -> bool:
        """Whether something of it went live in the last three months."""
        return self.last is not None and not self.silent_for(SPANS[0], today)


@dataclass(frozen=True, slots=True)
class Groups:
    """How many of the registered groups do what."""

    registered: int
    active: int
    """Something of theirs went live in the last three months."""
    silent: Mapping[int, int]
    """By months, 3, 6 and 12: registered for so long, and nothing in that time; silent for 12 is silent for 3, too."""
    never: int
    """Registered, and nothing ever; also those that registered just now."""


def standings(groups: Sequence[Group], items: Sequence[Published]) -> list[GroupStanding]:
    """Every group with its posts, in the order of ``groups``; ``items`` are all that went live, the first first."""
    its: dict[str, list[Published]] = {}
    for one in items:
        its.setdefault(one.post.group, []).append(one)
    return [_standing(group, its.get(group.id, [])) for group in groups]


def _standing(group: Group, its: Sequence[Published]) -> GroupStanding:
    last = its[-1] if its else None
    return GroupStanding(group, len(its), last, last.day if last else day_of(group.decided_at or group.applied_at))


def counted(found: Sequence[GroupStanding], today: date) -> Groups:
    """The groups counted: active, silent and those that registered less than three months ago make up all."""
    active = sum(one.active(today) for one in found)
    silent = {months: sum(one.silent_for(months, today) for one in found) for months in SPANS}
    return Groups(len(found), active, silent, sum(not one.posts for one in found))
