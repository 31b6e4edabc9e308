"""What everybody is shown of an imported table, what staff may see, and that nothing else reads the numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db import open_store
from portal import undoing
from portal.assigning import memberships
from portal.disclosure import disclosed, raw
from portal.disclosure.atoms import atoms
from portal.disclosure.inhabitants import inhabitants
from portal.disclosure.rules import Rule
from portal.disclosure.sites import capacities
from portal.disclosure.tables import TABLES
from portal.errors import ForbiddenError, InvalidRecordError, NotSignedInError, UnknownThingError
from portal.importing.needs import plan_needs
from portal.importing.plan import carry_out
from portal.journal.chain import walk
from portal.journal.entry import mark_of
from portal.model.batch import ImportKind
from portal.model.district import Population
from portal.model.need_intake import NeedIntake, NeedRow
from portal.model.people_point import PeoplePoint
from portal.model.report_table import Wanted
from portal.model.shelter import ShelterFacts
from portal.model.source import Source
from portal.permissions import ANYBODY
from portal.store import Drop, Put
from portal.words import LANGUAGES
from tests import town
from tests.portal import people
from tests.town import CODE, NOW, TODAY

ROOT = Path(__file__).parents[3]
APRIL = date(2026, 4, 1)
ELEMENTARY = {"西小": 4, "東小": 33, "北西小": 21, "北東小": 47}


def live(store, total=40_000):
    """Give the town its inhabitants."""
    each = total // 4
    store.apply(
        Put(Population(CODE, "elementary", name, APRIL, each, each // 2, each - each // 2)) for name in ELEMENTARY
    )
    return store


def take_in(store, layer="elementary", day=APRIL, **counts):
    """Import numbers by district, all together."""
    rows = tuple(NeedRow(line, "", name, day, count) for line, (name, count) in enumerate(counts.items(), 2))
    intake = NeedIntake(rows, (), len(rows), Source("避難行動要支援者数"))
    plan = plan_needs(store, intake, town.order(ImportKind.NEEDS, municipality=CODE, layer=layer))
    carry_out(store, plan)
    return plan


def shown(store, layer="elementary"):
    """The rounded numbers by district; the total's name is empty."""
    return {
        cell.district: it.rounded if it else None
        for cell, it in disclosed(store, CODE, TODAY).cells
        if cell.layer == layer
    }


def test_everybody_sees_large_numbers_rounded_and_small_ones_not_at_all(store):
    """A small number and the smallest beside it are hidden alike; the others and the total are rounded."""
    take_in(live(store), **ELEMENTARY)
    assert shown(store) == {"": 110, "北東小": 50, "北西小": None, "東小": 30, "西小": None}
    assert disclosed(store, CODE, TODAY).rule == Rule(10)


def test_a_small_town_hides_more(store):
    """Under 25,000 inhabitants nothing under 20 is shown and the rest is rounded to 20."""
    take_in(live(store, 20_000), **ELEMENTARY)
    assert shown(store) == {"": 100, "北東小": 40, "北西小": None, "東小": 40, "西小": None}


@pytest.mark.parametrize(("total", "reason"), [(0, "unknown_inhabitants"), (1_900, "too_small")])
def test_nothing_is_shown_where_inhabitants_are_few_or_unknown(store, total, reason):
    """The reason is said, the districts are listed without numbers, in every table."""
    take_in(live(store, total) if total else store, **ELEMENTARY)
    found = disclosed(store, CODE, TODAY)
    assert (found.reason, {figure for _, figure in found.cells}) == (reason, {None})
    for language in LANGUAGES:
        for table in TABLES.values():
            made = table(store, Wanted(CODE, TODAY, language))
            assert made.counted
            keys = [column.key for column in made.columns]
            told = {cell for row in made.rows for key, cell in zip(keys, row, strict=True) if key != "districts"}
            assert not told & {4, 33, 21, 47, 110}


