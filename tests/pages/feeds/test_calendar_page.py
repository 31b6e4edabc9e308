"""The page that says how the dates of a choice come into one's own calendar."""

from __future__ import annotations

import re
from html import unescape

from tests import town
from tests.pages.forms.conftest import BASE

PAGE = f"/calendar?municipality={town.CODE}"


def test_the_button_and_the_file_are_of_the_same_choice(salon, visit):
    """The calendar's address, the one to copy and the file keep the filters, and the file holds what they find."""
    visitor = visit()
    text = visitor.get(f"{PAGE}&kind=elderly_salon&near=34.0,135.0").text
    path = f"/feeds/{town.CODE}/calendar.ics?kind=elderly_salon"
    assert f'href="webcal://{BASE.partition("//")[2]}{path}"' in unescape(text)
    assert f"{BASE}{path}" in unescape(text)
    found = re.search(r'<a href="(/feeds/[^"]+)"', text)
    assert found
    assert salon.facts.name in visitor.get(unescape(found[1])).text


def test_a_groups_calendar_is_its_own(store, visit):
    """A group alone leads to the file that has its dates for good."""
    assert f"/feeds/{town.CODE}/group/group-hidamari/calendar.ics" in visit().get(f"{PAGE}&group=group-hidamari").text


def test_what_cannot_be_is_said(store, visit):
    """A filter of nothing is a 400, a municipality that is not served a 404, each with a sentence."""
    assert visit().get(f"{PAGE}&kind=none").status_code == 400
    assert visit().get("/calendar?municipality=00000").status_code == 404
