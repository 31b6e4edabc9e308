"""The records behind figures of reach: as many places, and as many people, as the figure says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from portal.clock import TOKYO
from portal.errors import InvalidRecordError, UnknownThingError
from portal.laying_out import lay_out
from portal.model.batch import Batch, ImportKind
from portal.model.membership import Membership
from portal.model.place import Access, Origin
from portal.model.position import Precision
from portal.model.report_table import Wanted
from portal.model.schedule import Rule, Schedule
from portal.model.source import Source
from portal.reach.tables import TABLES
from portal.store import Put
from portal.words import LANGUAGES
from tests import town
from tests.db.records import make_listing, make_post
from tests.portal.reach.builders import figure, home
from tests.town import CODE, TODAY

TUESDAYS = Schedule((Rule(datetime(2026, 11, 24, 10), 120, "FREQ=WEEKLY"),))
FILE = Source("施設一覧", "CC BY 4.0", TODAY)
SPOTS, PEOPLE = 6, 4
"""Columns of the table of reach."""


@pytest.fixture
def lived_in(store):
    """People at three points, a hall from a file, salons, one of them a sample, and a group's weekly salon."""
    homes = (home("m1", 0.5, 0.5), home("m2", 1.5, 0.5, total=90, bands=()), home("m3", 3.5, 0.5, source=None))
    batch = Batch("20261122-1", ImportKind.FACILITIES, ("f.csv",), ("0" * 64,), town.NOW, FILE, ("f",), (CODE,))
    hall = replace(town.place("p2", "会館", 1.5, kind="facility"), origin=Origin("f", "1", "20261122-1"))
    places = (
        replace(town.place("p1", schedule=TUESDAYS), verified_on=date(2026, 5, 1)),
        hall,
        town.place("p3", "あおぞら", 3.5, precision=Precision.TOWN, access=frozenset({Access.STEP_FREE})),
        replace(town.place("p4", "見本サロン"), origin=Origin("sample", "p4")),
        town.place("p5", "位置なし", None),
        town.place("p6", "どこか", 0.5, precision=Precision.DISTRICT),
    )
    where = {"position": town.spot(1.5, 0.5), "precision": Precision.EXACT}
    listed = make_listing("post-1", municipality=CODE, kind="series", activity="elderly_salon", name="お茶会", **where)
    post = make_post("post-1", municipality=CODE, changed_at=datetime(2026, 10, 31, 23, 30, tzinfo=TOKYO))
    store.apply([Put(item) for item in (*homes, batch, *places, post, listed, Membership("post-1", "city", None))])
    lay_out(store, list(places), TODAY)
    return store


def table(store, name, language="ja", *, samples=False, **params):
    """A table of the town."""
    return TABLES[name](store, Wanted(CODE, TODAY, language, params, samples=samples))


def behind(store, where, *, samples=False):
    """The records to which a figure leads."""
    return table(store, where.table, samples=samples, **where.choices)


@pytest.mark.parametrize("samples", [False, True])
@pytest.mark.parametrize(
    "params",
    [{}, {"kind": "elderly_salon"}, {"kind": "elderly_salon,facility"}, {"weekday": "tue"}, {"step_free": "1"}],
)
def test_each_number_of_places_is_the_number_of_its_records(lived_in, params, samples):
    """Every row of reach leads to as many places as it says; what is measured to by district are those of all kinds."""
    found = table(lived_in, "reach", samples=samples, **params)
    leads = {str(where): where for where in found.behind_rows}
    assert len(found.behind_rows) == len(found.rows)
    counted = {key: len(behind(lived_in, where, samples=samples).rows) for key, where in leads.items()}
    assert [counted[str(where)] for where in found.behind_rows] == [row[SPOTS] for row in found.rows]
    by_district = table(lived_in, "reach_by_district", samples=samples, ages="65-", layer="elementary", **params)
    assert by_district.behind.table == "places_reached"
    assert len(behind(lived_in, by_district.behind, samples=samples).rows) == found.rows[0][SPOTS] > 0


@pytest.mark.parametrize("known", ["points", "spread"])
def test_the_records_of_people_add_up_to_the_people(lived_in, empty_store, known):
    """Everybody of reach, and the ages of a trial, are the sum of the records that they lead to; not known is empty."""
    store = lived_in if known == "points" else town.settle(empty_store)
    if known == "spread":
        store.apply([Put(figure(name, total=total)) for name, total in (("西小", 100), ("東小", 45))])
    reached = table(store, "reach")
    everybody = behind(store, reached.behind)
    assert sum(row[1] or 0 for row in everybody.rows) == reached.rows[0][PEOPLE]
    for name in ("siting", "what_if"):
        for ages in ("", "65-", "70-74"):
            choices = {"ages": ages} if ages else {}
            found = table(store, name, among="facility", metres="500", layer="elementary", **choices)
            assert found.behind.choices == choices
            its = behind(store, found.behind)
            total = table(store, "what_if", **choices).rows[0][1]
            assert round(sum(row[1] or 0 for row in its.rows)) == total
            assert f"{total}人" in its.counted


