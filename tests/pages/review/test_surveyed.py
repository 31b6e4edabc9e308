"""Districts that the office looked at: marked today by whoever is signed in, listed, and taken back."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from portal import clock
from portal.coverage.marking import Looked, mark
from portal.model.standard import Standard, StandardRule
from portal.store import Put
from tests.portal import people
from tests.portal.people import COLLEAGUE, MEMBER, STAFF
from tests.town import CODE

DISTRICT = f"{CODE}-elementary-西小"
LIST = f"/surveyed?municipality={CODE}"
PATH = f"{LIST}&district={quote(DISTRICT)}"


@pytest.fixture
def desk(store):
    """The town with a standard for elementary districts."""
    salon = Standard(CODE, "salon", "elementary", StandardRule.COUNT, 1, kind="elderly_salon")
    store.apply([Put(salon)], people.SAID)
    return store


def test_a_district_is_marked_for_all_or_for_one_standard(desk, visit):
    """The day is today, the name is the signed-in person's, and the list shows both."""
    visitor = visit(STAFF)
    page = visitor.follow(visitor.send(PATH, district=DISTRICT, standard="", note="会長さんと\n回った"))
    assert "調査済みにしました" in page.text
    visitor.send(PATH, district=DISTRICT, standard="salon", note="")
    found = {one.standard: one for one in desk.surveys(CODE)}
    assert set(found) == {"", "salon"}
    assert (found[""].on, found[""].by, found[""].note) == (clock.today(), STAFF.id, "会長さんと\n回った")
    assert "会長さんと" in visitor.get(LIST).text


def test_the_standard_of_the_address_is_chosen(desk, visit):
    """A link from the matrix leads to the one standard."""
    page = visit(STAFF).get(f"{PATH}&standard=salon").text
    assert '<option value="salon" selected>高齢者サロン</option>' in page


def test_a_survey_is_taken_back_as_it_was_seen(desk, visit):
    """One that somebody noted anew meanwhile stays, and who pressed is told."""
    visitor = visit(STAFF)
    visitor.send(PATH, district=DISTRICT, standard="", note="はじめ")
    seen = re.search(r'name="based_on" value="(\w+)"', visitor.get(PATH).text)[1]
    mark(desk, COLLEAGUE, CODE, Looked(DISTRICT, "", "あとから"), clock.now())
    sent = {"district": DISTRICT, "standard": "", "do": "take_back"}
    stale = visitor.send(PATH, based_on=seen, **sent)
    assert stale.status_code == 400
    assert len(desk.surveys(CODE)) == 1
    seen = re.search(r'name="based_on" value="(\w+)"', visitor.get(PATH).text)[1]
    assert "取り消しました" in visitor.follow(visitor.send(PATH, based_on=seen, **sent)).text
    assert desk.surveys(CODE) == []
    assert visitor.send(PATH, based_on=seen, **sent).status_code == 400


def test_every_district_of_a_layer_can_be_chosen(desk, visit):
    """Without a layer it is the first one below the whole town."""
    assert "北東小" in visit(STAFF).get(LIST).text
    page = visit(STAFF).get(f"{LIST}&layer=junior_high").text
    assert "北中" in page
    assert "北東小" not in page


def test_what_cannot_be_is_said(desk, visit):
    """An over-long note stands at its field; an unknown district is none."""
    visitor = visit(STAFF)
    answer = visitor.send(PATH, district=DISTRICT, standard="", note="長" * 501)
    assert answer.status_code == 400
    assert 'href="#f-note"' in answer.text
    assert visitor.send(PATH, district="none", standard="", note="").status_code == 404
    assert visitor.get(f"{LIST}&district=none").status_code == 404
    assert visit(MEMBER).get(PATH).status_code == 403
    assert desk.surveys(CODE) == []
