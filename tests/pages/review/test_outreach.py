"""Turning to a group: the letter on the page, the mail in the outbox, and the note of a call."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from portal import clock
from portal.model.outreach import Way
from portal.store import Put
from tests.pages.forms.conftest import Visitor
from tests.portal import people
from tests.portal.people import ADMINISTRATOR, MEMBER, STAFF, VISITOR_STAFF
from tests.town import CODE

PATH = f"/outreach?municipality={CODE}&group=group-hidamari"


@pytest.fixture
def desk(store):
    """The town with groups that registered long ago and never posted."""
    long_ago = clock.now() - timedelta(days=800)
    store.apply([Put(replace(group, decided_at=long_ago)) for group in store.groups(CODE)], people.SAID)
    return store


def mails(store):
    """To whom the outbox holds a letter."""
    return [one.to for one in store.messages() if one.about == "group-hidamari"]


def test_the_letter_says_the_weightiest_reason_and_can_be_written_for_another(desk, visit):
    """It stands ready to print, with the group's name and the portal's address."""
    page = visit(STAFF).get(PATH).text
    assert "まだ投稿がないようですので" in page
    assert "「ひだまりの会」のみなさま" in page
    assert "https://ibasho.example/my?group=group-hidamari" in page
    other = visit(STAFF).get(f"{PATH}&why=place_late").text
    assert "掲載している場所の内容" in other
    assert "まだ投稿がないようですので" in visit(STAFF).get(f"{PATH}&why=none").text


def test_a_mail_goes_into_the_outbox_once_it_is_sent(desk, visit):
    """The owner of the group is written to, and it is noted; the page says that no mail leaves without a server."""
    visitor = visit(STAFF)
    assert "owner@example.jp" in visitor.get(PATH).text
    page = visitor.follow(visitor.send(PATH, way="mail", why="never_posted"))
    assert "送信箱に入れました" in page.text
    assert mails(desk) == ["owner@example.jp"]
    assert [(one.way, one.why, one.by) for one in desk.outreaches(CODE)] == [(Way.MAIL, "never_posted", STAFF.id)]
    assert "まだ投稿がありません" in page.text


def test_a_call_is_noted_and_no_mail_is_written(desk, visit):
    """What was said stands on the page, as text."""
    visitor = visit(STAFF)
    note = "<script>alert(1)</script>\n来月はじめる"
    page = visitor.follow(visitor.send(PATH, way="telephone", why="never_posted", note=note))
    assert "声かけを記録しました" in page.text
    assert "来月はじめる" in page.text
    assert "<script>alert" not in page.text
    assert mails(desk) == []


def test_what_cannot_be_is_said(desk, visit):
    """No way, no reason, an over-long note, a group without an address: each has its sentence, and nothing is noted."""
    visitor = visit(STAFF)
    for field, sent in (
        ("way", {"why": "other"}),
        ("why", {"way": "visit", "why": "none"}),
        ("note", {"way": "visit", "why": "other", "note": "長" * 501}),
    ):
        answer = visitor.send(PATH, **sent)
        assert answer.status_code == 400
        assert f'href="#f-{field}"' in answer.text
    desk.apply([Put(people.group("quiet", name="しずかな会"))], people.SAID)
    path = PATH.replace("hidamari", "quiet")
    assert "メールアドレスがありません" in visitor.get(path).text
    assert visitor.send(path, way="mail", why="other").status_code == 400
    assert desk.outreaches(CODE) == []


def test_a_foreign_host_causes_no_mail(desk):
    """A forged Host is refused before anything is written (Indico GHSA-wgpj-7c2j-vfjm)."""
    visitor = Visitor(base="https://evil.example").sign_in(STAFF)
    assert visitor.send(PATH, way="mail", why="other").status_code == 403
    assert (mails(desk), desk.outreaches(CODE)) == ([], [])


def test_only_the_office_of_the_group_turns_to_it(desk, visit):
    """Others are told no; a group that is none, or of another town, is unknown."""
    assert visit(MEMBER).get(PATH).status_code == 403
    assert visit(VISITOR_STAFF).get(PATH).status_code == 403
    assert visit(STAFF).get(PATH.replace("hidamari", "none")).status_code == 404
    desk.apply([Put(people.group("far", municipality=people.ELSEWHERE))], people.SAID)
    assert visit(STAFF).get(PATH.replace("hidamari", "far")).status_code == 404
    assert visit(ADMINISTRATOR, language="en").get(PATH).status_code == 200
