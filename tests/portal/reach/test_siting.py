"""Where one more place reaches most: never far from the best, and its bound never below it."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.errors import InvalidRecordError, UnknownThingError
from portal.model.position import Precision
from portal.reach.candidate import Candidate
from portal.reach.candidates import grid, sites
from portal.reach.siting import MOST_CANDIDATES, propose
from portal.reach.what_if import what_if
from portal.reach.within import within
from portal.store import Put
from tests import town
from tests.portal.reach.builders import candidates_at, people_at, spots_at
from tests.town import CODE, TODAY

SPOT = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda at: (135 + at[0] / 700, 34 + at[1] / 700))
WEIGHTED = st.lists(st.tuples(SPOT, st.integers(0, 40)), min_size=1, max_size=25)
GREEDY = 1 - 1 / np.e
NONE = spots_at([])


def reached(people, spots, metres=500):
    """How many people some spots reach."""
    return people.count[within(people, spots.lon, spots.lat, metres)].sum()


@given(people=WEIGHTED, existing=st.lists(SPOT, max_size=2), spots=st.lists(SPOT, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_the_proposal_is_near_the_best_and_under_its_bound(people, existing, spots):
    """On small cases: at least 63 % of what the best choice gains, and no choice above the upper bound."""
    known = people_at([at for at, _ in people], [count for _, count in people])
    there = spots_at(existing)
    count = min(3, len(spots))
    found = propose(known, there, candidates_at(spots), count, 500)
    best = max(reached(known, spots_at([*existing, *chosen])) for chosen in combinations(spots, count))
    before = reached(known, there)
    assert found.reached_before == pytest.approx(before)
    assert found.reached_after - before >= GREEDY * (best - before) - 1e-6
    assert found.reached_after - 1e-6 <= best <= found.upper_bound + 1e-6
    assert found.gap == pytest.approx(1 - found.reached_after / found.upper_bound if found.upper_bound else 0)


@given(people=WEIGHTED, spots=st.lists(SPOT, min_size=1, max_size=8))
@settings(max_examples=40, deadline=None)
def test_each_pick_gains_what_it_says(people, spots):
    """The gains are those of putting the picks on the map one after the other, none larger than the one before."""
    known = people_at([at for at, _ in people], [count for _, count in people])
    found = propose(known, NONE, candidates_at(spots), len(spots), 500)
    chosen = [(pick.candidate.lon, pick.candidate.lat) for pick in found.picks]
    steps = [reached(known, spots_at(chosen[:number])) for number in range(len(chosen) + 1)]
    assert [pick.gained for pick in found.picks] == pytest.approx(np.diff(steps).tolist())
    assert [pick.total_share for pick in found.picks] == pytest.approx([step / known.total for step in steps[1:]])
    assert sorted((pick.gained for pick in found.picks), reverse=True) == [pick.gained for pick in found.picks]


@given(people=WEIGHTED, existing=st.lists(SPOT, max_size=4), added=st.lists(SPOT, max_size=4))
@settings(max_examples=60, deadline=None)
def test_adding_places_never_lowers_reach_and_districts_add_up(people, existing, added):
    """In every district at least as many are reached as before, and the districts with outside make up all."""
    known = people_at([at for at, _ in people], [count for _, count in people])
    halves = [town.district("南", town.square(0, 0, 2, 1)), town.district("重なり", town.square(0, 0.5, 1, 0.8))]
    changes = what_if(known, spots_at(existing), spots_at(added), 500, halves)
    assert [change.district for change in changes] == [*halves, None]
    assert all(change.before <= change.after <= change.people for change in changes)
    assert sum(change.people for change in changes) == known.total
    assert sum(change.before for change in changes) == reached(known, spots_at(existing))
    assert sum(change.after for change in changes) == reached(known, spots_at([*existing, *added]))


def test_of_equal_candidates_the_first_by_id_is_taken():
    """Whatever their order, the same spots are proposed."""
    people = people_at([(135.0, 34.0), (135.1, 34.0)])
    equal = [Candidate(name, name, lon, 34.0) for name, lon in (("b", 135.0), ("a", 135.1), ("c", 135.0))]
    for candidates in (equal, equal[::-1]):
        assert [pick.candidate.id for pick in propose(people, NONE, candidates, 2, 300).picks] == ["a", "b"]


def test_what_is_reached_already_gains_nothing():
    """A candidate beside an existing place is not proposed: fewer picks than asked for, and no gap."""
    people = people_at([(135.0, 34.0)], [50])
    found = propose(people, spots_at([(135.0, 34.0)]), candidates_at([(135.001, 34.0)]), 3, 500)
    assert (found.picks, found.reached_before, found.reached_after, found.gap) == ((), 50, 50, 0)


@pytest.mark.parametrize(("people", "candidates"), [([], [(135.0, 34.0)]), ([(135.0, 34.0)], [])])
def test_without_people_or_candidates_nothing_is_proposed(people, candidates):
    """Nobody to reach, or nowhere to go: an empty proposal."""
    found = propose(people_at(people), NONE, candidates_at(candidates), 2, 500)
    assert (found.picks, found.upper_bound, found.gap) == ((), 0, 0)


def test_questions_that_are_too_large_are_refused():
    """More candidates or picks than can be chosen among are said, and nothing is worked out."""
    one = people_at([(135.0, 34.0)])
    with pytest.raises(InvalidRecordError):
        propose(one, NONE, candidates_at([(135.0, 34.0)] * (MOST_CANDIDATES + 1)), 1, 500)
    for count in (0, 51):
        with pytest.raises(InvalidRecordError):
            propose(one, NONE, candidates_at([(135.0, 34.0)]), count, 500)


def test_too_many_pairs_are_refused_before_they_are_held():
    """A crowd that every one of many candidates reaches would fill the memory."""
    crowd = people_at([(135.0, 34.0)] * 9_000)
    with pytest.raises(InvalidRecordError):
        propose(crowd, NONE, candidates_at([(135.0, 34.0)] * 1_000), 1, 500)


def test_candidates_are_places_whose_position_is_known(store):
    """Halls and schools of the kinds asked for; not samples, not what is known by its district only."""
    vague = town.place("p3", "どこかの会館", kind="facility", precision=Precision.DISTRICT)
    places = [town.place("p1", "会館", kind="facility"), town.place("p2", "小学校", 1.5, kind="shelter"), vague]
    store.apply([Put(place) for place in [*places, town.place("p4", "サロン")]])
    assert [site.id for site in sites(store, CODE, ("facility", "shelter"), TODAY)] == ["p1", "p2"]
    assert sites(store, CODE, (), TODAY) == []


def test_a_grid_covers_the_outline_and_nothing_else(store):
    """The knots lie in the municipality, a step apart; a town of two by two kilometres has about 16 of 500 m."""
    knots = grid(store, CODE, 500, TODAY)
    assert 14 <= len(knots) <= 20
    assert all(town.square(0, 0, 2, 2).contains_properly(town.shapely.Point(knot.lon, knot.lat)) for knot in knots)
    assert len({knot.id for knot in knots}) == len(knots)


def test_a_grid_that_cannot_be_is_refused(store, empty_store):
    """Too narrow a step, or no outline at all, is said."""
    for step in (0, 99, 5001, float("nan"), float("inf")):
        with pytest.raises(InvalidRecordError):
            grid(store, CODE, step, TODAY)
    with pytest.raises(UnknownThingError):
        grid(store, "99902", 500, TODAY)
