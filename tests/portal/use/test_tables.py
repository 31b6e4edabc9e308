"""The tables of use: complete in each language, and saying what they count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from portal import moderation, posting
from portal.errors import UnknownThingError
from portal.model.indicator import Indicator, Measure
from portal.model.outreach import Way
from portal.model.post import PostKind
from portal.model.report_table import Wanted
from portal.model.usage import UsageCount, Use
from portal.store import Put
from portal.use.calling import note_outreach
from portal.use.tables import STAFF_ONLY, TABLES
from portal.words import LANGUAGES
from tests.portal import people
from tests.portal.people import MEMBER, NOW, STAFF
from tests.portal.use.town_of_posts import moment, posted
from tests.town import CODE, TODAY


@pytest.fixture
def desk(store):
    """The town with a target, some posts, a counted course and a group that was rung up."""
    people.settle(store)
    old = moment(date(2024, 11, 1))
    store.apply([Put(replace(group, decided_at=old)) for group in store.groups(CODE)], people.SAID)
    wanted = Indicator(CODE, "posts", "投稿", "Posts", "件", targets={"2026": 12}, measure=Measure.POSTS)
    store.apply([Put(wanted)], people.SAID)
    posted(store, date(2025, 5, 1), where=people.pin())
    posted(store, date(2026, 5, 1), where=people.pin())
    course = posted(store, date(2026, 6, 1), kind=PostKind.COURSE, schedule=people.tuesdays())
    people.put(store, replace(course, places_taken={"2026-11-10": 25}))
    decided = posting.create(store, MEMBER, "group-hidamari", people.facts(), NOW)
    posting.submit(store, MEMBER, decided.id, NOW)
    moderation.return_(store, STAFF, decided.id, store.post(decided.id).number, "日付がありません", NOW)
    store.apply([Put(UsageCount(course.id, TODAY, Use.VIEWED, 3))], people.SAID)
    note_outreach(store, STAFF, "group-tonari", Way.TELEPHONE, "never_posted", "", NOW)
    return store


def table(store, name, **values):
    """A table of the town, today."""
    return TABLES[name](store, Wanted(CODE, TODAY, **values))


def test_every_table_is_complete_in_every_language(desk):
    """Title, columns and definitions are words of the language, with no gap left open; keys are distinct."""
    for name, language in product(TABLES, LANGUAGES):
        found = table(desk, name, language=language)
        said = [found.title, found.counted, *(text for one in found.columns for text in (one.label, one.definition))]
        assert (found.name, found.rows != ()) == (name, True)
        assert all(text and "{" not in text for text in said)
        assert len({one.key for one in found.columns}) == len(found.columns)
        assert any("ぁ" <= sign <= "ん" for sign in "".join(said)) == (language == "ja")


def test_an_empty_town_has_tables_without_figures_made_up(store):
    """Without groups and posts nothing fails: no groups, no curve, and a Gini coefficient that is empty and not 0."""
    rows = {name: table(store, name).rows for name in TABLES}
    assert [rows[name] for name in ("groups", "evenness", "calls", "participation")] == [()] * 4
    figures = {row[0]: row[1] for row in rows["use"]}
    assert (figures["投稿"], figures["ジニ係数"], figures["投稿の目標"]) == (0, None, None)


def test_months_to_come_are_empty_and_not_zero(desk):
    """From December on there is no figure; the year before and the target's pace stand beside each month."""
    rows = {row[0]: row[1:] for row in table(desk, "posts_by_month").rows}
    assert rows["2026-05"] == (1, 1, 1, 2.0, 1)
    assert rows["2026-11"] == (0, 0, 2, 8.0, 0)
    assert rows["2026-12"] == (None, None, None, 9.0, 0)


def test_districts_have_their_outlines_and_outside_has_none(desk):
    """Each district stands with its area in the layer that was asked for; a layer that is none is said."""
    found = table(desk, "posts_by_district", params={"layer": "junior_high"})
    assert [row[1] for row in found.rows] == [0, 1, 1]
    assert [area is None for area in found.areas] == [False, False, True]
    with pytest.raises(UnknownThingError):
        table(desk, "posts_by_district", params={"layer": "<b>"})


def test_the_curve_the_calls_and_the_sessions_are_there(desk):
    """The Lorenz curve ends at 100 %; who was rung up today is called last; the course has its 25 people."""
    assert table(desk, "evenness").rows[-1] == (2, 100.0, 100.0)
    first, last = table(desk, "calls").rows
    assert (first[1], first[4], first[5]) == ("ひだまりの会", "2026-06-01", None)
    assert (last[1], last[5], last[6]) == ("となりの会", TODAY.isoformat(), "電話")
    assert [row[-1] for row in table(desk, "participation").rows] == [25]
    assert {"groups", "calls"} == STAFF_ONLY


def test_that_samples_count_is_said(desk):
    """A table with samples says so."""
    assert table(desk, "use", samples=True).counted != table(desk, "use").counted
