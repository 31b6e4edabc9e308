"""Group: what it does, how to reach it, its places and its posts."""

from __future__ import annotations

import pytest

from portal.model.group import GroupState
from portal.model.place import Contact, ContactKind
from portal.model.post import PostState
from portal.store import Put
from tests import town
from tests.pages.screens.reading import html_of
from tests.portal import people


@pytest.fixture
def store(town_store):
    """The screens' store with people and a group that runs a place."""
    people.settle(town_store)
    hidden = Contact(ContactKind.PERSON, "秘密の名前")
    whole = people.group(about="一行目\n二行目", contacts=(people.phone(), hidden), places=("p1",))
    town_store.apply([Put(town.place("p1", "西の集会所")), Put(whole)])
    return town_store


def test_says_everything(open_screen, store):
    """Name, text, public contacts, places and the posts that are public."""
    people.kept(store, PostState.LIVE, facts=people.facts("もちつき大会", schedule=people.tuesdays()))
    people.kept(store, PostState.DRAFT, facts=people.facts("下書きの会"))
    told = html_of(open_screen("group", id="group-hidamari"))
    assert all(text in told for text in ("ひだまりの会", "一行目", "06-0000-0000", "西の集会所", "もちつき大会", "1件"))
    assert "秘密の名前" not in told
    assert "下書きの会" not in told


def test_nothing_posted_is_said(open_screen, store):
    """A group without posts says so."""
    assert "いま見られる投稿はありません" in html_of(open_screen("group", id="group-hidamari"))


@pytest.mark.parametrize("state", [GroupState.APPLIED, GroupState.RETURNED, GroupState.DECLINED])
def test_an_application_is_nobodys_business(open_screen, store, state):
    """A group that is not registered yet is a sentence."""
    people.state_of(store, state)
    told = html_of(open_screen("group", id="group-hidamari"))
    assert "この団体は見つかりません" in told
    assert "ひだまり" not in told


def test_what_has_ended_says_so(open_screen, store):
    """A group that has ended its activities says so."""
    people.state_of(store, GroupState.CLOSED)
    assert "活動を終えました" in html_of(open_screen("group", id="group-hidamari"))
