"""The office's page of the disaster switch."""

from __future__ import annotations

import re

from portal.locate import municipality
from tests.portal import people
from tests.portal.people import STAFF
from tests.town import CODE

PATH = f"/disaster?municipality={CODE}"


def since(store):
    """Since when the town is in disaster response."""
    return municipality(store, CODE).disaster_since


def test_one_button_switches_and_switches_back(store, visit):
    """With the box ticked the button switches; the page says who did it and when, and offers the way back."""
    visitor = visit(STAFF)
    answer = visitor.send(PATH, turn="on", sure="1")
    shown = visitor.follow(answer).text
    assert since(store) is not None
    assert "災害対応に切り替えました" in shown
    assert re.search(r"<time [^>]*>[^<]*</time> <bdi>staff</bdi>: 災害対応に切り替え", shown)
    assert 'name="turn" value="off"' in shown
    assert "ふだんのページに戻しました" in visitor.follow(visitor.send(PATH, turn="off", sure="1")).text
    assert since(store) is None


def test_a_wrong_press_switches_nothing(store, visit):
    """Without the box the page asks for it; nothing is changed."""
    answer = visit(STAFF).send(PATH, turn="on")
    assert answer.status_code == 400
    assert 'href="#f-sure"' in answer.text
    assert since(store) is None


def test_an_outdated_page_does_what_it_says(store, visit):
    """Whoever opened the page before a colleague switched on does not switch off by pressing "on"."""
    late, quick = visit(STAFF), visit(people.COLLEAGUE)
    quick.send(PATH, turn="on", sure="1")
    first = since(store)
    late.send(PATH, turn="on", sure="1")
    assert since(store) == first


def test_the_office_finds_it(visit):
    """It is among the ways of staff and on the page of what waits; nobody else sees the way."""
    assert 'href="/disaster' in visit(STAFF).get("/account").text
    assert f'href="/disaster?municipality={CODE}"' in visit(STAFF).get(f"/queue?municipality={CODE}").text
    assert 'href="/disaster' not in visit(people.OWNER).get("/account").text


def test_pages_of_the_office_say_it(store, visit):
    """While it lasts every page of the office of that town bears the line."""
    visitor = visit(STAFF)
    assert "災害対応中" not in visitor.get(f"/queue?municipality={CODE}").text
    visitor.send(PATH, turn="on", sure="1")
    assert "災害対応中" in visitor.get(f"/queue?municipality={CODE}").text
