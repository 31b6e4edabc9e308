"""The page of reach: who has something within a walk, and what one more place would change."""

from __future__ import annotations

import re

import pytest

from portal.model.district import District
from portal.store import Drop, Put
from tests import town
from tests.portal.coverage import figures
from tests.portal.people import MEMBER, STAFF
from tests.portal.reach.builders import figure

PATH = f"/review-reach?municipality={town.CODE}"
MIDDLE = f"&what=spot&lat={town.SOUTH + 1.5 * town.SIDE}&lon={town.WEST + 1.5 * town.SIDE}"
"""The middle of 北東小, which nothing reaches."""


@pytest.fixture
def lived_in(store):
    """A hundred people in each elementary district, and a salon in the middle of 西小."""
    store.apply([Put(figure(name)) for name in ("西小", "東小", "北西小", "北東小")])
    figures.put_places(store, town.place("p1"))
    return store


def rows(page):
    """The rows of what comes of a trial: all people, then by district."""
    found = page.text[page.text.index('id="outcome"') :]
    lines = re.findall(r'<th scope="row"><bdi>([^<]*)</bdi></th>((?:<td[^>]*><bdi>[^<]*</bdi></td>)+)', found)
    return {name: [int(part) for part in re.findall(r"<bdi>([\d,]+)", cells)[:4]] for name, cells in lines}


def test_the_page_shows_who_is_reached_and_says_what_it_does_not_see(lived_in, visit):
    """Table, map and barriers stand on the page; the map is told in words, too."""
    page = visit(STAFF).get(PATH)
    assert page.status_code == 200
    assert "線路" in page.text
    assert "均等に住んで" in page.text
    assert "届いていない" in page.text
    assert 'id="t-reach_by_district"' in page.text
    assert "歩いて500m以内に場所がある人とない人(全年齢)の地図" in page.text


def test_a_spot_that_is_tried_reaches_people_of_its_district(lived_in, visit):
    """A place in the middle of 北東小 reaches some of its hundred and nobody of 西小; nothing is kept."""
    page = visit(STAFF).get(PATH + MIDDLE)
    found = rows(page)
    people, before, after, gained = found["北東小"]
    assert (people, before) == (100, 0)
    assert 0 < after == gained < 100
    assert found["西小"][3] == 0
    others = sum(cells[3] for name, cells in found.items() if name != "全体")
    assert abs(found["全体"][3] - others) <= len(found)  # each is rounded by itself
    assert len(lived_in.places_of(town.CODE)) == 1


def test_a_longer_walk_reaches_more(lived_in, visit):
    """The distance that is chosen is the distance of the trial."""
    visitor = visit(STAFF)
    near, far = (rows(visitor.get(f"{PATH}&metres={metres}{MIDDLE}"))["全体"][2] for metres in (300, 1000))
    assert near < far


def test_the_portal_proposes_spots_of_a_grid(lived_in, visit):
    """Three knots in their order, none gaining more than the one before, with what no choice can exceed."""
    page = visit(STAFF).get(f"{PATH}&what=propose&count=3&among=grid&step=500")
    gains = [int(gain) for gain in re.findall(r"新しく(\d+)人に届き", page.text)]
    assert len(gains) == 3
    assert gains == sorted(gains, reverse=True)
    bound = int(re.search(r"届く人は(\d+)人\(", page.text.split("どう選んでも")[1])[1])
    assert rows(page)["全体"][2] <= bound
    assert page.text.count('<g class="wide">') == 3


def test_the_portal_proposes_among_places(lived_in, visit):
    """Only places of the chosen kinds are candidates; the one that reaches nobody new is not proposed."""
    hall = town.place("hall", "北の会館", 1.5, 1.5, kind="facility")
    figures.put_places(lived_in, hall)
    asked = "&kind=elderly_salon&what=propose&count=2&among=sites&site=facility&site=elderly_salon"
    page = visit(STAFF).get(PATH + asked)
    assert "1. <bdi>北の会館</bdi>" in page.text
    assert "2. <bdi>" not in page.text
    assert "北東小" in page.text


