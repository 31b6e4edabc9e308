"""How many people took part in courses and consultations in a fiscal year, against the plan's target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portal.model.indicator import Measure
from portal.model.post import COUNTED, PostKind, PostState
from portal.schedules.occurrences import State, occurrences
from portal.use.published import day_of
from portal.use.targets import target
from portal.use.years import Month, fiscal_year, month_of, months_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portal.model.post import Post
    from portal.store import Reader
    from portal.use.published import Published
    from portal.use.targets import Target


@dataclass(frozen=True, slots=True)
class Session:
    """One session that was held and whose people were counted."""

    post: Post
    day: date
    people: int


@dataclass(frozen=True, slots=True)
class Participation:
    """The sessions of one fiscal year."""

    year: int
    sessions: tuple[Session, ...]
    """By day."""
    target: Target | None

    @property
    def people(self) -> int:
        """Everybody who took part, each time anew."""
        return sum(one.people for one in self.sessions)

    def by_month(self) -> dict[Month, tuple[int, int]]:
        """Sessions and people of each month of the year, from April."""
        return {
            month: (len(its), sum(one.people for one in its))
            for month in months_of(self.year)
            for its in [[one for one in self.sessions if month_of(one.day) == month]]
        }

    def by_kind(self) -> dict[PostKind, int]:
        """People by kind of post."""
        return {
            kind: sum(one.people for one in self.sessions if one.post.facts.kind is kind)
            for kind in PostKind
            if kind in COUNTED
        }


def participation(
    store: Reader, items: Sequence[Published], municipality: str, year: int, today: date
) -> Participation:
    """The people counted at the sessions of a fiscal year up to and with ``today``.

    ``items`` are all posts that went live, of earlier years, too. What is booked for later days is not counted, nor a
    session that was called off.
    """
    found = [session for one in items for session in sessions(one.post, today) if fiscal_year(session.day) == year]
    found.sort(key=lambda one: (one.day, one.post.id))
    return Participation(year, tuple(found), target(store, municipality, Measure.PARTICIPANTS, year))


def sessions(post: Post, today: date) -> Iterator[Session]:
    """The sessions of a course or consultation that were held up to ``today``, with their people."""
    if post.facts.kind not in COUNTED:
        return
    called_off = day_of(post.changed_at) if post.state is PostState.CANCELLED else None
    for text, people in post.places_taken.items():
        day = date.fromisoformat(text)
        if day <= today and (called_off is None or day < called_off) and not _cancelled(post, day):
            yield Session(post, day, people)


def _cancelled(post: Post, day: date) -> bool:
    schedule = post.facts.schedule
    found = occurrences(schedule, day, day) if schedule else []
    return bool(found) and all(one.state is State.CANCELLED for one in found)
