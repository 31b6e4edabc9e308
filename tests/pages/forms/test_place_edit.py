"""The form for a place: its facts, the source's beside them, its opening, and whether it still runs."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from portal import clock, editing
from portal.assigning import memberships
from portal.model.goal import Goal
from portal.model.group import GroupState
from portal.model.place import Access, Audience, Contact, ContactKind, Fee, Origin
from portal.model.position import Point, Precision
from portal.model.shelter import Opening, ShelterFacts
from portal.records import to_text
from portal.store import Put
from tests import town
from tests.portal import people
from tests.portal.people import COLLEAGUE, MEMBER, OWNER, STAFF, VISITOR_STAFF
from tests.town import CODE

PATH = f"/place-edit?municipality={CODE}&id=p1"
INPUT = re.compile(r'<(?:input|button)[^>]*? name="([^"]+)"[^>]*>')
VALUE = re.compile(r' value="([^"]*)"')
AREA = re.compile(r'<textarea id="[^"]*" name="([^"]+)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)
SELECT = re.compile(r'<select[^>]*? name="([^"]+)".*?</select>', re.DOTALL)
CHOSEN = re.compile(r'<option value="([^"]*)" selected>')


@pytest.fixture
def place(store):
    """A salon as an import brought it, with everything that the form shows."""
    made = town.place(
        "p1",
        "ひだまりサロン",
        address="みなも町西1-2-3",
        description="お茶を飲みます。\nだれでも。",
        schedule=people.tuesdays(),
        schedule_note="第2・第4火曜 10時〜",
        audience=frozenset({Audience.OLDER}),
        access=frozenset({Access.TOILET}),
        fee=Fee.PAID,
        fee_note="100円",
        contacts=(Contact(ContactKind.PHONE, "06-0000-0000", True, "平日"), Contact(ContactKind.PERSON, "山田")),  # noqa: FBT003  # public
        group="ひだまりの会",
    )
    made = replace(made, origin=Origin("salons/27100", "1"))
    store.apply([Put(made), *map(Put, memberships(store, [made], town.TODAY))], people.SAID)
    return made


def kept(store):
    """The place as it is kept now."""
    return store.place("p1")


def form(page):
    """What a browser would send of the form with the place's facts, by name."""
    text = next(part for part in page.split("<form")[1:] if 'name="based_on"' in part).split("</form>")[0]
    sent = {}
    for tag in INPUT.finditer(text):
        if "<button" in tag[0] or (
            ('type="checkbox"' in tag[0] or 'type="radio"' in tag[0]) and " checked" not in tag[0]
        ):
            continue
        sent.setdefault(tag[1], []).append(unescape(VALUE.search(tag[0])[1]))
    for name, words in AREA.findall(text):
        sent[name] = [unescape(words)]
    for found in SELECT.finditer(text):
        sent[found[1]] = [unescape(CHOSEN.search(found[0])[1])]
    return sent


def save(visitor, **changed):
    """Open the form, change these fields, and save."""
    return visitor.browser.post(PATH, data={**form(visitor.get(PATH).text), "do": "save", **changed})


def test_saving_without_a_change_changes_nothing(place, visit, store):
    """The form brings every field back as it is kept: nothing becomes an edit by hand by being looked at."""
    visitor = visit(STAFF)
    page = visitor.follow(save(visitor)).text
    assert "変わったところはありませんでした" in page
    assert to_text(kept(store)) == to_text(place)


def test_only_what_was_changed_is_an_edit(place, visit, store):
    """Texts, choices, boxes, contacts and the position; what is left alone still follows the source."""
    visitor = visit(STAFF)
    answer = save(
        visitor,
        name="ひだまりサロン西",
        fee="free",
        audience=["older", "parents"],
        lat="34.0051",
        lon="135.0049",
        contact_value_0="06-9999-9999",
    )
    assert answer.status_code == 303, answer.text
    now = kept(store)
    assert now.edited_fields == {"name", "fee", "audience", "contacts", "position", "precision"}
    assert now.facts.name == "ひだまりサロン西"
    assert now.facts.audience == {Audience.OLDER, Audience.PARENTS}
    assert now.facts.position == Point(135.0049, 34.0051)
    assert [contact.value for contact in now.facts.contacts] == ["06-9999-9999", "山田"]
    assert now.facts.schedule == place.facts.schedule
    assert now.source_facts == place.source_facts


