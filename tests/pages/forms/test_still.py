"""Is it still running? The answer by a link, what happens to the link, and the page to print."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from portal import clock, freshness
from portal.freshness import Answer
from portal.model.account import Purpose
from portal.model.mark import Mark
from portal.store import Put
from tests import town
from tests.portal import people
from tests.portal.people import MEMBER, OWNER, STAFF, VISITOR_STAFF

BASE = "https://ibasho.example"


@pytest.fixture
def salon(store):
    """A salon of the first group that nobody made sure of for long."""
    place = town.place("salon", "あおぞらサロン", address="みなも1-2", schedule_note="毎月第2火曜")
    place = replace(place, verified_on=clock.today() - timedelta(days=400))
    store.apply([Put(place), Put(people.group(places=("salon",)))], Mark(clock.now(), "test"))
    return place


@pytest.fixture
def link(store, salon):
    """The path of the link that asks about the salon."""
    asked = freshness.ask(store, STAFF, salon.id, clock.now(), BASE)
    assert asked.address.startswith(f"{BASE}/still?t=")
    return asked.address.removeprefix(BASE)


def test_looking_answers_nothing(store, visit, salon, link):
    """The page shows the place and three buttons; however often a mail scanner opens it, nothing is recorded."""
    visitor = visit()
    for _ in range(3):
        page = visitor.get(link)
        assert page.status_code == 200
    assert "あおぞらサロン" in page.text
    assert "毎月第2火曜" in page.text
    assert [text for text in ("まだ続けています", "変わりました", "終わりました") if text not in page.text] == []
    assert store.place("salon") == salon


def test_still_running_sets_the_day(store, visit, link):
    """One button, no sign-in: the place is made sure of today, by its group, and the link is used up."""
    visitor = visit()
    page = visitor.follow(visitor.send(link, answer=Answer.RUNNING))
    assert "「まだ続けています」と記録しました。" in page.text
    assert store.place("salon").verified_on == clock.today()
    again = visitor.get(link)
    assert again.status_code == 404
    assert "もうお返事をいただいています" in again.text
    assert "まちがいを知らせる" in again.text


def test_ended_waits_for_staff(store, visit, link):
    """The place stays in sight, and staff find a report."""
    visitor = visit()
    assert visitor.send(link, answer=Answer.ENDED).status_code == 303
    assert store.place("salon").gone_on is None
    assert [note.what for note in store.error_notes("salon")] == ["closed"]


def test_changed_opens_a_form_with_what_stands_there(store, visit, salon, link):
    """What was mended becomes suggestions for staff, the contact goes with the text, nothing else is said."""
    visitor = visit()
    page = visitor.send(link, answer=Answer.CHANGED)
    form = page.headers["location"]
    assert form.startswith("/changed?t=")
    shown = visitor.get(form)
    assert 'value="あおぞらサロン"' in shown.text
    fields = {"name": "あおぞらサロン", "address": "みなも3-4", "schedule_note": "毎月第2火曜"}
    assert visitor.send(form, **fields).status_code == 303
    notes = store.error_notes("salon")
    assert [(note.field, note.suggested) for note in notes] == [("address", "みなも3-4")]
    assert store.place("salon").facts == salon.facts
    assert store.place("salon").verified_on == clock.today()
    assert "もうお返事をいただいています" in visitor.get(form).text


def test_a_new_contact_and_other_words_reach_staff(store, visit, link):
    """They are one report, as text."""
    visitor = visit()
    form = visitor.send(link, answer=Answer.CHANGED).headers["location"]
    fields = {"name": "あおぞらサロン", "address": "みなも1-2", "schedule_note": "毎月第2火曜"}
    said = {"contact": "06-9999-0000", "text": "<script>alert(1)</script>"}
    page = visitor.follow(visitor.send(form, **fields, **said))
    assert "変わったところを受け取りました" in page.text
    [note] = store.error_notes("salon")
    assert note.text == "新しい連絡先: 06-9999-0000\n\n<script>alert(1)</script>"


def test_what_is_wrong_with_a_change_is_said(store, visit, link):
    """Nothing changed, no name, too long a text: a sentence, and the link still works."""
    visitor = visit()
    form = visitor.send(link, answer=Answer.CHANGED).headers["location"]
    same = {"name": "あおぞらサロン", "address": "みなも1-2", "schedule_note": "毎月第2火曜"}
    assert "変わったところを書いてください" in visitor.send(form, **same).text
    assert 'href="#f-name"' in visitor.send(form, **{**same, "name": ""}).text
    assert 'href="#f-text"' in visitor.send(form, **same, text="あ" * 2001).text
    assert visitor.get(form).status_code == 200


@pytest.mark.parametrize("answer", ["", "gone", "<script>"])
def test_another_answer_is_refused(store, visit, salon, link, answer):
    """Only the three buttons answer."""
    page = visit().send(link, answer=answer)
    assert page.status_code == 400
    assert store.place("salon") == salon


@pytest.mark.parametrize("path", ["/still", "/still?t=x", "/changed", "/changed?t=" + "x" * 5000, "/still?thanks=x"])
def test_a_link_that_is_none_says_what_to_do(store, visit, path):
    """404 with a sentence and another way to answer."""
    page = visit().get(path)
    assert page.status_code == 404
    assert "このリンクは使えません" in page.text
    assert "窓口に電話" in page.text


def test_an_expired_link_says_so(store, visit, salon):
    """After thirty days the answer is taken no more."""
    asked = freshness.ask(store, STAFF, salon.id, clock.now() - timedelta(days=30), BASE)
    page = visit().get(asked.address.removeprefix(BASE))
    assert page.status_code == 404
    assert "期限が切れました" in page.text


def test_a_link_for_something_else_does_not_answer(store, visit, link):
    """The link of the form is no link of the question, and the other way round."""
    visitor = visit()
    assert visitor.get(link.replace("/still", "/changed")).status_code == 404
    form = visitor.send(link, answer=Answer.CHANGED).headers["location"]
    assert visitor.get(form.replace("/changed", "/still")).status_code == 404


def test_staff_print_the_page_that_asks(store, visit, salon):
    """The paper holds the place as it stands, a QR code of a link that works, and where to send it back."""
    visitor = visit(STAFF)
    path = "/still-print?place=salon"
    assert "owner@example.jp" in visitor.get(path).text
    answer = visitor.send(path, back="福祉課\r\nファックス 06-0000-0000")
    page = visitor.follow(answer)
    assert "みなも1-2" in page.text
    assert "<bdi>福祉課</bdi><br><bdi>ファックス 06-0000-0000</bdi>" in page.text
    token = parse_qs(urlsplit(answer.headers["location"]).query)["t"][0]
    assert f"{BASE}/still?t={token}" in page.text
    drawn = unquote(re.search(r'src="(data:image/svg[^"]+)"', page.text)[1].replace("&#39;", "'"))
    assert "<svg" in drawn or "<svg" in base64.b64decode(drawn.partition(",")[2]).decode()
    assert visit().send(f"/still?t={token}", answer=Answer.RUNNING).status_code == 303
    assert store.place("salon").verified_on == clock.today()
    assert [item.purpose for item in store.links_about("salon")] == [Purpose.FRESHNESS]


def test_who_was_asked_a_moment_ago_is_said(store, visit, salon, link):
    """Staff see that an answer is awaited before they ask once more."""
    assert "返事を待っています" in visit(STAFF).get("/still-print?place=salon").text


@pytest.mark.parametrize("who", [OWNER, MEMBER, VISITOR_STAFF])
def test_only_the_office_prints(store, visit, salon, who):
    """Groups and staff of elsewhere are refused, and no link is made."""
    visitor = visit(who)
    assert visitor.get("/still-print?place=salon").status_code == 403
    assert visitor.send("/account", to="/still-print?place=salon").status_code == 403
    assert store.links_about("salon") == []
    assert visit(STAFF).get("/still-print?place=nowhere").status_code == 404


def test_a_link_of_another_place_prints_nothing(store, visit, link):
    """The token of one place stands on no other's paper, and an answered one on none."""
    store.apply([Put(town.place("other", "ほかの場所"))], Mark(clock.now(), "test"))
    token = link.partition("?t=")[2]
    staff = visit(STAFF)
    assert staff.get(f"/still-print?place=other&t={token}").status_code == 404
    assert staff.get(f"/still-print?place=salon&t={token}").status_code == 200
    visit().send(link, answer=Answer.RUNNING)
    assert staff.get(f"/still-print?place=salon&t={token}").status_code == 404


def test_a_paper_is_not_made_of_too_long_an_address(store, visit, salon):
    """What does not fit is said, and no link is made for it."""
    page = visit(STAFF).send("/still-print?place=salon", back="あ" * 201)
    assert page.status_code == 400
    assert store.links_about("salon") == []
