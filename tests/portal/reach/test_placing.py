"""Where to open one more place, asked of a store with people and places."""

from __future__ import annotations

import pytest

from portal.errors import InvalidRecordError
from portal.model.report_table import Wanted
from portal.model.standard import Ages
from portal.reach.placing import Placing, place, put_on_map
from portal.reach.spots import Question
from portal.reach.tables import TABLES
from portal.store import Put
from portal.words import LANGUAGES
from tests import town
from tests.portal.reach.builders import home
from tests.town import CODE, TODAY

SALONS = Question(CODE, ("elderly_salon",))


@pytest.fixture
def asked_in(store):
    """A hundred people in 西小 with a salon, a hundred in 東小 with a hall, a hundred in 北東小 with a school."""
    homes = [home("m1", 0.5, 0.5), home("m2", 1.5, 0.5), home("m3", 1.5, 1.5, total=90)]
    hall = town.place("p2", "会館", 1.5, kind="facility")
    school = town.place("p3", "小学校", 1.5, 1.5, kind="shelter")
    store.apply([Put(item) for item in [*homes, town.place("p1"), hall, school]])
    return store


def test_halls_and_schools_are_proposed_where_nobody_is_reached(asked_in):
    """The hall comes first, for more people; then the school; with both everybody is reached and there is no gap."""
    found = place(asked_in, Placing(SALONS, count=3), TODAY)
    assert [pick.candidate.name for pick in found.proposal.picks] == ["会館", "小学校"]
    assert (found.proposal.reached_before, found.proposal.reached_after, found.proposal.gap) == (100, 290, 0)


def test_a_grid_finds_spots_where_there_is_no_house(asked_in):
    """Among the knots of a grid there is one near the people of each district."""
    found = place(asked_in, Placing(SALONS, count=2, among=200), TODAY)
    assert [round(pick.gained) for pick in found.proposal.picks] == [100, 90]


def test_a_place_put_on_the_map_changes_its_district_alone(asked_in):
    """The old people of 東小 are reached after, those of the others are as they were."""
    asked = Placing(SALONS, Ages(65), layer="elementary")
    found = put_on_map(asked_in, asked, [town.spot(1.5, 0.5)], TODAY)
    told = {change.district.name: (change.before, change.after) for change in found.changes if change.district}
    assert told == {"西小": (30, 30), "東小": (0, 30), "北西小": (0, 0), "北東小": (0, 0)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_says_how_far_from_the_best_it_can_be(asked_in, language):
    """Each row is a spot with its position; the bound and the gap are said with the numbers."""
    params = {"kind": "elderly_salon", "count": "1", "metres": "500"}
    table = TABLES["siting"](asked_in, Wanted(CODE, TODAY, language, params))
    assert table.rows == ((1, "会館", 34.005, 135.015, 100, 69.0),)
    assert [(area.x, area.y) for area in table.areas] == [(135.015, 34.005)]
    assert all(number in table.counted for number in ("1.3", "100", "200", "2"))


@pytest.mark.parametrize(
    "params", [{"count": "0"}, {"count": "٣"}, {"metres": "5"}, {"metres": "-1"}, {"step": "1"}, {"ages": "old"}]
)
def test_choices_that_cannot_be_are_refused(asked_in, params):
    """No count, no distance, a grid of a metre and no ages: said, not guessed."""
    with pytest.raises(InvalidRecordError):
        TABLES["siting"](asked_in, Wanted(CODE, TODAY, params=params))