def test_a_place_is_tied_to_goals_of_the_plan(place, visit, store):
    """The plan's goals are boxes; what is ticked is kept as an edit by hand, what is no key of a goal is not."""
    assert 'name="goals"' not in visit(STAFF).get(PATH).text
    store.apply([Put(Goal(CODE, "ties", "つながりをつくる", "Ties")), Put(Goal(CODE, "health", "健康", "Health"))])
    visitor = visit(STAFF)
    assert save(visitor, goals=["ties", "../x"]).status_code == 303
    assert kept(store).facts.goals == {"ties"}
    assert kept(store).edited_fields == {"goals"}
    assert re.search('value="ties"[^>]* checked', visitor.get(PATH).text)
    assert save(visitor, goals=[]).status_code == 303
    assert kept(store).facts.goals == frozenset()


def test_days_are_typed_in_words_and_shown_as_dates(place, visit, store):
    """The coming dates stand there before anything is saved; words that cannot be read are not saved."""
    visitor = visit(STAFF)
    fields = form(visitor.get(PATH).text)
    looked = visitor.browser.post(PATH, data={**fields, "do": "look", "words": "毎週月曜 13:00〜15:00"})
    assert looked.status_code == 200
    assert "（月）13:00–15:00" in looked.text
    assert kept(store) == place
    refused = save(visitor, words="気が向いたとき")
    assert refused.status_code == 400
    assert 'href="#f-words"' in refused.text
    assert "気が向いたとき" in refused.text
    save(visitor, words="毎週月曜 13:00〜15:00")
    assert "BYDAY=MO" in kept(store).facts.schedule.rules[0].rrule
    save(visitor, words="")
    assert kept(store).facts.schedule is None


WRONG = (
    ("name", {"name": " "}),
    ("name", {"name": "x" * 301}),
    ("lat", {"lat": "abc"}),
    ("lat", {"lat": "95"}),
    ("lat", {"lat": "nan"}),
    ("lat", {"lat": ""}),
    ("kind", {"kind": "nonsense"}),
)


def test_what_cannot_be_true_is_said_at_its_field(place, visit, store):
    """Nothing is saved, and what was typed is still in the form."""
    visitor = visit(STAFF)
    for field, changed in WRONG:
        answer = save(visitor, **changed, description="書きかけ")
        assert answer.status_code == 400, changed
        assert f'href="#f-{field}"' in answer.text
        assert "書きかけ" in answer.text
        assert kept(store) == place


def test_the_source_stands_beside_what_was_edited_and_can_be_taken_again(place, visit, store):
    """Both are shown; taking it again ends the edit, the position with its precision."""
    values = {"address": "みなも町東9", "position": town.spot(1.5, 0.5)}
    editing.edit_as(store, COLLEAGUE, "p1", values, clock.now())
    visitor = visit(STAFF)
    page = visitor.get(PATH).text
    assert page.count("この項目は、手で直してあります。") == 2
    assert "元の資料:" in page
    assert visitor.send(PATH, do="take").status_code == 400
    visitor.send(PATH, do="take", take=["address", "position", "name", "nonsense"])
    now = kept(store)
    assert now.edited_fields == frozenset()
    assert (now.facts.address, now.facts.position) == (place.facts.address, place.facts.position)
    assert now.facts.precision is Precision.EXACT


def test_two_who_edit_different_fields_lose_nothing(place, visit, store):
    """What the other changed meanwhile stays, though the form still showed the text before."""
    visitor = visit(STAFF)
    fields = form(visitor.get(PATH).text)
    editing.edit_as(store, COLLEAGUE, "p1", {"address": "みなも町東9"}, clock.now())
    visitor.browser.post(PATH, data={**fields, "do": "save", "fee_note": "200円"})
    now = kept(store)
    assert (now.facts.address, now.facts.fee_note) == ("みなも町東9", "200円")


def test_two_who_edit_the_same_field_are_shown_both_texts(place, visit, store):
    """The later one sees what the other wrote beside their own, nothing is overwritten until they save again."""
    visitor = visit(STAFF)
    fields = form(visitor.get(PATH).text)
    editing.edit_as(store, COLLEAGUE, "p1", {"fee_note": "300円", "address": "みなも町東9"}, clock.now())
    clash = visitor.browser.post(PATH, data={**fields, "do": "save", "fee_note": "200円"})
    assert clash.status_code == 409
    assert "<del><bdi>300</bdi></del>" in clash.text
    assert "<ins><bdi>200</bdi></ins>" in clash.text
    assert kept(store).facts.fee_note == "300円"
    again = form(clash.text)
    assert again["address"] == ["みなも町東9"]
    visitor.browser.post(PATH, data={**again, "do": "save"})
    assert (kept(store).facts.fee_note, kept(store).facts.address) == ("200円", "みなも町東9")


