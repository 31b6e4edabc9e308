"""What public pages say first in a disaster, and what they leave out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from pages.plain import paths
from portal import disaster
from portal.clock import today
from portal.model.post import PostState
from portal.model.schedule import Rule, Schedule
from portal.model.shelter import Opening, ShelterFacts
from portal.store import Put
from tests import town
from tests.portal import people
from tests.portal.people import NOW, STAFF

TOWN = f"/ja/{town.CODE}/"
OTHER = f"/ja/{people.ELSEWHERE}/"


@pytest.fixture
def sites(store):
    """A welfare site that is closed, one that is full, an open one, and an open and a closed shelter."""
    made = [
        _site("w1", "あさひ福祉避難所", "welfare_shelter", Opening.CLOSED),
        _site("w2", "いずみ福祉避難所", "welfare_shelter", Opening.FULL),
        _site("w3", "わかば福祉避難所", "welfare_shelter", Opening.OPEN),
        _site("s1", "東小学校体育館", "shelter", Opening.OPEN),
        _site("s2", "西小学校体育館", "shelter", Opening.CLOSED),
    ]
    gone = replace(_site("w4", "なくなった福祉避難所", "welfare_shelter", Opening.OPEN), gone_on=today())
    store.apply([*map(Put, made), Put(gone)])
    soon = Schedule((Rule(datetime.combine(today() + timedelta(days=2), time(10)), 90),))
    people.kept(store, PostState.LIVE, facts=people.facts("いつもの体操", schedule=soon), live_at=NOW)
    return made


def _site(key, name, kind, opening):
    shelter = ShelterFacts(accepts="要介護3以上の方" if kind == "welfare_shelter" else "", opening=opening)
    return town.place(key, name, kind=kind, shelter=shelter)


@pytest.fixture
def switched(store, sites):
    """The town in disaster response."""
    disaster.switch(store, STAFF, town.CODE, NOW, on=True)
    return store


@pytest.mark.usefixtures("switched")
def test_every_page_of_the_town_bears_the_line(visit):
    """Every public page of the town says so with the moment and leads to sites and usual screens; no other."""
    line = r'class="disaster"><b>災害対応中</b> <span>2026年11月22日 9:00から</span>'
    for path in (TOWN, f"{TOWN}place/w3/", f"{TOWN}layer/elementary/", f"{TOWN}evacuation/", f"{TOWN}month/"):
        assert re.search(line, visit().get(path).text), path
    assert "usual=1" in visit().get(TOWN).text
    assert "災害対応中" not in visit().get(OTHER).text
    assert "災害対応中" not in visit().get("/ja/about/").text


@pytest.mark.usefixtures("switched")
@pytest.mark.parametrize("path", [TOWN, f"{TOWN}evacuation/"])
def test_the_welfare_sites_states_come_first(visit, path):
    """The town's page and the evacuation page begin with them: open, full, closed; what is gone is in neither."""
    text = visit().get(path).text
    main = text[text.index("<main") :]
    block = main[main.index("福祉避難所の開設状況") :]
    states = re.findall(r'class="state( open)?">([^<]+)</b> <a [^>]*><bdi>([^<]+)</bdi>', block)
    assert [name for _, _, name in states][:3] == ["わかば福祉避難所", "いずみ福祉避難所", "あさひ福祉避難所"]
    assert [opened for opened, _, _ in states][:3] == [" open", "", ""]
    assert "要介護3以上の方" in block
    assert "なくなった福祉避難所" not in text
    assert main.index("福祉避難所の開設状況") < main.index("<h2>", main.index("福祉避難所の開設状況"))


@pytest.mark.usefixtures("switched")
def test_the_towns_page_is_lighter(store, visit):
    """It holds where to go and what is open, no cards of daily life and no data for search engines."""
    in_disaster = visit().get(TOWN).text
    assert "いつもの体操" not in in_disaster
    assert "application/ld+json" not in visit().get(f"{TOWN}place/w3/").text
    opened = in_disaster[in_disaster.index("開設中の避難所・避難場所") :]
    assert "東小学校体育館" in opened
    assert "西小学校体育館" not in opened
    disaster.switch(store, STAFF, town.CODE, NOW, on=False)
    daily = visit().get(TOWN).text
    assert "いつもの体操" in daily
    assert "災害対応中" not in daily
    assert "application/ld+json" in visit().get(f"{TOWN}place/w3/").text


@pytest.mark.usefixtures("switched")
def test_the_front_page_is_the_evacuation_page(visit):
    """The portal's address leads there at once, in the reader's language; usual screens and searches stay."""
    for path, language in (("/", "ja"), (f"/?municipality={town.CODE}&lang=en", "en"), ("/?municipality=00000", "ja")):
        answer = visit().get(path)
        assert answer.status_code == 307
        assert answer.headers["location"] == "./" + paths.path("evacuation", lang=language, code=town.CODE)
        assert answer.headers["cache-control"] == "no-store"
    for path in (
        "/?usual=1",
        "/?kind=elderly_salon",
        "/?time=whenever",
        f"/?municipality={people.ELSEWHERE}",
        "/evacuation",
    ):
        assert visit().get(path).status_code == 200, path


def test_in_daily_life_the_front_page_is_the_search(visit):
    """Nothing is in its stead."""
    assert visit().get("/").status_code == 200


def test_the_front_page_leads_to_where_a_disaster_is(page, store):
    """A municipality that deals with a disaster stands first on the page of all, with the way to its sites."""
    assert "災害対応中" not in page("front", lang="ja")
    store.apply([Put(replace(town.municipality(), disaster_since=people.NOW))])
    shown = page("front", lang="ja")
    assert shown.index("災害対応中") < shown.index("<h2")
    assert f'href="{town.CODE}/evacuation/"' in shown
