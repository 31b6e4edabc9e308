"""The records behind every figure of coverage: as many as the figure says, each leading to what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import open_store
from portal.coverage.assess import assess
from portal.coverage.gaps import gaps
from portal.coverage.ground import Ground
from portal.coverage.listed import Where, listed
from portal.coverage.rolling_up import roll_up
from portal.coverage.tables import TABLES
from portal.errors import InvalidRecordError, PortalError, UnknownThingError
from portal.importing.places import plan_places
from portal.importing.plan import carry_out
from portal.model.municipality import Layer
from portal.model.place import Origin
from portal.model.post import PostKind, PostState
from portal.model.report_table import Wanted
from portal.model.schedule import Rule, Schedule
from portal.model.snapshot import CoverageSnapshot
from portal.model.source import Source
from portal.model.standard import CoverageState, StandardRule
from portal.store import Drop, Put
from portal.words import LANGUAGES, say_error
from tests import town
from tests.portal import people
from tests.portal.coverage.figures import EAST, WEST, put_people, put_places, standard, survey, verified

TIES = frozenset({"ties"})
TUESDAYS = Schedule((Rule(datetime(2026, 11, 10, 10, 30), 90, "FREQ=WEEKLY;BYDAY=TU"),))
MONDAYS = Schedule((Rule(datetime(2026, 11, 16), None, "FREQ=WEEKLY;BYDAY=MO", timed=False),))
STANDARDS = (
    standard(),
    standard(key="near", rule=StandardRule.WITHIN, at_least=90, metres=800, order=1),
    standard(key="often", rule=StandardRule.SESSIONS, at_least=40, order=2),
    standard(key="goal", goal="ties", order=3),
    standard(key="goal_often", goal="ties", rule=StandardRule.SESSIONS, verified_days=None, order=4),
    standard(key="wide", layer="junior_high", verified_days=None, order=5),
    standard(key="nowhere", layer="neighbourhood", order=6),
    standard(key="aside", off=True),
)


def here(name, layer="elementary"):
    """The id of a district."""
    return f"{town.CODE}-{layer}-{name}"


@pytest.fixture
def filled(store):
    """Places verified, long ago and never, a sample, one that is gone, one outside; series, an event, an old one."""
    people.settle(store)
    store.apply([*map(Put, STANDARDS), Put(survey("北西小"))])
    put_people(store, 西小=400, 東小=300)
    gone = replace(verified(town.place("gone", column=1.5)), gone_on=town.TODAY)
    put_places(
        store,
        verified(town.place("a", "いちごの会", goals=TIES, schedule=TUESDAYS)),
        verified(town.place("b", "あじさいの会", 1.5), days_ago=400),
        town.place("c", "うめの会", 1.6, goals=TIES, schedule=MONDAYS),
        town.place("far", "遠くの会", -0.5),
        town.place("other", "居場所", kind="ibasho", schedule=MONDAYS),
        replace(verified(town.place("s", "見本の会")), origin=Origin("sample", "s")),
        gone,
    )
    salon = {"kind": PostKind.SERIES, "activity": "elderly_salon", "schedule": people.tuesdays()}
    at_place = people.Where(people.WhereKind.PLACE, place="a")
    for facts in (
        people.facts("公園のサロン", where=people.pin(0.5, 1.5), goals=TIES, **salon),
        people.facts("いちごの会のサロン", where=at_place, **salon),
        people.facts("サロンのもちつき", where=people.pin(), activity="elderly_salon"),
    ):
        people.kept(store, PostState.LIVE, facts=facts, changed_at=town.NOW, live_at=town.NOW)
    return store


def table(store, name, language="ja", *, samples=False, **params):
    """One table."""
    return TABLES[name](store, Wanted(town.CODE, town.TODAY, language, params, samples))


def led_to(store, behind, *, samples=False):
    """The records that a figure leads to."""
    return table(store, behind.table, samples=samples, **behind.choices)


def cells(found, *keys):
    """These columns of every row."""
    at = [[column.key for column in found.columns].index(key) for key in keys]
    return [tuple(row[number] for number in at) for row in found.rows]


@pytest.mark.parametrize(("samples", "choices"), [(False, {}), (True, {"standard": "salon"})])
def test_every_cell_of_coverage_leads_to_as_many_records_as_it_says(filled, samples, choices):
    """For kinds and goals, all rules and layers, districts and outside; as many count as verified as are."""
    found = table(filled, "coverage", samples=samples, **choices)
    behind = [led_to(filled, one, samples=samples) for one in found.behind_rows]
    for (records, verified_ones), one in zip(cells(found, "records", "verified"), behind, strict=True):
        assert len(one.rows) == records
        assert verified_ones in {None, cells(one, "counts_now").count(("はい",))}
    in_all = led_to(filled, found.behind, samples=samples)
    assert len(in_all.rows) == sum(len(one.rows) for one in behind) > 0


def test_a_record_is_told_with_when_it_was_verified(filled):
    """What was verified too long ago, and what never was, with the place and the spot that it is."""
    east = table(filled, "standard_records", standard="salon", in_district=here(EAST))
    assert cells(east, "name", "kind", "verified_on", "counts_now") == [
        ("あじさいの会", "高齢者サロン", (town.TODAY - timedelta(days=400)).isoformat(), "確認が古い"),
        ("うめの会", "高齢者サロン", None, "未確認"),
    ]
    assert east.things == ("b", "c")
    assert [point.x for point in east.areas] == pytest.approx([135.015, 135.016])


def test_the_other_tables_lead_to_the_same_records(filled):
    """A row of the matrix to all standards of its layer, a gap and a change to their one standard and district."""
    then = town.TODAY - timedelta(days=365)
    filled.apply([Put(CoverageSnapshot(town.CODE, then, "salon", WEST, CoverageState.NONE, 0.0, None, 0))])
    every = assess(filled, town.CODE, town.TODAY)
    matrix = table(filled, "coverage_matrix")
    of_layer = [item for item in every if item.standard.layer == "elementary"]
    expected = [sum(item.standings[at].records for item in of_layer) for at in range(4)]
    assert [len(led_to(filled, one).rows) for one in matrix.behind_rows] == expected
    outside = sum(item.outside for item in of_layer)
    assert len(led_to(filled, matrix.behind).rows) == sum(expected) + outside
    counted = {
        (item.standard.layer, item.standard.key, one.district.id): one.records
        for item in every
        for one in item.standings
    }
    missing = [
        (gap.assessed.standard.layer, gap.assessed.standard.key, gap.standing.district.id) for gap in gaps(every)
    ]
    for name, cells_of in (("gaps", missing), ("coverage_change", list(counted))):
        led = table(filled, name).behind_rows
        assert [tuple(one.choices[key] for key in ("layer", "standard", "in_district")) for one in led] == cells_of
        assert len(led_to(filled, led[0]).rows) == counted[cells_of[0]]


def test_what_is_rolled_up_leads_to_what_lies_in_its_parts(filled):
    """An upper district lists the records of the districts that have a part in it, where they nest and where not."""
    strips = [
        town.district("西部", town.square(0, 0, 0.5, 2), "branch"),
        town.district("東部", town.square(0.5, 0, 1.5, 2), "branch"),
    ]
    filled.apply([Put(Layer(town.CODE, "branch", "支部", "Branch", 2, 3)), *map(Put, strips)])
    parts = {
        "city": {"みなも町": None},
        "junior_high": {"南中": {WEST, EAST}, "北中": {"北西小", "北東小"}},
        "branch": {"西部": {WEST, "北西小"}, "東部": None},
    }
    for upper, names in parts.items():
        found = table(filled, "roll_up", layer="elementary", upper=upper)
        rows = []
        for item in assess(filled, town.CODE, town.TODAY):
            if item.standard.layer == "elementary":
                for row in roll_up(filled, item, upper, town.TODAY).rows:
                    its = names[row.district.name]
                    lower = [one for one in item.standings if its is None or one.district.name in its]
                    assert row.parts == len(lower)
                    rows.append(sum(one.records for one in lower))
        assert [len(led_to(filled, one).rows) for one in found.behind_rows] == rows


@pytest.mark.parametrize("choices", [{}, {"kind": "elderly_salon"}, {"layer": "elementary", "district": here(WEST)}])
def test_every_number_of_the_hours_leads_to_its_sessions(filled, choices):
    """Each weekday has as many sessions as its total, each hour as its cell, the table as all together."""
    found = table(filled, "hours", **choices)
    totals = [total for (total,) in cells(found, "total")]
    assert [len(led_to(filled, one).rows) for one in found.behind_rows] == totals
    assert len(led_to(filled, found.behind).rows) == sum(totals) > 0
    monday, tuesday = (dict(zip([one.key for one in found.columns], found.rows[at], strict=True)) for at in (0, 1))
    for row, weekday, hour, key in (
        (monday, "0", "unknown", "hour_unknown"),
        (tuesday, "1", "10", "hour_10"),
        (tuesday, "1", "11", "hour_11"),
    ):
        assert len(table(filled, "sessions_counted", **choices, weekday=weekday, hour=hour).rows) == row[key]


def test_a_session_is_told_with_its_day_and_hour(filled):
    """Day, weekday, time, what and name, and the place or post that it is; an hour that nobody knows is empty."""
    found = table(filled, "sessions_counted", kind="ibasho", weekday="0", hour="unknown")
    assert found.rows[0] == ("2026-11-23", "月", None, "居場所", "居場所")
    assert (len(found.rows), set(found.things)) == (4, {"other"})
    assert "種類：居場所、曜日：月、始まる時刻：時刻不明" in found.counted
    tuesday = table(filled, "sessions_counted", "en", weekday="1", hour="10", layer="elementary", district=here(WEST))
    assert ("2026-11-24", "Tue", "10:30", "Elderly salon", "いちごの会") in tuesday.rows
    assert "Weekday: Tue" in tuesday.counted


def test_sessions_of_the_records_and_of_others_make_the_figure(filled):
    """What the listed records hold and what is said to be held besides is what the standard counts, everywhere."""
    ground = Ground(filled, town.CODE, town.TODAY, samples=False)
    often, tagged = (next(one for one in STANDARDS if one.key == key) for key in ("often", "goal_often"))
    held = {one.district: one.sessions for one in ground.held("elementary")["elderly_salon"]}
    for name in (WEST, EAST, "北西小", "北東小"):
        (found,) = listed(ground, [often], Where(filled.district(here(name))))
        assert sum(row.sessions for row in found.rows) + found.others == held.get(here(name), 0)
    west = table(filled, "standard_records", standard="often", in_district=here(WEST))
    assert cells(west, "name", "sessions") == [("いちごの会", 4)]
    assert "このほかに3回" in west.counted  # two of the series at the listed place, one event
    (found,) = listed(ground, [tagged], Where())
    assert ([row.sessions for row in found.rows], found.others) == ([2, 4, 4], 0)


def test_what_lies_in_a_district_that_has_ended_is_outside(filled):
    """As the figure of what is outside counts it."""
    gone = next(one for one in town.districts() if one.name == EAST)
    filled.apply([Put(replace(gone, last_day=town.TODAY - timedelta(days=1)))])
    found = table(filled, "coverage", standard="salon")
    assert cells(found, "records")[-1] == (3,)
    assert led_to(filled, found.behind_rows[-1]).things == ("b", "c", "far")


def test_a_district_alone_asks_for_the_standards_of_its_layer(filled):
    """Without a layer and a standard, those of other layers are not listed."""
    found = table(filled, "standard_records", in_district=here("南中", "junior_high"))
    assert {layer for (layer,) in cells(found, "layer")} == {"中学校区"}
    assert len(found.rows) == 3


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("standard_records", {"layer": "moon"}),
        ("standard_records", {"standard": "<script>"}),
        ("standard_records", {"standard": "aside"}),
        ("standard_records", {"standard": "wide", "layer": "elementary"}),
        ("standard_records", {"in_district": "nowhere"}),
        ("standard_records", {"in_district": "長" * 2_000}),
        ("sessions_counted", {"weekday": "7"}),
        ("sessions_counted", {"weekday": "１"}),
        ("sessions_counted", {"hour": "24"}),
        ("sessions_counted", {"hour": "-1"}),
        ("sessions_counted", {"kind": "moon"}),
        ("sessions_counted", {"layer": "moon"}),
        ("sessions_counted", {"layer": "elementary", "district": "nowhere"}),
        ("sessions_counted", {"district": ",".join(map(str, range(61)))}),
    ],
)
def test_a_choice_that_there_is_not_is_told_so(store, name, choices):
    """It is an error of the family with a sentence in both languages, and nothing is guessed."""
    store.apply(map(Put, STANDARDS))
    with pytest.raises((InvalidRecordError, UnknownThingError)) as told:
        table(store, name, **choices)
    error: PortalError = told.value
    for language in LANGUAGES:
        assert len(say_error(error, language)) < 250


def test_the_files_that_records_are_from_are_named(filled):
    """The source of an import stands under the records, the plan and the districts with it."""
    carry_out(filled, plan_places(filled, town.intake(town.row(2, "届いたサロン")), town.order()))
    found = table(filled, "standard_records", standard="salon", in_district=here(WEST))
    assert "届いたサロン" in {name for (name,) in cells(found, "name")}
    assert {"場所一覧", town.SOURCE.name} == {item.name for item in found.sources}
    filled.apply([Put(standard(source=Source("地域福祉計画")))])
    found = table(filled, "standard_records", standard="salon")
    assert "地域福祉計画" in {item.name for item in found.sources}


def test_how_the_records_are_narrowed_is_said(filled):
    """Layer, standard and district by their names; where nothing is narrowed, that."""
    found = table(filled, "standard_records", layer="elementary", standard="near", in_district="outside")
    assert "区域の種類：小学校区、目安：高齢者サロン、区域：区域外" in found.counted
    assert "となりの区域" in found.counted
    assert "絞り込みのない" in table(filled, "standard_records").counted


class Counting:
    """A store that notes what it is asked."""

    def __init__(self, store) -> None:
        """Ask ``store``."""
        self.store = store
        self.asked = []

    def __getattr__(self, name) -> Any:
        """A question, noted."""
        self.asked.append(name)
        return getattr(self.store, name)


def test_the_store_is_asked_by_standard_and_not_by_district(filled):
    """Seven standards find what counts once each at most, whatever districts there are, and memberships once."""
    store = Counting(filled)
    table(store, "standard_records")
    assert store.asked.count("find") == 5
    assert store.asked.count("memberships_of") == 1
    places = len(filled.places_of(town.CODE))
    assert store.asked.count("memberships") < places * 7
    before = len(store.asked)
    filled.apply(Drop(type(one), (one.id,)) for one in town.districts() if one.layer == "elementary")
    table(store, "standard_records")
    assert len(store.asked) - before <= before


SPOTS = st.tuples(st.floats(-0.5, 2.5), st.floats(-0.5, 2.5), st.booleans(), st.booleans())


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spots=st.lists(SPOTS, max_size=6))
def test_wherever_places_lie_each_figure_has_its_records(spots):
    """Any places, verified or not, tied to a goal or not: rows are as many as the figures of every district."""
    store = town.settle(open_store("duckdb://"))
    store.apply(map(Put, STANDARDS))
    made = [
        town.place(f"p{at}", f"サロン{at}", column, row, goals=TIES if tied else frozenset())
        for at, (column, row, _, tied) in enumerate(spots)
    ]
    put_places(store, *(verified(one) if spot[2] else one for one, spot in zip(made, spots, strict=True)))
    found = table(store, "coverage")
    assert [(len(led_to(store, one).rows),) for one in found.behind_rows] == cells(found, "records")
    store.close()
