"""Coverage is kept once a day and compared with a year ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.coverage.assess import assess
from portal.coverage.snapshots import compare, due, keep
from portal.errors import ForbiddenError
from portal.model.snapshot import CoverageSnapshot
from portal.model.standard import CoverageState
from portal.store import Put
from tests import town
from tests.portal import people
from tests.portal.coverage.figures import EAST, WEST, put_places, standard, verified


def kept(days_ago, district=WEST, state=CoverageState.NONE):
    """One row that was kept some days ago."""
    return CoverageSnapshot(town.CODE, town.TODAY - timedelta(days=days_ago), "salon", district, state, 0, None, 0)


def compared(store):
    """What the town is compared with."""
    return compare(store, assess(store, town.CODE, town.TODAY), town.TODAY)


def test_todays_rows_replace_those_of_the_same_day(store):
    """Kept twice in a day there is one row for each district, as it stands at last; who kept it stands in the mark."""
    store.apply([Put(standard())])
    assert keep(store, None, town.CODE, town.NOW) == 4
    put_places(store, verified(town.place("a")))
    store.apply([Put(standard(off=True)), Put(standard(key="second"))])
    assert keep(store, people.STAFF, town.CODE, town.NOW) == 4
    rows = {row.district: row for row in store.coverage_snapshots(town.CODE)}
    assert (len(rows), {row.standard for row in rows.values()}) == (4, {"second"})
    assert (rows[WEST].state, rows[WEST].figure, rows[WEST].records) == ("covered", 1, 1)


def test_only_the_office_keeps_coverage(store):
    """A member of a group may not."""
    with pytest.raises(ForbiddenError):
        keep(store, people.MEMBER, town.CODE, town.NOW)


def test_it_is_due_once_a_month(store):
    """Due on the first or where the month has none yet, not again in it, and never without a standard."""
    assert not due(store, town.CODE, town.TODAY)
    store.apply([Put(standard())])
    assert due(store, town.CODE, town.TODAY)
    keep(store, None, town.CODE, town.NOW)
    assert not due(store, town.CODE, town.TODAY)
    assert due(store, town.CODE, date(2026, 12, 1))
    store.apply([Put(standard(off=True))])
    assert not due(store, town.CODE, date(2026, 12, 1))


@pytest.mark.parametrize(
    ("days", "chosen", "a_year"),
    [
        ([360, 380, 100], 360, True),
        ([329, 401, 400], 400, True),
        ([27, 28, 100], 100, False),
        ([500, 100], 500, False),
        ([27, 0], None, None),
        ([], None, None),
    ],
)
def test_it_is_compared_with_the_day_nearest_to_a_year_ago(store, days, chosen, a_year):
    """Of 330 to 400 days the nearest to a year, else the oldest of four weeks or more, else nothing."""
    store.apply([Put(standard()), *(Put(kept(count)) for count in days)])
    found = compared(store)
    if chosen is None:
        assert found is None
    else:
        assert (found.day, found.a_year_ago) == (town.TODAY - timedelta(days=chosen), a_year)


def test_each_district_is_compared_with_itself(store):
    """A district that was kept then has its row, one that was not has none."""
    store.apply([Put(standard()), Put(kept(365)), Put(replace(kept(365, EAST), standard="other"))])
    put_places(store, verified(town.place("a")))
    rows = {row.standing.district.name: row for row in compared(store).rows}
    assert (rows[WEST].before.state, rows[WEST].standing.state) == ("none", "covered")
    assert rows[EAST].before is None
