"""The page of coverage: what the office sees of its districts, and that it keeps how things stand."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from portal.model.place import Origin
from portal.model.standard import StandardRule
from portal.store import Put
from tests import town
from tests.portal.coverage import figures
from tests.portal.people import MEMBER, STAFF, VISITOR_STAFF

PATH = f"/review-coverage?municipality={town.CODE}"


@pytest.fixture
def assessed(store):
    """西小 has a salon that was verified, 東小 one that was not, 北西小 has none, of 北東小 nobody knows."""
    store.apply([Put(figures.standard(name="サロン", name_en="Salon")), Put(figures.survey(figures.NORTH_WEST))])
    figures.put_places(store, figures.verified(town.place("p1")), town.place("p2", "となりのサロン", 1.5))
    figures.put_people(store, 西小=400, 東小=300, 北西小=200, 北東小=100)
    return store


def cell(page, district):
    """What stands in the matrix beside a district's name."""
    head = rf'<th scope="row"><a [^>]*><bdi>{district}</bdi></a></th>'
    return re.search(rf"{head}\s*<td>(.*?)</td>", page.text, re.DOTALL)[1]


def test_each_cell_says_its_state_and_leads_to_what_counts(assessed, visit):
    """Covered and stale ones lead to the records in Find, empty ones to the page of surveys, all to the sheet."""
    page = visit(STAFF).get(PATH)
    assert page.status_code == 200
    names = ("西小", "東小", "北西小", "北東小")
    words = {name: re.search(r'data-state="(\w+)"', cell(page, name))[1] for name in names}
    assert words == {"西小": "covered", "東小": "stale", "北西小": "none", "北東小": "not_surveyed"}
    assert f"layer=elementary&amp;district={town.CODE}-elementary-%E8%A5%BF" in cell(page, "西小")
    assert "kind=elderly_salon" in cell(page, "東小")
    assert "/surveyed?" in cell(page, "北東小")
    assert "standard=salon" in cell(page, "北東小")
    assert page.text.count("/review-sheet?") >= 8


def test_the_map_tells_the_same_as_the_matrix(assessed, visit):
    """Every district is a link on the map that says its state, in the reader's language."""
    page = visit(STAFF, language="en").get(PATH)
    titles = re.findall(r"<title>(西小|東小|北西小|北東小) ([^<]*)</title>", page.text)
    assert titles == [
        ("北東小", "Not surveyed 0"),
        ("北西小", "None 0"),
        ("東小", "To be verified 1"),
        ("西小", "Covered 1"),
    ]


def test_gaps_come_in_order_of_the_people_who_do_without(assessed, visit):
    """東小 with 300 before 北西小 with 200 before 北東小 with 100, each leading to its sheet."""
    page = visit(STAFF).get(PATH).text
    part = page[page.index('id="t-gaps"') :]
    assert part.index("東小") < part.index("北西小") < part.index("北東小")
    assert part[: part.index("</table>")].count("/review-sheet?") == 3


def test_what_cannot_be_chosen_is_as_if_nothing_was(assessed, visit):
    """An unknown layer, standard, upper layer or map shows the page as it usually is."""
    strange = "&layer=moon&standard='&upper=%3Cscript%3E&map=x"
    page = visit(STAFF).get(PATH + strange)
    assert page.status_code == 200
    assert "<script>" not in page.text
    assert "covered" in cell(page, "西小")


def test_one_standard_can_be_looked_at_alone(assessed, visit):
    """Choosing a standard narrows the matrix; another one can be put on the map."""
    assessed.apply([Put(figures.standard(key="cafe", kind="ibasho", name="喫茶", order=2))])
    visitor = visit(STAFF)
    assert "<bdi>喫茶</bdi></th>" in visitor.get(PATH).text
    assert "<bdi>喫茶</bdi></th>" not in visitor.get(f"{PATH}&standard=salon").text
    assert "「喫茶」の充足状況の地図" in visitor.get(f"{PATH}&map=cafe").text


def test_a_standard_without_people_says_why_it_cannot_be_judged(store, visit):
    """A share of people that nobody knows is said, and never shown as too little."""
    rule = figures.standard(rule=StandardRule.WITHIN, at_least=50, metres=500, verified_days=None)
    store.apply([Put(rule)])
    figures.put_places(store, town.place("p1"))
    page = visit(STAFF).get(PATH)
    assert 'data-state="not_surveyed"' in cell(page, "西小")
    assert "人口が分からず" in cell(page, "西小")


def test_what_is_tied_to_a_goal_has_a_list_of_its_own(assessed, visit):
    """Find cannot be narrowed to a goal: the cell leads to the records that count for the standard in that district."""
    tied = town.place("p3", "つながりの場", kind="ibasho", goals=frozenset({"ties"}))
    assessed.apply([Put(figures.standard(key="ties", goal="ties", order=2))])
    figures.put_places(assessed, figures.verified(tied))
    visitor = visit(STAFF)
    for samples in ("", "&samples=1"):
        page = visitor.get(f"{PATH}&standard=ties{samples}")
        (address,) = re.findall(r'href="(/review-records\?[^"]*)"', cell(page, "西小"))
        asked = dict(parse_qsl(urlsplit(unescape(address)).query))
        assert asked.pop("lang", "ja") == "ja"
        assert asked == {
            "municipality": town.CODE,
            "table": "standard_records",
            "layer": "elementary",
            "standard": "ties",
            "in_district": f"{town.CODE}-elementary-西小",
            **({"samples": "1"} if samples else {}),
        }
    answer = visitor.get(unescape(address))
    assert answer.status_code == 200
    assert "つながりの場" in answer.text
    assert "ひだまりサロン" not in answer.text


def test_samples_count_only_where_they_are_asked_for(store, visit):
    """Without the choice a sample covers nothing; with it the page says that the figures are no real ones."""
    store.apply([Put(figures.standard())])
    figures.put_places(store, replace(figures.verified(town.place("p1")), origin=Origin("sample", "p1")))
    visitor = visit(STAFF)
    assert 'data-state="not_surveyed"' in cell(visitor.get(PATH), "西小")
    page = visitor.get(f"{PATH}&samples=1")
    assert 'data-state="covered"' in cell(page, "西小")
    assert "実際の数字ではありません" in page.text


def test_today_can_be_kept(assessed, visit):
    """The button keeps one row a district, and the page says when that was; a form of another page is refused."""
    visitor = visit(STAFF)
    answer = visitor.send(PATH)
    assert "今日の状況を記録しました(4行)" in visitor.follow(answer).text
    assert len(assessed.coverage_snapshots(town.CODE)) == 4
    refused = visitor.browser.post(PATH, data={})
    assert refused.status_code == 403
    assert len(assessed.coverage_snapshots(town.CODE)) == 4


def test_only_the_office_sees_it(assessed, visit):
    """Members of groups and staff of another municipality are told that they may not; nobody is led to the sign-in."""
    for who in (MEMBER, VISITOR_STAFF):
        assert visit(who).get(PATH).status_code == 403
    assert visit().get(PATH).status_code == 303


def test_without_standards_the_page_says_what_to_do(store, visit):
    """An office that expects nothing yet is led to where standards are made."""
    page = visit(STAFF).get(PATH)
    assert page.status_code == 200
    assert "目安がまだありません" in page.text
    assert "/standards?" in page.text
