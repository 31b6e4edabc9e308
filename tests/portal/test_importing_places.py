"""Importing places: what is new, changed, the same and gone, and what stays by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal import editing, undoing
from portal.errors import ConflictError, UnknownThingError
from portal.importing.places import plan_places
from portal.importing.plan import carry_out
from portal.model.district import District
from portal.model.finding import Finding, Severity
from portal.model.municipality import Municipality
from portal.query import Query
from portal.store import Put
from tests import town
from tests.town import CODE, NOW, TODAY, intake, order, row


def run(store, *rows, findings=(), **asked):
    """Plan and carry out an import."""
    plan = plan_places(store, intake(*rows, findings=findings), order(**asked))
    if not plan.stopped:
        carry_out(store, plan)
    return plan


def tally(plan):
    """The counts that differ from zero."""
    return {name: getattr(plan.tally, name) for name in plan.tally.__dataclass_fields__ if getattr(plan.tally, name)}


def test_the_same_file_twice_changes_nothing(store):
    """A file imported again finds every row unchanged and writes no batch."""
    rows = (row(2, "ひだまりサロン"), row(3, "あさひ会館", 1.5, kind="facility"))
    assert tally(run(store, *rows)) == {"read": 2, "new": 2}
    version = store.data_version()
    again = run(store, *rows)
    assert tally(again) == {"read": 2, "unchanged": 2}
    assert again.batch == ""
    assert store.data_version() == version


def test_rows_in_another_order_are_no_change(store):
    """A newer file that is only sorted otherwise changes nothing."""
    run(store, row(2, "ひだまりサロン"), row(3, "あさひ会館", 1.5))
    assert tally(run(store, row(2, "あさひ会館", 1.5), row(3, "ひだまりサロン"))) == {"read": 2, "unchanged": 2}


def test_a_newer_file_changes_adds_and_marks_what_is_gone(store):
    """What changed changes, what is new comes, what is missing is marked and no longer found."""
    run(store, row(2, "ひだまりサロン"), row(3, "あさひ会館", 1.5))
    plan = run(store, row(2, "ひだまりサロン", address="みなも1-1"), row(3, "ゆうひ会館", 1.5, 1.5))
    assert tally(plan) == {"read": 2, "new": 1, "changed": 1, "gone": 1}
    gone = [place for place in store.places_of(CODE) if place.gone_on]
    assert [(place.facts.name, place.gone_on) for place in gone] == [("あさひ会館", TODAY)]
    found = [item.name for item in store.find(Query(CODE), TODAY, 30)]
    assert sorted(found) == ["ひだまりサロン", "ゆうひ会館"]


def test_what_was_gone_comes_back_with_its_old_id(store):
    """A record that its source holds again is shown again under the address it had."""
    run(store, row(2, "ひだまりサロン"), row(3, "あさひ会館", 1.5))
    before = {place.facts.name: place.id for place in store.places_of(CODE)}
    run(store, row(2, "ひだまりサロン"))
    plan = run(store, row(2, "ひだまりサロン"), row(3, "あさひ会館", 1.5))
    assert tally(plan) == {"read": 2, "changed": 1, "unchanged": 1}
    assert {place.facts.name: place.id for place in store.places_of(CODE)} == before
    assert not any(place.gone_on for place in store.places_of(CODE))


def test_hand_edits_outlive_a_newer_file(store):
    """A field set by hand stays, the source's new value is kept beside it, and the row is said to be doubtful."""
    run(store, row(2, "ひだまりサロン", address="古い1-1", description="お茶"))
    (place,) = store.places_of(CODE)
    editing.edit(store, place.id, {"address": "正しい2-2"}, TODAY)
    plan = run(store, row(2, "ひだまりサロン", address="新しい3-3", description="お茶とおかし"))
    kept = store.place(place.id)
    assert kept.facts.address == "正しい2-2"
    assert kept.source_facts.address == "新しい3-3"
    assert kept.facts.description == "お茶とおかし"
    assert [(item.line, item.key, item.values["field"]) for item in plan.findings] == [
        (2, "importing.edited_by_hand", "address")
    ]


