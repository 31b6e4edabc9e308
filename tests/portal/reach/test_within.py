"""Who has something within a walk: exact, whatever the people and the spots are like."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from portal.model.position import Point, distance_m
from portal.reach import plane
from portal.reach.within import WALK, within
from tests.portal.reach.builders import people_at, spots_at

DEGREES = st.tuples(st.floats(134.9, 135.1), st.floats(33.95, 34.05))
RNG_SEED = 20261122


def by_tree(people, spots, metres):
    """The same by a KD-tree over every point."""
    on = plane.over(people.lat)
    distance, _ = cKDTree(on.xy(spots.lon, spots.lat)).query(on.xy(people.lon, people.lat))
    return distance <= metres / WALK


@given(
    people=st.lists(DEGREES, min_size=1, max_size=60),
    spots=st.lists(DEGREES, min_size=1, max_size=12),
    metres=st.sampled_from([50, 300, 500, 1000, 3000, 20_000]),
)
@settings(max_examples=60, deadline=None)
def test_it_says_the_same_as_measuring_every_pair(people, spots, metres):
    """For every arrangement the answer is that of comparing each person with each spot."""
    known, places = people_at(people), spots_at(spots)
    on = plane.over(known.lat)
    offsets = on.xy(known.lon, known.lat)[:, None] - on.xy(places.lon, places.lat)
    expected = (np.hypot(offsets[..., 0], offsets[..., 1]) <= metres / WALK).any(axis=1)
    assert (within(known, places.lon, places.lat, metres) == expected).all()


@pytest.mark.parametrize("clustered", [False, True])
def test_it_says_the_same_as_a_tree_over_many_points(clustered):
    """Fifty thousand people and six hundred spots, evenly or in clusters: the same as scipy's KD-tree."""
    rng = np.random.default_rng(RNG_SEED)
    middles = rng.uniform((135.0, 34.0), (135.2, 34.2), (12, 2))
    spread = 0.01 if clustered else 0.08
    at = middles[rng.integers(0, 12, 50_000)] + rng.normal(0, spread, (50_000, 2))
    places = middles[rng.integers(0, 12, 600)] + rng.normal(0, spread, (600, 2))
    known, spots = people_at(at.tolist()), spots_at(places.tolist())
    found = within(known, spots.lon, spots.lat, 500)
    assert (found == by_tree(known, spots, 500)).all()
    assert 0 < found.sum() < len(found)


def test_a_walk_is_longer_than_the_straight_line():
    """500 m on foot are 384.6 m straight: who lives 380 m away is reached, who lives 390 m away is not."""
    degree = plane.METRES_PER_DEGREE
    people = people_at([(135.0, 34.0 + 380 / degree), (135.0, 34.0 - 390 / degree)])
    spots = spots_at([(135.0, 34.0)])
    assert within(people, spots.lon, spots.lat, 500).tolist() == [True, False]


def test_nobody_and_nothing_are_reached_by_nothing():
    """Without spots nobody is reached; without people there is nobody to reach."""
    some, none = people_at([(135.0, 34.0)]), people_at([])
    assert within(some, np.zeros(0), np.zeros(0), 500).tolist() == [False]
    assert within(none, some.lon, some.lat, 500).tolist() == []


def test_a_spot_on_the_other_side_of_the_globe_changes_nothing():
    """One slip in a list of positions neither reaches anybody nor makes the answer coarse or slow."""
    people = people_at([(135.0, 34.0), (135.01, 34.0)])
    spots = spots_at([(-179.0, -89.0), (135.0, 34.0), (0.0, 0.0)])
    assert within(people, spots.lon, spots.lat, 300).tolist() == [True, False]
    assert within(people, spots.lon[:1], spots.lat[:1], 300).tolist() == [False, False]


@given(st.floats(24.0, 45.5), st.floats(-0.18, 0.18), st.floats(0.0005, 0.02), st.floats(-0.02, 0.02))
@settings(max_examples=60, deadline=None)
def test_the_plane_is_true_to_four_thousandths(lat, away, east, north):
    """Within 20 km of its middle, a distance on the plane is that on the globe to 0.4 %."""
    one, other = Point(135.0, lat + away), Point(135.0 + east, lat + away + north)
    offset = plane.Plane(lat).xy(np.array([one.lon, other.lon]), np.array([one.lat, other.lat]))
    flat = float(np.hypot(*(offset[1] - offset[0])))
    assert abs(flat / distance_m(one, other) - 1) < 0.004
