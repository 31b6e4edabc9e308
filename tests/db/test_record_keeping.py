"""What is put in comes out as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, box

from db import open_store
from db.duckdb_engine import DuckDBEngine
from db.duckdb_store import DuckDBStore
from portal.model.district import AgeBand, Population
from portal.model.gazetteer import GazetteerPoint
from portal.model.kind import Kind, Shape
from portal.model.membership import Membership
from portal.model.municipality import Layer
from portal.model.place import Access, Audience, Booking, Contact, ContactKind, Fee, PlaceFacts
from portal.model.position import Point, Precision
from portal.model.report_note import ErrorNote
from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.model.shelter import Hazard, Opening, ShelterFacts
from portal.store import Drop, Put, key_of
from tests.db.records import (
    NOON,
    SOURCE,
    TODAY,
    TOWN,
    make_batch,
    make_district,
    make_item,
    make_municipality,
    make_place,
    marked,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = TEXTS.map(lambda text: f"{text}さろん")
POINTS = st.builds(Point, st.floats(122, 154), st.floats(20, 46))
SCHEDULES = st.just(
    Schedule(
        (Rule(datetime(2026, 4, 14, 10, 0), 120, "FREQ=MONTHLY;BYDAY=2TU,4TU"),),  # local time
        HolidayPolicy.SKIPPED,
        cancelled=frozenset({date(2026, 8, 11)}),
        moved=((date(2026, 12, 8), datetime(2026, 12, 9, 13, 30)),),  # local time
        months_off=frozenset({8}),
    )
)
SHELTERS = st.builds(
    ShelterFacts,
    hazards=st.frozensets(st.sampled_from(Hazard)),
    accepts=TEXTS,
    capacity=st.none() | st.integers(0, 9000),
    opening=st.just(Opening.OPEN),
    opened_since=st.none() | st.just(NOON),
    neighbourhoods=st.lists(TEXTS, max_size=3).map(tuple),
)
FACTS = st.builds(
    PlaceFacts,
    kind=st.sampled_from(["ibasho", "welfare_shelter"]),
    name=NAMES,
    name_kana=TEXTS,
    description=TEXTS,
    position=POINTS,
    precision=st.just(Precision.BLOCK),
    audience=st.frozensets(st.sampled_from(Audience)),
    access=st.frozensets(st.sampled_from(Access)),
    fee=st.sampled_from(Fee),
    booking=st.sampled_from(Booking),
    contacts=st.lists(st.builds(Contact, st.sampled_from(ContactKind), TEXTS, st.booleans()), max_size=3).map(tuple),
    group=TEXTS,
    schedule=st.none() | SCHEDULES,
    shelter=st.none() | SHELTERS,
    extra=st.dictionaries(TEXTS, TEXTS, max_size=3),
)
PLACES = st.builds(
    replace,
    st.just(make_place()),
    source_facts=FACTS,
    facts=FACTS,
    edited_fields=st.frozensets(st.sampled_from(["name", "fee"])),
    verified_on=st.none() | st.dates(),
    gone_on=st.none() | st.dates(),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(PLACES, min_size=1, max_size=4))
def test_every_place_comes_back_as_it_was_put(places):
    """A place is the same record after it was kept, whatever its texts hold."""
    kept = [replace(place, id=f"p{number}") for number, place in enumerate(places)]
    store = open_store(":memory:")
    store.apply(map(Put, kept))
    assert store.places_of(TOWN) == kept
    assert [store.place(place.id) for place in kept] == kept
    store.close()


LAYERS = [Layer(TOWN, "branch", "支部", "Branch", 2, 5), Layer(TOWN, "city", "全域", "Whole", 1, 9)]
KIND = Kind("ibasho", "居場所", "Place to belong", "#336699", Shape.CIRCLE, "居", order=2)
OWN_KIND = Kind("bath", "銭湯", "Bath", "#993366", Shape.DIAMOND, "湯", municipality=TOWN, order=1)
POPULATION = Population(
    TOWN, "city", "大正区", TODAY, 10, 4, 6, (AgeBand(0, 14, 1, 1), AgeBand(85, None, 0, 2)), 5, SOURCE
)
POINT = GazetteerPoint("g1", TOWN, "三軒家ヒガシ一丁目", "3", Point(135.47, 34.65), Precision.BLOCK, "isj")
TWO_PARTS = replace(
    make_district("d9", "飛び地のある区"), geometry=MultiPolygon([box(135, 34, 135.1, 34.1), box(136, 35, 136.1, 35.1)])
)
EVERYTHING = [
    (make_municipality(), lambda store: store.municipalities()),
    (LAYERS[0], lambda store: store.layers(TOWN)),
    (TWO_PARTS, lambda store: store.districts(TOWN, "elementary")),
    (KIND, lambda store: store.kinds()),
    (make_place(), lambda store: store.places(["p1"])),
    (Membership("p1", "elementary", "d9"), lambda store: store.memberships("p1")),
    (Membership("p1", "branch", None), lambda store: store.memberships("p1")),
    (POPULATION, lambda store: store.populations(TOWN)),
    (POINT, lambda store: store.gazetteer(TOWN)),
    (make_batch("20261122-1", undone_at=NOON, counts={"read": 3}), lambda store: store.batches()),
    (make_item("20261122-1", 2, "p1"), lambda store: store.batch_items("20261122-1")),
    (ErrorNote("e1", "p1", "moved", "となりへ\n移りました", NOON), lambda store: store.error_notes()),
]


@pytest.mark.parametrize(("record", "read"), EVERYTHING, ids=[type(record).__name__ for record, _ in EVERYTHING])
def test_every_type_is_kept_replaced_and_dropped(store, record, read):
    """A record of any type comes back equal, is there once when put twice, and is gone when dropped."""
    store.apply([Put(record)])
    store.apply([Put(record)])
    assert read(store) == [record]
    store.apply([Drop(type(record), key_of(record))])
    assert read(store) == []


def test_lists_are_in_the_order_that_they_promise(store):
    """Municipalities by code, layers by tier, kinds by order, districts by name, notes and imports by time."""
    districts = [make_district("d1", "平尾"), make_district("d2", "三軒家西"), make_district("d3", "泉尾北")]
    notes = [ErrorNote(f"e{9 - minute}", "p1", "wrong", "", NOON.replace(minute=minute)) for minute in range(3)]
    batches = [make_batch("20261122-9"), make_batch("20261122-10"), make_batch("20261122-11", 1)]
    towns = [make_municipality("13103"), make_municipality("27108")]
    store.apply(map(Put, [*reversed(towns), *LAYERS, KIND, OWN_KIND, *districts, *reversed(notes), *batches]))
    assert store.municipalities() == towns
    assert [layer.key for layer in store.layers(TOWN)] == ["city", "branch"]
    assert store.kinds() == [KIND]
    assert store.kinds(TOWN) == [OWN_KIND, KIND]
    assert [district.name for district in store.districts(TOWN, "elementary")] == ["三軒家西", "平尾", "泉尾北"]
    assert store.error_notes("p1") == notes
    assert store.batches() == batches[::-1]


def test_places_come_in_the_order_asked_for(store):
    """Places by ids are given in the ids' order, as often as asked, unknown ids left out."""
    store.apply(Put(make_place(place_id)) for place_id in ("a", "b"))
    assert [place.id for place in store.places(["b", "nobody", "a", "b"])] == ["b", "a", "b"]
    assert store.place("nobody") is None
    assert store.places([]) == []


