"""How indicators stand, against figures worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geodata.areas.indicator_lists import indicators
from portal.indicators.goal_counts import goal_counts
from portal.indicators.progress import State, progress, slope
from portal.indicators.reading import as_json, read
from portal.indicators.tables import TABLES, takes_said
from portal.model.goal import Goal
from portal.model.indicator import Better, Indicator, Measure
from portal.model.post import PostKind
from portal.model.report_table import Wanted
from portal.store import Put
from portal.words import LANGUAGES
from tests import town
from tests.portal import people
from tests.portal.use.town_of_posts import posted
from tests.town import CODE, TODAY


def indicator(**values):
    """An indicator of the town, in per cent."""
    return Indicator(CODE, "one", "見守り", "Watching over", "%", **values)


def built_in(code, key):
    """An indicator of a built-in plan."""
    return next(item for item in indicators(code) if item.key == key)


def test_neighbours_of_osaka_minato_are_behind():
    """47.1 % in 2022 against 55 % in 2026: 7.9 missing, 1.975 a year needed, -1.467 a year so far."""
    found = progress(built_in("27107", "neighbours_help"), TODAY)
    assert (found.state, found.latest.year, found.target) == (State.BEHIND, 2022, (2026, 55))
    assert found.gap == pytest.approx(7.9)
    assert found.needed == pytest.approx(7.9 / 4)
    assert found.trend == pytest.approx(-8.8 / 6)


def test_a_missing_value_is_no_zero():
    """Of 2016 the plan has no value for knowing of activities: the trend is of the two years that are known."""
    found = progress(built_in("27107", "know_activities"), TODAY)
    assert found.indicator.values["2016"] is None
    assert found.trend == pytest.approx((50.8 - 28.9) / 3)
    assert found.state is State.ON_COURSE


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("portal_posts", State.ON_COURSE),  # 116 of 150 by the end of August
        ("supporters", State.ON_COURSE),  # 277 of 300 by the end of September
        ("joint_activities", State.REACHED),  # 14 of 12
        ("own_problems", State.NO_VALUE),
        ("portal_groups", State.NO_TARGET),
    ],
)
def test_the_figures_of_suminoe(key, state):
    """What the ward reports within the year is compared with the part of the year that had passed."""
    assert progress(built_in("27125", key), date(2025, 10, 1)).state is state


def test_fewer_can_be_better():
    """A share that is to fall is reached below its target and behind above it when it rises."""
    falling = indicator(values={"2020": 40.0, "2024": 30.0}, targets={"2026": 25.0}, better=Better.LESS)
    assert progress(falling, TODAY).state is State.ON_COURSE
    assert progress(replace(falling, values={"2024": 24.0}), TODAY).state is State.REACHED
    assert progress(replace(falling, values={"2020": 30.0, "2024": 40.0}), TODAY).gap == 15


def test_one_value_has_no_trend_and_a_line_needs_three():
    """None of one value, the difference of two, least squares of three; a target that is over asks for nothing."""
    assert slope([(2020, 5)]) is None
    assert slope([(2020, 5), (2022, 9)]) == 2
    assert slope([(2020, 0), (2021, 3), (2022, 3)]) == pytest.approx(1.5)
    missed = progress(indicator(values={"2024": 40.0}, targets={"2025": 50.0}), TODAY)
    assert (missed.state, missed.needed, missed.trend) == (State.BEHIND, None, None)


def test_the_next_target_counts():
    """Of targets for 2024, 2027 and 2030 the one for 2027 counts in 2026."""
    several = indicator(values={"2024": 40.0}, targets={"2030": 90.0, "2024": 30.0, "2027": 60.0})
    assert progress(several, TODAY).target == (2027, 60)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_takes_is_said_of_every_indicator(language):
    """Every built-in indicator has a sentence without open gaps, at any time of the plan."""
    for code in ("27107", "27125"):
        for item in indicators(code):
            for day in (date(2023, 5, 1), date(2025, 9, 1), date(2026, 5, 1), date(2031, 5, 1)):
                said = takes_said(progress(item, day), language)
                assert said
                assert "{" not in said


def test_what_the_portal_counts_stands_beside_the_plans_figures(store):
    """A post a year and 30 people at a course are counted by the portal; the plan's own values stay."""
    people.settle(store)
    posted(store, date(2025, 5, 1))
    course = posted(store, date(2026, 6, 1), kind=PostKind.COURSE, schedule=people.tuesdays())
    people.put(store, replace(course, places_taken={"2026-11-10": 30}))
    both = [
        indicator(measure=Measure.POSTS, targets={"2026": 1}, values={"2024": 7.0}),
        replace(indicator(measure=Measure.PARTICIPANTS, targets={"2026": 300}), key="two", order=1),
        replace(indicator(), key="off", off=True),
    ]
    store.apply(map(Put, both), people.SAID)
    posts, participants = read(store, CODE, TODAY)
    assert (posts.measured, posts.latest.value, posts.latest.measured) == ({2025: 1, 2026: 1}, 1, True)
    assert (posts.state, participants.measured) == (State.REACHED, {2025: 0, 2026: 30})
    assert as_json(posts.indicator) == {"name": "見守り", "unit": "%", "values": {"2024": 7.0}, "target": {"2026": 1}}
    assert participants.state is State.BEHIND
    table = TABLES["indicators"](store, Wanted(CODE, TODAY))
    assert [row[2] for row in table.rows] == ["計画", "ポータル", "計画", "ポータル"]


def test_goals_count_places_and_posts_and_policies_those_of_their_goals(store):
    """A place tied to two goals of a policy counts once for it; a gone place and an old post count nowhere."""
    people.settle(store)
    goals = [Goal(CODE, "policy", "方針", "Policy"), Goal(CODE, "a", "ア", "A", "policy", 1)]
    goals += [Goal(CODE, "b", "イ", "B", "policy", 2), Goal(CODE, "other", "他", "Other", order=3)]
    places = [
        town.place("both", goals=frozenset({"a", "b"})),
        town.place("top", goals=frozenset({"policy"})),
        replace(town.place("gone", goals=frozenset({"a"})), gone_on=TODAY),
    ]
    store.apply([*map(Put, goals), *map(Put, places)], people.SAID)
    posted(store, TODAY, goals=frozenset({"b"}))
    posted(store, date(2026, 3, 1), goals=frozenset({"b"}))
    counts = {one.goal.key: (one.depth, one.places, one.posts) for one in goal_counts(store, CODE, TODAY)}
    assert counts == {"policy": (0, 2, 1), "a": (1, 1, 0), "b": (1, 1, 1), "other": (0, 0, 0)}
    assert list(counts) == ["policy", "a", "b", "other"]
    assert TABLES["goals"](store, Wanted(CODE, TODAY, "en")).rows[1] == ("Policy", "A", 1, 0)


def test_goals_above_themselves_end(store):
    """Two goals that name each other as parents are shown as goals without a parent."""
    store.apply([Put(Goal(CODE, "a", "ア", "A", "b")), Put(Goal(CODE, "b", "イ", "B", "a"))], people.SAID)
    assert {one.depth for one in goal_counts(store, CODE, TODAY)} == {0}
