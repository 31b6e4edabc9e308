"""How many places and posts are tied to each goal of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.model.place import Place
from portal.model.post import Post
from portal.use.published import in_year, published
from portal.use.years import fiscal_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from portal.model.goal import Goal
    from portal.store import Reader


@dataclass(frozen=True, slots=True)
class GoalCount:
    """One goal with what is tied to it or to a goal under it; each record once."""

    goal: Goal
    depth: int
    """0 for a policy, 1 for a goal under it."""
    places: int
    posts: int
    """That went live this fiscal year."""


@dataclass(frozen=True, slots=True)
class Tied:
    """One place or post with the goals of the plan that it is tied to."""

    thing: Place | Post
    day: date | None
    """On which a place was verified, None where it never was; on which a post went live."""
    goals: frozenset[str]
    """Their keys; at least one."""


def goal_counts(store: Reader, municipality: str, today: date, *, samples: bool = False) -> list[GoalCount]:
    """Every goal of the plan, in its order, each followed by those under it.

    Places are those that are not gone, posts those that went live in the fiscal year of ``today``. A policy counts
    what is tied to it and to its goals; a record that is tied to two of them counts once for the policy.
    """
    records = tied(store, municipality, today, samples=samples)
    of_places = _by_goal(one for one in records if isinstance(one.thing, Place))
    of_posts = _by_goal(one for one in records if isinstance(one.thing, Post))
    found = []
    for goal, depth, keys in tree(store.goals(municipality)):
        places, posts = (set[str]().union(*(by.get(key, set()) for key in keys)) for by in (of_places, of_posts))
        found.append(GoalCount(goal, depth, len(places), len(posts)))
    return found


def tied(store: Reader, municipality: str, today: date, *, samples: bool = False) -> list[Tied]:
    """Every place and post that counts for goals of the plan, places first; what is tied to none is left out."""
    known = {goal.key for goal in store.goals(municipality)}
    places = [
        Tied(place, place.verified_on, place.facts.goals & known)
        for place in store.places_of(municipality)
        if place.gone_on is None and (samples or not place.sample)
    ]
    items = in_year(published(store, municipality, today, samples=samples), fiscal_year(today))
    posts = [Tied(one.post, one.day, one.post.facts.goals & known) for one in items]
    return [one for one in (*places, *posts) if one.goals]


def _by_goal(records: Iterable[Tied]) -> dict[str, set[str]]:
    """Ids of records by the goal that they are tied to."""
    found: dict[str, set[str]] = {}
    for record in records:
        for key in record.goals:
            found.setdefault(key, set()).add(record.thing.id)
    return found


def tree(goals: Sequence[Goal]) -> list[tuple[Goal, int, set[str]]]:
    """The goals, those under one after it, with their depth and the keys of all under each, its own among them.

    A goal whose parent is not there, or that stands above itself, is taken for one without a parent.
    """
    known = {goal.key: goal for goal in goals}
    above = {goal.key: _above(goal, known) for goal in goals}
    under = {key: {key, *(other for other, chain in above.items() if key in chain)} for key in known}
    order = {goal.key: number for number, goal in enumerate(goals)}
    paths = {key: [order[one] for one in (*reversed(chain), key)] for key, chain in above.items()}
    return [(known[key], len(above[key]), under[key]) for key in sorted(known, key=lambda one: paths[one])]


def _above(goal: Goal, known: Mapping[str, Goal]) -> list[str]:
    """Keys of the goals above one, the nearest first."""
    chain: list[str] = []
    parent = known.get(goal.parent)
    while parent is not None:
        if parent.key == goal.key or parent.key in chain:
            return []
        chain.append(parent.key)
        parent = known.get(parent.parent)
    return chain