def test_places_of_datasets_are_those_of_the_named_ones(store):
    """What is gone belongs to its dataset, what another dataset holds does not."""
    gone = marked(make_place("b"), gone_on=TODAY)
    other = marked(make_place("c"), origin=replace(make_place("c").origin, dataset="hand"))
    store.apply(map(Put, [gone, other, make_place("a")]))
    assert [place.id for place in store.places_of_datasets(["places/town.csv"])] == ["a", "b"]
    assert len(store.places_of_datasets(["places/town.csv", "hand"])) == 3
    assert store.places_of_datasets([]) == []


def test_memberships_of_a_municipality_leave_others_out(store):
    """Only the memberships of places of the municipality are given, by place and layer."""
    places = [make_place("a"), make_place("b"), marked(make_place("x"), municipality="13103")]
    memberships = [Membership(place, layer, None) for place in ("a", "b", "x") for layer in ("branch", "city")]
    store.apply(map(Put, [*memberships[::-1], *places]))
    assert store.memberships_of(TOWN) == memberships[:4]


def test_a_town_is_looked_up_by_its_folded_beginning(store):
    """Width and kana make no difference, and a per cent sign is a sign."""
    store.apply([Put(POINT), Put(replace(POINT, id="g2", town="泉尾一丁目"))])
    assert [point.id for point in store.gazetteer(TOWN, "三軒家ひがし")] == ["g1"]
    assert store.gazetteer(TOWN, "%一丁目") == []
    assert len(store.gazetteer(TOWN)) == 2
    assert store.gazetteer("28210") == []


def test_populations_are_of_one_layer_or_of_all(store):
    """An empty layer asks for all of them."""
    other = replace(POPULATION, layer="elementary", district="平尾")
    store.apply([Put(POPULATION), Put(other)])
    assert store.populations(TOWN, "elementary") == [other]
    assert store.populations(TOWN) == [POPULATION, other]


def test_later_imports_of_the_same_records_are_named(store):
    """Only imports after this one count, not taken back, that changed one of its records: no other type's."""
    batches = [
        make_batch("20261122-1", 1),
        make_batch("20261122-2", 1),
        make_batch("20261122-10", 1),
        make_batch("20261122-11", 2, undone_at=NOON),
        make_batch("20261122-12", 3),
        make_batch("20261122-13", 4),
    ]
    items = [
        make_item("20261122-1", 1, "a"),
        make_item("20261122-2", 1, "a"),
        make_item("20261122-2", 2, "b"),
        make_item("20261122-10", 1, "b"),
        make_item("20261122-11", 1, "a"),
        make_item("20261122-12", 1, "a", "district"),
        make_item("20261122-13", 1, "a"),
        make_item("20261122-13", 2, "b"),
    ]
    store.apply(map(Put, [*batches, *items]))
    assert store.later_batches("20261122-1") == ["20261122-2", "20261122-13"]
    assert store.later_batches("20261122-2") == ["20261122-10", "20261122-13"]
    assert store.later_batches("20261122-13") == []
    assert store.later_batches("nobody") == []


def test_what_is_remembered_is_forgotten_with_a_change(store):
    """A municipality that was asked for before a change is read again after it, and a caller's list is its own."""
    assert store.municipalities() == []
    store.apply([Put(make_municipality())])
    store.municipalities().clear()
    assert store.municipalities() == [make_municipality()]
    assert store.district("d1") is None
    store.apply([Put(make_district("d1", "平尾"))])
    assert store.district("d1") == make_district("d1", "平尾")


def test_a_district_is_kept_as_a_geometry_too():
    """The outline stands in a GEOMETRY column, for questions in SQL, without any extension."""
    engine = DuckDBEngine(":memory:")
    DuckDBStore(engine).apply([Put(TWO_PARTS)])
    found = []
    engine.write(
        lambda cursor: found.extend(cursor.execute("SELECT typeof(geom), ST_AsWKB(geom) FROM district").fetchall())
    )
    assert found == [("GEOMETRY", TWO_PARTS.geometry.wkb)]
    engine.close()
