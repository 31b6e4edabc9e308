"""The area nearest to each point: every spot belongs to its nearest point, and neighbours share their edges."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.areas.voronoi import RADIUS_M, cells, dissolved
from portal.errors import InvalidRecordError
from portal.model.position import Point, distance_m

CLOSE_M = 5.0
"""Nearer than this to an edge, a spot may fall to either side: a circle is drawn with straight pieces."""


def _spots(span: float):
    """Positions of six decimals in a square of ``span`` degrees by the bay of Osaka."""
    steps = st.integers(0, int(span * 1e6))
    return st.builds(lambda east, north: Point(lon=135.4 + east / 1e6, lat=34.6 + north / 1e6), steps, steps)


SCHOOLS = st.sampled_from([0.005, 0.03, 0.12]).flatmap(
    lambda span: st.lists(_spots(span), min_size=1, max_size=20, unique=True)
)


@given(SCHOOLS)
@settings(max_examples=60, deadline=None)
def test_neighbours_share_their_edges(schools):
    """Areas never overlap, and two that touch share every vertex of their common edge."""
    areas = cells(schools)
    assert all(area.is_valid and not area.is_empty for area in areas)
    assert shapely.coverage_is_valid(areas)


@given(SCHOOLS)
@settings(max_examples=60, deadline=None)
def test_each_area_holds_its_school(schools):
    """Each area contains its own school and no other."""
    areas = cells(schools)
    for number, area in enumerate(areas):
        inside = [index for index, school in enumerate(schools) if shapely.contains_xy(area, school.lon, school.lat)]
        assert inside == [number]


@given(SCHOOLS, st.lists(_spots(0.12), min_size=20, max_size=20))
@settings(max_examples=60, deadline=None)
def test_a_spot_belongs_to_its_nearest_school(schools, spots):
    """A spot lies in the area of its nearest school if that is within 1.2 km, and else in none."""
    areas = cells(schools)
    for spot in spots:
        away = sorted((distance_m(spot, school), index) for index, school in enumerate(schools))
        near = away[0][0]
        if abs(near - RADIUS_M) < CLOSE_M or (len(away) > 1 and away[1][0] - near < CLOSE_M):
            continue
        inside = [index for index, area in enumerate(areas) if shapely.contains_xy(area, spot.lon, spot.lat)]
        assert inside == ([away[0][1]] if near < RADIUS_M else [])


@given(SCHOOLS)
@settings(max_examples=30, deadline=None)
def test_joined_areas_are_the_sum_of_their_parts(schools):
    """Areas joined by name cover what their parts cover, and still share their edges."""
    areas = cells(schools)
    names = ["east" if school.lon > schools[0].lon else "west" for school in schools]
    joined = dissolved(areas, names)
    assert list(joined) == list(dict.fromkeys(names))
    assert shapely.coverage_is_valid(list(joined.values()))
    whole, parts = sum(area.area for area in joined.values()), sum(area.area for area in areas)
    assert whole == pytest.approx(parts, rel=1e-9)


def test_schools_in_a_row():
    """Schools in one straight line, two of them or many, have areas too."""
    for count in (2, 3, 7):
        schools = [Point(lon=135.4 + step / 200, lat=34.6) for step in range(count)]
        assert shapely.coverage_is_valid(cells(schools))


def test_a_lone_school_has_a_circle():
    """A school without neighbours has all within 1.2 km: 4.52 km² but for the straight pieces."""
    (area,) = cells([Point(lon=135.47, lat=34.65)])
    west, south, east, north = area.bounds
    assert distance_m(Point(west, 34.65), Point(east, 34.65)) == pytest.approx(2 * RADIUS_M, rel=1e-3)
    assert distance_m(Point(135.47, south), Point(135.47, north)) == pytest.approx(2 * RADIUS_M, rel=1e-3)


def test_two_schools_at_one_spot_are_refused():
    """Two schools at one spot are a mistake in the table, and said so."""
    spot = Point(lon=135.47, lat=34.65)
    with pytest.raises(InvalidRecordError) as refused:
        cells([spot, spot])
    assert refused.value.key == "areas.same_point"
