"""Residents' questions on the desks of staff and groups: who sees whose, passing on, noting as done."""

from __future__ import annotations

import pytest

from portal import clock, enquiring
from portal.enquiring import Question
from portal.model.group import GroupState
from portal.model.mark import Mark
from portal.model.message import EnquiryState
from portal.model.post import PostKind, PostState
from portal.store import Put
from tests.portal import people
from tests.portal.people import ADMINISTRATOR, MEMBER, NEIGHBOUR, OWNER, STAFF, VISITOR_STAFF
from tests.town import CODE

ASKED = Question("みなも<b>太郎</b>", "taro@example.jp", "行けますか。\n<script>alert(1)</script>")


@pytest.fixture
def of_group(store):
    """A question that the group reads at once."""
    post = people.kept(store, PostState.LIVE, facts=people.facts("もちつき", relayed=True))
    return enquiring.ask(store, post.id, ASKED, clock.now(), "")


@pytest.fixture
def waiting(store):
    """A question about help between residents, which waits for the council."""
    wanted = people.facts("電球の交換", kind=PostKind.HELP_WANTED, schedule=None)
    post = people.kept(store, PostState.LIVE, facts=wanted)
    return enquiring.ask(store, post.id, ASKED, clock.now(), "")


def state_of(store, enquiry):
    """How far a question has come."""
    return next(item.state for item in store.enquiries(CODE) if item.id == enquiry.id)


def test_a_group_reads_and_closes_its_own(store, visit, of_group, waiting):
    """A member sees what was passed on, as text, with a way to answer; what waits for the council is not theirs."""
    visitor = visit(MEMBER)
    page = visitor.get("/enquiries?group=group-hidamari")
    assert 'href="mailto:taro@example.jp"' in page.text
    assert "みなも&lt;b&gt;太郎&lt;/b&gt;" in page.text
    assert "<script>alert" not in page.text
    assert "電球の交換" not in page.text
    assert visitor.send("/enquiries?group=group-hidamari", pass_on=waiting.id).status_code == 404
    answer = visitor.send("/enquiries?group=group-hidamari", close=of_group.id)
    assert "対応済みにしました。" in visitor.follow(answer).text
    assert (state_of(store, of_group), state_of(store, waiting)) == (EnquiryState.CLOSED, EnquiryState.WAITING)


def test_staff_pass_on_what_waits(store, visit, waiting):
    """The question goes to the group, which reads it from then on; a second one of the staff is told so."""
    staff, other = visit(STAFF), visit(ADMINISTRATOR)
    page = staff.get("/enquiries")
    assert "みなも町の窓口が取り次ぐもの(1件)" in page.text
    token = other.hidden("/enquiries")
    assert "団体に取り次ぎました。" in staff.follow(staff.send("/enquiries", pass_on=waiting.id)).text
    late = other.browser.post("/enquiries", data={"_form": token, "pass_on": waiting.id})
    assert "すでにほかの人が対応しました" in other.follow(late).text
    assert "電球の交換" in visit(OWNER).get("/enquiries").text


def test_a_group_without_the_net_is_told_by_telephone(store, visit):
    """Nobody there signs in: the question cannot be passed on by a button, only noted as done."""
    store.apply([Put(people.group("kami", name="かみの会"))], Mark(clock.now(), "test"))
    post = people.kept(store, PostState.LIVE, group="group-kami", facts=people.facts("紙の催し", relayed=True))
    enquiring.ask(store, post.id, ASKED, clock.now(), "")
    page = visit(STAFF).get("/enquiries").text
    assert "ネットを使っていない団体" in page
    assert 'name="pass_on"' not in page
    assert 'name="close"' in page


@pytest.mark.parametrize("who", [NEIGHBOUR, VISITOR_STAFF])
def test_questions_of_others_are_not_to_be_seen(store, visit, of_group, waiting, who):
    """Another group and staff of elsewhere see no name; by a guessed id they do nothing, in the same words."""
    visitor = visit(who)
    assert "太郎" not in visitor.get("/enquiries").text
    pages = [visitor.get(f"/enquiries?group={group}") for group in ("group-hidamari", "group-0123456789abcdef")]
    assert [page.status_code for page in pages] == [404, 404]
    for enquiry in (of_group.id, waiting.id, "enquiry-0123456789abcdef"):
        for button in ("pass_on", "close"):
            assert visitor.send("/account", to="/enquiries", **{button: enquiry}).status_code == 404
    assert (state_of(store, of_group), state_of(store, waiting)) == (EnquiryState.PASSED_ON, EnquiryState.WAITING)


def test_nobody_is_led_to_the_sign_in(store, visit):
    """Without a sign-in there is nothing to read."""
    assert visit().get("/enquiries").headers["location"].startswith("/sign-in")


def test_a_suspended_group_reads_nothing(store, visit, of_group):
    """A suspension works on the next action: no name and no number is shown any more."""
    people.state_of(store, GroupState.SUSPENDED)
    visitor = visit(OWNER)
    assert "太郎" not in visitor.get("/enquiries").text
    assert visitor.get("/enquiries?group=group-hidamari").status_code == 403
