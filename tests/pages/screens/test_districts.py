"""Districts: every district with its count, what is outside too, and one of them in full."""

from __future__ import annotations

import pytest

from portal.assigning import memberships
from portal.model.district import AgeBand, Population
from portal.store import Put
from tests import town
from tests.pages.screens.reading import html_of


@pytest.fixture
def places(town_store):
    """Two salons in the west, a shelter in the east, a salon outside."""
    there = [
        town.place("p1", "西の一", 0.5, 0.5),
        town.place("p2", "西の二", 0.2, 0.2),
        town.place("p3", "東の避難所", 1.5, 0.5, kind="shelter"),
        town.place("p4", "遠くのサロン", 9, 9),
    ]
    town_store.apply([*map(Put, there), *map(Put, memberships(town_store, there, town.TODAY))])
    return there


def rows(told):
    """Name and count of each row of the table."""
    body = told[told.index("<tbody>") : told.index("</tbody>")]
    return [
        (row.split("<bdi>")[1].split("<")[0], row.split('"number">')[1].split("<")[0])
        for row in body.split("</tr>")[:-1]
    ]


def test_table_counts_all(open_screen, places):
    """Each district has its row, empty ones too, and what is outside stands last."""
    found = dict(rows(html_of(open_screen("districts"))))
    assert found == {"西小": "2", "東小": "0", "北西小": "0", "北東小": "0", "どの区域にも入らない": "1"}


def test_kind_of_an_evacuation_counts(open_screen, places):
    """The chosen kind is counted, those of an evacuation too."""
    assert dict(rows(html_of(open_screen("districts", kind="shelter"))))["東小"] == "1"


def test_a_district_opens(open_screen, places, town_store):
    """A chosen district shows its list, its people and which districts of other layers it lies across."""
    bands = (AgeBand(0, 64, 10, 20), AgeBand(65, None, 3, 4))
    town_store.apply([Put(Population(town.CODE, "elementary", "西小", town.TODAY, 37, 13, 24, bands, 17))])
    told = html_of(open_screen("districts", district=f"{town.CODE}-elementary-西小"))
    assert all(text in told for text in ("西の一", "西の二", "37人", "65歳以上 7人", "17世帯", "町の区域", "CC BY 4.0"))
    assert "南中</bdi></a> <b>100%</b>" in told
    assert "東の避難所" not in told


def test_outside_opens(open_screen, places):
    """What is outside is a list like any district."""
    told = html_of(open_screen("districts", district="outside"))
    assert "遠くのサロン" in told
    assert "西の一" not in told


def test_empty_layer_says_what_fills_it(open_screen, town_store):
    """A layer without districts says that a file fills it."""
    from portal.model.municipality import Layer  # noqa: PLC0415  # only here

    town_store.apply([Put(Layer(town.CODE, "branch", "支部", "Branches", 2, 3))])
    assert "ファイルを取り込むと" in html_of(open_screen("districts", layer="branch"))


def test_approximate_is_said(open_screen, places):
    """Approximate districts are called so in every row that shows one."""
    told = html_of(open_screen("districts"))
    assert told[told.index("<tbody>") :].count("おおよその区域") == 4
    assert "おおよその区域" not in html_of(open_screen("districts", layer="junior_high")).split("<tbody>")[1]


def test_choosing_goes_to_the_address(open_screen, places):
    """A choice of layer, kind or district is in the address; another layer forgets the district."""
    screen = open_screen("districts")
    screen.selectbox(key="districts_pick").set_value(f"{town.CODE}-elementary-西小").run()
    assert screen.query_params["district"] == f"{town.CODE}-elementary-西小"
    screen.selectbox(key="districts_layer").set_value("junior_high").run()
    assert screen.query_params["layer"] == "junior_high"
    assert "district" not in screen.query_params
