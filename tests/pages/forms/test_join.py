"""Applying for a group by the plain form: what is kept, what is said, and what robots cannot do."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest

from pages.forms import csrf, robots, signing
from portal import clock, grouping
from portal.model.group import GroupState
from portal.model.mark import Mark
from portal.model.place import Contact, ContactKind
from portal.store import Put
from tests.portal import people
from tests.portal.people import ADMINISTRATOR, MEMBER, STAFF, VISITOR_STAFF
from tests.town import CODE

BASE = "https://ibasho.example"
NAME = "さくらの会"
FILLED = {
    "name": NAME,
    "about": "毎週火曜に集会所で\r\n体操をします。",
    "district": f"{CODE}-elementary-西小",
    "contact_phone": "06-1111-2222",
    "public_phone": "1",
    "applicant": "山田花子",
    "applicant_email": "hanako@example.jp",
    "consent": "1",
}


def apply(visitor, path="/join", seconds=60, **fields):
    """Fill the form in, as somebody who opened it ``seconds`` ago, and send it."""
    opened = signing.sign(robots.PURPOSE, int(time.time()) - seconds)
    return visitor.send(path, **{robots.BEGUN: opened, **FILLED, **fields})


def groups_named(store, name=NAME):
    """The groups of this name."""
    return [item for item in store.groups(CODE) if item.name == name]


def test_an_application_is_kept_and_the_address_is_to_be_confirmed(store, visit):
    """What was typed in waits for the office; a mail with a link goes to who applied; the page says what comes next."""
    visitor = visit()
    answer = apply(visitor)
    page = visitor.follow(answer)
    [group] = groups_named(store)
    assert (group.state, group.district) == (GroupState.APPLIED, FILLED["district"])
    assert group.about == "毎週火曜に集会所で\n体操をします。"
    assert group.contacts == (Contact(ContactKind.PHONE, "06-1111-2222", public=True),)
    assert group.consented_at
    assert "hanako@example.jp に、確認のメールを送りました。" in page.text
    assert "3日のうちに" in page.text
    assert 'data-clear="join"' in page.text
    [message] = store.messages(CODE)
    assert message.to == "hanako@example.jp"
    link = re.search(rf"{BASE}(/confirm\?t=\S+)", message.body)
    assert visitor.send(link[1]).status_code == 200
    assert groups_named(store)[0].email_confirmed_at


def test_who_has_no_mail_leaves_a_telephone_number(store, visit):
    """Nothing is sent, and the page does not speak of a mail."""
    visitor = visit()
    page = visitor.follow(apply(visitor, applicant_email=""))
    assert groups_named(store)
    assert store.messages(CODE) == []
    assert "確認のメール" not in page.text
    assert "書いていただいた連絡先に" in page.text


def test_everything_that_is_missing_is_said_at_once(store, visit):
    """An empty form leads to each field that is needed; what was typed stays in it."""
    visitor = visit()
    page = apply(visitor, name=" ", about="", applicant="", consent="", contact_phone="abc", applicant_email="x@")
    fields = {"name", "about", "applicant", "contact_phone", "applicant_email"}
    assert page.status_code == 400
    assert set(re.findall(r'href="#f-(\w+)"', page.text)) == fields
    assert 'value="abc"' in page.text
    assert groups_named(store, "") == []
    empty = visitor.send("/join", **{robots.BEGUN: signing.sign(robots.PURPOSE, 1)})
    assert {"name", "about", "applicant", "consent"} == set(re.findall(r'href="#f-(\w+)"', empty.text))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "ひだまりの会"}, "name"),
        ({"name": "ﾋﾀﾞﾏﾘﾉ会"}, "name"),
        ({"name": "あ" * 101}, "name"),
        ({"about": "あ" * 2001}, "about"),
        ({"district": "99902-elementary-elsewhere"}, "district"),
        ({"contact_phone": "", "applicant_email": ""}, "applicant"),
        ({"contact_url": "javascript:alert(1)"}, "contact_url"),
        ({"contact_email": "a@b\r\nBcc: c@d"}, "contact_email"),
        ({"applicant": "あ" * 101}, "applicant"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(store, visit, fields, field):
    """The service's sentence stands at the field that it is about."""
    page = apply(visit(), **fields)
    assert page.status_code == 400
    assert f'href="#f-{field}"' in page.text
    assert len(store.groups(CODE)) == 2


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "${7*7}{{7*7}}", '"><img src=x onerror=alert(1)>'])
def test_text_of_people_is_text(store, visit, text):
    """Whatever is typed comes back escaped, never as HTML (Decidim CVE-2026-23891)."""
    page = apply(visit(), name=text, about=text, consent="", contact_url=text)
    assert page.status_code == 400
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert "${49}" not in page.text


