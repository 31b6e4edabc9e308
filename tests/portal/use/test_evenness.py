"""How uneven posting is, against cases worked out by hand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.use.evenness import evenness, gini, lorenz, top_share
from portal.use.published import Published
from tests.portal import people
from tests.town import TODAY


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([5, 5, 5, 5], 0.0),
        ([0, 0, 0, 8], 0.75),
        ([1, 2, 3, 4], 0.25),  # pairs differ by 20 in all; 20 / (2 * 16 * 2.5)
        ([0, 1, 2, 3, 4], 0.4),
        ([7], 0.0),
    ],
)
def test_the_gini_coefficient_of_small_towns(counts, expected):
    """It is what pencil and paper give, a group without posts being a 0."""
    assert gini(counts) == pytest.approx(expected)


def test_without_posts_nothing_is_said():
    """Neither a town without posts nor one without groups has a share, a coefficient or a curve."""
    for counts in ([], [0, 0, 0]):
        assert (gini(counts), top_share(counts), lorenz(counts)) == (None, None, ())


def test_the_share_of_the_top_ten():
    """Eleven groups with one post each and one with nine: nine and nine ones of twenty."""
    assert top_share([*[1] * 11, 9]) == pytest.approx(18 / 20)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40))
@settings(max_examples=60)
def test_gini_is_twice_the_area_above_the_lorenz_curve(counts):
    """The coefficient and the curve say the same, the curve never falls and lies below the diagonal."""
    curve = lorenz(counts)
    if not curve:
        assert sum(counts) == 0
        return
    below = sum((x1 - x0) * (y0 + y1) / 2 for (x0, y0), (x1, y1) in pairwise(curve))
    assert gini(counts) == pytest.approx(1 - 2 * below, abs=1e-9)
    assert (curve[0], curve[-1]) == ((0, 0), (1, 1))
    assert all(y0 <= y1 <= x1 + 1e-9 for (_, y0), (x1, y1) in pairwise(curve))


def test_registered_groups_count_with_nothing_and_closed_ones_with_what_they_posted(store):
    """Two registered groups, one silent, and one that has closed since: shares are of all posts."""
    people.settle(store)
    posts = [people.kept(store), people.kept(store), people.kept(store, group="group-tonari")]
    closed = [Published(post, TODAY) for post in posts]
    found = evenness([people.group(), people.group("new")], closed)
    assert found.counts == (0, 1, 2)
    assert found.top_ten_share == 1
