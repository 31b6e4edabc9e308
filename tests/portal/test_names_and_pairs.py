"""Names as they are compared: districts, owners, and likely duplicates; assignment by area."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from portal.assigning import NOWHERE, assign
from portal.designated_cities import city_of_ward
from portal.district_names import district_id, short_name
from portal.duplicates import alike, bare_name, likely
from tests import town


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("平岡小学校", "平岡"),
        ("平岡小学校区", "平岡"),
        ("加古川市立平岡小学校", "平岡"),
        ("平岡小", "平岡"),
        ("平岡", "平岡"),
        ("三軒家西", "三軒家西"),
        ("三軒家西地域", "三軒家西"),
        ("芝地区", "芝"),
        ("芝浦港南", "芝浦港南"),
        ("小林", "小林"),
        ("両荘みらい学園", "両荘みらい学園"),
        ("中部中学校", "中部"),
        ("港区立お台場学園港陽小学校", "お台場学園港陽"),
    ],
)
def test_a_district_is_known_by_its_short_name(written, short):
    """Owner and the words for school and district do not tell districts apart; the rest does."""
    assert short_name(written) == short


def test_a_district_keeps_its_id_when_its_official_outline_comes():
    """Approximate and official names give the same address, other layers another."""
    assert district_id("28210", "elementary", "平岡") == district_id("28210", "elementary", "平岡小学校")
    assert district_id("28210", "elementary", "平岡") != district_id("28210", "junior_high", "平岡")


def test_wards_belong_to_their_city():
    """A ward leads to the designated city before it in the same prefecture; cities and towns lead nowhere."""
    assert city_of_ward("27108") == "27100"
    assert city_of_ward("27141") == "27140"
    assert city_of_ward("14137") == "14130"
    assert city_of_ward("22138") == "22130"
    assert city_of_ward("13103") is None
    assert city_of_ward("28210") is None
    assert city_of_ward("27100") is None


def test_the_owner_of_a_school_does_not_tell_names_apart():
    """大阪市立X小学校 and X小学校 are alike; numbered names, and other names, are not."""
    assert bare_name("大阪市立 磯路小学校") == bare_name("磯路小学校")
    assert alike(bare_name("ＳＯＭＰＯケア そんぽの家"), bare_name("SOMPOケア　そんぽの家"))
    assert not alike("第1育成園", "第2育成園")
    assert not alike("磯路小学校", "市岡小学校")


def test_two_lists_of_evacuation_sites_are_no_duplicates():
    """A school that is a shelter and an evacuation site stands in both lists rightly; samples never count."""
    school = town.place("a", "ひかり小学校", kind="shelter")
    assert likely([school, town.place("b", "ひかり小学校", kind="emergency_site")]) == []
    assert len(likely([school, town.place("b", "ひかり小学校", 0.505, kind="shelter")])) == 1
    assert likely([school, town.place("b", "ひかり小学校", 0.7, kind="shelter")]) == []
    assert likely([]) == []


@given(
    st.lists(st.tuples(st.floats(0, 3), st.floats(0, 3)), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=14),
)
def test_assignment_is_the_first_area_that_holds_the_point(points, corners):
    """Whichever side the tree is built on, the answer is that of testing every area in turn."""
    areas = [shapely.box(x, y, x + 1, y + 1) for x, y in corners]
    found = assign(np.array(points), areas).tolist()
    expected = [
        next((n for n, area in enumerate(areas) if shapely.intersects_xy(area, *point)), NOWHERE) for point in points
    ]
    assert found == expected


def test_a_missing_position_is_assigned_nowhere():
    """NaN stands for no position and lies in no area."""
    assert assign(np.array([[np.nan, np.nan], [0.5, 0.5]]), [shapely.box(0, 0, 1, 1)]).tolist() == [NOWHERE, 0]
