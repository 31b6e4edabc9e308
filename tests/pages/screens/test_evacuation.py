"""Evacuation: three things that are called shelters, apart; a welfare site is never the nearest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.assigning import memberships
from portal.model.shelter import Hazard, Opening, ShelterFacts
from portal.store import Put
from tests import town
from tests.pages.screens.reading import html_of

NEAR = "34.005000,135.005000"


@pytest.fixture
def places(town_store):
    """A shelter, two sites for different hazards, and two welfare sites, the nearer one not open."""
    there = [
        town.place("s1", "西小学校", 0.5, 0.5, kind="shelter", shelter=ShelterFacts(capacity=300)),
        town.place("e1", "高台公園", 0.6, 0.5, kind="emergency_site", shelter=_site(Hazard.TSUNAMI)),
        town.place("e2", "中央広場", 1.5, 0.5, kind="emergency_site", shelter=_site(Hazard.FIRE)),
        town.place("w1", "つつじ荘", 0.5, 0.5, kind="welfare_shelter", shelter=ShelterFacts(accepts="高齢者")),
        town.place("w2", "あやめ苑", 1.5, 1.5, kind="welfare_shelter", shelter=ShelterFacts(opening=Opening.OPEN)),
    ]
    town_store.apply([*map(Put, there), *map(Put, memberships(town_store, there, town.TODAY))])
    return there


def _site(hazard):
    return ShelterFacts(hazards=frozenset({hazard}))


def test_three_are_apart(open_screen, places):
    """Each of the three lists its own, and all three are explained."""
    listed = {
        part: html_of(open_screen("evacuation", kind=part)) for part in ("emergency_site", "shelter", "welfare_shelter")
    }
    assert "高台公園" in listed["emergency_site"]
    assert "西小学校" in listed["shelter"]
    assert "つつじ荘" in listed["welfare_shelter"]
    assert not any("つつじ荘" in listed[part] for part in ("emergency_site", "shelter"))
    assert all("だれでも入れる避難所ではありません" in told for told in listed.values())


def test_hazard_narrows_the_sites(open_screen, places):
    """Sites of the chosen hazard alone are listed, and the choice is in the address."""
    screen = open_screen("evacuation")
    screen.selectbox(key="evacuation_hazard").set_value("tsunami").run()
    assert screen.query_params["hazard"] == "tsunami"
    assert "高台公園" in html_of(screen)
    assert "中央広場" not in html_of(screen)


def test_nearest_shelter(open_screen, places):
    """Shelters have distance and minutes."""
    assert "徒歩 約1分" in html_of(open_screen("evacuation", kind="shelter", near=NEAR))


def test_welfare_is_never_the_nearest(open_screen, places):
    """Where one may not go directly, welfare sites are listed without distance, and it is said why."""
    told = html_of(open_screen("evacuation", kind="welfare_shelter", near=NEAR))
    assert "徒歩" not in told
    assert all(
        text in told for text in ("直接行くことはできません", "受入対象の記載なし", "高齢者", "最初から開いている")
    )


def test_open_welfare_site_where_allowed(open_screen, places, town_store):
    """Where the municipality allows it, open welfare sites come first with a distance, the others without."""
    town_store.apply([Put(replace(town.municipality(), direct_welfare=True))])
    told = html_of(open_screen("evacuation", kind="welfare_shelter", near=NEAR))
    cards = told[told.index("<ol") :]
    assert cards.index("あやめ苑") < cards.index("つつじ荘")
    assert cards.count("徒歩") == 1
    assert cards.index("徒歩") < cards.index("つつじ荘")
