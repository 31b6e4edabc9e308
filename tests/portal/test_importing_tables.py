"""Importing people by district and gazetteers: what finds its district or municipality, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from portal import locate, undoing
from portal.errors import UnknownThingError
from portal.importing.gazetteer import plan_gazetteer
from portal.importing.places import plan_places
from portal.importing.plan import carry_out, source_of
from portal.importing.population import plan_population
from portal.model.batch import ImportKind
from portal.model.district import AgeBand
from portal.model.intake import GazetteerIntake, GazetteerRow, PopulationIntake, PopulationRow
from portal.model.municipality import Municipality
from portal.model.position import Precision
from portal.model.source import Source
from portal.store import Put
from tests import town
from tests.town import CODE, NOW, TODAY, intake, order, row

SOURCE = Source("人口", "CC BY 4.0", TODAY)
COUNTED = date(2026, 3, 31)


def people(line, area, total=100, authority=CODE):
    """A row of a population table."""
    bands = (AgeBand(0, 4, 3, 2), AgeBand(85, None, 1, 4))
    return PopulationRow(line, authority, area, COUNTED, total, total // 2, total - total // 2, bands, 40)


def count(store, *rows, **asked):
    """Plan and carry out an import of people by elementary district."""
    asked = {"layer": "elementary", **asked}
    read = PopulationIntake(rows, (), len(rows), SOURCE)
    plan = plan_population(store, read, order(ImportKind.POPULATION, **asked))
    carry_out(store, plan)
    return plan


def test_people_find_their_district_by_its_short_name(store):
    """西小学校区 in the table is 西小 on the map; an area that is no district is outside, and said with its line."""
    plan = count(store, people(2, "西小学校区"), people(3, "よその校区", 50))
    assert (plan.tally.new, plan.tally.outside) == (1, 1)
    assert [(item.line, item.key) for item in plan.findings] == [(3, "importing.no_such_district")]
    (known,) = store.populations(CODE, "elementary")
    assert (known.district, known.total, known.bands[-1]) == ("西小", 100, AgeBand(85, None, 1, 4))


def test_the_same_people_again_are_unchanged_and_newer_ones_replace_them(store):
    """A table imported twice changes nothing; a newer one replaces the figures and can be taken back."""
    count(store, people(2, "西小"))
    assert count(store, people(2, "西小")).batch == ""
    newer = count(store, people(2, "西小", 120))
    assert store.populations(CODE)[0].total == 120
    undoing.undo(store, newer.batch, NOW)
    assert store.populations(CODE)[0].total == 100


def test_people_of_nowhere_are_left_outside(store):
    """Rows of another municipality are outside; without a layer nothing can be counted."""
    assert count(store, people(2, "西小", authority="12345")).tally.outside == 1
    with pytest.raises(UnknownThingError):
        count(store, people(2, "西小"), municipality="99999")
    with pytest.raises(UnknownThingError):
        count(store, people(2, "西小"), layer="")


def point(line, city, town_name, block="", **values):
    """A row of a gazetteer; ``authority`` and ``at`` may be given."""
    authority, at = values.get("authority", ""), values.get("at")
    precision = Precision.BLOCK if block else Precision.TOWN
    return GazetteerRow(line, authority, city, town_name, block, at or town.spot(1, 1), precision)


def name_places(store, *rows, **asked):
    """Plan and carry out an import of a gazetteer."""
    read = GazetteerIntake(rows, (), len(rows), Source("位置参照情報"))
    plan = plan_gazetteer(store, read, order(ImportKind.GAZETTEER, **asked))
    carry_out(store, plan)
    return plan


def test_a_gazetteer_gives_addresses_a_position(store):
    """A place without coordinates gets those of its block, and it is said that they come from the address."""
    name_places(
        store, point(2, "みなも町", "ひがし一丁目"), point(3, "みなも町", "ひがし一丁目", "2", at=town.spot(0.5, 0.5))
    )
    plan = plan_places(store, intake(row(2, "ひだまりサロン", None, address="みなも町ひがし1-2-3")), order())
    carry_out(store, plan)
    (place,) = store.places_of(CODE)
    assert (place.facts.position, place.facts.precision) == (town.spot(0.5, 0.5), Precision.BLOCK)
    assert [(item.line, item.key) for item in plan.findings] == [(2, "importing.position_from_address")]


def test_an_address_that_is_unknown_leaves_the_place_without_a_position(store):
    """The place goes in and is in the list; that it is not on the map is said with its line."""
    plan = plan_places(store, intake(row(2, "ひだまりサロン", None, address="みなも町にし9-9")), order())
    carry_out(store, plan)
    assert store.places_of(CODE)[0].facts.position is None
    assert [(item.line, item.key) for item in plan.findings] == [(2, "importing.no_position")]


def test_a_gazetteer_is_cut_to_the_portals_municipalities(store):
    """A nationwide file goes to the municipalities by code or by name, a city's to its wards; the rest is outside."""
    store.apply([Put(Municipality("27108", "大阪市大正区", "Taisho", "大阪府", town.spot(0, 0)))])
    plan = name_places(
        store,
        point(2, "みなも町", "ひがし", authority=CODE),
        point(3, "大阪市大正区", "泉尾一丁目", authority="27100"),
        point(4, "札幌市中央区", "北一条", authority="01101"),
    )
    assert (plan.tally.new, plan.tally.outside, plan.outside_of) == (2, 1, {"札幌市中央区": 1})
    assert locate.address(store, "27108", "泉尾1丁目5番").matched == "泉尾1"


def test_what_a_newer_gazetteer_lacks_goes(store):
    """Points of the same dataset that the newer file does not hold are removed, and undo brings them back."""
    name_places(store, point(2, "みなも町", "ひがし"), point(3, "みなも町", "にし"))
    assert name_places(store, point(2, "みなも町", "ひがし"), point(3, "みなも町", "にし")).batch == ""
    newer = name_places(store, point(2, "みなも町", "ひがし", at=town.spot(1.5, 1)))
    assert (newer.tally.changed, newer.tally.gone) == (1, 1)
    assert [item.town for item in store.gazetteer(CODE)] == ["ひがし"]
    undoing.undo(store, newer.batch, NOW)
    assert sorted(item.town for item in store.gazetteer(CODE)) == ["にし", "ひがし"]


def test_a_gazetteer_without_names_belongs_to_the_municipality_asked_for(store):
    """Rows that name no municipality go to the one that the command names, and nowhere without it."""
    assert name_places(store, point(2, "", "ひがし")).tally.outside == 1
    assert name_places(store, point(2, "", "ひがし"), municipality=CODE).tally.new == 1


def test_what_the_command_says_of_the_source_wins():
    """Options of the command are laid over what the format says; what they leave out stays."""
    asked = replace(order(), source=Source("", "CC0", None, ""))
    told = source_of(asked, Source("町の一覧", "CC BY 4.0", TODAY, "町"))
    assert told == Source("町の一覧", "CC0", TODAY, "町")
