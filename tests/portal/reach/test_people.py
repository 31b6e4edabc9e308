"""Where the people of an age live: points before districts, and nothing made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.errors import InvalidRecordError
from portal.model.district import AgeBand
from portal.model.standard import EVERYBODY, Ages
from portal.reach.ages import read_ages
from portal.reach.people import knows, people, people_of
from portal.reach.spread import lattice
from portal.store import Put
from tests import town
from tests.portal.reach.builders import figure, home
from tests.town import CODE, TODAY


def keep(store, *records):
    """Put records into the store."""
    store.apply([Put(record) for record in records])
    return store


def test_where_nothing_is_known_nobody_is_made_up(store):
    """Without points and figures there are no points, and it is said that it is not known."""
    found = people(store, CODE, EVERYBODY, TODAY)
    assert (found.how, len(found.lon), found.as_of) == ("none", 0, None)


def test_people_of_a_district_are_spread_over_its_area(store):
    """Every point lies in the district, about a hundred metres apart, and the points make up its people."""
    keep(store, figure("西小"), figure("東小", total=40))
    found = people(store, CODE, EVERYBODY, TODAY)
    assert found.how == "spread"
    assert found.count.sum() == pytest.approx(140, abs=1e-9)
    west = found.lon < town.WEST + town.SIDE
    assert found.count[west].sum() == pytest.approx(100, abs=1e-9)
    assert shapely.contains_xy(town.square(0, 0, 2, 1), found.lon, found.lat).all()
    assert 90 <= west.sum() <= 130


def test_imported_points_come_before_districts(store):
    """Where both are known, people live at the points; of another age that the points do not know, by district."""
    keep(store, figure("西小"), replace(home("m1", 0.5, 0.5), bands=()))
    assert people(store, CODE, EVERYBODY, TODAY).how == "points"
    old = people(store, CODE, Ages(65), TODAY)
    assert (old.how, round(old.total)) == ("spread", 30)


def test_the_day_is_that_of_the_oldest_figure(store):
    """People of two counts are as old as the older."""
    keep(store, home("m1", 0.5, 0.5), home("m2", 1.5, 0.5, as_of=date(2020, 10, 1)))
    found = people(store, CODE, Ages(75), TODAY)
    assert (found.as_of, found.total, found.sources) == (date(2020, 10, 1), 30, (town.SOURCE,))


def test_the_layer_with_the_smallest_districts_is_taken(store):
    """Figures by elementary and junior-high district are not added up; one lone small district does not win."""
    keep(store, figure("南中", "junior_high"), figure("北中", "junior_high"), figure("西小", total=90))
    assert people(store, CODE, EVERYBODY, TODAY).total == pytest.approx(200)
    keep(store, figure("東小", total=60), figure("北西小", total=40), figure("北東小", total=8))
    assert people(store, CODE, EVERYBODY, TODAY).total == pytest.approx(198)


@pytest.mark.parametrize(
    ("ages", "count"),
    [
        (EVERYBODY, 100),
        (Ages(0, 14), 10),
        (Ages(65), 30),
        (Ages(75), 15),
        (Ages(40, 64), 30),  # 25 of the 50 years of 15-64
        (Ages(70, 74), 7.5),
        (Ages(80), 12),  # 20 of the 25 years of 75-99
    ],
)
def test_a_band_that_is_cut_counts_by_its_years(ages, count):
    """The people of a span are those of its bands, of a cut band the share of its years."""
    assert people_of(figure("西小"), ages) == pytest.approx(count)


def test_ages_that_no_band_tells_of_are_not_known():
    """A record with the total alone knows of everybody and of nobody's age."""
    only = figure("西小", bands=())
    assert knows(only, EVERYBODY)
    assert not knows(only, Ages(65))
    gap = figure("西小", bands=(AgeBand(0, 14, 1, 1), AgeBand(65, 74, 1, 1)))
    assert [knows(gap, ages) for ages in (Ages(5, 14), Ages(10, 20), Ages(65), Ages(70, 74))] == [
        True,
        False,
        False,
        True,
    ]


def test_a_point_that_tells_of_some_of_the_ages_counts_as_nobody(store):
    """What is said to be not known is not counted in part: a gap in the bands leaves the whole point out."""
    gap = home("m2", 1.5, 0.5, bands=(AgeBand(0, 14, 5, 5), AgeBand(65, 74, 8, 7)))
    keep(store, home("m1", 0.5, 0.5), gap)
    found = people(store, CODE, Ages(10), TODAY)
    assert (found.unknown, found.count.tolist()) == (1, [pytest.approx(90 + 10 / 3), 0])


def test_a_figure_finds_its_district_under_its_longer_name(store):
    """平岡 in the figures is 平岡小学校 on the map."""
    keep(store, figure("西小学校"))
    assert people(store, CODE, EVERYBODY, TODAY).total == pytest.approx(100)


@given(st.integers(0, 100), st.integers(0, 100))
@settings(max_examples=50, deadline=None)
def test_spans_side_by_side_make_up_the_whole(first, second):
    """Two spans that meet hold as many people as the span over both."""
    low, high = sorted((first, second))
    record = figure("西小")
    both = people_of(record, Ages(low)) if high >= 100 else people_of(record, Ages(low, high))
    both += 0 if high >= 100 else people_of(record, Ages(high + 1))
    assert both == pytest.approx(people_of(record, Ages(low)))


@pytest.mark.parametrize("area", [shapely.box(135, 34, 135.00001, 34.00001), shapely.box(135, 34, 136.5, 35.5)])
def test_a_lattice_has_a_point_in_the_smallest_area_and_not_too_many_in_the_largest(area):
    """A district of one metre has one point, one of a prefecture's size at most twenty thousand."""
    at = lattice(area)
    assert 1 <= len(at) <= 21_000
    assert shapely.contains_xy(area, at).all()


def test_a_lattice_in_a_ring_stays_off_the_hole():
    """Nobody lives in the lake in the middle."""
    ring = shapely.Point(135, 34).buffer(0.01) - shapely.Point(135, 34).buffer(0.008)
    at = lattice(ring)
    assert len(at) > 50
    assert (np.hypot(*(at - (135, 34)).T) > 0.0079).all()


@pytest.mark.parametrize("text", ["", "65", "-65", "65-64", "0-999", "a-b", "６５-", "65-\n"])
def test_ages_that_cannot_be_read_are_refused(text):
    """What is no span of ages is said, and every span is read back as it is written."""
    with pytest.raises(InvalidRecordError):
        read_ages(text)
    assert all(read_ages(str(ages)) == ages for ages in (EVERYBODY, Ages(65), Ages(0, 14)))