def test_a_robot_is_stopped(store, visit):
    """A filled trap, a form sent at once, and one without its time keep nothing; a person sends it once more."""
    visitor = visit()
    for page in (
        apply(visitor, **{robots.TRAP: "casino"}),
        apply(visitor, seconds=0),
        apply(visitor, **{robots.BEGUN: ""}),
        apply(visitor, **{robots.BEGUN: "forged"}),
    ):
        assert page.status_code == 400
        assert NAME in page.text
    assert groups_named(store) == []
    again = visitor.browser.post("/join", data={csrf.FIELD: visitor.hidden("/join"), **FILLED, **_begun(page.text)})
    assert again.status_code == 400
    opened = {robots.BEGUN: signing.sign(robots.PURPOSE, int(time.time()) - robots.LEAST_S)}
    assert apply(visitor, **opened).status_code == 303


def _begun(text):
    return {robots.BEGUN: re.search(rf'name="{robots.BEGUN}" value="([^"]+)"', text)[1]}


def test_the_sixth_application_of_an_hour_is_told_to_wait(store, visit):
    """Five from one network address are taken; what fails is not counted; the sixth is a 429 that loses no text."""
    visitor = visit()
    assert apply(visitor, name="ひだまりの会").status_code == 400
    for number in range(5):
        mail = f"hanako{number}@example.jp"
        assert apply(visitor, name=f"{NAME}{number}", applicant_email=mail).status_code == 303
    page = apply(visitor, applicant_email="other@example.jp")
    assert page.status_code == 429
    assert "1時間ほど" in page.text
    assert NAME in page.text


def test_a_forged_host_sends_no_mail(store, visit):
    """The application is kept, but no address of another host goes out (Indico GHSA-wgpj-7c2j-vfjm)."""
    visitor = visit(base="https://evil.example")
    assert apply(visitor).status_code == 303
    assert groups_named(store)
    assert store.messages(CODE) == []


def test_staff_type_in_what_came_on_paper(store, visit):
    """Marked as typed in, without mail and without a name of who applied; nobody else can."""
    visitor = visit(STAFF)
    answer = apply(visitor, "/join?typed=1", seconds=0, applicant="", applicant_email="", name_kana="サクラノカイ")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/groups?municipality={CODE}")
    [group] = groups_named(store)
    assert (group.typed_by, group.name_kana) == (STAFF.id, "サクラノカイ")
    for who in (MEMBER, VISITOR_STAFF):
        assert visit(who).get("/join?typed=1").status_code == 403
    assert visit().get("/join?typed=1").headers["location"].startswith("/sign-in")
    stranger = visit(MEMBER)
    assert stranger.send("/join", to="/join?typed=1", **FILLED).status_code == 403


def test_a_returned_application_is_mended_by_its_link(store, visit):
    """The form comes filled in with the reason on top; what it does not show stays; the link works once."""
    fax = Contact(ContactKind.FAX, "06-3333-4444")
    group = people.group("sakura", name=NAME, state=GroupState.APPLIED, applicant_email="hanako@example.jp")
    store.apply([Put(replace(group, contacts=(fax,)))], Mark(clock.now(), "test"))
    grouping.return_(store, ADMINISTRATOR, group.id, "区域を選んでください。", clock.now(), base=BASE)
    [message] = store.messages(CODE)
    link = re.search(rf"{BASE}(/join\?t=\S+)", message.body)[1]
    visitor = visit()
    page = visitor.get(link)
    assert "区域を選んでください。" in page.text
    assert f'value="{NAME}"' in page.text
    assert visitor.send(link, **{**FILLED, "applicant_email": "evil@example.jp"}).status_code == 303
    mended = store.group(group.id)
    assert (mended.state, mended.district) == (GroupState.APPLIED, FILLED["district"])
    assert mended.applicant_email == "hanako@example.jp"
    assert fax in mended.contacts
    over = visitor.get(link)
    assert over.status_code == 404
    assert "もう使われています" in over.text


def test_groups_of_another_municipality_find_theirs(store, visit):
    """The form names the municipality and leads to the others; each offers its own districts."""
    page = visit().get("/join")
    assert "みなも町で活動する団体" in page.text
    assert 'href="/join?municipality=99902"' in page.text
    assert "西小" in page.text
    other = visit().get("/join?municipality=99902")
    assert "となり町で活動する団体" in other.text
    assert "西小" not in other.text