def test_no_candidate_that_helps_is_said(lived_in, visit):
    """Candidates that reach nobody new are told so, without a list."""
    page = visit(STAFF).get(f"{PATH}&what=propose&count=2&among=sites&site=elderly_salon")
    assert "新しく届く人はいません" in page.text


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("what=spot&lat=x&lon=135", "lat"),
        ("what=spot&lat=nan&lon=135", "lat"),
        ("what=spot&lat=1e999&lon=135", "lat"),
        ("what=spot", "lat"),
        ("what=propose&count=0&among=grid&step=500", "count"),
        ("what=propose&count=51&among=grid&step=500", "count"),
        ("what=propose&count=many&among=grid&step=500", "count"),
        ("what=propose&count=3&among=grid&step=1", "step"),
        ("what=propose&count=3&among=grid&step=nan", "step"),
        ("what=propose&count=3&among=grid&step=%3Cscript%3E", "step"),
        ("what=propose&count=3&among=sites", "site"),
        ("what=propose&count=3&among=sites&site=nothing", "site"),
    ],
)
def test_what_cannot_be_tried_is_said_at_its_field(lived_in, visit, asked, field):
    """The sentence leads to the field; the present state is shown, and what was typed stays text."""
    page = visit(STAFF).get(f"{PATH}&{asked}")
    assert page.status_code == 400
    assert f'href="#f-{field}"' in page.text
    assert "<script>" not in page.text
    assert 'id="outcome"' not in page.text
    assert 'id="t-reach"' in page.text


def test_ages_nobody_knows_of_are_said_and_never_zero(store, visit):
    """Without figures of people there is no share, no map and no trial, and the page says so."""
    page = visit(STAFF).get(f"{PATH}&ages=65-&what=propose&count=3&among=grid&step=500")
    assert page.status_code == 200
    assert "取り込まれていない" in page.text
    assert "area-map" not in page.text
    assert 'id="outcome"' not in page.text


def test_where_nobody_is_known_nothing_is_proposed_whatever_is_typed(store, visit):
    """A field that cannot be meant is no fault where there is nothing to propose for; a spot that is none is one."""
    visitor = visit(STAFF)
    assert visitor.get(f"{PATH}&what=propose&count=many&among=grid&step=1").status_code == 200
    assert visitor.get(f"{PATH}&what=spot&lat=x&lon=135").status_code == 400


def test_too_many_knots_are_said_at_the_step_and_no_outline_at_the_candidates(lived_in, visit):
    """What a grid asks too much of leads to the field that has to be changed."""
    visitor = visit(STAFF)
    wide = town.district("みなも町", town.square(0, 0, 90, 90), "city")
    lived_in.apply([Put(wide)])
    page = visitor.get(f"{PATH}&what=propose&count=3&among=grid&step=100")
    assert (page.status_code, 'href="#f-step"' in page.text) == (400, True)
    lived_in.apply([Drop(District, (wide.id,))])
    page = visitor.get(f"{PATH}&what=propose&count=3&among=grid&step=500")
    assert (page.status_code, 'href="#f-among"' in page.text) == (400, True)


def test_choices_that_there_are_not_are_as_if_none_was_made(lived_in, visit):
    """Strange kinds, days, ages, distances and layers show the page as it usually is."""
    page = visit(STAFF).get(f"{PATH}&kind=x,y&weekday=holiday&ages=9-1&metres=7&layer=moon&step_free=maybe")
    assert page.status_code == 200
    assert "500m以内に場所がある人とない人(全年齢)" in page.text


def test_only_the_office_sees_it(lived_in, visit):
    """A member of a group is told that it is not for them."""
    assert visit(MEMBER).get(PATH).status_code == 403