def test_a_municipality_that_shrank_shows_nothing_of_an_older_rule(store):
    """Figures that today's rule would not show are withdrawn until the table is imported again."""
    large = {**ELEMENTARY, "西小": 12}
    take_in(live(store), **large)
    assert shown(store)["西小"] == 10
    live(store, 20_000)
    assert disclosed(store, CODE, TODAY).reason == "not_released"
    take_in(store, **large)
    assert disclosed(store, CODE, TODAY).rule == Rule(20)


def test_inhabitants_are_those_of_the_fullest_layer(store):
    """A layer that leaves districts out only makes the rule stricter; points count where no layer is known."""
    assert inhabitants(store, CODE, TODAY) is None
    store.apply([Put(PeoplePoint(CODE, "m1", town.spot(1, 1), 700, APRIL))])
    assert inhabitants(store, CODE, TODAY) == 700
    store.apply([Put(Population(CODE, "junior_high", "南中", APRIL, 900, 450, 450))])
    assert inhabitants(live(store, 4_000), CODE, TODAY) == 4_000
    store.apply([Put(Population(CODE, "elementary", "もうない小", APRIL, 9_000, 4_500, 4_500))])
    assert inhabitants(store, CODE, TODAY) == 4_000


def test_another_layer_does_not_give_the_hidden_number_away(store):
    """南中 is 西小 and 東小: with both layers shown, 西小 cannot be had by subtraction from 南中."""
    take_in(live(store), **ELEMENTARY)
    take_in(store, "junior_high", 南中=37, 北中=68)
    found = disclosed(store, CODE, TODAY)
    assert found.figure("elementary", "西小") is None
    assert found.figure("junior_high", "北中").rounded == 70
    south, east = found.figure("junior_high", "南中"), found.figure("elementary", "東小")
    if south and east:
        assert south.interval.high - max(0, south.interval.low - east.interval.high) - east.interval.low > 10


def test_layers_are_cut_into_pieces(store):
    """Two layers that nest have as many pieces as the finer one; every district has one."""
    layers = {key: store.districts(CODE, key) for key in ("city", "elementary", "junior_high")}
    found = atoms(layers)
    assert len(found) == 4
    assert (("city", "みなも町"), ("elementary", "西小"), ("junior_high", "南中")) in found
    across = town.district("中央", town.square(0.5, 0.5), "branch")
    assert len(atoms({"elementary": layers["elementary"], "branch": [across]})) == 8


def test_a_release_outlives_its_import(store):
    """An import that is taken back leaves its release: what was shown once stays known; the one before is shown."""
    take_in(live(store), **ELEMENTARY)
    before = shown(store)
    second = take_in(store, day=date(2026, 10, 1), **{**ELEMENTARY, "東小": 58})
    assert shown(store)["東小"] == 60
    undoing.undo(store, second.batch, NOW)
    assert [item.number for item in store.need_releases(CODE)] == [1, 2]
    assert shown(store) == before


def test_the_same_table_again_makes_no_other_release(store):
    """Importing a table twice changes nothing."""
    take_in(live(store), **ELEMENTARY)
    assert take_in(store, **ELEMENTARY).batch == ""
    assert len(store.need_releases(CODE)) == 1


def test_staff_see_the_numbers_and_the_look_stands_in_the_journal(tmp_path):
    """Who looked, when and why is in the journal and in the store."""
    store = open_store(f"duckdb://{tmp_path / 'portal.duckdb'}", tmp_path / "journal.jsonl")
    try:
        people.settle(town.settle(store))
        take_in(live(store), **ELEMENTARY)
        found = raw(store, people.STAFF, CODE, " 個別避難計画の打合せ ", NOW)
        assert {item.district: item.count for item in found} == ELEMENTARY
        (look,) = store.need_looks(CODE)
        assert (look.account, look.at, look.why) == (people.STAFF.id, NOW, "個別避難計画の打合せ")
    finally:
        store.close()
    mark = mark_of(list(walk(tmp_path / "journal.jsonl"))[-1])
    assert (mark.who, mark.action, mark.reason, mark.at) == (people.STAFF.id, "needs:see", look.why, NOW)