def test_a_place_is_verified_apart_from_editing(place, visit, store):
    """The verified day is today, by the municipality; no field becomes an edit."""
    visitor = visit(STAFF)
    visitor.send(PATH, do="verify")
    now = kept(store)
    assert (now.verified_on, now.verified_by, now.edited_fields) == (clock.today(), "みなも町", frozenset())


def test_its_group_is_asked_by_mail_or_on_paper(place, visit, store):
    """With an address a mail goes out; without one the printable page is what is left."""
    visitor = visit(STAFF)
    page = visitor.get(PATH).text
    assert "メールアドレスがわかりません" in page
    assert f'href="/still-print?municipality={CODE}&amp;place=p1"' in page
    store.apply([Put(replace(people.group(), places=("p1",)))])
    page = visitor.follow(visitor.send(PATH, do="ask")).text
    assert "owner@example.jp あてのお願い" in page
    assert [message.to for message in store.messages()] == ["owner@example.jp"]
    assert visit(STAFF, base="https://evil.example").send(PATH, do="ask").status_code == 403
    store.apply([Put(replace(people.group(), places=("p1",), state=GroupState.CLOSED))])
    assert "メールは出していません" in visitor.follow(visitor.send(PATH, do="ask")).text


def test_staff_say_that_a_shelter_is_open(place, visit, store):
    """Since when is noted by itself and stays while it fills up; what else is known of it stays; a salon has none."""
    visitor = visit(STAFF)
    assert 'name="opening"' not in visitor.get(PATH).text
    assert visitor.send(PATH, do="open", opening="open").status_code == 400
    facts = replace(place.facts, kind="welfare_shelter", shelter=ShelterFacts(accepts="高齢者", capacity=20))
    store.apply([Put(replace(place, facts=facts, source_facts=facts))])
    page = visitor.follow(visitor.send(PATH, do="open", opening="open")).text
    opened = kept(store).facts.shelter
    assert (opened.opening, opened.accepts, opened.capacity) == (Opening.OPEN, "高齢者", 20)
    assert "開設した日時" in page
    assert "団体に確認をお願いする" not in page
    visitor.send(PATH, do="open", opening="full")
    assert kept(store).facts.shelter.opened_since == opened.opened_since
    visitor.send(PATH, do="open", opening="closed")
    assert kept(store).facts.shelter.opened_since is None
    assert visitor.send(PATH, do="open", opening="nonsense").status_code == 400


def test_a_guessed_place_tells_nothing(place, visit, store):
    """Only its own office has the form; contacts that are not public reach nobody else."""
    for who in (MEMBER, OWNER, VISITOR_STAFF):
        answer = visit(who).get(PATH)
        assert answer.status_code == 404
        assert "山田" not in answer.text
    assert visit().get(PATH).status_code == 303
    assert visit(STAFF).get("/place-edit?id=none").status_code == 404
    assert visit(STAFF).send(PATH, do="nonsense").status_code == 404


def test_what_was_typed_is_text(place, visit, store):
    """Markup in any field comes back escaped, in the field and in the source's value beside it."""
    bad = "</textarea><script>alert(1)</script>"
    visitor = visit(STAFF)
    save(visitor, description=bad, address=bad)
    page = visitor.get(PATH).text
    assert "<script>alert" not in page
    assert kept(store).facts.description == bad


def test_the_address_finds_the_spot(place, visit, store):
    """A known address fills the degrees in; one that is not known is said; nothing is saved."""
    visitor = visit(STAFF)
    fields = form(visitor.get(PATH).text)
    found = visitor.browser.post(PATH, data={**fields, "do": "find_spot", "lat": "", "lon": ""})
    assert 'name="lat" value="34.00' in found.text
    lost = visitor.browser.post(PATH, data={**fields, "do": "find_spot", "address": ""})
    assert "その住所の位置はわかりませんでした" in lost.text
    assert kept(store) == place
