"""The records behind the tables of people in need: sites one by one, tables without any number of people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import open_store
from portal.assigning import memberships
from portal.disclosure import disclosed
from portal.disclosure.tables import TABLES
from portal.errors import UnknownThingError
from portal.model.district import Population
from portal.model.need import NeedCount, NeedRelease
from portal.model.place import Origin
from portal.model.report_table import Wanted
from portal.model.shelter import ShelterFacts
from portal.model.source import Source
from portal.store import Put
from portal.words import LANGUAGES
from tests import town
from tests.town import CODE, NOW, TODAY

APRIL, OCTOBER = date(2026, 4, 1), date(2026, 10, 1)
REGISTER = Source("避難行動要支援者数", "CC BY 4.0", APRIL, "みなも町の数を使用")
DISTRICTS = ("西小", "東小", "北西小", "北東小")


def table(store, name, language="ja", *, samples=False, **params):
    """One table."""
    return TABLES[name](store, Wanted(CODE, TODAY, language, params, samples))


def here(name):
    """The id of an elementary district."""
    return f"{CODE}-elementary-{name}"


@pytest.fixture
def housed(store):
    """Two sites in 東小, one of them of unknown capacity, one in 北東小, one outside, one gone, one sample."""
    made = [
        town.place("e0", "福祉避難所い", 1.2, kind="welfare_shelter"),
        *(
            town.place(key, f"福祉避難所{key}", column, row, kind="welfare_shelter", shelter=ShelterFacts(capacity=40))
            for key, column, row in (("e1", 1.4, 0.5), ("n0", 1.5, 1.5), ("o", 9, 9))
        ),
        town.place("shelter", "小学校", 1.5, 0.5, kind="shelter"),
        replace(town.place("g", kind="welfare_shelter"), gone_on=TODAY),
        replace(town.place("s", "見本", kind="welfare_shelter"), origin=Origin("sample", "s")),
    ]
    store.apply([*map(Put, made), *map(Put, memberships(store, made, TODAY))])
    return store


@pytest.mark.parametrize("samples", [False, True])
@pytest.mark.parametrize("layer", ["elementary", "junior_high"])
def test_every_number_of_sites_leads_to_as_many(housed, layer, samples):
    """Of every district and of what is outside as many rows as sites, and as many without a capacity as are said."""
    found = table(housed, "welfare_capacity", layer=layer, samples=samples)
    for row, behind in zip(found.rows, found.behind_rows, strict=True):
        its = table(housed, behind.table, samples=samples, **behind.choices)
        capacities = [capacity for _, _, capacity, _ in its.rows]
        assert (len(its.rows), sum(filter(None, capacities)), capacities.count(None)) == row[1:4]
    in_all = table(housed, found.behind.table, samples=samples, **found.behind.choices)
    assert len(in_all.rows) == sum(row[1] for row in found.rows) == 4 + samples


def test_a_site_is_told_with_its_capacity(housed):
    """What is not known is empty and said so; the site leads to its place, and what is narrowed is said."""
    found = table(housed, "welfare_sites", "en", layer="elementary", in_district=here("東小"))
    assert found.rows == (("東小", "福祉避難所e1", 40, "known"), ("東小", "福祉避難所い", None, "not known"))
    assert found.things == ("e1", "e0")
    assert found.areas[0].x == pytest.approx(135.014)
    assert "(Elementary, 東小)" in found.counted
    assert table(housed, "welfare_sites", in_district="outside").things == ("o",)


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("welfare_sites", {"layer": "moon"}),
        ("welfare_sites", {"in_district": "nowhere"}),
        ("welfare_sites", {"layer": "junior_high", "in_district": here("東小")}),
        ("needs_imported", {"layer": "<script>"}),
    ],
)
def test_a_choice_that_there_is_not_is_told_so(store, name, choices):
    """An unknown layer, a district that is unknown or of another layer."""
    with pytest.raises(UnknownThingError):
        table(store, name, **choices)


def counts(numbers, layer="elementary", day=APRIL, **values):
    """Numbers by district."""
    return [
        NeedCount(CODE, layer, name, day, number, **{"source": REGISTER, **values})
        for name, number in zip(DISTRICTS, numbers, strict=False)
    ]


def test_the_tables_that_are_in_use_are_told_without_a_number_of_people(store):
    """One row for each layer and day in use: source, licence, credit and how many districts; an older one is not."""
    south = NeedCount(CODE, "junior_high", "南中", APRIL, 61, source=None)
    store.apply(map(Put, [*counts([4, 33, 21, 47]), *counts([5, 34], day=OCTOBER), south]))
    assert table(store, "needs_imported").rows == (
        ("小学校区", "2026-10-01", "避難行動要支援者数", "CC BY 4.0", "みなも町の数を使用", 2),
        ("中学校区", "2026-04-01", None, None, None, 1),
    )
    narrowed = table(store, "needs_imported", "en", layer="junior_high")
    assert ([row[0] for row in narrowed.rows], narrowed.things) == (["Junior high"], ())
    assert "Only the table of Junior high" in narrowed.counted


def test_every_number_of_people_leads_to_the_table_it_is_from(store):
    """Shown or hidden, to the row of its layer; and that has as many districts as stand in the numbers."""
    store.apply(map(Put, [*counts([4, 33, 21, 47]), *counts([3, 2], category="要介護")]))
    found = table(store, "needs")
    assert {(one.table, tuple(one.choices.items())) for one in found.behind_rows} == {
        ("needs_imported", (("layer", "elementary"),))
    }
    (row,) = table(store, found.behind.table, **found.behind_rows[0].choices).rows
    assert row[-1] == len({row[1] for row in found.rows} - {"合計"})


def test_a_second_import_of_the_same_day_does_not_say_what_it_changed(store):
    """Its districts are not counted apart: how many of the hidden numbers are new is nobody's business."""
    later = replace(REGISTER, name="訂正")
    store.apply(map(Put, [*counts([4, 33, 21, 47]), *counts([7], source=later)]))
    (row,) = table(store, "needs_imported").rows
    assert (row[2], row[-1]) == ("訂正、避難行動要支援者数", 4)


NUMBERS = st.lists(st.integers(0, 500), min_size=4, max_size=4)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=NUMBERS, people=st.sampled_from([0, 300, 4_000, 90_000]), released=st.booleans())
def test_whatever_the_numbers_are_the_tables_told_are_the_same(numbers, people, released):
    """The list of tables does not depend on any number, nor on what is shown or hidden: it cannot give one away."""
    store = town.settle(open_store("duckdb://"))
    plain = town.settle(open_store("duckdb://"))
    store.apply(map(Put, counts(numbers)))
    plain.apply(map(Put, counts([0, 0, 0, 0])))
    if people:
        store.apply([Put(Population(CODE, "elementary", "西小", APRIL, people, people, 0))])
    if released:
        store.apply([Put(NeedRelease(CODE, 1, NOW, APRIL, {}))])
    for language in LANGUAGES:
        assert table(store, "needs_imported", language) == table(plain, "needs_imported", language)
    assert {layer for layer, _ in disclosed(store, CODE, TODAY).days} == {"elementary"}
    store.close()
    plain.close()