def test_nobody_else_sees_the_numbers(store):
    """Residents, groups and staff of elsewhere are refused, and staff without a reason; no look is noted."""
    people.settle(store)
    take_in(live(store), **ELEMENTARY)
    for actor in (people.MEMBER, people.OWNER, people.NEIGHBOUR, people.VISITOR_STAFF):
        with pytest.raises(ForbiddenError):
            raw(store, actor, CODE, "見たい", NOW)
    with pytest.raises(NotSignedInError):
        raw(store, ANYBODY, CODE, "見たい", NOW)
    for why in (" ", "長" * 3_000):
        with pytest.raises(InvalidRecordError):
            raw(store, people.STAFF, CODE, why, NOW)
    assert store.need_looks(CODE) == []


def test_nothing_else_reads_the_numbers():
    """Outside of the disclosure's folder only the store itself names them."""
    allowed = {"portal/review_reader.py", "db/review_reader.py"}
    readers = {
        str(file.relative_to(ROOT))
        for room in ("portal", "db", "geodata", "pages")
        for file in (ROOT / room).rglob("*.py")
        if "need_counts" in file.read_text(encoding="utf-8") and file.parent.name != "disclosure"
    }
    assert readers | {name for name in ("manage.py", "app.py") if "need_counts" in (ROOT / name).read_text()} == allowed


def shelter(name, column, row, capacity):
    """A welfare evacuation site."""
    return town.place(name, name, column, row, kind="welfare_shelter", shelter=ShelterFacts(capacity=capacity))


def test_welfare_sites_are_counted_against_what_is_shown(store):
    """The ratio stands only where the need is shown and three capacities are known."""
    take_in(live(store), **ELEMENTARY)
    sites = [shelter(f"e{number}", 1.2 + number / 10, 0.5, 20) for number in range(3)]
    sites += [
        shelter("e3", 1.6, 0.5, None),
        shelter("w0", 0.2, 0.2, 30),
        shelter("n0", 1.5, 1.5, 10),
        shelter("o", 9, 9, 5),
    ]
    gone = replace(shelter("g", 1.5, 0.5, 99), gone_on=TODAY)
    store.apply([*map(Put, [*sites, gone]), *map(Put, memberships(store, [*sites, gone], TODAY))])
    found = {it.district.name if it.district else "": it for it in capacities(store, CODE, "elementary", TODAY)}
    assert (found["東小"].sites, found["東小"].places, found["東小"].unknown, found["東小"].ratio) == (4, 60, 1, 2.0)
    assert (found["西小"].places, found["西小"].need, found["西小"].ratio) == (30, None, None)
    assert (found["北東小"].need.rounded, found["北東小"].ratio) == (50, None)
    assert found[""].sites == 1
    table = TABLES["welfare_capacity"](store, Wanted(CODE, TODAY, "en", {"layer": "elementary"}))
    assert ("東小", 4, 60, 1, 30, "Shown", 2.0) in table.rows
    with pytest.raises(UnknownThingError):
        TABLES["welfare_capacity"](store, Wanted(CODE, TODAY, "ja", {"layer": "none"}))


def test_the_table_shows_what_is_disclosed(store):
    """Hidden cells are empty and all look the same; each district has its outline, the total none."""
    take_in(live(store), **ELEMENTARY)
    table = TABLES["needs"](store, Wanted(CODE, TODAY, "en"))
    rows = {row[1]: row for row in table.rows}
    assert rows["Total"][3:6] == (110, 105, 114)
    assert rows["西小"][2:] == rows["北西小"][2:]
    assert rows["西小"][3:6] == (None, None, None)
    assert [area is None for area in table.areas] == [True, False, False, False, False]


def test_a_table_whose_numbers_are_removed_shows_nothing(store):
    """Without numbers nothing is said, and nothing fails."""
    take_in(live(store), **ELEMENTARY)
    store.apply(
        [
            Drop(type(item), (CODE, item.layer, item.district, item.category, str(item.as_of)))
            for item in store.need_counts(CODE)
        ]
    )
    assert disclosed(store, CODE, TODAY).cells == ()