def test_a_place_is_told_with_its_district_and_how_well_it_is_known(lived_in):
    """By kind and name: district, position and day, of a post the day of its change; each leads to its own page."""
    found = table(lived_in, "places_reached", layer="junior_high")
    assert found.rows == (
        ("あおぞら", "高齢者サロン", "どの区域にも入らない", "町丁目まで", None),
        ("お茶会", "高齢者サロン", "南中", "建物", "2026-10-31"),
        ("ひだまりサロン", "高齢者サロン", "南中", "建物", "2026-05-01"),
        ("会館", "公共施設", "南中", "建物", None),
    )
    assert found.things == ("p3", "post-1", "p1", "p2")
    assert (found.areas[0].x, found.areas[0].y) == (town.spot(3.5, 0.5).lon, town.spot(3.5, 0.5).lat)
    assert (found.sources, found.behind) == ((FILE,), None)
    assert [row[2] for row in table(lived_in, "places_reached").rows] == [
        "どの区域にも入らない",
        "東小",
        "西小",
        "東小",
    ]


def test_what_counts_twice_is_listed_once(lived_in):
    """An activity that is of two kinds that are asked for has one row, under the first."""
    both = table(lived_in, "places_reached", kind="elderly_salon,facility")
    assert len(both.things) == len(set(both.things)) == 4


def test_points_of_people_are_told_by_code_with_their_source(lived_in):
    """Each imported point has its row; one that does not tell of the ages is empty, and not zero."""
    old = table(lived_in, "people_counted", ages="65-")
    assert old.rows == (
        ("m1", 30, "町の区域", "2026-11-22"),
        ("m2", None, "町の区域", "2026-11-22"),
        ("m3", 30, None, "2026-11-22"),
    )
    assert [area.geom_type for area in old.areas] == ["Point"] * 3
    assert "65歳以上" in old.title
    assert "分からない点が1" in old.counted


def test_without_points_the_districts_are_told_and_those_nobody_knows_of(store):
    """The districts that are counted have their figure and area, the others an empty cell; cut bands are parts."""
    store.apply([Put(figure(name, total=40)) for name in ("西小", "東小")])
    found = table(store, "people_counted", ages="70-74")
    numbers = {row[0]: row[1] for row in found.rows}
    assert numbers == {"西小": 7.5, "東小": 7.5, "北西小": None, "北東小": None}
    assert all(area.geom_type == "Polygon" for area in found.areas)
    assert "分からない区域が2" in found.counted


def test_nobody_known_is_no_row(store):
    """Where nobody knows where people live, no record is made up, and it is said."""
    found = table(store, "people_counted")
    assert (found.rows, found.areas, found.sources) == ((), (), ())
    assert "取り込まれていない" in found.counted


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["places_reached", "people_counted"])
def test_the_records_say_how_they_are_narrowed(lived_in, language, name):
    """Kinds, weekday, steps and samples stand under the places, ages under the people; each column is defined."""
    params = {"kind": "elderly_salon", "weekday": "tue", "step_free": "1", "ages": "65-"}
    found = table(lived_in, name, language, samples=True, **params)
    words = {
        "ja": ("高齢者サロン", "火曜日", "段差", "見本"),
        "en": ("Elderly salon", "Tuesday", "step-free", "Sample"),
    }
    ages = {"ja": ("65歳以上",), "en": ("65 and over",)}
    asked = words if name == "places_reached" else ages
    assert all(word in found.counted for word in asked[language])
    assert "{" not in found.counted + found.title
    assert all(column.label and column.definition for column in found.columns)


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("places_reached", {"kind": "elderly_saloon"}),
        ("places_reached", {"weekday": "someday"}),
        ("places_reached", {"layer": "moon"}),
        ("people_counted", {"ages": "old"}),
        ("people_counted", {"ages": "65-64"}),
    ],
)
def test_choices_that_there_are_not_are_refused(lived_in, name, params):
    """A slip is said, never an empty list that looks as if there were nothing."""
    with pytest.raises((InvalidRecordError, UnknownThingError)):
        table(lived_in, name, **params)


def test_a_municipality_without_districts_has_its_records(empty_store):
    """Where there is no layer of districts, the places are listed without one."""
    empty_store.apply([Put(item) for item in (town.municipality(), *town.KINDS, town.place("p1"))])
    assert table(empty_store, "places_reached").rows == (("ひだまりサロン", "高齢者サロン", None, "建物", None),)
