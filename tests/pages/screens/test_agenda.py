"""Calendar: each day with what takes place, what is called off too, by the filters of the address."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from portal.assigning import memberships
from portal.clock import today
from portal.laying_out import lay_out
from portal.model.post import PostState
from portal.model.schedule import Rule, Schedule
from portal.store import Put
from tests import town
from tests.pages.screens.reading import html_of
from tests.portal import people


def on(day, hour=10):
    """One date at an hour."""
    return Schedule((Rule(datetime(day.year, day.month, day.day, hour), 60),))


def weekly(first):
    """Every week from that day on."""
    return Schedule((Rule(datetime(first.year, first.month, first.day, 10), 60, "FREQ=WEEKLY"),))


@pytest.fixture
def store(town_store):
    """A salon in the west every week, a post in the east tomorrow, one that is called off."""
    people.settle(town_store)
    salon = town.place("p1", "西のサロン", schedule=weekly(today()))
    town_store.apply([Put(salon), *map(Put, memberships(town_store, [salon], town.TODAY))])
    lay_out(town_store, [salon], today())
    tomorrow = today() + timedelta(days=1)
    for title, state in (("東の会", PostState.LIVE), ("やめた会", PostState.CANCELLED)):
        people.kept(town_store, state, facts=people.facts(title, schedule=on(tomorrow), where=people.pin(1.5)))
    return town_store


def cell(told, day):
    """What stands in the cell of a day."""
    return next(part for part in told.split("<td ") if f'datetime="{day.isoformat()}"' in part)


def test_each_day_has_what_takes_place(open_screen, store):
    """Entries lead to their place or post, with the hour; what is called off is struck through and says so."""
    told = html_of(open_screen("agenda", view="week", at=(today() + timedelta(days=1)).isoformat()))
    tomorrow = cell(told, today() + timedelta(days=1))
    assert re.search(r'href="\./post\?[^"]*id=post-[0-9a-f]{16}"', tomorrow)
    assert '<span class="hour">10:00</span>' in tomorrow
    assert re.search(
        r"<s>[^/]*</span> <span lang=\"ja\"><bdi>やめた会</bdi></span></s> <b class=\"off\">中止</b>", tomorrow
    )
    assert "東の会</bdi></span></a>" in tomorrow


def test_the_table_is_one_for_those_who_hear_it(open_screen, store):
    """The week has column heads, roles that survive its style, a caption, and says which day is today."""
    told = html_of(open_screen("agenda"))
    assert told.count('scope="col"') == 7
    assert "<caption>" in told
    assert told.count('aria-current="date"') == 1
    assert len(re.findall(r'<td role="cell"', told)) in {28, 35, 42}


def test_filters_of_the_address(open_screen, store):
    """District, kind and sort narrow the calendar, and the widgets show them."""
    screen = open_screen("agenda", view="week", district=f"{town.CODE}-elementary-西小")
    assert screen.multiselect(key="agenda_district").value == [f"{town.CODE}-elementary-西小"]
    assert "西のサロン" in html_of(screen)
    assert "東の会" not in html_of(screen)
    told = html_of(open_screen("agenda", at=(today() + timedelta(days=1)).isoformat(), show="dates"))
    assert "東の会" in told
    assert "西のサロン" not in told


def test_turning_the_pages(open_screen, store):
    """The buttons go a month or a week on and back to today, by the address."""
    screen = open_screen("agenda", at="2026-12-31")
    screen.button(key="agenda_after").click().run()
    assert screen.query_params["at"] == "2027-01-01"
    screen.button(key="agenda_before").click().run()
    assert screen.query_params["at"] == "2026-12-01"
    screen.button(key="agenda_today").click().run()
    assert "at" not in screen.query_params
    week = open_screen("agenda", view="week", at="2026-12-02")
    week.button(key="agenda_after").click().run()
    assert week.query_params["at"] == "2026-12-09"


def test_public_holidays_are_named(open_screen, store):
    """A public holiday says its name in the reader's language."""
    year = today().year
    assert "文化の日" in html_of(open_screen("agenda", at=f"{year}-11-03"))
    assert "Culture Day" in html_of(open_screen("agenda", at=f"{year}-11-03", lang="en"))


@pytest.mark.parametrize(
    "bad",
    [{"at": "x"}, {"at": "2026-02-30"}, {"at": "9999-12-31"}, {"at": "0001-01-01"}, {"view": "day"}, {"show": "x"}],
)
def test_what_cannot_be_shown_does_no_harm(open_screen, store, bad):
    """A date that is none or too far away, or a word that means nothing, gives a calendar all the same."""
    told = html_of(open_screen("agenda", **bad))
    assert f'datetime="{today().isoformat()}"' in told


def test_an_empty_month_says_so(open_screen, store):
    """A month in which nothing fits says so."""
    far = date(today().year - 1, today().month, 15)
    assert "予定はありません" in html_of(open_screen("agenda", at=far.isoformat(), show="wanted"))


def test_a_full_day_shows_the_rare_first(open_screen, store):
    """Where a day holds too much, what is there every week gives way, and the rest is a press away."""
    many = [town.place(f"m{number}", f"毎週の会{number}", schedule=weekly(today())) for number in range(9)]
    once = town.place("once", "年に一度の会", schedule=on(today() + timedelta(days=7), 21))
    town_store = store
    town_store.apply([*map(Put, [*many, once]), *map(Put, memberships(town_store, [*many, once], town.TODAY))])
    lay_out(town_store, [*many, once], today())
    day = today() + timedelta(days=7)
    shown = cell(html_of(open_screen("agenda", at=day.isoformat())), day)
    assert "年に一度の会" in shown
    assert shown.count("<li>") == 6
    assert "ほか5件" in shown
    assert f"view=week&amp;at={day.isoformat()}" in shown or f"at={day.isoformat()}&amp;view=week" in shown
