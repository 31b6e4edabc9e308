"""Coverage seen from another layer, by nesting, people or area, with shares worked out by hand."""

from __future__ import annotations

import pytest

from portal.coverage.rolling_up import How, roll_up
from portal.store import Drop, Put
from tests import town
from tests.portal.coverage.figures import only, put_people, put_places, standard, survey, verified


@pytest.fixture
def half_done(store):
    """西小 covered, 東小 none, the northern two not surveyed."""
    store.apply([Put(standard()), Put(survey("東小"))])
    put_places(store, verified(town.place("a")))
    return store


def amounts(rolled):
    """What there is of each state, by district, the zeros left out."""
    return {
        row.district.name: {state.value: pytest.approx(amount) for state, amount in row.amounts.items() if amount}
        for row in rolled.rows
    }


def rolled_up(store, layer):
    """The one standard of the town over the districts of a layer."""
    return roll_up(store, only(store), layer, town.TODAY)


def test_districts_that_nest_are_counted_whole(half_done):
    """The southern junior-high district holds one covered and one without; the northern two that nobody surveyed."""
    rolled = rolled_up(half_done, "junior_high")
    assert rolled.how is How.NESTING
    assert amounts(rolled) == {"北中": {"not_surveyed": 2}, "南中": {"covered": 1, "none": 1}}
    assert [row.parts for row in rolled.rows] == [2, 2]


def across(store):
    """A layer that cuts 西小 and 北西小 in two: a western strip of half their width, and the rest."""
    store.apply(
        [
            Put(town.district("西部", town.square(0, 0, 0.5, 2), "branch")),
            Put(town.district("東部", town.square(0.5, 0, 1.5, 2), "branch")),
        ]
    )


def test_without_people_the_area_is_shared(half_done):
    """Half of the western strip is covered, half not surveyed; of the rest 1/6 covered, 1/3 none, half not surveyed."""
    across(half_done)
    rolled = rolled_up(half_done, "branch")
    assert rolled.how is How.AREA
    assert amounts(rolled) == {
        "西部": {"covered": 1 / 2, "not_surveyed": 1 / 2},
        "東部": {"covered": 1 / 6, "none": 1 / 3, "not_surveyed": 1 / 2},
    }


def test_people_are_shared_where_they_are_known(half_done):
    """Half of 西小's 400 and half of 北西小's 100 live in the strip; the rest is 200, 300, 50 and 200."""
    across(half_done)
    put_people(half_done, 西小=400, 東小=300, 北西小=100, 北東小=200)
    rolled = rolled_up(half_done, "branch")
    assert rolled.how is How.PEOPLE
    assert amounts(rolled) == {
        "西部": {"covered": 0.8, "not_surveyed": 0.2},
        "東部": {"covered": 200 / 750, "none": 300 / 750, "not_surveyed": 250 / 750},
    }


def test_what_lies_in_no_lower_district_is_missing_from_the_sum(half_done):
    """An upper district that reaches half over the town's border has shares of a half, and the rest is outside."""
    half_done.apply([Put(town.district("広域", town.square(-1, 0, 2, 1), "branch"))])
    (row,) = rolled_up(half_done, "branch").rows
    assert row.outside == pytest.approx(0.5)
    assert sum(row.amounts.values()) == pytest.approx(0.5)


def test_nothing_to_roll_up_and_nowhere_to(half_done):
    """Without upper districts there are no rows; without lower ones all of an upper district is outside."""
    assert rolled_up(half_done, "branch").rows == ()
    half_done.apply([Drop(type(one), (one.id,)) for one in town.districts() if one.layer == "elementary"])
    row = rolled_up(half_done, "junior_high").rows[0]
    assert (row.outside, sum(row.amounts.values())) == (1, 0)
