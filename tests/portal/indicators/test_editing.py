"""Indicators as the office writes them: who may, what is refused, and two who write at once."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from portal.errors import ForbiddenError, InvalidRecordError, NotSignedInError, StaleEditError, UnknownThingError
from portal.indicators import editing
from portal.indicators.editing import version
from portal.model.goal import Goal
from portal.model.indicator import Indicator
from portal.permissions import ANYBODY
from portal.store import Put
from tests.portal import people
from tests.portal.people import COLLEAGUE, MEMBER, NOW, STAFF, VISITOR_STAFF
from tests.portal.test_posting import at_once
from tests.town import CODE

ONE = Indicator(CODE, "one", "見守り", "Watching over", "%", values={"2022": 47.1}, targets={"2026": 55.0}, goal="g")


@pytest.fixture
def desk(store):
    """The town with its people, a goal and an indicator."""
    people.settle(store)
    store.apply([Put(Goal(CODE, "g", "目標", "Goal")), Put(ONE)], people.SAID)
    return store


def test_a_new_indicator_is_kept_and_changed(desk):
    """It is put with nothing before it, and changed on top of what the form showed."""
    two = replace(ONE, key="two")
    assert editing.put(desk, STAFF, two, "", NOW) == two
    newer = replace(two, name="つながり")
    assert editing.put(desk, STAFF, newer, version(two), NOW) == newer
    assert editing.one(desk, CODE, "two") == newer


def test_nobody_overwrites_what_another_wrote(desk):
    """Who saves on top of an older version, or a new one under a key that is taken, is told and nothing is lost."""
    editing.put(desk, COLLEAGUE, replace(ONE, name="先に"), version(ONE), NOW)
    for based_on in (version(ONE), ""):
        with pytest.raises(StaleEditError):
            editing.put(desk, STAFF, replace(ONE, name="あとから"), based_on, NOW)
    assert editing.one(desk, CODE, "one").name == "先に"


def test_two_who_set_different_years_at_once_both_get_through(desk):
    """A value and another year's value, written at the same moment, both stay."""
    at_once(
        lambda: editing.set_value(desk, STAFF, CODE, "one", "2024", 50.0, NOW),
        lambda: editing.set_value(desk, COLLEAGUE, CODE, "one", "2025", None, NOW),
    )
    assert editing.one(desk, CODE, "one").values == {"2022": 47.1, "2024": 50.0, "2025": None}


def test_targets_are_set_and_taken_out(desk):
    """A target comes for its year and goes again; the values stay."""
    assert editing.set_target(desk, STAFF, CODE, "one", "2030", 60.0, NOW).targets == {"2026": 55.0, "2030": 60.0}
    assert editing.set_target(desk, STAFF, CODE, "one", "2026", None, NOW).targets == {"2030": 60.0}
    assert editing.one(desk, CODE, "one").values == ONE.values


def test_what_is_removed_is_put_aside(desk):
    """It stays in the store, so that a built-in one does not come back, and can be put again."""
    editing.remove(desk, STAFF, CODE, "one", NOW)
    assert editing.one(desk, CODE, "one") == replace(ONE, off=True)


def test_only_the_towns_office_writes(desk):
    """Members, staff of another town and strangers change nothing, by whichever way."""
    ways = [
        lambda who: editing.put(desk, who, replace(ONE, name="x"), version(ONE), NOW),
        lambda who: editing.put_all(desk, who, CODE, [replace(ONE, name="x")], NOW),
        lambda who: editing.set_value(desk, who, CODE, "one", "2024", 1.0, NOW),
        lambda who: editing.set_target(desk, who, CODE, "one", "2024", 1.0, NOW),
        lambda who: editing.remove(desk, who, CODE, "one", NOW),
    ]
    refusals = ((MEMBER, ForbiddenError), (VISITOR_STAFF, ForbiddenError), (ANYBODY, NotSignedInError))
    for way, (who, error) in product(ways, refusals):
        with pytest.raises(error):
            way(who)
    assert desk.indicators(CODE) == [ONE]


IMPOSSIBLE = [
    ({"values": {"0001": 1.0}}, "indicator.bad_year"),
    ({"values": {"2022": float("nan")}}, "indicator.bad_figure"),
    ({"targets": {"2022": float("inf")}}, "indicator.bad_figure"),
    ({"targets": {"2022": 1e13}}, "indicator.bad_figure"),
    ({"progress": {"2025-02-30": 1.0}}, "indicator.bad_day"),
    ({"progress": {"20250228": 1.0}}, "indicator.bad_day"),
    ({"name": "あ" * 201}, "model.name_too_long"),
    ({"note": "あ" * 2001}, "model.text_too_long"),
]


def test_what_cannot_be_is_refused(desk):
    """Years far off, figures beyond all bounds, days that are none and over-long texts are not kept."""
    for values, key in IMPOSSIBLE:
        with pytest.raises(InvalidRecordError) as error:
            editing.put(desk, STAFF, replace(ONE, **values), version(ONE), NOW)
        assert error.value.key == key
    assert desk.indicators(CODE) == [ONE]


def test_what_is_not_there_is_said(desk):
    """A goal, an indicator and a year that are none."""
    with pytest.raises(UnknownThingError):
        editing.put(desk, STAFF, replace(ONE, goal="none"), version(ONE), NOW)
    with pytest.raises(UnknownThingError):
        editing.set_value(desk, STAFF, CODE, "none", "2024", 1.0, NOW)
    with pytest.raises(InvalidRecordError):
        editing.set_value(desk, STAFF, CODE, "one", "今年", 1.0, NOW)


def test_a_file_goes_in_whole_or_not_at_all(desk):
    """One bad indicator keeps all out; the same file twice changes nothing; those it does not name stay."""
    two, three = replace(ONE, key="two"), replace(ONE, key="three")
    with pytest.raises(UnknownThingError):
        editing.put_all(desk, STAFF, CODE, [two, replace(three, goal="none")], NOW)
    with pytest.raises(InvalidRecordError):
        editing.put_all(desk, STAFF, CODE, [two, replace(three, municipality="99902")], NOW)
    assert desk.indicators(CODE) == [ONE]
    assert editing.put_all(desk, STAFF, CODE, [two, three], NOW) == 2
    assert editing.put_all(desk, STAFF, CODE, [two, three], NOW) == 0
    assert len(desk.indicators(CODE)) == 3
