"""Importing outlines: approximate districts give way, places are assigned anew, history is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import shapely

from portal import by_district, undoing
from portal.errors import UnknownThingError
from portal.importing.districts import plan_outlines
from portal.importing.plan import carry_out
from portal.model.batch import ImportKind
from portal.model.district import District
from portal.model.outline import Outline, OutlineIntake
from portal.model.source import Source
from portal.setting_up import add_municipality, new_municipality
from portal.store import Put
from tests import town
from tests.town import CODE, NOW, TODAY, order

OFFICIAL = Source("小学校区", "CC BY 4.0", TODAY)


def run(store, *outlines, first_day=None, kind=ImportKind.DISTRICTS, **asked):
    """Plan and carry out an import of outlines."""
    read = OutlineIntake(tuple(outlines), (), len(outlines), OFFICIAL)
    asked = {"municipality": CODE, "layer": "elementary", **asked}
    plan = plan_outlines(store, read, order(kind, **asked), first_day)
    if not plan.stopped:
        carry_out(store, plan)
    return plan


def in_force(store, layer="elementary", day=TODAY):
    """Names of the districts that exist on a day."""
    return [item.name for item in by_district.in_force(store, CODE, layer, day)]


def district_of(store, place_id, layer="elementary"):
    """The id of the district that a place is kept in."""
    return {item.layer: item.district for item in store.memberships(place_id)}[layer]


def test_official_outlines_take_the_place_of_approximate_ones(store):
    """The layer is official afterwards, every place is assigned anew, and a district keeps its address."""
    store.apply([Put(town.place("a", column=0.5, row=0.5)), Put(town.place("b", column=1.5, row=0.5))])
    approximate = District(
        "99901-elementary-old", CODE, "elementary", "西", town.square(3, 3), OFFICIAL, approximate=True
    )
    store.apply([Put(approximate)])
    plan = run(store, Outline("西小学校", town.square(0, 0, 1, 2)), Outline("東小学校", town.square(1, 0, 1, 2)))
    assert in_force(store) == ["東小学校", "西小学校"]
    assert not any(item.approximate for item in store.districts(CODE, "elementary"))
    assert store.district(district_of(store, "a")).name == "西小学校"
    assert store.district(district_of(store, "b")).name == "東小学校"
    assert plan.tally.gone == 5


def test_taking_official_outlines_back_brings_the_approximate_ones(store):
    """Undo restores the districts as they were and the membership of every place."""
    store.apply([Put(town.place("a", column=0.5, row=0.5))])
    before = store.districts(CODE, "elementary")
    plan = run(store, Outline("全小学校", town.square(0, 0, 2, 2)))
    undoing.undo(store, plan.batch, NOW)
    assert store.districts(CODE, "elementary") == before
    assert district_of(store, "a") == f"{CODE}-elementary-西小"


def test_the_same_outlines_twice_change_nothing(store):
    """A file of outlines imported again is unchanged, also when its rings begin at another corner."""
    run(store, Outline("西小学校", town.square(0, 0)))
    ring = list(town.square(0, 0).exterior.coords)
    turned = type(town.square(0, 0))([*ring[2:], *ring[1:3]])
    plan = run(store, Outline("西小学校", turned))
    assert (plan.tally.unchanged, plan.tally.changed, plan.batch) == (1, 0, "")


def test_districts_have_a_first_and_a_last_day(store):
    """With a first day, an outline that changed ends the day before and goes on as a new one."""
    run(store, Outline("西小学校", town.square(0, 0)), Outline("東小学校", town.square(1, 0)))
    run(store, Outline("西小学校", town.square(0, 0, 2, 1)), first_day=date(2026, 4, 1))
    days = {(item.name, item.first_day, item.last_day) for item in store.districts(CODE, "elementary")}
    assert days == {
        ("西小学校", date(2026, 4, 1), None),
        ("西小学校", None, date(2026, 3, 31)),
        ("東小学校", None, date(2026, 3, 31)),
    }
    assert in_force(store, day=date(2026, 3, 31)) == ["東小学校", "西小学校"]
    assert in_force(store) == ["西小学校"]


def test_an_official_district_that_the_file_lacks_ends(store):
    """Without a first day the last day is the eve of the import; the district stays on record."""
    run(store, Outline("西小学校", town.square(0, 0)), Outline("東小学校", town.square(1, 0)))
    run(store, Outline("西小学校", town.square(0, 0)))
    ended = [item for item in store.districts(CODE, "elementary") if item.last_day]
    assert [(item.name, item.last_day) for item in ended] == [("東小学校", TODAY - timedelta(days=1))]


def test_two_outlines_of_one_name_are_refused(store):
    """A name that stands for two districts stops the import and says which features they are."""
    plan = run(store, Outline("西小学校", town.square(0, 0), line=1), Outline("西小学校区", town.square(1, 0), line=2))
    assert plan.stopped
    assert [(item.line, item.values["first"]) for item in plan.findings] == [(2, 1)]


def test_a_boundary_finds_its_municipality_by_name_and_moves_the_map(store):
    """A boundary without a code goes to the municipality whose name it ends with, and the map opens there."""
    add_municipality(store, new_municipality("22212", "焼津市"))
    plan = run(
        store,
        Outline("静岡県焼津市", town.square(0, 0)),
        kind=ImportKind.BOUNDARY,
        municipality="",
        layer="",
    )
    assert plan.municipalities == {"22212"}
    (outline,) = store.districts("22212", "city")
    assert (outline.name, outline.approximate) == ("焼津市", False)
    centre = next(item.centre for item in store.municipalities() if item.code == "22212")
    assert town.square(0, 0).covers(shapely.Point(centre.lon, centre.lat))


def test_outlines_that_belong_nowhere_are_refused_with_a_sentence(store):
    """Without a municipality that takes them, outlines are refused and it is said what to do."""
    with pytest.raises(UnknownThingError):
        run(store, Outline("どこか", town.square(0, 0), code="12345"), municipality="")
    with pytest.raises(UnknownThingError):
        run(store, Outline("どこか", town.square(0, 0)), municipality="54321")
    with pytest.raises(UnknownThingError):
        run(store, Outline("どこか", town.square(0, 0)), layer="")


def test_a_layer_of_its_own_is_added_by_its_file(store):
    """A layer key that the municipality does not have yet becomes a layer of tier 2."""
    run(store, Outline("海辺", town.square(0, 0)), layer="seaside")
    layer = next(item for item in store.layers(CODE) if item.key == "seaside")
    assert (layer.tier, in_force(store, "seaside")) == (2, ["海辺"])


def test_a_district_that_lies_across_two_others_says_so(store):
    """An elementary district in two junior-high districts is shown with its shares of area."""
    (across,) = [item for item in town.districts() if item.name == "西小"]
    tall = District("x", CODE, "elementary", "縦長小", town.square(0, 0.46, 1, 1), OFFICIAL)
    assert [
        (item.name, round(share, 2)) for item, share in by_district.across(store, across, "junior_high", TODAY)
    ] == [("南中", 1.0)]
    assert [(item.name, round(share, 2)) for item, share in by_district.across(store, tall, "junior_high", TODAY)] == [
        ("南中", 0.54),
        ("北中", 0.46),
    ]
