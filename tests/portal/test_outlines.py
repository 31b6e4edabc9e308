"""Outlines for a zoom step and classes to colour by."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.model.district import District
from portal.model.source import Source
from portal.outlines import classes, digits, level, outlines, point_degrees

SOURCE = Source("試験")


def district(name, area):
    """A district of this name and area."""
    return District(name, "99999", "elementary", name, area, SOURCE)


def wavy_neighbours():
    """Two districts with a border of 2,000 corners between them."""
    up = np.linspace(0, 0.02, 2000)
    border = np.column_stack([135.01 + 0.0001 * np.sin(up * 9000), 34 + up])
    west = shapely.Polygon([(135.0, 34.0), *border, (135.0, 34.02)])
    east = shapely.Polygon([(135.02, 34.0), *border, (135.02, 34.02)])
    return [district("west", west), district("east", east)]


@pytest.mark.parametrize("zoom", [8, 11, 14])
def test_neighbours_open_no_gap(zoom):
    """Simplified neighbours still meet: their union has neither hole nor overlap."""
    before = wavy_neighbours()
    west, east = (outline.area for outline in outlines(before, zoom))
    assert shapely.coverage_is_valid([west, east])
    assert shapely.get_num_coordinates(west) < shapely.get_num_coordinates(before[0].geometry) / 2
    assert not shapely.union(west, east).interiors


def test_districts_that_overlap_are_simplified_alone():
    """Where districts overlap, each keeps a valid outline of its own and is not lost."""
    overlapping = [district("one", shapely.box(0, 0, 2, 2)), district("two", shapely.box(1, 1, 3, 3))]
    drawn = outlines(overlapping, 10)
    assert [outline.area.area for outline in drawn] == [4, 4]


def test_a_tiny_district_stays():
    """A district smaller than a screen point is still drawn."""
    tiny = district("tiny", shapely.box(135, 34, 135.00001, 34.00001))
    assert not outlines([tiny], 5)[0].area.is_empty


def test_the_name_stands_inside():
    """The name of a district shaped like a horseshoe stands on it, not in its gap."""
    horseshoe = shapely.Polygon([(0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (1, 1), (1, 3), (0, 3)])
    drawn = outlines([district("u", horseshoe)], 14)[0]
    assert drawn.area.contains(shapely.Point(drawn.at.lon, drawn.at.lat))
    assert outlines([], 14) == []


@pytest.mark.parametrize("zoom", range(5, 19))
def test_digits_tell_screen_points_apart(zoom):
    """Rounding moves a corner by at most an eighth of a screen point, and not by a hundredth of what it could."""
    assert point_degrees(zoom) / 8 >= 0.5 * 10 ** -digits(zoom) or digits(zoom) == 2
    assert math.isclose(point_degrees(0), 1.40625)


@given(st.lists(st.integers(0, 500), max_size=60))
@settings(max_examples=200)
def test_classes_hold_every_count_once(counts):
    """Each count lies in exactly one class; none is a class for itself; levels rise with counts."""
    spans = classes(counts)
    assert all(sum(low <= count <= high for low, high in spans) == 1 for count in counts)
    assert all(low <= high and (low > 0 or high == 0) for low, high in spans)
    assert len([span for span in spans if span != (0, 0)]) <= 4
    steps = [level(count, spans) for count in sorted(counts)]
    assert steps == sorted(steps)
    assert all((step == 0) is (count == 0) for step, count in zip(steps, sorted(counts), strict=True))
