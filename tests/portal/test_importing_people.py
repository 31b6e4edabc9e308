"""Importing where people live: each point finds its municipality, and takes the place of older ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from portal import undoing
from portal.errors import ConflictError, UnknownThingError
from portal.importing.people_points import plan_people
from portal.importing.plan import carry_out
from portal.model.batch import ImportKind
from portal.model.district import AgeBand
from portal.model.gazetteer import GazetteerPoint
from portal.model.people_intake import PeopleIntake, PeopleRow
from portal.model.position import Precision
from portal.model.source import Source
from portal.model.standard import Ages
from portal.reach.people import people
from portal.store import Put
from portal.words import LANGUAGES, say
from tests import town
from tests.town import CODE, NOW, TODAY, order

SOURCE = Source("地域メッシュ統計")
CENSUS = date(2020, 10, 1)


def cell(line, code, column=0.5, row=0.5, **values):
    """A row of a file of the grid: a hundred people, thirty of them of 65 and over."""
    bands = (AgeBand(65, None, 10, 20),)
    kept = {"position": town.spot(column, row), "bands": bands, "as_of": CENSUS, **values}
    return PeopleRow(line, code, 100, **kept)


def bring(store, *rows, **asked):
    """Plan and carry out an import of people."""
    plan = plan_people(store, PeopleIntake(rows, (), len(rows), SOURCE), order(ImportKind.PEOPLE, **asked))
    carry_out(store, plan)
    return plan


def test_points_go_to_the_municipality_that_holds_them(store):
    """A cell in the town is the town's, one beyond its outline is outside; people then live at the points."""
    plan = bring(store, cell(3, "a"), cell(4, "b", 1.5), cell(5, "c", 3.5))
    assert (plan.tally.read, plan.tally.new, plan.tally.outside) == (3, 2, 1)
    assert [(item.id, item.as_of, item.source) for item in store.people_points(CODE)] == [
        ("a", CENSUS, SOURCE),
        ("b", CENSUS, SOURCE),
    ]
    assert people(store, CODE, Ages(65), TODAY).total == 60


def test_newer_points_take_the_place_of_older_ones(store):
    """The same file changes nothing; another's points replace all of the municipality's, and can be taken back."""
    bring(store, cell(3, "a"), cell(4, "b", 1.5))
    assert bring(store, cell(3, "a"), cell(4, "b", 1.5)).batch == ""
    newer = bring(store, cell(3, "a1"), cell(4, "b", 1.5, bands=()))
    assert (newer.tally.new, newer.tally.changed, newer.tally.gone) == (1, 1, 1)
    assert [item.id for item in store.people_points(CODE)] == ["a1", "b"]
    undoing.undo(store, newer.batch, NOW)
    assert [item.id for item in store.people_points(CODE)] == ["a", "b"]


def test_parts_of_town_are_located_by_the_gazetteer(store):
    """A part of town that the gazetteer knows gets its position; one that it does not is refused, with its line."""
    store.apply([Put(GazetteerPoint("g1", CODE, "ひがし一丁目", "", town.spot(1.5, 0.5), Precision.TOWN))])
    east = cell(2, "ひがし一丁目", position=None, authority=CODE)
    assert bring(store, east).tally.new == 1
    assert store.people_points(CODE)[0].position == town.spot(1.5, 0.5)
    plan = plan_people(
        store, PeopleIntake((east, replace(east, line=3, id="にし")), (), 2, SOURCE), order(ImportKind.PEOPLE)
    )
    assert [(item.line, item.key) for item in plan.findings] == [(3, "people_points.not_located")]
    with pytest.raises(ConflictError):
        carry_out(store, plan)


def test_a_part_of_town_belongs_where_its_code_or_the_order_says(store):
    """Without either, or with another municipality's code, it is outside."""
    row = cell(2, "ひがし", position=None)
    store.apply([Put(GazetteerPoint("g1", CODE, "ひがし", "", town.spot(1.5, 0.5), Precision.TOWN))])
    assert bring(store, row).outside_of == {"ひがし": 1}
    assert bring(store, replace(row, authority="12345")).outside_of == {"12345": 1}
    assert bring(store, row, municipality=CODE).tally.new == 1


def test_people_of_no_day_are_refused_until_the_source_says_it(store):
    """A row without a day takes that of the source; without one it is said what to do."""
    row = cell(2, "a", as_of=None)
    plan = plan_people(store, PeopleIntake((row,), (), 1, SOURCE), order(ImportKind.PEOPLE))
    assert [item.key for item in plan.findings] == ["people_points.no_day"]
    assert all(say(item.key, language, **item.values) for item in plan.findings for language in LANGUAGES)
    assert bring(store, row, source=Source("", as_of=CENSUS)).tally.new == 1
    assert store.people_points(CODE)[0].as_of == CENSUS


def test_only_the_municipality_asked_for_is_taken(store):
    """Points of others are outside; a municipality that is not in the portal is said."""
    store.apply([Put(town.municipality("99902", "となり町"))])
    assert bring(store, cell(2, "a"), municipality="99902").tally.outside == 1
    with pytest.raises(UnknownThingError):
        bring(store, cell(2, "a"), municipality="99999")
