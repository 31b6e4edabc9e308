"""What added places change, as a table."""

from __future__ import annotations

import pytest

from portal.errors import InvalidRecordError
from portal.model.district import AgeBand, Population
from portal.model.report_table import Wanted
from portal.reach.tables import TABLES
from portal.reach.what_if_table import read_spots, what_if_table, written
from portal.store import Put
from tests import town


def table(store, **params):
    """The table for a walk of 500 m."""
    return what_if_table(store, Wanted(town.CODE, town.TODAY, "ja", {"layer": "elementary", "metres": "500", **params}))


def test_a_place_in_a_district_reaches_people_there(store):
    """A spot in the middle of 北東小 reaches some of its people and nobody elsewhere; the first row is everybody."""
    bands = (AgeBand(0, None, 500, 500),)
    names = ("西小", "東小", "北西小", "北東小")
    store.apply([Put(Population(town.CODE, "elementary", name, town.TODAY, 1000, 500, 500, bands)) for name in names])
    rows = {row[0]: row for row in table(store, spots="34.015,135.015").rows}
    assert rows["全体"][1] == 4000
    gained = rows["北東小"][4]
    assert 0 < gained < 1000
    assert rows["全体"][4] == gained
    assert [rows[name][4] for name in names[:3]] == [0, 0, 0]
    assert all(row[3] >= row[2] for row in rows.values())


def test_nobody_known_is_no_row(store):
    """Where nobody knows where people live there is nothing to tell."""
    assert table(store, spots="34.015,135.015").rows == ()


@pytest.mark.parametrize("text", ["x", "34.0", "34.0,135.0;y", "34,135;" * 51, "1e9,2"])
def test_points_that_are_none_are_refused(text):
    """What is no latitude and longitude, or too many of them, is refused."""
    with pytest.raises(InvalidRecordError):
        read_spots(text)


def test_points_are_read_as_they_are_written():
    """Points come back to a metre, in their order."""
    points = [(135.015, 34.015), (135.5, 34.123457)]
    assert [(one.lon, one.lat) for one in read_spots(written(points))] == points


def test_a_district_without_figures_is_not_empty(store):
    """Where only some districts have figures, the others' people are not known: never a zero, and it is said."""
    store.apply([Put(Population(town.CODE, "elementary", "西小", town.TODAY, 1000, 500, 500))])
    found = table(store, spots="34.005,135.005")
    rows = {row[0]: row for row in found.rows}
    assert rows["西小"][1] == 1000
    assert rows["北東小"][1:] == (None,) * 5
    assert "人口の分からない区域が3あり" in found.counted
    by_district = TABLES["reach_by_district"](store, Wanted(town.CODE, town.TODAY, "ja", {"layer": "elementary"}))
    assert {row[0]: row[1] for row in by_district.rows}["東小"] is None
