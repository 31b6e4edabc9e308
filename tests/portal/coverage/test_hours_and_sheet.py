"""When something is on, and the page for a district's discussion table."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from portal.coverage.hours import hours
from portal.coverage.sheet import sheet
from portal.errors import UnknownThingError
from portal.laying_out import lay_out_all
from portal.model.place import Origin
from portal.model.schedule import Rule, Schedule
from portal.query import Query
from portal.store import Put
from tests import town
from tests.portal.coverage.figures import (
    EAST,
    NORTH_EAST,
    NORTH_WEST,
    WEST,
    put_people,
    put_places,
    standard,
    survey,
    verified,
)

MONDAY, TUESDAY, FRIDAY = 0, 1, 4
TUESDAYS = Schedule((Rule(datetime(2026, 11, 10, 10, 30), 90, "FREQ=WEEKLY;BYDAY=TU"),))
EVERY = Query(town.CODE)


def weekly(day, hour, **values):
    """Every week on a day, from a Monday on, at an hour; ``hour`` None is not known."""
    start = datetime(2026, 11, 16, hour or 0)
    timed = {"timed": False} if hour is None else {}
    return Schedule((Rule(start, None, f"FREQ=WEEKLY;BYDAY={day}", **timed),), **values)


def here(name=WEST):
    """The id of an elementary district."""
    return f"{town.CODE}-elementary-{name}"


@pytest.fixture
def busy(store):
    """A salon on Tuesdays at half past ten, one called off once on Fridays, a sample, one without an hour."""
    put_places(
        store,
        verified(town.place("a", schedule=TUESDAYS)),
        town.place(
            "b", "金曜の会", column=1.5, schedule=weekly("FR", 14, cancelled=frozenset({datetime(2026, 12, 4).date()}))
        ),
        town.place("c", "いつでも", kind="ibasho", schedule=weekly("MO", None)),
        replace(town.place("s", "見本の会", schedule=weekly("MO", 9)), origin=Origin("sample", "s")),
    )
    lay_out_all(store, town.TODAY)
    return store


def test_sessions_are_counted_by_weekday_and_hour(busy):
    """Four Tuesdays at ten, three Fridays at two, four Mondays without an hour; the sample on request alone."""
    found = hours(busy, EVERY, town.TODAY)
    assert (found.counts[TUESDAY][10], found.counts[FRIDAY][14], found.unknown[MONDAY]) == (4, 3, 4)
    assert (found.total, found.by_weekday(), found.complete) == (11, (4, 4, 0, 0, 3, 0, 0), True)
    assert hours(busy, EVERY, town.TODAY, samples=True).counts[MONDAY][9] == 4


def test_hours_are_of_a_district_or_of_kinds(busy):
    """A query narrows what is counted."""
    assert hours(busy, Query(town.CODE, kinds=("ibasho",)), town.TODAY).total == 4
    assert hours(busy, Query(town.CODE, layer="elementary", districts=(here(EAST),)), town.TODAY).total == 3


def test_what_is_not_laid_out_is_said(store):
    """Without laid-out days the table is not complete."""
    assert not hours(store, EVERY, town.TODAY).complete


def test_a_sheet_holds_what_a_discussion_needs(busy):
    """Standards with the neighbours', people, what there is with its next date, gaps, weekdays."""
    busy.apply([Put(standard()), Put(standard(key="wide", layer="junior_high")), Put(survey(EAST))])
    busy.apply([Put(standard(key="plaza", kind="facility", order=1))])
    put_people(busy, 西小=400)
    page = sheet(busy, here(), town.TODAY)
    assert [(item.assessed.standard.key, item.standing.state.value) for item in page.standards] == [
        ("salon", "covered"),
        ("plaza", "not_surveyed"),
    ]
    assert {one.district.name: one.state.value for one in page.standards[0].neighbours} == {
        EAST: "stale",
        NORTH_WEST: "not_surveyed",
        NORTH_EAST: "not_surveyed",
    }
    assert page.population.total == 400
    assert [(item.name, item.next_day.isoformat()) for item in page.there] == [
        ("いつでも", "2026-11-23"),
        ("ひだまりサロン", "2026-11-24"),
    ]
    assert (page.there_in_all, page.hours.total) == (2, 8)
    assert [gap.assessed.standard.key for gap in page.gaps] == ["plaza"]
    assert {item.name for item in page.neighbours} == {EAST, NORTH_WEST, NORTH_EAST}
    assert sheet(busy, here(), town.TODAY, samples=True).there_in_all == 3


def test_there_is_no_sheet_of_a_district_that_there_is_not(store):
    """A guessed id is told so."""
    with pytest.raises(UnknownThingError):
        sheet(store, "nowhere", town.TODAY)
