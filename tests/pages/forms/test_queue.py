"""The queue: everything that waits, the oldest first, for the office of the municipality and nobody else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from portal.model.post import Outside
from portal.store import Put
from tests.pages.forms import staffing
from tests.portal import people
from tests.portal.people import ADMINISTRATOR, MEMBER, NEIGHBOUR, OWNER, STAFF, STAFF_AND_MEMBER, VISITOR_STAFF
from tests.town import CODE

OPENED = re.compile(r"/review\?[^\"]*id=([^\"&]+)")


@pytest.fixture
def waiting(store):
    """One thing of each kind in the queue."""
    return staffing.fill(store)


def test_everything_that_waits_stands_in_one_list(waiting, visit):
    """Each kind once, the oldest first, with what changed in one line; the place to verify is the oldest."""
    page = visit(STAFF).get("/queue").text
    assert OPENED.findall(page) == [
        waiting.place.id,
        waiting.application.id,
        waiting.post.id,
        waiting.revised.id,
        waiting.note.id,
        waiting.correction.id,
    ]
    for line in (
        "毎週あつまって 体操をします。",
        "初めて出されたものです。",
        "変わったところ: 題名、内容",
        "場所がかわった: となりに移りました",
        "住所を「みなも町西1-2-9」に",
        "最後に確認した日",
    ):
        assert line in page
    assert "すべて <b>6</b>" in page


def test_one_kind_can_be_chosen(waiting, visit):
    """The filter leaves the kind that was chosen, goes along to the thing, and says how many there are of each."""
    page = visit(STAFF).get("/queue?kind=correction").text
    assert OPENED.findall(page) == [waiting.correction.id]
    assert f"id={waiting.correction.id}&amp;kind=correction" in page
    assert "内容の訂正の提案 <b>1</b>" in page
    assert len(OPENED.findall(visit(STAFF).get("/queue?kind=nonsense").text)) == 6


def test_what_one_has_a_part_in_says_so(waiting, visit):
    """Staff who are of the group see its posts marked as a colleague's to decide."""
    page = visit(STAFF_AND_MEMBER).get("/queue?kind=post").text
    assert "ほかの職員が判断します" in page
    assert "ほかの職員が判断します" not in visit(STAFF).get("/queue?kind=post").text


def test_typed_in_and_sample_are_marked(waiting, visit, store):
    """代行入力 and 見本 stand beside what they are true of."""
    people.put(store, replace(waiting.post, typed_by="account-colleague", outside=Outside("sample")))
    page = visit(STAFF).get("/queue?kind=post").text
    assert '<span class="mark">代行入力</span>' in page
    assert '<span class="mark">見本</span>' in page
    assert "代行入力" not in visit(STAFF).get("/queue?kind=group_application").text


def test_only_the_office_of_the_town_looks_in(waiting, visit):
    """Nobody signed in is led to the sign-in, everybody else is refused, and nothing is said."""
    for who in (None, MEMBER, OWNER, NEIGHBOUR, VISITOR_STAFF):
        visitor = visit(who)
        for path in ("/queue", "/groups", "/municipality-settings"):
            answer = visitor.get(f"{path}?municipality={CODE}")
            assert answer.status_code == (303 if who is None else 403)
            assert "あたらしい会" not in answer.text


def test_staff_of_another_town_are_led_to_their_own(waiting, visit):
    """Without a municipality in the address, one's own is opened, and the head names it."""
    visitor = visit(VISITOR_STAFF)
    answer = visitor.get("/queue")
    assert answer.headers["location"] == "/queue?municipality=99902"
    page = visitor.follow(answer).text
    assert "待っているものはありません" in page
    assert "となり町" in page


def test_who_works_in_several_offices_chooses(waiting, visit):
    """An administrator has a way to each municipality; staff of one have none to choose."""
    page = visit(ADMINISTRATOR).get("/queue").text
    assert 'href="/queue?municipality=99902"' in page
    assert "municipality=99902" not in visit(STAFF).get("/queue").text


def test_text_of_people_is_text_in_the_list(waiting, visit, store):
    """A name with markup comes escaped."""
    store.apply([Put(replace(waiting.application, name="<script>alert(1)</script>", about="${7*7}<img>"))])
    page = visit(STAFF).get("/queue").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<img>" not in page
