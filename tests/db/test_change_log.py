"""Which records were changed last."""

from __future__ import annotations

from db.change_log import KEPT
from portal.model.group import Group
from portal.model.kind import Kind, Shape
from portal.store import Drop, Put


def kind(number: int) -> Kind:
    """A kind of a number."""
    return Kind(f"k{number}", "種", "kind", "#112233", Shape.CIRCLE, "種")


def test_tells_what_changed_since(empty_store):
    """After a change its records are told once, to whoever asks with the number from before it."""
    before = empty_store.changes_since(0).number
    empty_store.apply([Put(kind(1)), Put(kind(2)), Drop(Kind, ("", "k1"))])
    told = empty_store.changes_since(before)
    assert told.records == ((Kind, ("", "k1")), (Kind, ("", "k2")))
    assert empty_store.changes_since(told.number).records == ()


def test_who_was_never_there_is_told_that_anything_may_have_changed(empty_store):
    """Before the first question, and for a number that never was, nothing is known."""
    assert empty_store.changes_since(-1).records is None
    assert empty_store.changes_since(10_000).records is None


def test_forgets_rather_than_grows(empty_store):
    """A change of more records than are remembered is told as one of which nothing is known."""
    before = empty_store.changes_since(0).number
    empty_store.apply([Put(kind(number)) for number in range(KEPT + 1)])
    assert empty_store.changes_since(before).records is None
    after = empty_store.changes_since(before).number
    empty_store.apply([Drop(Group, ("nobody",))])
    assert empty_store.changes_since(after).records == ((Group, ("nobody",)),)
