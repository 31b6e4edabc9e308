"""The list of groups and the page of one: figures, suspending, resuming, closing, handing over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal import clock, grouping
from portal.model.group import GroupState
from portal.model.post import PostState
from portal.store import Put
from tests.pages.forms import staffing
from tests.portal import people
from tests.portal.people import MEMBER, OWNER, STAFF, STAFF_AND_MEMBER, VISITOR_STAFF
from tests.town import CODE

ONE = f"/groups?municipality={CODE}&id=group-hidamari"
NEW = "shin@example.jp"


@pytest.fixture
def waiting(store):
    """One thing of each kind in the queue."""
    return staffing.fill(store)


def test_the_list_counts_posts_and_members(waiting, visit):
    """Each group with its state, what it posted, how much of it is shown, and how many act for it."""
    page = visit(STAFF).get("/groups").text
    assert "投稿2件(公開中1件)・メンバー3人" in page
    assert "登録済み" in page
    assert "申請中" in page
    assert f'href="/join?municipality={CODE}&amp;typed=1"' in page


def test_the_list_is_filtered_by_state(waiting, visit):
    """The chosen state's groups alone; a state that is none shows all."""
    visitor = visit(STAFF)
    page = visitor.get("/groups?state=applied").text
    assert "あたらしい会" in page
    assert "ひだまりの会" not in page
    assert "ひだまりの会" in visitor.get("/groups?state=<x>").text


def test_one_group_leads_to_all_that_can_be_done_for_it(waiting, visit):
    """Writing for it, its settings, its page, its history; who applied leads to the review."""
    visitor = visit(STAFF)
    page = visitor.get(ONE).text
    for way in ("/write?", "/group-settings?", "/my?", "/history?"):
        assert f'class="button" href="{way}' in page
    assert "owner@example.jp" in page
    applied = visitor.get(f"/groups?municipality={CODE}&id={waiting.application.id}").text
    assert "/review?" in applied
    assert staffing.SECRET in applied


def test_a_group_is_suspended_and_resumed(waiting, visit, store):
    """Suspending needs a reason, which the group reads; its posts stay; resuming needs none."""
    visitor = visit(STAFF)
    refused = visitor.send(ONE, do="suspend", reason_suspend="")
    assert refused.status_code == 400
    assert 'href="#f-reason_suspend"' in refused.text
    page = visitor.follow(visitor.send(ONE, do="suspend", reason_suspend="連絡がつきません")).text
    assert "連絡がつきません" in page
    assert store.group("group-hidamari").state is GroupState.SUSPENDED
    assert store.post(waiting.revised.id).state is PostState.LIVE
    assert {message.to for message in store.messages()} == {"owner@example.jp"}
    assert visitor.send(ONE, do="resume").status_code == 303
    assert store.group("group-hidamari").state is GroupState.ACTIVE


def test_a_group_is_closed(waiting, visit, store):
    """Its state says so, and only what can still be done is offered."""
    visitor = visit(STAFF)
    page = visitor.follow(visitor.send(ONE, do="close")).text
    assert store.group("group-hidamari").state is GroupState.CLOSED
    assert 'value="close"' not in page
    assert 'value="resume"' in page


def test_a_group_is_handed_over(waiting, visit, store):
    """Somebody without an account is invited as its owner; who owned it stays a member; no address is a sentence."""
    visitor = visit(STAFF)
    assert 'href="#f-email"' in visitor.send(ONE, do="hand_over", email="nonsense").text
    page = visitor.follow(visitor.send(ONE, do="hand_over", email=NEW)).text
    assert NEW in page
    assert [message.to for message in store.messages()] == [NEW]
    assert not any(member.owner for member in store.members("group-hidamari"))
    assert len(store.members("group-hidamari")) == 3


def test_who_owns_it_already_is_said(waiting, visit):
    """Handing over to the owner is no hand-over."""
    answer = visit(STAFF).send(ONE, do="hand_over", email="owner@example.jp")
    assert answer.status_code == 400
    assert "すでに団体の代表です" in answer.text


def test_a_foreign_host_hands_nothing_over(waiting, visit, store):
    """A group is not left without an owner because nobody can be invited."""
    answer = visit(STAFF, base="https://evil.example").send(ONE, do="hand_over", email=NEW)
    assert answer.status_code == 403
    assert any(member.owner for member in store.members("group-hidamari"))


def test_nobody_suspends_their_own(waiting, visit, store):
    """Staff of the group have no button, and a forged one is refused."""
    visitor = visit(STAFF_AND_MEMBER)
    assert 'value="suspend"' not in visitor.get(ONE).text
    answer = visitor.send(ONE, do="suspend", reason_suspend="x")
    assert answer.status_code == 403
    assert store.group("group-hidamari").state is GroupState.ACTIVE


def test_what_was_changed_meanwhile_is_shown(waiting, visit, store):
    """A group that a colleague closed cannot be suspended; the page says that it may not be done now."""
    visitor = visit(STAFF)
    grouping.close(store, STAFF, "group-hidamari", "", clock.now())
    assert visitor.send(ONE, do="suspend", reason_suspend="x").status_code == 403
    assert visitor.send(ONE, do="nonsense").status_code == 404


def test_a_guessed_group_tells_nothing(waiting, visit):
    """Its members have their own page; everybody else gets the same answer as for none."""
    for who in (MEMBER, OWNER, VISITOR_STAFF):
        answer = visit(who).get(ONE)
        assert answer.status_code == 404
        assert "ひだまり" not in answer.text
    assert visit(STAFF).get(f"/groups?municipality={CODE}&id=group-x").status_code == 404


def test_names_with_markup_are_text(waiting, visit, store):
    """In the list, in the title, in the heading."""
    name = "<script>alert(1)</script>"
    store.apply([Put(replace(people.group(), name=name))])
    visitor = visit(STAFF)
    for path in ("/groups", ONE):
        page = visitor.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
