"""Every table of coverage: its cells, what stands beside it, and both languages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from portal.coverage.tables import TABLES
from portal.errors import UnknownThingError
from portal.model.report_table import Wanted
from portal.model.schedule import Rule, Schedule
from portal.model.snapshot import CoverageSnapshot
from portal.model.source import Source
from portal.model.standard import CoverageState, StandardRule
from portal.store import Put
from tests import town
from tests.portal.coverage.figures import WEST, put_people, put_places, standard, survey, verified

PLAN = Source("地域福祉計画")
TUESDAYS = Schedule((Rule(datetime(2026, 11, 10, 10), 90, "FREQ=WEEKLY;BYDAY=TU"),))


@pytest.fixture
def filled(store):
    """Two standards: a salon in each elementary district, and one near to everybody of each junior-high one."""
    near = {"rule": StandardRule.WITHIN, "at_least": 90, "metres": 800, "order": 1}
    store.apply([Put(standard(source=PLAN)), Put(standard(key="near", layer="junior_high", **near))])
    store.apply([Put(survey("東小"))])
    put_people(store, 西小=400, 東小=300, 北西小=100)
    put_places(store, verified(town.place("a", schedule=TUESDAYS)), verified(town.place("far", column=-0.5)))
    return store


def table(store, name, language="ja", *, samples=False, **params):
    """One table."""
    return TABLES[name](store, Wanted(town.CODE, town.TODAY, language, params, samples))


def row_of(found, *head):
    """The row that begins so, by column."""
    row = next(row for row in found.rows if row[: len(head)] == head)
    return dict(zip((column.key for column in found.columns), row, strict=True))


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_table_explains_itself(filled, name, language):
    """Title, columns and how it is counted are said in the language asked for, keys are plain, samples are named."""
    found = table(filled, name, language)
    assert (found.name, found.municipality, found.day) == (name, town.CODE, town.TODAY)
    assert found.title
    assert all(
        re.fullmatch(r"[a-z0-9_]+", column.key) and column.label and column.definition for column in found.columns
    )
    assert len({column.key for column in found.columns}) == len(found.columns)
    assert ("見本は数えていません" if language == "ja" else "Samples are not counted") in found.counted
    assert "{" not in found.counted
    if name not in {"hours", "sessions_counted"}:
        assert PLAN in found.sources or name == "coverage_change"


def test_the_long_table_has_the_figures_behind_each_state(filled):
    """State, figure, people, records, verified and the day of the survey stand in it, and what is outside."""
    found = table(filled, "coverage", layer="elementary")
    assert len(found.rows) == len(found.areas) == 5
    west = row_of(found, "小学校区", WEST)
    assert (west["state"], west["state_code"], west["figure"], west["people"]) == ("充足", "covered", 1, 400)
    assert (west["records"], west["verified"], west["surveyed_on"]) == (1, 1, None)
    east = row_of(found, "小学校区", "東小")
    assert (east["state_code"], east["surveyed_on"]) == ("none", "2026-11-22")
    outside = row_of(found, "小学校区", "区域外")
    assert (outside["state"], outside["records"], found.areas[-1]) == (None, 1, None)
    assert "小学校区ごとに「高齢者サロン」が1か所以上あること。" in found.counted


def test_samples_are_said_where_they_count(filled):
    """A table that counts samples says that its figures are none."""
    assert "実際の数ではありません" in table(filled, "coverage", samples=True).counted


def test_the_matrix_has_a_column_for_each_standard_of_a_layer(filled):
    """The first standard's layer, or the one asked for; the rule is the column's definition."""
    found = table(filled, "coverage_matrix")
    assert [column.key for column in found.columns] == ["district", "s_salon"]
    assert row_of(found, WEST)["s_salon"] == "充足"
    assert [column.key for column in table(filled, "coverage_matrix", layer="junior_high").columns] == [
        "district",
        "s_near",
    ]
    assert "800" in table(filled, "coverage_matrix", layer="junior_high").columns[1].definition


def test_gaps_are_in_order_with_their_sentences(filled):
    """The most people first, each with what is missing."""
    found = table(filled, "gaps", layer="elementary")
    assert [row[1] for row in found.rows] == ["東小", "北西小", "北東小"]
    assert row_of(found, "小学校区", "東小")["missing"] == "「高齢者サロン」はありません(2026-11-22に調査)。"


def test_it_is_rolled_up_over_the_layer_asked_for(filled):
    """The whole town unless another layer is asked for; whole districts where they nest."""
    found = table(filled, "roll_up")
    row = row_of(found, "小学校区", "みなも町")
    assert (row["how"], row["covered"], row["none"], row["not_surveyed"], row["uncovered"]) == (
        "区域の数",
        1,
        1,
        2,
        None,
    )
    assert len(table(filled, "roll_up", upper="junior_high").rows) == 2
    with pytest.raises(UnknownThingError):
        table(filled, "roll_up", upper="moon")


def test_hours_are_shown_from_nine_to_five_and_farther_where_needed(filled):
    """Tuesday at ten has four; an evening session widens the table."""
    found = table(filled, "hours")
    assert (row_of(found, "火")["hour_10"], row_of(found, "火")["total"]) == (4, 4)
    assert (found.columns[1].key, found.columns[-3].key) == ("hour_09", "hour_17")
    late = Schedule((Rule(datetime(2026, 11, 25, 20)),))
    put_places(filled, town.place("late", schedule=late))
    assert row_of(table(filled, "hours"), "水")["hour_20"] == 1
    assert row_of(table(filled, "hours", kind="ibasho"), "火")["total"] == 0


def test_change_says_with_which_day_it_compares(filled):
    """Better, worse, the same, and what was not there then; without anything kept there are no rows."""
    assert table(filled, "coverage_change").rows == ()
    assert "28日" in table(filled, "coverage_change").counted
    then = town.TODAY - timedelta(days=365)
    for district, state in ((WEST, "none"), ("東小", "covered"), ("北西小", "not_surveyed")):
        row = CoverageSnapshot(town.CODE, then, "salon", district, CoverageState(state), 0.0, None, 0)
        filled.apply([Put(row)])
    found = table(filled, "coverage_change", layer="elementary")
    changes = {row[1]: row[-1] for row in found.rows}
    assert changes == {WEST: "よくなった", "東小": "悪くなった", "北西小": "変わらない", "北東小": "比べる記録なし"}
    assert "2025-11-22" in found.title


def test_tables_of_a_town_without_standards_are_empty(store):
    """Nothing is made up: no rows, and it is said that no standard is registered."""
    for name in ("coverage", "coverage_matrix", "gaps", "roll_up", "coverage_change", "standard_records"):
        found = table(store, name)
        assert found.rows == ()
        assert "目安が登録されていません" in found.counted
