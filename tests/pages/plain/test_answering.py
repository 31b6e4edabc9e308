"""The public side as the server answers it."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest

from portal.clock import today
from portal.model.post import PostState
from portal.store import Put
from tests import town
from tests.portal import people

TOWN = f"/ja/{town.CODE}/"


@pytest.fixture
def salon(store):
    """A place of the town."""
    place = town.place("p1", "ひだまりサロン")
    store.apply([Put(place)])
    return place


def test_a_page_is_found_read_and_kept(salon, visit):
    """A page answers without a cookie, says its language and address, and is not sent twice to who has it."""
    answer = visit().get(f"{TOWN}place/{salon.id}/")
    assert answer.status_code == 200
    assert '<html lang="ja"' in answer.text
    assert f'rel="canonical" href="https://ibasho.example/ja/{town.CODE}/place/{salon.id}/"' in answer.text
    assert "set-cookie" not in answer.headers
    assert "s-maxage" in answer.headers["cache-control"]
    again = visit().get(f"{TOWN}place/{salon.id}/", **{"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_asked_for_zipped_comes_zipped(salon, visit):
    """Whoever takes gzip gets it, and the same text comes out."""
    browser = visit().browser
    with browser.stream("GET", f"{TOWN}place/{salon.id}/", headers={"accept-encoding": "gzip"}) as answer:
        zipped = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
    plain = browser.get(f"{TOWN}place/{salon.id}/", headers={"accept-encoding": "identity"})
    assert gzip.decompress(zipped) == plain.content


def test_a_change_is_seen_at_once(salon, store, visit):
    """What was changed stands in the very next answer."""
    visitor = visit()
    assert "あたらしい名前" not in visitor.get(f"{TOWN}place/{salon.id}/").text
    store.apply([Put(replace(salon, facts=replace(salon.facts, name="あたらしい名前")))])
    assert "あたらしい名前" in visitor.get(f"{TOWN}place/{salon.id}/").text


def test_what_has_gone_is_gone(salon, store, visit):
    """A place that its source no longer holds is a 410 with a sentence, not a 404."""
    store.apply([Put(replace(salon, gone_on=today()))])
    answer = visit().get(f"{TOWN}place/{salon.id}/")
    assert answer.status_code == 410
    assert "元のデータからなくなりました" in answer.text


def test_an_address_without_its_slash_leads_on(salon, visit):
    """An address that lacks its last slash, or names another municipality, is a 301 to the right one."""
    answer = visit().get(f"{TOWN}place/{salon.id}")
    assert (answer.status_code, answer.headers["location"]) == (301, f"{salon.id}/")
    elsewhere = visit().get(f"/ja/{people.ELSEWHERE}/place/{salon.id}/")
    assert elsewhere.status_code == 301
    assert elsewhere.headers["location"] == f"../../../{town.CODE}/place/{salon.id}/"


@pytest.mark.parametrize("path", ["/ja/00000/", f"/ja/{town.CODE}/place/none/", "/ja/x/", f"/ja/{town.CODE}/nothing/"])
def test_what_there_is_not_is_a_404(visit, path):
    """An address of nothing is a page that says so."""
    answer = visit().get(path)
    assert answer.status_code == 404
    assert "<h1>" in answer.text


@pytest.mark.parametrize("state", PostState)
def test_nothing_but_what_is_public_is_on_the_towns_page(store, visit, state):
    """A post in a state that not everybody sees is on no page of its town."""
    people.kept(store, state, facts=people.facts("しるしの会"), live_at=people.NOW)
    seen = "しるしの会" in visit().get(TOWN).text
    assert seen is False or state in {PostState.LIVE, PostState.CANCELLED}
