"""Find: every filter is in the address, counts are whole, and an empty answer says how to go on."""

from __future__ import annotations

import pytest

from portal.assigning import memberships
from portal.laying_out import lay_out
from portal.model.place import Audience, Fee
from portal.store import Put
from tests import town
from tests.pages.screens.reading import html_of


@pytest.fixture
def places(town_store):
    """Two salons in the west, one place to belong in the east, and one without a position."""
    there = [
        town.place("p1", "ひだまりサロン", 0.5, 0.5, fee=Fee.FREE, audience=frozenset({Audience.OLDER})),
        town.place("p2", "みなとサロン", 0.2, 0.2),
        town.place("p3", "たまりば", 1.5, 0.5, kind="ibasho"),
        town.place("p4", "どこかのサロン", None),
    ]
    town_store.apply([*map(Put, there), *map(Put, memberships(town_store, there, town.TODAY))])
    lay_out(town_store, there, town.TODAY)
    return there


def test_counts_everything(open_screen, places):
    """The total counts what has no position, too, and says how many those are."""
    told = html_of(open_screen("find"))
    assert "4件" in told
    assert "地図にないもの 1件" in told
    assert all(place.facts.name in told for place in places)


def test_address_fills_the_filters(open_screen, places):
    """A shared address shows its filters in the widgets and applies them."""
    screen = open_screen("find", q="さろん", free="1", audience="older")
    assert screen.text_input(key="find_q").value == "さろん"
    assert screen.checkbox(key="find_free").value is True
    assert screen.selectbox(key="find_audience").value == "older"
    assert "ひだまりサロン" in html_of(screen)
    assert "みなとサロン" not in html_of(screen)


def test_widgets_fill_the_address(open_screen, places):
    """What a reader chooses goes into the address under the names of the query."""
    screen = open_screen("find", page="3")
    screen.text_input(key="find_q").set_value("サロン").run()
    screen.multiselect(key="find_kind").set_value(["elderly_salon"]).run()
    screen.selectbox(key="find_day").set_value("weekend").run()
    screen.checkbox(key="find_step_free").check().run()
    found = screen.query_params
    assert found["q"] == "サロン"
    assert found["kind"] == "elderly_salon"
    assert found["day"] == "weekend"
    assert found["step_free"] == "1"
    assert "page" not in found


def test_a_date_gets_a_calendar(open_screen, places):
    """Choosing a date opens a calendar, whose day goes into the address."""
    screen = open_screen("find", day="2026-12-08")
    assert screen.selectbox(key="find_day").value == "date"
    assert screen.date_input(key="find_date").value.isoformat() == "2026-12-08"


def test_near_is_sorted_and_explained(open_screen, places):
    """With a position the nearest comes first, with minutes, and the rule of the minutes is said."""
    point = town.spot(1.5, 0.5)
    told = html_of(open_screen("find", near=f"{point.lat},{point.lon}"))
    cards = told[told.index("<ol") :]
    assert cards.index("たまりば") < cards.index("ひだまりサロン") < cards.index("みなとサロン")
    assert "徒歩 約1分" in cards
    assert "1.3倍" in told
    assert "80m" in told


def test_nothing_found_helps(open_screen, places):
    """An empty answer offers to take off each filter that is set."""
    told = html_of(open_screen("find", q="zzz", free="1"))
    assert "0件" in told
    assert "「ことば」をはずす" in told
    assert "「無料のものだけ」をはずす" in told
    assert "「日にち」をはずす" not in told


@pytest.mark.parametrize(
    "bad", [{"day": "foo"}, {"near": "1,2,3"}, {"near": "nan,nan"}, {"audience": "x"}, {"q": "a b c d e f g h i j"}]
)
def test_unreadable_address_is_said(open_screen, places, bad):
    """An address that cannot be read gives a sentence and everything, never an error."""
    screen = open_screen("find", **bad)
    assert 'role="status"' in html_of(screen)
    assert "4件" in html_of(screen)


@pytest.mark.parametrize(
    "bad", [{"municipality": "00000"}, {"layer": "x"}, {"kind": "x"}, {"district": "x"}, {"page": "²"}]
)
def test_unknown_values_do_no_harm(open_screen, places, bad):
    """A value that names nothing finds nothing or is passed over; the screen stands."""
    assert "件" in html_of(open_screen("find", **bad))


def test_list_grows_and_says_where_it_ends(open_screen, town_store):
    """Of a long answer thirty are listed, it says of how many, and the button brings the next."""
    town_store.apply([Put(town.place(f"n{number:03}", f"サロン{number:03}", 0.5, 0.5)) for number in range(65)])
    screen = open_screen("find")
    assert "65件のうち 30件を表示" in html_of(screen)
    screen.button(key="find_more").click().run()
    assert html_of(screen).count('class="card"') == 60
    screen.button(key="find_more").click().run()
    assert html_of(screen).count('class="card"') == 65


def test_an_address_becomes_near(open_screen, town_store):
    """An address that the portal knows is measured from; one that it does not know is said."""
    town_store.apply([Put(town.place("p1", "集会所", 0.5, 0.5, kind="facility", address="みなも町中央一丁目2-3"))])
    screen = open_screen("find")
    _look_up(screen, "中央1丁目")
    assert screen.query_params["near"] == "34.0050,135.0050"
    _look_up(screen, "<b>どこか</b>")
    assert "&lt;b&gt;どこか" in html_of(screen)


def _look_up(screen, address):
    screen.text_input(key="find_near_address").set_value(address)
    next(button for button in screen.button if button.label == "住所から見る").click().run()


def test_english_is_whole(open_screen, places):
    """In English nothing of the screen's own words is Japanese."""
    told = html_of(open_screen("find", lang="en"))
    assert "4 in all" in told
    assert "見つかった" not in told