def test_a_field_given_back_to_the_source_follows_it_again(store):
    """After an edit is taken back, the source's value is shown and imports change it again."""
    run(store, row(2, "ひだまりサロン", address="古い1-1"))
    (place,) = store.places_of(CODE)
    editing.edit(store, place.id, {"address": "正しい2-2"}, TODAY)
    given_back = editing.take_source(store, place.id, frozenset({"address"}), TODAY)
    assert given_back.facts.address == "古い1-1"
    run(store, row(2, "ひだまりサロン", address="新しい3-3"))
    assert store.place(place.id).facts.address == "新しい3-3"


def test_refused_rows_stop_the_whole_import(store):
    """With one refused row nothing goes in, unless the order says to go on without it."""
    refused = (Finding(3, Severity.REFUSED, "model.no_name"),)
    plan = plan_places(store, intake(row(2, "ひだまりサロン"), findings=refused), order())
    with pytest.raises(ConflictError):
        carry_out(store, plan)
    assert store.places_of(CODE) == []
    assert tally(run(store, row(2, "ひだまりサロン"), findings=refused, skip_refused=True)) == {
        "read": 2,
        "new": 1,
        "refused": 1,
    }
    assert len(store.places_of(CODE)) == 1


def test_a_refused_row_is_not_taken_for_gone(store):
    """While a row of the file is refused, no record is marked as gone: it may be that one."""
    run(store, row(2, "ひだまりサロン"), row(3, "あさひ会館", 1.5))
    refused = (Finding(3, Severity.REFUSED, "model.no_name"),)
    plan = run(store, row(2, "ひだまりサロン"), findings=refused, skip_refused=True)
    assert not any(place.gone_on for place in store.places_of(CODE))
    assert plan.findings[-1].key == "importing.gone_not_marked"


def test_rows_of_other_municipalities_are_counted_by_where_they_belong(store):
    """A row of a municipality that the portal does not serve is left outside and said, never dropped in silence."""
    plan = run(store, row(2, "ひだまりサロン"), row(3, "よその会館", authority="12345"))
    assert tally(plan) == {"read": 2, "new": 1, "outside": 1}
    assert plan.outside_of == {"12345": 1}


def test_an_import_can_be_taken_back(store):
    """Undo puts every record back as it was: the new one goes, the changed and the gone one return."""
    run(store, row(2, "ひだまりサロン"), row(3, "あさひ会館", 1.5))
    before = [replace(place) for place in store.places_of(CODE)]
    plan = run(store, row(2, "ひだまりサロン", address="みなも1-1"), row(3, "ゆうひ会館", 1.5, 1.5))
    undoing.undo(store, plan.batch, NOW)
    assert store.places_of(CODE) == before
    assert {item.place for item in store.memberships_of(CODE)} == {place.id for place in before}


def test_an_import_is_taken_back_only_once_and_not_under_a_later_one(store):
    """Undo refuses what was undone already, what a later import built upon, and what does not exist."""
    first = run(store, row(2, "ひだまりサロン"))
    second = run(store, row(2, "ひだまりサロン", address="みなも1-1"))
    with pytest.raises(ConflictError) as later:
        undoing.undo(store, first.batch, NOW)
    assert later.value.values["later"] == second.batch
    undoing.undo(store, second.batch, NOW)
    undoing.undo(store, first.batch, NOW)
    assert store.places_of(CODE) == []
    with pytest.raises(ConflictError):
        undoing.undo(store, first.batch, NOW)
    with pytest.raises(UnknownThingError):
        undoing.undo(store, "19990101-1", NOW)


