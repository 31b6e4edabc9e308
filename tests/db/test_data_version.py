"""The version of the data: another one after every change that readers may see, and only then."""

from __future__ import annotations

from portal.model.account import Session
from portal.store import Drop, Put
from tests import town


def test_a_sign_in_leaves_the_version_of_the_data(store):
    """What passes (a sign-in that begins, is seen again and ends) makes no cache of readers' answers void."""
    before = store.data_version()
    session = Session("0" * 64, "account-1", town.NOW, town.NOW)
    store.apply([Put(session)])
    assert store.session(session.id) == session
    store.apply([Drop(Session, (session.id,))])
    assert store.session(session.id) is None
    assert store.data_version() == before


def test_a_place_changes_the_version_of_the_data(store):
    """What readers see changes the version, and so does what is laid out of it."""
    before = store.data_version()
    store.apply([Put(town.place("a"))])
    after = store.data_version()
    store.lay_out([], town.TODAY, town.TODAY, ["a"])
    assert len({before, after, store.data_version()}) == 3
