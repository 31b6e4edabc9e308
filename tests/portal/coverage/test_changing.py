"""Staff mark districts as surveyed and edit standards, and nobody overwrites another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.coverage import editing, marking
from portal.coverage.marking import Looked
from portal.errors import (
    ConflictError,
    ForbiddenError,
    InvalidRecordError,
    NotSignedInError,
    StaleEditError,
    UnknownThingError,
)
from portal.model.goal import Goal
from portal.permissions import ANYBODY
from portal.store import Put
from tests import town
from tests.portal import people
from tests.portal.coverage.figures import WEST, only, standard, states

HERE = f"{town.CODE}-elementary-{WEST}"
LATER = town.NOW + timedelta(days=30)


def test_a_district_is_marked_by_whom_and_when_and_taken_back(store):
    """Marked, nothing there is none; taken back, it is not surveyed again."""
    store.apply([Put(standard())])
    made = marking.mark(store, people.STAFF, town.CODE, Looked(HERE, note=" 町会に聞いた "), town.NOW)
    assert (made.by, made.by_name, made.on, made.note) == ("account-staff", "staff", town.TODAY, "町会に聞いた")
    assert states(only(store))[WEST] == "none"
    marking.take_back(store, people.COLLEAGUE, made, town.NOW)
    assert states(only(store))[WEST] == "not_surveyed"
    with pytest.raises(ConflictError):
        marking.take_back(store, people.STAFF, made, town.NOW)


def test_a_later_look_replaces_the_earlier(store):
    """A district marked again has the later day, and the earlier survey can no longer be taken back."""
    store.apply([Put(standard())])
    first = marking.mark(store, people.STAFF, town.CODE, Looked(HERE, "salon"), town.NOW)
    second = marking.mark(store, people.COLLEAGUE, town.CODE, Looked(HERE, "salon"), LATER)
    assert store.surveys(town.CODE) == [second]
    with pytest.raises(StaleEditError):
        marking.take_back(store, people.STAFF, first, LATER)


def test_only_what_there_is_can_be_marked_and_only_by_the_office(store):
    """Another town's district, an unknown one, a standard of another layer and people from outside are refused."""
    store.apply([Put(standard(key="wide", layer="junior_high"))])
    for looked in (Looked("nowhere"), Looked(HERE, "wide"), Looked(HERE, "unknown")):
        with pytest.raises(UnknownThingError):
            marking.mark(store, people.STAFF, town.CODE, looked, town.NOW)
    with pytest.raises(UnknownThingError):
        marking.mark(store, people.VISITOR_STAFF, people.ELSEWHERE, Looked(HERE), town.NOW)
    with pytest.raises(ForbiddenError):
        marking.mark(store, people.OWNER, town.CODE, Looked(HERE), town.NOW)
    with pytest.raises(NotSignedInError):
        marking.mark(store, ANYBODY, town.CODE, Looked(HERE), town.NOW)


def test_of_two_editors_the_second_is_told(store):
    """Two put a new standard of the same key, or change it from the same reading: the first wins."""
    first = editing.put(store, people.STAFF, standard(), None, town.NOW)
    with pytest.raises(StaleEditError):
        editing.put(store, people.COLLEAGUE, standard(at_least=3), None, town.NOW)
    changed = editing.put(store, people.STAFF, replace(first, at_least=2), first, town.NOW)
    with pytest.raises(StaleEditError):
        editing.put(store, people.COLLEAGUE, replace(first, at_least=3), first, town.NOW)
    with pytest.raises(StaleEditError):
        editing.remove(store, people.COLLEAGUE, first, town.NOW)
    assert store.standards(town.CODE) == [changed]


def test_what_is_removed_is_kept_aside_and_can_be_taken_up(store):
    """A removed standard is off, so that a built-in one does not come back by itself."""
    made = editing.put(store, people.STAFF, standard(), None, town.NOW)
    aside = editing.remove(store, people.STAFF, made, town.NOW)
    assert [item.off for item in store.standards(town.CODE)] == [True]
    assert editing.take_up(store, people.STAFF, aside, town.NOW) == made


def test_standards_are_put_in_order(store):
    """The order is that of the keys, the others follow; a stale one, an unknown key and a stranger are refused."""
    made = [standard(key=key, order=at) for at, key in enumerate("abc")]
    store.apply(map(Put, made))
    editing.reorder(store, people.STAFF, made, ["c", "a"], town.NOW)
    assert [item.key for item in store.standards(town.CODE)] == ["c", "a", "b"]
    with pytest.raises(StaleEditError):
        editing.reorder(store, people.STAFF, made, ["b"], town.NOW)
    with pytest.raises(UnknownThingError):
        editing.reorder(store, people.STAFF, made, ["z"], town.NOW)
    with pytest.raises(ForbiddenError):
        editing.reorder(store, people.VISITOR_STAFF, made, ["b"], town.NOW)


def test_a_standard_for_what_there_is_not_is_refused(store):
    """No such layer, kind or goal, another key than the read one's, an over-long name."""
    for wrong in (standard(layer="moon"), standard(kind="moon"), standard(goal="moon")):
        with pytest.raises(UnknownThingError):
            editing.put(store, people.STAFF, wrong, None, town.NOW)
    with pytest.raises(InvalidRecordError):
        editing.put(store, people.STAFF, standard(name="名" * 301), None, town.NOW)
    made = editing.put(store, people.STAFF, standard(), None, town.NOW)
    with pytest.raises(InvalidRecordError):
        editing.put(store, people.STAFF, standard(key="other"), made, town.NOW)
    with pytest.raises(ForbiddenError):
        editing.put(store, people.MEMBER, standard(key="other"), None, town.NOW)


def test_a_file_of_standards_goes_in_as_a_whole(store):
    """Those of the same key are replaced, others stay; one that cannot be keeps all of them out."""
    store.apply(
        [Put(standard()), Put(standard(key="stays", order=5)), Put(Goal(town.CODE, "ties", "つながり", "Ties"))]
    )
    new = [standard(at_least=2), standard(key="new", goal="ties", order=1)]
    with pytest.raises(UnknownThingError):
        editing.put_all(store, None, town.CODE, [*new, standard(key="bad", layer="moon")], town.NOW)
    with pytest.raises(InvalidRecordError):
        editing.put_all(store, None, people.ELSEWHERE, new, town.NOW)
    assert len(store.standards(town.CODE)) == 2
    assert editing.put_all(store, people.STAFF, town.CODE, new, town.NOW) == 2
    assert editing.put_all(store, None, town.CODE, new, town.NOW) == 0
    assert [(item.key, item.at_least) for item in store.standards(town.CODE)] == [
        ("salon", 2),
        ("new", 1),
        ("stays", 1),
    ]


def test_there_is_an_end_to_standards(store):
    """No more than two hundred, in a form or in a file."""
    store.apply([Put(standard(key=f"s{number}", order=number)) for number in range(editing.MOST_STANDARDS)])
    with pytest.raises(ConflictError):
        editing.put(store, people.STAFF, standard(), None, town.NOW)
    with pytest.raises(ConflictError):
        editing.put_all(store, None, town.CODE, [standard()], town.NOW)


def test_a_new_key_is_free():
    """A key is made of what is counted and where; a number makes it new."""
    assert editing.new_key([], "ibasho", "elementary") == "ibasho_elementary"
    taken = ["ibasho_elementary", "ibasho_elementary_2"]
    assert editing.new_key(taken, "ibasho", "elementary") == "ibasho_elementary_3"
    assert len(editing.new_key(taken, "a" * 40, "elementary")) <= 40