def test_undo_keeps_hand_edits_made_since(store):
    """An edit made after the import stays on a record that was there before it."""
    run(store, row(2, "ひだまりサロン", address="みなも1-1"))
    second = run(store, row(2, "ひだまりサロン", address="みなも9-9"))
    (place,) = store.places_of(CODE)
    editing.edit(store, place.id, {"description": "毎週お茶を飲みます"}, TODAY)
    undoing.undo(store, second.batch, NOW)
    kept = store.place(place.id)
    assert (kept.facts.address, kept.facts.description) == ("みなも1-1", "毎週お茶を飲みます")


def test_undo_never_removes_what_somebody_edited(store):
    """A record that the import brought and somebody edited since keeps the import from being taken back."""
    plan = run(store, row(2, "ひだまりサロン"))
    (place,) = store.places_of(CODE)
    editing.edit(store, place.id, {"description": "毎週お茶を飲みます"}, TODAY)
    with pytest.raises(ConflictError) as refused:
        undoing.undo(store, plan.batch, NOW)
    assert refused.value.key == "undoing.edited_since"
    assert store.place(place.id).facts.description == "毎週お茶を飲みます"


def test_a_designated_city_is_split_by_outline_and_outside_every_outline_by_address(store):
    """A city's rows go to the ward that holds them; the address decides only where no outline does."""
    wards = [("27107", "大阪市港区", 0), ("27108", "大阪市大正区", 1)]
    for code, name, column in wards:
        ward = Municipality(code, name, name, "大阪府", town.spot(column, 0))
        outline = District(f"{code}-city-x", code, "city", name, town.square(column, 0), town.SOURCE)
        store.apply(
            [Put(ward), *(Put(replace(layer, municipality=code)) for layer in store.layers(CODE)), Put(outline)]
        )
    rows = [
        row(2, "港の学校", 0.5, 0.5, authority="27100", address="大阪府大阪市港区磯路3-7-7"),
        row(3, "境の学校", 1.5, 0.5, authority="27100", address="大阪府大阪市港区波除1-2"),
        row(4, "岸の住宅", 0.5, 1.5, authority="27100", address="大阪府　大阪市港区波除1-2"),
        row(5, "北の学校", 0.5, 1.5, authority="27100", address="大阪府大阪市北区梅田1-1"),
    ]
    plan = run(store, *rows)
    where = {place.facts.name: place.municipality for code, _, _ in wards for place in store.places_of(code)}
    assert where == {"港の学校": "27107", "境の学校": "27108", "岸の住宅": "27107"}
    assert plan.outside_of == {"27100": 1}
    assert {(item.line, item.key) for item in plan.findings} == {
        (3, "importing.lies_elsewhere"),
        (4, "importing.outside_outline"),
    }


def test_likely_duplicates_are_reported(store):
    """A record near another and alike in name is said, with both names."""
    run(store, row(2, "みなも町立ひかり小学校", 0.5, kind="facility"))
    plan = run(
        store,
        row(2, "みなも町立ひかり小学校", 0.5, kind="facility"),
        row(3, "ひかり小学校", 0.503, kind="shelter"),
        row(4, "第2ひかり小学校", 0.503, kind="shelter"),
    )
    assert [{pair.one.facts.name, pair.other.facts.name} for pair in plan.duplicates] == [
        {"みなも町立ひかり小学校", "ひかり小学校"}
    ]
    assert plan.duplicates[0].distance_m < 40


def test_every_place_gets_a_membership_in_every_layer(store):
    """A place inside has its district, one outside or without a position has none, and both are listed."""
    run(store, row(2, "中", 0.5, 0.5), row(3, "外", 5, 5), row(4, "位置なし", None))
    names = {place.id: place.facts.name for place in store.places_of(CODE)}
    found = {(names[item.place], item.layer): item.district for item in store.memberships_of(CODE)}
    assert found[("中", "elementary")] == f"{CODE}-elementary-西小"
    assert found[("中", "junior_high")] == f"{CODE}-junior_high-南中"
    assert found[("外", "elementary")] is None
    assert found[("位置なし", "city")] is None
    assert len(found) == 9
