"""The records behind indicators and goals: every figure of the plan, and every place and post that is tied."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geodata.areas.indicator_lists import indicators
from portal import review_tables
from portal.errors import InvalidRecordError, UnknownThingError
from portal.model.goal import Goal
from portal.model.indicator import Indicator, Measure
from portal.model.post import PostKind
from portal.model.report_table import Wanted
from portal.model.source import Source
from portal.store import Put
from portal.words import LANGUAGES, say_error
from tests import town
from tests.portal import people
from tests.portal.use.town_of_posts import posted
from tests.town import CODE, TODAY

PLAN = Source("計画", url="https://example.jp/plan.pdf")
ONE = Indicator(
    CODE,
    "one",
    "見守り",
    "Watching over",
    "%",
    values={"2022": 47.1, "2016": None},
    targets={"2026": 55.0},
    progress={"2025-08-31": 50.0},
    source=PLAN,
)


@pytest.fixture
def desk(store):
    """The town with indicators, one of posts and one of people, with goals and what is tied to them."""
    people.settle(store)
    counted = [Indicator(CODE, one.value, one.value, one.value, "件", measure=one, order=1) for one in Measure]
    goals = [Goal(CODE, "policy", "方針", "Policy"), Goal(CODE, "a", "ア", "A", "policy", 1)]
    goals += [Goal(CODE, "b", "イ", "B", "policy", 2), Goal(CODE, "other", "他", "Other", order=3)]
    places = [
        replace(town.place("both", goals=frozenset({"a", "b"}), name_en="Salon"), verified_on=date(2026, 10, 1)),
        town.place("top", goals=frozenset({"policy"})),
        town.place("none", goals=frozenset({"elsewhere"})),
        replace(town.place("gone", goals=frozenset({"a"})), gone_on=TODAY),
    ]
    aside = replace(ONE, key="aside", off=True)
    store.apply(map(Put, [ONE, aside, *counted, *goals, *places]), people.SAID)
    posted(store, TODAY, goals=frozenset({"b"}))
    posted(store, date(2026, 3, 1), goals=frozenset({"b"}))
    course = posted(store, date(2026, 6, 1), kind=PostKind.COURSE, schedule=people.tuesdays())
    people.put(store, replace(course, places_taken={"2026-11-10": 30, "2026-10-27": 5}))
    return store


def table(store, name, language="ja", **params):
    """A table of the town, today."""
    return review_tables.TABLES[name](store, Wanted(CODE, TODAY, language, params))


def records(store, behind):
    """The table behind a figure, with its choices."""
    return table(store, behind.table, **behind.choices)


def column(found, key):
    """What stands in one column."""
    at = [one.key for one in found.columns].index(key)
    return [row[at] for row in found.rows]


def test_behind_each_goal_are_as_many_places_and_posts(desk):
    """A goal's row leads to its places and posts, a policy's to those of its goals, each once."""
    found = table(desk, "goals")
    counts = [len(records(desk, one).rows) for one in found.behind_rows]
    assert counts == [places + posts for _, _, places, posts in found.rows] == [3, 1, 2, 0]
    assert len(records(desk, found.behind).rows) == 3


def test_what_is_tied_is_named_with_its_day(desk):
    """A place stands with the day it was verified, a post with the day it went live, each with the goals it is in."""
    found = table(desk, "goal_records", "en", goal="policy")
    assert found.rows == (
        ("A, B", "place", "Salon", "2026-10-01"),
        ("Policy", "place", "ひだまりサロン", None),
        ("B", "post", "もちつき大会", TODAY.isoformat()),
    )
    assert found.things[:2] == ("both", "top")
    assert "“Policy”" in found.counted
    assert column(table(desk, "goal_records", "en", goal="b"), "goal") == ["B", "B"]


def test_every_figure_of_the_plan_is_a_row(desk):
    """Values, a missing one too, progress and target stand with year, source and its address."""
    found = table(desk, "indicator_values", "en", indicator="one")
    source = (PLAN.name, PLAN.url)
    assert found.rows == (
        ("Watching over", "the plan", "value", "2016", None, "%", None, *source),
        ("Watching over", "the plan", "value", "2022", 47.1, "%", None, *source),
        ("Watching over", "the plan", "progress", "2025", 50.0, "%", "2025-08-31", *source),
        ("Watching over", "the plan", "target", "2026", 55.0, "%", None, *source),
    )
    assert found.sources == (PLAN,)
    assert set(found.behind_rows) == {None}


def test_what_the_portal_counted_leads_to_its_records(desk):
    """Posts of each fiscal year are as many as the figure, and the people of its sessions sum to theirs."""
    found = table(desk, "indicator_values", counted_by="portal")
    behind = [records(desk, one) for one in found.behind_rows]
    counts = [len(one.rows) if one.name == "posts_counted" else sum(column(one, "people")) for one in behind]
    assert counts == column(found, "value")
    assert sorted(counts) == [0, 1, 2, 35]
    assert set(column(found, "source")) == {"このポータル"}


def test_each_row_of_the_indicators_leads_to_its_own_figures(desk):
    """The plan's row leads to the plan's figures of that indicator, the portal's to the portal's."""
    found = table(desk, "indicators")
    shown = zip(column(found, "indicator"), column(found, "counted_by"), found.behind_rows, strict=True)
    for name, by, behind in shown:
        figures = records(desk, behind)
        assert set(column(figures, "indicator")) <= {name}
        assert set(column(figures, "counted_by")) <= {by}
        assert name in figures.counted
    whole = records(desk, found.behind)
    assert len(whole.rows) == sum(len(records(desk, one).rows) for one in found.behind_rows)


def test_every_value_of_a_built_in_plan_is_found_again(store):
    """Each year's value in the table of indicators stands among the figures behind its row, under its year."""
    its = [replace(item, municipality=CODE, goal="") for item in indicators("27107")]
    store.apply(map(Put, its), people.SAID)
    found = table(store, "indicators")
    years = [(at, one.key[-4:]) for at, one in enumerate(found.columns) if one.key.startswith("value_")]
    for row, behind in zip(found.rows, found.behind_rows, strict=True):
        figures = records(store, behind)
        known = set(zip(column(figures, "year"), column(figures, "value"), strict=True))
        assert {(year, row[at]) for at, year in years if row[at] is not None} <= known


@pytest.mark.parametrize("name", ["goal_records", "indicator_values"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_are_complete(desk, name, language):
    """Title, columns and definitions are words of the language without open gaps; samples are said."""
    found = table(desk, name, language)
    said = [found.title, found.counted, *(text for one in found.columns for text in (one.label, one.definition))]
    assert found.name == name
    assert all(text and "{" not in text for text in said)
    assert any("ぁ" <= sign <= "ん" for sign in "".join(said)) == (language == "ja")
    with_samples = review_tables.TABLES[name](desk, Wanted(CODE, TODAY, language, samples=True))
    assert with_samples.counted.startswith(found.counted)
    assert with_samples.counted != found.counted


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("goal_records", {"goal": "none"}),
        ("indicator_values", {"indicator": "aside"}),
        ("indicator_values", {"indicator": "x" * 3000}),
        ("indicator_values", {"counted_by": "{0}"}),
    ],
)
def test_what_cannot_be_chosen_is_said(desk, name, params):
    """A goal or indicator that there is not, or that was put aside, is an error with a short sentence."""
    with pytest.raises((InvalidRecordError, UnknownThingError)) as error:
        table(desk, name, **params)
    for language in LANGUAGES:
        assert 0 < len(say_error(error.value, language)) < 300
