"""The invented town against standards of each rule, with answers worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import open_store
from portal.coverage.assess import assess
from portal.coverage.records import records
from portal.coverage.standing import affected, people_unknown
from portal.coverage.states import STEPS
from portal.model.place import Origin
from portal.model.position import Precision
from portal.model.post import PostKind, PostState
from portal.model.schedule import Rule, Schedule
from portal.model.standard import Ages, StandardRule
from portal.store import Put
from tests import town
from tests.portal import people
from tests.portal.coverage.figures import (
    EAST,
    NORTH_EAST,
    NORTH_WEST,
    WEST,
    only,
    put_people,
    put_places,
    standard,
    standing,
    states,
    survey,
    verified,
)

TUESDAYS = Schedule((Rule(datetime(2026, 11, 10, 10), 90, "FREQ=WEEKLY;BYDAY=TU"),))
BIG = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_each_state_stands_where_it_should(store):
    """Verified is covered, verified too long ago stale, nothing and surveyed none, nothing and nobody looked not."""
    store.apply([Put(standard()), Put(survey(NORTH_WEST))])
    put_places(
        store,
        verified(town.place("a", column=0.5)),
        verified(town.place("b", column=1.5), days_ago=366),
        verified(town.place("c", column=None)),
        verified(town.place("d", kind="ibasho", column=1.5, row=1.5)),
    )
    found = only(store)
    assert states(found) == {WEST: "covered", EAST: "stale", NORTH_WEST: "none", NORTH_EAST: "not_surveyed"}
    assert [(one.records, one.verified) for one in found.standings if one.records] == [(1, 0), (1, 1)]
    assert (found.layer.key, found.outside) == ("elementary", 1)


def test_too_few_are_short(store):
    """One where two are expected is short; two, of which one was verified, are stale."""
    store.apply([Put(standard(at_least=2))])
    put_places(
        store,
        verified(town.place("a")),
        verified(town.place("b", column=1.5)),
        town.place("c", "つどい", column=1.6),
    )
    assert states(only(store)) == {
        WEST: "short",
        EAST: "stale",
        NORTH_WEST: "not_surveyed",
        NORTH_EAST: "not_surveyed",
    }


def test_a_standard_without_a_limit_asks_for_no_verification(store):
    """What was never verified counts, and is counted as verified."""
    store.apply([Put(standard(verified_days=None))])
    put_places(store, town.place("a"))
    west = standing(only(store), WEST)
    assert (west.state, west.records, west.verified) == ("covered", 1, 1)


def test_a_survey_holds_a_year_and_for_what_was_looked_at(store):
    """A survey of 366 days ago holds, an older one, one of another standard and one of tomorrow do not."""
    store.apply(
        [
            Put(standard()),
            Put(survey(WEST, town.TODAY - timedelta(days=366), standard="salon")),
            Put(survey(EAST, town.TODAY - timedelta(days=367))),
            Put(survey(NORTH_WEST, standard="another")),
            Put(survey(NORTH_EAST, town.TODAY + timedelta(days=1))),
        ]
    )
    found = only(store)
    assert states(found) == {
        WEST: "none",
        EAST: "not_surveyed",
        NORTH_WEST: "not_surveyed",
        NORTH_EAST: "not_surveyed",
    }
    assert standing(found, WEST).survey.standard == "salon"
    assert standing(found, EAST).survey is None


def test_samples_count_only_where_it_is_asked_for(store):
    """A sample salon covers nothing, unless samples are to be counted."""
    store.apply([Put(standard())])
    put_places(store, replace(verified(town.place("s")), origin=Origin("sample", "s")))
    assert states(only(store))[WEST] == "not_surveyed"
    assert states(only(store, samples=True))[WEST] == "covered"


def test_a_standard_that_was_put_aside_is_not_assessed(store):
    """Of two standards the one that is off stands nowhere; the other is the first."""
    store.apply([Put(standard(off=True)), Put(standard(key="other", order=1))])
    assert only(store).standard.key == "other"


def test_a_district_that_has_ended_is_outside(store):
    """A record of a district that is no more counts as outside, and the district is not listed."""
    store.apply([Put(standard())])
    put_places(store, verified(town.place("a")))
    gone = next(one for one in town.districts() if one.name == WEST)
    store.apply([Put(replace(gone, last_day=town.TODAY - timedelta(days=1)))])
    found = only(store)
    assert (WEST in states(found), found.outside) == (False, 1)


def test_a_layer_without_districts_has_everything_outside(store):
    """A standard of a layer that is still empty has no standings, and what counts is outside."""
    store.apply([Put(standard(layer="neighbourhood"))])
    put_places(store, town.place("a"))
    found = only(store)
    assert (found.standings, found.outside, found.layer.name) == ((), 1, "neighbourhood")


def test_people_are_those_of_the_ages(store):
    """A quarter of 西小 is 65 and over; where no figures are, nobody knows."""
    store.apply([Put(standard(ages=Ages(65))), Put(standard(key="all", order=1))])
    put_people(store, 西小=400)
    old, everybody = assess(store, town.CODE, town.TODAY)
    assert (standing(old, WEST).people, standing(everybody, WEST).people) == (100, 400)
    assert standing(old, EAST).people is None


def test_ages_that_the_figures_do_not_hold_are_not_known(store):
    """A band that was suppressed is never taken for nobody."""
    store.apply([Put(standard(ages=Ages(0, 5)))])
    put_people(store, 西小=400)
    (row,) = store.populations(town.CODE)
    store.apply([Put(replace(row, bands=row.bands[1:]))])
    assert standing(only(store), WEST).people is None


def test_near_is_a_share_of_the_people(store):
    """A salon in the middle of 西小 has all of its people within 3 km, and two fifths of them within 468 m on foot."""
    store.apply([Put(standard(rule=StandardRule.WITHIN, at_least=90, metres=3_000))])
    put_people(store, 西小=400, 東小=100, 北西小=0)
    put_places(store, verified(town.place("a")))
    wide = only(store)
    assert (standing(wide, WEST).figure, standing(wide, EAST).figure) == (100, 100)
    assert states(wide)[EAST] == "covered"  # its neighbour's salon is near enough
    store.apply([Put(standard(rule=StandardRule.WITHIN, at_least=90, metres=468))])
    found = only(store)
    west = standing(found, WEST)
    # A circle of 468 / 1.3 = 360 m in the middle of 1,112 m by 922 m, 407,150 of 1,025,000 square metres, seen by a
    # lattice of 100 m.
    assert west.figure == pytest.approx(39.7, abs=4)
    assert states(found) == {
        WEST: "short",
        EAST: "not_surveyed",
        NORTH_WEST: "not_surveyed",
        NORTH_EAST: "not_surveyed",
    }
    assert affected(found.standard, west) == round(400 * (1 - west.figure / 100))


def test_near_counts_what_is_verified_apart(store):
    """Enough only with a salon that nobody verified is stale; one known by its district alone is near to nobody."""
    store.apply([Put(standard(rule=StandardRule.WITHIN, at_least=90, metres=3_000))])
    put_people(store, 西小=400)
    put_places(store, town.place("a"))
    assert states(only(store))[WEST] == "stale"
    put_places(store, verified(town.place("a", precision=Precision.DISTRICT)))
    assert states(only(store))[WEST] == "short"


def test_where_the_people_are_unknown_nothing_is_said_of_enough(store):
    """A salon in a district of unknown people is not surveyed with that reason, and never covered, short or none."""
    store.apply([Put(standard(rule=StandardRule.SESSIONS)), Put(survey(EAST))])
    put_places(store, verified(town.place("a", schedule=TUESDAYS)))
    found = only(store)
    west = standing(found, WEST)
    assert (west.state, west.figure, west.records) == ("not_surveyed", None, 1)
    assert people_unknown(found.standard, west)
    assert states(found)[EAST] == "none"


def test_sessions_are_counted_for_each_thousand_people(store):
    """Four Tuesdays in four weeks for 100 people of 65 and over are 40 for each 1,000."""
    store.apply([Put(standard(rule=StandardRule.SESSIONS, at_least=40, ages=Ages(65)))])
    put_people(store, 西小=400, 東小=404)
    put_places(
        store,
        verified(town.place("a", schedule=TUESDAYS)),
        verified(town.place("b", column=1.5, schedule=TUESDAYS)),
    )
    found = only(store)
    assert standing(found, WEST).figure == 40
    assert standing(found, EAST).figure == pytest.approx(4000 / 101)
    assert (states(found)[WEST], states(found)[EAST]) == ("covered", "short")


def test_sessions_of_what_is_not_verified_are_stale(store):
    """The same sessions at a place that nobody verified are enough only with it; without a limit they are enough."""
    store.apply([Put(standard(rule=StandardRule.SESSIONS, at_least=40, ages=Ages(65)))])
    put_people(store, 西小=400)
    put_places(store, town.place("a", schedule=TUESDAYS))
    assert (states(only(store))[WEST], standing(only(store), WEST).figure) == ("stale", 40)
    store.apply([Put(standard(rule=StandardRule.SESSIONS, at_least=40, ages=Ages(65), verified_days=None))])
    assert states(only(store))[WEST] == "covered"


def test_places_and_posts_of_a_goal_count(store):
    """A tagged place and a tagged event count, what is drafted, over, cancelled, news or at that place does not."""
    people.settle(store)
    store.apply([Put(standard(goal="ties"))])
    goal = frozenset({"ties"})
    put_places(store, town.place("a", goals=goal), town.place("b", column=1.5))
    east = people.pin(column=1.5)
    for values in (
        {"facts": people.facts(goals=goal, where=east)},
        {"facts": people.facts(goals=goal, where=people.Where(people.WhereKind.PLACE, place="a"))},
        {"facts": people.facts(goals=goal, where=east, kind=PostKind.NEWS, schedule=None)},
        {"facts": people.facts(goals=goal, where=east, schedule=people.on(1, month=11))},
        {"facts": people.facts(where=east)},
    ):
        people.kept(store, PostState.LIVE, changed_at=town.NOW, live_at=town.NOW, **values)
    people.kept(store, PostState.DRAFT, facts=people.facts(goals=goal, where=east), changed_at=town.NOW)
    people.kept(store, PostState.CANCELLED, facts=people.facts(goals=goal, where=east), changed_at=town.NOW)
    found = only(store)
    assert (standing(found, WEST).records, standing(found, EAST).records, found.outside) == (1, 1, 0)
    assert (states(found)[WEST], states(found)[EAST]) == ("stale", "covered")


def test_a_goal_is_measured_by_distance_and_by_sessions_too(store):
    """What has the goal is near to people and takes place, whatever its kind is."""
    store.apply(
        [
            Put(standard(goal="ties", rule=StandardRule.WITHIN, at_least=50, metres=3_000)),
            Put(standard(key="on", goal="ties", rule=StandardRule.SESSIONS, at_least=10, order=1)),
        ]
    )
    put_people(store, 西小=400)
    put_places(store, verified(town.place("a", goals=frozenset({"ties"}), schedule=TUESDAYS)), town.place("b"))
    near, on = assess(store, town.CODE, town.TODAY)
    assert [standing(one, WEST).figure for one in (near, on)] == [100, 10]
    assert states(near)[WEST] == states(on)[WEST] == "covered"


def test_a_regular_activity_of_a_group_is_near_as_a_place_is(store):
    """A series with the activity counts by its pin; a single event of the activity does not."""
    people.settle(store)
    store.apply([Put(standard(rule=StandardRule.WITHIN, at_least=50, metres=3_000, verified_days=None))])
    put_people(store, 西小=400, 北東小=100)
    pin = people.pin()
    event = people.facts(activity="elderly_salon", where=pin)
    people.kept(store, PostState.LIVE, facts=event, changed_at=town.NOW)
    assert states(only(store))[WEST] == "not_surveyed"
    series = people.facts(kind=PostKind.SERIES, activity="elderly_salon", where=pin, schedule=people.tuesdays())
    people.kept(store, PostState.LIVE, facts=series, changed_at=town.NOW)
    found = only(store)
    assert (states(found)[WEST], standing(found, WEST).records) == ("covered", 1)


SPOTS = st.tuples(st.floats(-0.5, 2.5), st.floats(-0.5, 2.5), st.booleans())
RULES = (
    {"at_least": 2},
    {"rule": StandardRule.WITHIN, "at_least": 60, "metres": 800},
    {"rule": StandardRule.SESSIONS, "at_least": 30},
    {"layer": "junior_high", "at_least": 3},
)


def test_the_records_that_count_are_named(store):
    """Each record of a district is told with the day that it was verified on; a series at a counted place is not."""
    people.settle(store)
    store.apply([Put(standard())])
    put_places(
        store,
        verified(town.place("a", "いちごの会"), days_ago=10),
        town.place("b", "あじさいの会"),
        town.place("c", column=None),
    )
    at_place = people.Where(people.WhereKind.PLACE, place="a")
    values = {"kind": PostKind.SERIES, "activity": "elderly_salon", "schedule": people.tuesdays()}
    for where, title in ((at_place, "いちごの会のサロン"), (people.pin(), "公園のサロン")):
        post = people.facts(title, where=where, **values)
        people.kept(store, PostState.LIVE, facts=post, changed_at=town.NOW)
    found = records(store, standard(), f"{town.CODE}-elementary-{WEST}", town.TODAY)
    assert [(one.name, one.verified, one.verified_on) for one in found] == [
        ("あじさいの会", False, None),
        ("いちごの会", True, town.TODAY - timedelta(days=10)),
        ("公園のサロン", True, town.TODAY),
    ]
    assert standing(only(store), WEST).records == 3
    assert [one.id for one in records(store, standard(), None, town.TODAY)] == ["c"]


def test_the_records_of_a_goal_are_named(store):
    """Those of a district, and those of none."""
    put_places(
        store, town.place("a", goals=frozenset({"ties"})), town.place("b", column=None, goals=frozenset({"ties"}))
    )
    goal = standard(goal="ties")
    assert [one.id for one in records(store, goal, f"{town.CODE}-elementary-{WEST}", town.TODAY)] == ["a"]
    assert [one.id for one in records(store, goal, None, town.TODAY)] == ["b"]


@BIG
@given(spots=st.lists(SPOTS, max_size=6), rule=st.sampled_from(RULES), more=SPOTS, looked=st.booleans())
def test_one_more_verified_place_never_lowers_a_state(spots, rule, more, looked):
    """Wherever a verified place is added, no district of any layer falls back; records add up with what is outside."""
    store = town.settle(open_store("duckdb://"))
    store.apply(
        [Put(standard(**rule)), *([Put(survey(WEST)), Put(survey("南中", layer="junior_high"))] if looked else [])]
    )
    put_people(store, 西小=400, 東小=300, 北西小=100)
    made = [_made(f"p{at}", *spot) for at, spot in enumerate(spots)]
    put_places(store, *made)
    before = only(store)
    put_places(store, _made("new", more[0], more[1], fresh=True))
    after = only(store)
    for one, other in zip(before.standings, after.standings, strict=True):
        assert STEPS[other.state] >= STEPS[one.state]
    for one in after.standings:
        assert len(records(store, after.standard, one.district.id, town.TODAY)) == one.records
    for found, count in ((before, len(spots)), (after, len(spots) + 1)):
        assert sum(one.records for one in found.standings) + found.outside == count
    store.close()


def _made(key, column, row, fresh):
    place = town.place(key, f"サロン{key}", column, row, schedule=TUESDAYS)
    return verified(place) if fresh else place
