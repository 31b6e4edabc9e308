"""Feeds honour the filters of Find, and say so where they cannot."""

from __future__ import annotations

import pytest

from portal.model.place import Audience, Fee
from portal.store import Put
from tests import town
from tests.pages.feeds.showing import TOWN, WEEKLY, inside, uids
from tests.portal import people


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, {"free", "paid"}),
        ({"free": "1"}, {"free"}),
        ({"q": "有料"}, {"paid"}),
        ({"audience": "parents"}, {"paid"}),
        ({"kind": "elderly_salon"}, {"free"}),
        ({"layer": "elementary", "district": f"{town.CODE}-elementary-東小"}, {"paid"}),
        ({"layer": "elementary", "district": "outside"}, set()),
        ({"show": "dates"}, set()),
        ({"municipality": people.ELSEWHERE}, {"free", "paid"}),
    ],
)
def test_a_calendar_is_narrowed_as_find_is(store, visit, params, found):
    """Each filter of Find narrows the calendar at the same address; the municipality is the path's."""
    free = town.place("free", "無料の会", schedule=WEEKLY, fee=Fee.FREE, audience=frozenset({Audience.OLDER}))
    paid = town.place("paid", "有料の会", 1.5, schedule=WEEKLY, kind="ibasho", audience=frozenset({Audience.PARENTS}))
    store.apply([Put(free), Put(paid), *inside("free", "西小"), *inside("paid", "東小")])
    answer = visit().browser.get(f"/{TOWN}/calendar.ics", params=params)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert uids(answer.text) == {f"{name}@ibasho.example" for name in found}


@pytest.mark.parametrize(
    "query",
    [
        "audience=nobody",
        "free=yes",
        "evacuation=2",
        "kind=none",
        "layer=none",
        "district=x",
        "layer=elementary&district=x",
        "group=none",
        "hazard=none",
        "day=someday",
        "near=here",
        "lang=fr",
    ],
)
@pytest.mark.parametrize("feed", ["calendar.ics", "news.rss"])
def test_a_filter_that_cannot_be_used_is_told(visit, feed, query):
    """Nothing is passed over: what cannot be read or does not exist is a 400 with a sentence."""
    answer = visit().get(f"/{TOWN}/{feed}?{query}")
    assert answer.status_code == 400
    assert "。" in answer.text


def test_a_filter_against_the_path_is_told(visit):
    """A filter that contradicts the path is not passed over."""
    answer = visit().get(f"/{TOWN}/kind/elderly_salon/calendar.ics?kind=ibasho")
    assert answer.status_code == 400
    assert "kind=ibasho" in answer.text
    assert visit().get(f"/{TOWN}/group/group-hidamari/news.atom?group=group-tonari").status_code == 400


def test_the_portals_words_follow_the_language_that_is_asked_for(visit, store, salon):
    """An English feed leads to English pages and has English names for what the portal says."""
    text = visit().get(f"/{TOWN}/calendar.ics?lang=en").text.replace("\r\n ", "")
    assert "NAME:Minamo: calendar" in text
    assert f"/en/{town.CODE}/place/p1/" in text
